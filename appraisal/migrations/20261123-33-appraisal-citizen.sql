-- Which indicator is measured by what citizens say of a service.
CREATE TABLE appraisal_citizen_tie (
    part_id      text NOT NULL REFERENCES appraisal_part (id),
    indicator_id text NOT NULL,
    service      text NOT NULL,
    measure      text NOT NULL CHECK (measure IN ('indeks', 'jawaban')),
    tied_at      text NOT NULL,
    tied_by      text NOT NULL,
    PRIMARY KEY (part_id, indicator_id)
);

-- What a superior said about a figure: rows are only added. The body is the
-- figure as it was published, with the steps that say whether it counts.
CREATE TABLE appraisal_citizen_figure (
    id           text PRIMARY KEY,
    part_id      text NOT NULL REFERENCES appraisal_part (id),
    indicator_id text NOT NULL,
    result_id    text NOT NULL,
    measure      text NOT NULL,
    body         text NOT NULL,
    confirmed    boolean NOT NULL,
    counts       boolean NOT NULL,
    words        text NOT NULL,
    progress_id  text,
    decided_at   text NOT NULL,
    decided_by   text NOT NULL,
    UNIQUE (part_id, indicator_id, result_id, measure)
);

-- A citizen's words that a moderator passed on, so that none is passed twice.
CREATE TABLE appraisal_citizen_word (
    source      text NOT NULL,
    post_id     text NOT NULL,
    feedback_id text NOT NULL,
    PRIMARY KEY (source, post_id)
);
