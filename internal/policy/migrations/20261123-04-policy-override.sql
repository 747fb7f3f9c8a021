-- A value of the rulebook that a decision of the agency replaces.
CREATE TABLE policy_override (
  id           text PRIMARY KEY,
  rule         text NOT NULL,
  path         text NOT NULL,
  value        text NOT NULL,                 -- canonical JSON
  from_day     text NOT NULL,
  until_day    text NOT NULL DEFAULT '',
  decision     text NOT NULL,                 -- number and title
  decided      text NOT NULL,
  reason       text NOT NULL DEFAULT '',
  state        text NOT NULL CHECK (state IN ('proposed', 'in_force', 'withdrawn')),
  known        text NOT NULL DEFAULT '',      -- day it came in force in the system
  proposed_by  text NOT NULL,
  proposed_name text NOT NULL,
  proposed_at  text NOT NULL,
  settled_by   text NOT NULL DEFAULT '',
  settled_name text NOT NULL DEFAULT '',
  settled_at   text
);
CREATE INDEX policy_override_state ON policy_override (state, rule);

-- Every book a result was computed with.
CREATE TABLE policy_book (
  hash  text PRIMARY KEY,
  bytes bytea NOT NULL,
  kept  text NOT NULL
);
