-- A month that is paid. version counts every change of anything in it, so that
-- what was read can be kept in memory until it changes.
CREATE TABLE monthclose_month (
    month         text PRIMARY KEY,
    state         text NOT NULL CHECK (state IN ('terbuka', 'diperiksa', 'ditutup')),
    version       bigint NOT NULL,
    book          text NOT NULL,
    closings      bigint NOT NULL,
    results_at    text,
    attendance_at text,
    computed_at   text NOT NULL,
    opened_at     text NOT NULL,
    opened_by     text NOT NULL,
    moved_at      text NOT NULL,
    moved_by      text NOT NULL,
    reason        text NOT NULL
);

-- One row a person and month: what lists show, and the packed input the sum is
-- explained from.
CREATE TABLE monthclose_row (
    month        text NOT NULL REFERENCES monthclose_month (month),
    person_id    text NOT NULL,
    name         text NOT NULL,
    nip          text NOT NULL,
    post         text NOT NULL,
    unit_id      text NOT NULL,
    unit         text NOT NULL,
    office_id    text NOT NULL,
    office       text NOT NULL,
    class        bigint NOT NULL,
    rank         text NOT NULL,
    state        text NOT NULL CHECK (state IN ('siap', 'belum', 'dikecualikan', 'di_luar')),
    desk         text NOT NULL,
    lack         text NOT NULL,
    desk_person  text NOT NULL,
    desk_name    text NOT NULL,
    due          text NOT NULL,
    predicate    text NOT NULL,
    excluded     text NOT NULL,
    ceiling      bigint NOT NULL,
    cuts         bigint NOT NULL,
    gross        bigint NOT NULL,
    insurance    bigint NOT NULL,
    tax          bigint NOT NULL,
    net          bigint NOT NULL,
    employer     bigint NOT NULL,
    withdrawn    bigint NOT NULL,
    objections   bigint NOT NULL,
    sort_name    text NOT NULL,
    search       text NOT NULL,
    input        bytea NOT NULL,
    PRIMARY KEY (month, person_id)
);

-- What e-Kinerja's list says about somebody.
CREATE TABLE monthclose_result (
    month     text NOT NULL,
    person_id text NOT NULL,
    results   text NOT NULL,
    conduct   text NOT NULL,
    predicate text NOT NULL,
    desk      text NOT NULL,
    lack      text NOT NULL,
    minutes   bigint,
    rated_by  text NOT NULL,
    rated_on  text NOT NULL,
    PRIMARY KEY (month, person_id)
);

-- Attendance of the month: the events packed as JSON.
CREATE TABLE monthclose_attendance (
    month     text NOT NULL,
    person_id text NOT NULL,
    events    text NOT NULL,
    PRIMARY KEY (month, person_id)
);

-- A row of a list nobody was found for, with whom it most likely means. ask is
-- how the list calls the person; a row is kept once however often it comes.
CREATE TABLE monthclose_loose (
    id         text PRIMARY KEY,
    month      text NOT NULL,
    kind       text NOT NULL CHECK (kind IN ('hasil', 'presensi')),
    ask        text NOT NULL,
    body       text NOT NULL,
    person_id  text NOT NULL,
    why        text NOT NULL,
    sure       bigint NOT NULL,
    state      text NOT NULL CHECK (state IN ('terbuka', 'dicocokkan', 'dilepas')),
    decided_by text NOT NULL,
    decided_at text,
    UNIQUE (month, kind, ask)
);

-- How lists call somebody, once HR has said who is meant.
CREATE TABLE monthclose_alias (
    ask        text PRIMARY KEY,
    person_id  text NOT NULL,
    decided_at text NOT NULL,
    decided_by text NOT NULL
);

-- Left out of the list from a day on. An empty to_day is open.
CREATE TABLE monthclose_exclusion (
    id         text PRIMARY KEY,
    person_id  text NOT NULL,
    reason     text NOT NULL,
    from_day   text NOT NULL,
    to_day     text NOT NULL,
    decree     text NOT NULL,
    version    bigint NOT NULL,
    created_at text NOT NULL,
    created_by text NOT NULL
);
CREATE INDEX monthclose_exclusion_person ON monthclose_exclusion (person_id, from_day);

-- An objection against one cut. The decision stays with what stood before.
CREATE TABLE monthclose_objection (
    id           text PRIMARY KEY,
    month        text NOT NULL,
    person_id    text NOT NULL,
    cut          text NOT NULL,
    code         text NOT NULL,
    day          text NOT NULL,
    amount       bigint NOT NULL,
    reason       text NOT NULL,
    filed_at     text NOT NULL,
    state        text NOT NULL CHECK (state IN ('diajukan', 'dicabut', 'tetap')),
    words        text NOT NULL,
    decided_at   text,
    decided_by   text NOT NULL,
    decided_name text NOT NULL,
    version      bigint NOT NULL,
    UNIQUE (month, person_id, cut)
);
CREATE INDEX monthclose_objection_month ON monthclose_objection (month, state);

-- A file that was loaded, with what became of its rows.
CREATE TABLE monthclose_import (
    id        text PRIMARY KEY,
    month     text NOT NULL,
    kind      text NOT NULL,
    name      text NOT NULL,
    sum       text NOT NULL,
    report    text NOT NULL,
    loaded_at text NOT NULL,
    loaded_by text NOT NULL,
    by_name   text NOT NULL
);
CREATE INDEX monthclose_import_month ON monthclose_import (month, loaded_at);

-- A list as it was closed: exact bytes, with their hash in the record. Closing
-- again adds another.
CREATE TABLE monthclose_closing (
    month         text NOT NULL,
    number        bigint NOT NULL,
    book          text NOT NULL,
    people        bigint NOT NULL,
    gross         bigint NOT NULL,
    net           bigint NOT NULL,
    hash          text NOT NULL,
    body          bytea NOT NULL,
    closed_at     text NOT NULL,
    closed_by     text NOT NULL,
    closed_name   text NOT NULL,
    reopened_at   text,
    reopened_by   text NOT NULL,
    reopened_name text NOT NULL,
    reason        text NOT NULL,
    PRIMARY KEY (month, number)
);
