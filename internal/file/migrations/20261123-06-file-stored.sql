-- Files people attach: the bytes lie in the data directory under their hash.
CREATE TABLE stored_file (
    id         text PRIMARY KEY,
    hash       text NOT NULL,
    name       text NOT NULL,
    media      text NOT NULL,
    size       bigint NOT NULL,
    owner      text NOT NULL,
    created_at text NOT NULL
);
CREATE INDEX stored_file_hash ON stored_file (hash);
