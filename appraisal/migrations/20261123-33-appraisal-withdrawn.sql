-- Results that were taken back on the day they were set, before the person had
-- received them. They never were in force afterwards, and stay readable.
CREATE TABLE appraisal_withdrawn (
    id            text PRIMARY KEY,
    evaluation_id text NOT NULL REFERENCES appraisal_evaluation (id),
    number        bigint NOT NULL,
    predicate     text NOT NULL,
    results       text NOT NULL,
    conduct       text NOT NULL,
    book          text NOT NULL,
    inputs        bytea NOT NULL,
    code          text NOT NULL UNIQUE,
    decided_at    text NOT NULL,
    decided_by    text NOT NULL,
    withdrawn_at  text NOT NULL,
    withdrawn_by  text NOT NULL
);
CREATE INDEX appraisal_withdrawn_evaluation ON appraisal_withdrawn (evaluation_id);
