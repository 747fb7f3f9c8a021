-- A file that was sent, with what it says and what became of it. Its rows are
-- kept while it waits to be loaded, and those that found nobody until somebody
-- decides.
CREATE TABLE pen_file (
    id         text PRIMARY KEY,
    sent_at    text NOT NULL,
    sent_by    text NOT NULL,
    sent_name  text NOT NULL,
    name       text NOT NULL,
    sum        text NOT NULL,
    win        text NOT NULL,
    state      text NOT NULL CHECK (state IN ('pratinjau', 'dimuat')),
    body       text NOT NULL,
    report     text NOT NULL
);
CREATE INDEX pen_file_at ON pen_file (sent_at);

-- Somebody a file means and nobody is surely found for, or another superior
-- than the map's. The same question is asked once.
CREATE TABLE pen_question (
    id           text PRIMARY KEY,
    kind         text NOT NULL CHECK (kind IN ('orang', 'penilai')),
    ask          text NOT NULL,
    win          text NOT NULL,
    file_id      text NOT NULL REFERENCES pen_file (id),
    body         text NOT NULL,
    part_id      text NOT NULL,
    person_id    text NOT NULL,
    person       text NOT NULL,
    sure         bigint NOT NULL,
    state        text NOT NULL CHECK (state IN ('terbuka', 'diterima', 'ditolak')),
    decided_at   text,
    decided_by   text NOT NULL,
    UNIQUE (kind, ask, win)
);
CREATE INDEX pen_question_open ON pen_question (win) WHERE state = 'terbuka';

-- How files call people, once somebody has said who is meant.
CREATE TABLE pen_alias (
    key        text PRIMARY KEY,
    person_id  text NOT NULL,
    decided_at text NOT NULL,
    decided_by text NOT NULL
);
