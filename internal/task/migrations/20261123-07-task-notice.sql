-- The last notice somebody was sent about a task: the days that were left, -1
-- when its date had passed.
CREATE TABLE task_notice (
  task_id text PRIMARY KEY REFERENCES task(id),
  step    bigint NOT NULL,
  told_on text NOT NULL
);

-- Groups of kinds an account does not want to hear of; the empty one is all
-- letters.
CREATE TABLE task_quiet (
  account_id text NOT NULL,
  kind       text NOT NULL,
  PRIMARY KEY (account_id, kind)
);
