-- What is done about what citizens said, or why it cannot be done.
CREATE TABLE follow_up (
  id text PRIMARY KEY,
  service_id text NOT NULL REFERENCES service(id),
  wave_id text REFERENCES survey_wave(id),
  source text NOT NULL CHECK (source IN ('survey', 'forum', 'consultation', 'complaint')),
  source_ref text NOT NULL DEFAULT '',
  element text NOT NULL DEFAULT '',
  said text NOT NULL,                 -- in citizens' words, cleared of names
  voices bigint NOT NULL DEFAULT 0,   -- how many answers were about it
  deed text NOT NULL DEFAULT '',      -- what is done
  owner text NOT NULL DEFAULT '',     -- the post responsible, public
  owner_person text,                  -- the person whose desk it is on
  due_on text NOT NULL DEFAULT '',
  state text NOT NULL CHECK (state IN ('planned', 'running', 'reported', 'done', 'declined')),
  reason text NOT NULL DEFAULT '',    -- why it cannot be done
  evidence text NOT NULL DEFAULT '',
  reported_on text,
  made_on text NOT NULL,
  version bigint NOT NULL DEFAULT 1
);
CREATE INDEX follow_up_service ON follow_up(service_id, state);
CREATE INDEX follow_up_due ON follow_up(due_on) WHERE state IN ('planned', 'running');

-- Citizens who want to hear what became of it: a random code, no person.
CREATE TABLE survey_voice (
  hash bytea PRIMARY KEY,
  service_id text NOT NULL REFERENCES service(id),
  elements text NOT NULL,
  month text NOT NULL
);

-- What they say about what was done; one word a code.
CREATE TABLE follow_up_voice (
  follow_up_id text NOT NULL REFERENCES follow_up(id),
  hash bytea NOT NULL,
  agrees boolean NOT NULL,
  PRIMARY KEY (follow_up_id, hash)
);
