-- A unit's organisation predicate: setting it again adds a row.
CREATE TABLE appraisal_organisation (
    id        text PRIMARY KEY,
    unit_id   text NOT NULL,
    unit      text NOT NULL,
    win       text NOT NULL,
    predicate text NOT NULL,
    reason    text NOT NULL,
    evidence  text NOT NULL,
    set_at    text NOT NULL,
    set_by    text NOT NULL,
    version   bigint NOT NULL,
    current   boolean NOT NULL,
    UNIQUE (unit_id, win, version)
);
CREATE UNIQUE INDEX appraisal_organisation_current ON appraisal_organisation (win, unit_id) WHERE current;

-- The evaluation of one part in one window. The two sides have a version each,
-- so that both can write at the same time.
CREATE TABLE appraisal_evaluation (
    id               text PRIMARY KEY,
    part_id          text NOT NULL REFERENCES appraisal_part (id),
    win              text NOT NULL,
    state            text NOT NULL CHECK (state IN ('berjalan', 'ditetapkan', 'diterima', 'keberatan', 'diputus')),
    version          bigint NOT NULL,
    self             text NOT NULL,
    self_version     bigint NOT NULL,
    self_sent_at     text,
    superior         text NOT NULL,
    superior_sent_at text,
    results          text NOT NULL,
    results_reason   text NOT NULL,
    conduct          text NOT NULL,
    conduct_reason   text NOT NULL,
    note             text NOT NULL,
    rated_at         text,
    rated_by         text NOT NULL,
    predicate        text NOT NULL,
    received_at      text,
    object_until     text NOT NULL,
    UNIQUE (part_id, win)
);
CREATE INDEX appraisal_evaluation_window ON appraisal_evaluation (win, state);

-- Results are only added. What they were computed from is kept as exact bytes;
-- the rulebook is kept under its hash.
CREATE TABLE appraisal_outcome (
    id            text PRIMARY KEY,
    evaluation_id text NOT NULL REFERENCES appraisal_evaluation (id),
    number        bigint NOT NULL,
    predicate     text NOT NULL,
    results       text NOT NULL,
    conduct       text NOT NULL,
    book          text NOT NULL,
    inputs        bytea NOT NULL,
    code          text NOT NULL UNIQUE,
    decided_at    text NOT NULL,
    decided_by    text NOT NULL,
    UNIQUE (evaluation_id, number)
);

CREATE TABLE appraisal_objection (
    id            text PRIMARY KEY,
    evaluation_id text NOT NULL UNIQUE REFERENCES appraisal_evaluation (id),
    text          text NOT NULL,
    filed_at      text NOT NULL,
    evaluator     text NOT NULL,
    evaluator_at  text,
    person        text NOT NULL,
    person_at     text,
    changed       boolean NOT NULL,
    decision      text NOT NULL,
    decided_at    text,
    decided_by    text NOT NULL
);
