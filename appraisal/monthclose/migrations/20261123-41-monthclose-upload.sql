-- A file that was sent and tried, and waits for HR to load it. It is forgotten
-- once it is loaded, given up, or a day old.
CREATE TABLE monthclose_upload (
    id      text PRIMARY KEY,
    month   text NOT NULL,
    kind    text NOT NULL CHECK (kind IN ('hasil', 'presensi')),
    name    text NOT NULL,
    body    bytea NOT NULL,
    report  text NOT NULL,
    sent_at text NOT NULL,
    sent_by text NOT NULL,
    by_name text NOT NULL
);
