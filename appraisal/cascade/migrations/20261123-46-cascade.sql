-- The Perjanjian Kinerja of a unit in a year: one row, its content one document.
CREATE TABLE cascade_agreement (
    id         text PRIMARY KEY,
    year       bigint NOT NULL,
    unit_id    text NOT NULL,
    state      text NOT NULL CHECK (state IN ('draf', 'diteken', 'ditandatangani')),
    revision   bigint NOT NULL,
    source     text NOT NULL CHECK (source IN ('isian', 'impor')),
    body       text NOT NULL,
    version    bigint NOT NULL,
    updated_at text NOT NULL,
    updated_by text NOT NULL,
    UNIQUE (year, unit_id)
);

-- Signed agreements, as exact bytes, for ever.
CREATE TABLE cascade_signed (
    agreement_id text NOT NULL REFERENCES cascade_agreement (id),
    revision     bigint NOT NULL,
    body         bytea NOT NULL,
    hash         text NOT NULL,
    signed_on    text NOT NULL,
    PRIMARY KEY (agreement_id, revision)
);

-- What somebody is to contribute to a leader's result. The same words for the
-- same cell are proposed once.
CREATE TABLE cascade_role (
    id          text PRIMARY KEY,
    year        bigint NOT NULL,
    leader      text NOT NULL,
    goal        text NOT NULL,
    goal_text   text NOT NULL,
    part_id     text NOT NULL REFERENCES appraisal_part (id),
    word_key    text NOT NULL,
    words       text NOT NULL,
    measure     text NOT NULL,
    team        text NOT NULL,
    state       text NOT NULL CHECK (state IN ('usulan', 'diterima', 'ditolak')),
    made_at     text NOT NULL,
    made_by     text NOT NULL,
    made_name   text NOT NULL,
    decided_at  text,
    remark      text NOT NULL,
    result_id   text NOT NULL,
    UNIQUE (part_id, leader, goal, word_key)
);
CREATE INDEX cascade_role_leader ON cascade_role (leader);
CREATE INDEX cascade_role_open ON cascade_role (part_id) WHERE state = 'usulan';

CREATE TABLE cascade_team (
    id         text PRIMARY KEY,
    leader     text NOT NULL,
    name       text NOT NULL,
    name_key   text NOT NULL,
    members    text NOT NULL,
    version    bigint NOT NULL,
    updated_at text NOT NULL,
    updated_by text NOT NULL,
    UNIQUE (leader, name_key)
);
