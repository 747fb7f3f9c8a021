-- A batch of single-use rights to speak. subject names what they are for.
CREATE TABLE token_batch (
  id text PRIMARY KEY,
  subject text NOT NULL UNIQUE,
  public_key bytea NOT NULL,
  private_key bytea,               -- erased when the batch closes
  fingerprint text NOT NULL,
  opened_on text NOT NULL,
  closed_on text,
  issued bigint NOT NULL DEFAULT 0,  -- codes handed out
  signed bigint NOT NULL DEFAULT 0   -- codes exchanged for blind tokens
);

-- Codes that exist. No time, no visit, no person.
CREATE TABLE token_code (
  hash bytea PRIMARY KEY,
  batch_id text NOT NULL REFERENCES token_batch(id)
);
CREATE INDEX token_code_batch ON token_code(batch_id);

-- Rights that were used. kind is 'code' (answered with it), 'signed' (exchanged
-- for a blind token) or 'blind' (answered with a blind token).
CREATE TABLE token_spent (
  hash bytea PRIMARY KEY,
  batch_id text NOT NULL REFERENCES token_batch(id),
  kind text NOT NULL CHECK (kind IN ('code', 'signed', 'blind'))
);
CREATE INDEX token_spent_batch ON token_spent(batch_id, kind);
