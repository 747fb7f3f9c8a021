-- The performance team of somebody: who may recommend, named by the evaluator.
CREATE TABLE appraisal_adviser (
    part_id   text NOT NULL REFERENCES appraisal_part (id),
    person_id text NOT NULL,
    name      text NOT NULL,
    post      text NOT NULL,
    capacity  text NOT NULL CHECK (capacity IN ('ketua_tim', 'pengawas_sekolah')),
    named_at  text NOT NULL,
    named_by  text NOT NULL,
    PRIMARY KEY (part_id, person_id)
);
CREATE INDEX appraisal_adviser_person ON appraisal_adviser (person_id);

-- What they recommend; saying it again replaces it until the predicate is set.
CREATE TABLE appraisal_recommendation (
    part_id   text NOT NULL REFERENCES appraisal_part (id),
    win       text NOT NULL,
    person_id text NOT NULL,
    results   text NOT NULL,
    conduct   text NOT NULL,
    text      text NOT NULL,
    said_at   text NOT NULL,
    PRIMARY KEY (part_id, win, person_id)
);
