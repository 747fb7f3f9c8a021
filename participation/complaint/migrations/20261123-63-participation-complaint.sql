-- Reports of citizens. SP4N-LAPOR! stays the door: for those that came there we
-- keep its number and our own deadline. Own intake has a code for the citizen.
CREATE TABLE complaint (
  id text PRIMARY KEY,
  unit_id text NOT NULL REFERENCES unit(id),
  service_id text REFERENCES service(id),
  channel text NOT NULL CHECK (channel IN ('lapor', 'own')),
  number text NOT NULL UNIQUE,       -- SP4N tracking number, or ours
  code_hash bytea UNIQUE,            -- of own intake: what the citizen looks it up with
  class text NOT NULL CHECK (class IN ('information', 'ordinary', 'oversight', 'aspiration')),
  subject text NOT NULL,
  body text NOT NULL DEFAULT '',
  received_on text NOT NULL,
  due_on text NOT NULL,
  owner text NOT NULL DEFAULT '',    -- the post responsible
  state text NOT NULL CHECK (state IN ('received', 'working', 'answered', 'closed', 'archived')),
  answer text NOT NULL DEFAULT '',
  answered_on text,
  reason text NOT NULL DEFAULT '',   -- why it was archived
  reopened bigint NOT NULL DEFAULT 0,
  rating bigint CHECK (rating BETWEEN 1 AND 4),
  version bigint NOT NULL DEFAULT 1
);
CREATE INDEX complaint_unit ON complaint(unit_id, received_on);
CREATE INDEX complaint_due ON complaint(due_on) WHERE state IN ('received', 'working');
