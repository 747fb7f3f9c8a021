-- A batch of single-use rights to speak. subject names what they are for.
CREATE TABLE token_batch (
  id text PRIMARY KEY,
  subject text NOT NULL UNIQUE,
  public_key bytea NOT NULL,
  private_key bytea,                 -- erased when the batch closes
  fingerprint text NOT NULL,
  opened_on text NOT NULL,
  closed_on text,
  issued bigint NOT NULL DEFAULT 0,  -- codes handed out
  signed bigint NOT NULL DEFAULT 0,  -- of these exchanged for blind tokens
  used bigint NOT NULL DEFAULT 0     -- answers given, counted when the batch closes
);

-- Codes of open batches. No time, no visit, no person. They are stored in the
-- order of their hashes and marked where they stand, so that the order of rows
-- says nothing about who came when.
CREATE TABLE token_code (
  hash bytea PRIMARY KEY,
  batch_id text NOT NULL REFERENCES token_batch(id),
  spent text CHECK (spent IN ('code', 'signed'))  -- answered with, or exchanged
);
CREATE INDEX token_code_batch ON token_code(batch_id);

-- Blind tokens that were used while their batch is open.
CREATE TABLE token_spent (
  hash bytea PRIMARY KEY,
  batch_id text NOT NULL REFERENCES token_batch(id)
);
CREATE INDEX token_spent_batch ON token_spent(batch_id);
