-- What people say is wrong about their superior or unit, and what became of it.
CREATE TABLE appraisal_mend (
    id          text PRIMARY KEY,
    part_id     text NOT NULL,
    person_id   text NOT NULL,
    name        text NOT NULL,
    post        text NOT NULL,
    unit_id     text NOT NULL,
    kind        text NOT NULL CHECK (kind IN ('atasan', 'unit')),
    was         text NOT NULL,
    right_id    text NOT NULL,
    right_name  text NOT NULL,
    reason      text NOT NULL,
    state       text NOT NULL CHECK (state IN ('diajukan', 'diterima', 'ditolak', 'ditarik')),
    words       text NOT NULL,
    proposed_at text NOT NULL,
    decided_at  text,
    decided_by  text NOT NULL,
    -- the part while the proposal waits, so that there is one at a time
    open_part   text,
    search      text NOT NULL,
    CHECK ((open_part IS NULL) = (state <> 'diajukan'))
);
CREATE UNIQUE INDEX appraisal_mend_open ON appraisal_mend (open_part);
CREATE INDEX appraisal_mend_person ON appraisal_mend (person_id, proposed_at);
CREATE INDEX appraisal_mend_right ON appraisal_mend (right_id, state);
