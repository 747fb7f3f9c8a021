-- Who is recognised, reckoned anew every night. Of units every one that was
-- compared stands here, so that each can see itself; of people only those who
-- are recognised.
CREATE TABLE appraisal_praise (
    what       text NOT NULL CHECK (what IN ('unit', 'orang')),
    subject_id text NOT NULL,
    name       text NOT NULL,
    note       text NOT NULL,
    kind       text NOT NULL,
    praised    boolean NOT NULL,
    now_value  bigint NOT NULL,
    last_value bigint NOT NULL,
    middle     bigint NOT NULL,
    compared   bigint NOT NULL,
    size       bigint NOT NULL,
    day        text NOT NULL,
    PRIMARY KEY (what, subject_id)
);
