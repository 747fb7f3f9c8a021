-- What was achieved, with its evidence.
CREATE TABLE appraisal_progress (
    id           text PRIMARY KEY,
    part_id      text NOT NULL REFERENCES appraisal_part (id),
    result_id    text NOT NULL,
    indicator_id text NOT NULL,
    step_id      text NOT NULL,
    month        text NOT NULL,
    value        text NOT NULL,
    note         text NOT NULL,
    source       text NOT NULL,
    created_at   text NOT NULL,
    updated_at   text NOT NULL,
    version      bigint NOT NULL
);
CREATE INDEX appraisal_progress_part ON appraisal_progress (part_id, month, id);

CREATE TABLE appraisal_evidence (
    id          text PRIMARY KEY,
    progress_id text NOT NULL REFERENCES appraisal_progress (id) ON DELETE CASCADE,
    place       bigint NOT NULL,
    label       text NOT NULL,
    url         text NOT NULL,
    file_id     text NOT NULL,
    size        bigint NOT NULL,
    media       text NOT NULL
);
CREATE INDEX appraisal_evidence_progress ON appraisal_evidence (progress_id);
CREATE INDEX appraisal_evidence_file ON appraisal_evidence (file_id);

-- Feedback all year; a row without text is a request that waits for words.
CREATE TABLE appraisal_feedback (
    id         text PRIMARY KEY,
    part_id    text NOT NULL REFERENCES appraisal_part (id),
    about      text NOT NULL CHECK (about IN ('hasil', 'nilai', 'umum')),
    ref        text NOT NULL,
    text       text NOT NULL,
    author_id  text NOT NULL,
    author     text NOT NULL,
    relation   text NOT NULL,
    asked_of   text NOT NULL,
    question   text NOT NULL,
    created_at text NOT NULL,
    read_at    text
);
CREATE INDEX appraisal_feedback_part ON appraisal_feedback (part_id, created_at);
CREATE INDEX appraisal_feedback_asked ON appraisal_feedback (asked_of) WHERE text = '';

-- Who looked at whose appraisal, a row for each reader and day.
CREATE TABLE appraisal_look (
    part_id    text NOT NULL REFERENCES appraisal_part (id),
    reader_id  text NOT NULL,
    reader     text NOT NULL,
    day        text NOT NULL,
    first_at   text NOT NULL,
    PRIMARY KEY (part_id, reader_id, day)
);
