-- What people did, a row an entry. mark tells the same line apart from another
-- one on the same day.
CREATE TABLE worklog_entry (
    id         text PRIMARY KEY,
    part_id    text NOT NULL,
    day        text NOT NULL,
    starts     text NOT NULL,
    ends       text NOT NULL,
    text       text NOT NULL,
    output     text NOT NULL,
    url        text NOT NULL,
    result_id  text NOT NULL,
    step_id    text NOT NULL,
    link       text NOT NULL CHECK (link IN ('', 'usulan', 'diterima')),
    mark       text NOT NULL,
    created_at text NOT NULL,
    updated_at text NOT NULL,
    version    bigint NOT NULL,
    UNIQUE (part_id, mark)
);
CREATE INDEX worklog_entry_day ON worklog_entry (part_id, day, starts, id);

-- The shifts of a unit and what they are worth as an entry.
CREATE TABLE worklog_shift (
    unit_id text NOT NULL,
    code    text NOT NULL,
    name    text NOT NULL,
    starts  text NOT NULL,
    ends    text NOT NULL,
    text    text NOT NULL,
    PRIMARY KEY (unit_id, code)
);

-- Who has which shift on which day.
CREATE TABLE worklog_roster (
    person_id text NOT NULL,
    day       text NOT NULL,
    unit_id   text NOT NULL,
    code      text NOT NULL,
    PRIMARY KEY (person_id, day)
);

-- The lasting address of a result's evidence in a month.
CREATE TABLE worklog_evidence (
    code       text PRIMARY KEY,
    part_id    text NOT NULL,
    result_id  text NOT NULL,
    month      text NOT NULL,
    created_at text NOT NULL,
    UNIQUE (part_id, result_id, month)
);
