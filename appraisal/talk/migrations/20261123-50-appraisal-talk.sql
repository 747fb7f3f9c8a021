-- A performance talk. body is what the two write; wording is what was signed,
-- as exact bytes, and stays empty until the first signature.
CREATE TABLE appraisal_talk (
    id                  text PRIMARY KEY,
    part_id             text NOT NULL,
    year                bigint NOT NULL,
    person_id           text NOT NULL,
    superior_id         text NOT NULL,
    day                 text NOT NULL,
    state               text NOT NULL CHECK (state IN ('disiapkan', 'menunggu', 'ditandatangani', 'dibatalkan')),
    body                text NOT NULL,
    wording             bytea,
    hash                text NOT NULL,
    person_signed_at    text,
    superior_signed_at  text,
    signed_at           text,
    opened_at           text NOT NULL,
    opened_by           text NOT NULL,
    version             bigint NOT NULL,
    -- the part while the talk is open, so that there is one at a time
    open_part           text,
    CHECK ((wording IS NULL) = (state IN ('disiapkan', 'dibatalkan'))),
    CHECK ((open_part IS NULL) = (state IN ('ditandatangani', 'dibatalkan')))
);
CREATE UNIQUE INDEX appraisal_talk_open ON appraisal_talk (open_part);
CREATE INDEX appraisal_talk_part ON appraisal_talk (part_id, day);
CREATE INDEX appraisal_talk_person ON appraisal_talk (person_id, signed_at);

-- What was agreed in a signed talk.
CREATE TABLE appraisal_talk_action (
    id         text PRIMARY KEY,
    talk_id    text NOT NULL REFERENCES appraisal_talk (id),
    part_id    text NOT NULL,
    person_id  text NOT NULL,
    place      bigint NOT NULL,
    owner_id   text NOT NULL,
    owner      text NOT NULL,
    text       text NOT NULL,
    due        text NOT NULL,
    note       text NOT NULL,
    created_at text NOT NULL,
    done_at    text,
    done_by    text NOT NULL
);
CREATE INDEX appraisal_talk_action_person ON appraisal_talk_action (person_id, due) WHERE done_at IS NULL;
CREATE INDEX appraisal_talk_action_owner ON appraisal_talk_action (owner_id, due);
CREATE INDEX appraisal_talk_action_talk ON appraisal_talk_action (talk_id, place);
