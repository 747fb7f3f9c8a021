-- A performance year and the parts people spend in it.
CREATE TABLE appraisal_period (
    id          text PRIMARY KEY,
    year        bigint NOT NULL UNIQUE,
    state       text NOT NULL CHECK (state IN ('perencanaan', 'pelaksanaan', 'penilaian', 'ditutup')),
    cadence     text NOT NULL,
    plan_by     text NOT NULL,
    self_by     text NOT NULL,
    evaluate_by text NOT NULL,
    book        text NOT NULL,
    opened_at   text NOT NULL,
    opened_by   text NOT NULL,
    version     bigint NOT NULL
);

-- Names are kept as they were during the part: documents print them.
CREATE TABLE appraisal_part (
    id                text PRIMARY KEY,
    period_id         text NOT NULL REFERENCES appraisal_period (id),
    year              bigint NOT NULL,
    person_id         text NOT NULL,
    post_id           text NOT NULL,
    unit_id           text NOT NULL,
    org_unit_id       text NOT NULL,
    head_of           text NOT NULL,
    tenure_id         text NOT NULL,
    tenure            text NOT NULL,
    staff_group       text NOT NULL,
    form              text NOT NULL CHECK (form IN ('pimpinan', 'jabatan')),
    pen               text NOT NULL CHECK (pen IN ('gurindam', 'ekinerja', 'ruang_gtk')),
    cadence           text NOT NULL,
    from_day          text NOT NULL,
    to_day            text NOT NULL,
    decides           boolean NOT NULL,
    evaluator_id      text NOT NULL,
    evaluator_post_id text NOT NULL,
    evaluator_how     text NOT NULL,
    above_id          text NOT NULL,
    above_how         text NOT NULL,
    reason            text NOT NULL,
    sort_name         text NOT NULL,
    sort_unit         text NOT NULL,
    search            text NOT NULL,
    post              text NOT NULL,
    faces             text NOT NULL,
    version           bigint NOT NULL,
    CHECK (from_day <= to_day)
);
CREATE UNIQUE INDEX appraisal_part_stretch ON appraisal_part (period_id, person_id, tenure_id, from_day);
CREATE INDEX appraisal_part_name ON appraisal_part (period_id, sort_name, id);
CREATE INDEX appraisal_part_unit ON appraisal_part (period_id, unit_id);
CREATE INDEX appraisal_part_org ON appraisal_part (period_id, org_unit_id);
CREATE INDEX appraisal_part_evaluator ON appraisal_part (evaluator_id, period_id, sort_name, id);
CREATE INDEX appraisal_part_above ON appraisal_part (above_id, year);
CREATE INDEX appraisal_part_person ON appraisal_part (person_id, year);
CREATE INDEX appraisal_part_post ON appraisal_part (post, year);

-- An SKP as it stands: one row, its content one document. What lists need is
-- kept beside it and rewritten with every save.
CREATE TABLE appraisal_plan (
    part_id      text PRIMARY KEY REFERENCES appraisal_part (id),
    state        text NOT NULL CHECK (state IN ('draf', 'diajukan', 'dikembalikan', 'disetujui')),
    version      bigint NOT NULL,
    revision     bigint NOT NULL,
    body         text NOT NULL,
    results      bigint NOT NULL,
    indicators   bigint NOT NULL,
    flaws        bigint NOT NULL,
    remark       text NOT NULL,
    submitted_at text,
    decided_at   text,
    decided_by   text NOT NULL,
    updated_at   text NOT NULL,
    updated_by   text NOT NULL
);

-- Which result supports which, for the cascade: rewritten with every save.
CREATE TABLE appraisal_result (
    part_id         text NOT NULL REFERENCES appraisal_part (id),
    result_id       text NOT NULL,
    place           bigint NOT NULL,
    kind            text NOT NULL,
    text            text NOT NULL,
    supports_part   text NOT NULL,
    supports_result text NOT NULL,
    indicators      bigint NOT NULL,
    PRIMARY KEY (part_id, result_id)
);
CREATE INDEX appraisal_result_supports ON appraisal_result (supports_part, supports_result);

-- Approved SKPs, as exact bytes, for ever.
CREATE TABLE appraisal_revision (
    part_id     text NOT NULL REFERENCES appraisal_part (id),
    number      bigint NOT NULL,
    body        bytea NOT NULL,
    hash        text NOT NULL,
    code        text NOT NULL UNIQUE,
    approved_at text NOT NULL,
    approved_by text NOT NULL,
    replaced_at text,
    PRIMARY KEY (part_id, number)
);
