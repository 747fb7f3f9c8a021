-- A record as SIASN keeps it, whole: its own number and documents come out
-- again with the next export.
CREATE TABLE bkn_record (
    kind       text NOT NULL CHECK (kind IN ('skp22', 'kinerjaperiodik')),
    person_id  text NOT NULL,
    win        text NOT NULL,
    body       text NOT NULL,
    updated_at text NOT NULL,
    updated_by text NOT NULL,
    PRIMARY KEY (kind, person_id, win)
);
CREATE INDEX bkn_record_window ON bkn_record (win, kind);
