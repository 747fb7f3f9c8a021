-- What the superior says about a unit whose predicates do not spread as the
-- pattern advises. Saying it again adds a row.
CREATE TABLE appraisal_spread_reason (
    id      text PRIMARY KEY,
    unit_id text NOT NULL,
    win     text NOT NULL,
    text    text NOT NULL,
    said_at text NOT NULL,
    said_by text NOT NULL
);
CREATE INDEX appraisal_spread_reason_unit ON appraisal_spread_reason (unit_id, win, said_at);
