-- Forum Konsultasi Publik: who was invited, what was said, what was agreed.
CREATE TABLE consultation (
  id text PRIMARY KEY,
  unit_id text NOT NULL REFERENCES unit(id),
  service_id text REFERENCES service(id),
  topic text NOT NULL,
  held_on text NOT NULL,
  place text NOT NULL,
  background text NOT NULL DEFAULT '',
  minutes text NOT NULL DEFAULT '',
  state text NOT NULL CHECK (state IN ('invited', 'held', 'agreed')),
  agreed_on text,
  version bigint NOT NULL DEFAULT 1
);
CREATE INDEX consultation_unit ON consultation(unit_id, held_on);

CREATE TABLE consultation_guest (
  id text PRIMARY KEY,
  consultation_id text NOT NULL REFERENCES consultation(id),
  kind text NOT NULL CHECK (kind IN ('provider', 'user', 'stakeholder', 'expert', 'society', 'media')),
  name text NOT NULL,
  stands_for text NOT NULL DEFAULT '',
  came boolean NOT NULL
);
CREATE INDEX consultation_guest_of ON consultation_guest(consultation_id);

CREATE TABLE consultation_point (
  id text PRIMARY KEY,
  consultation_id text NOT NULL REFERENCES consultation(id),
  issue text NOT NULL,
  agreement text NOT NULL,
  owner text NOT NULL,
  due_on text NOT NULL,
  follow_up_id text REFERENCES follow_up(id)
);
CREATE INDEX consultation_point_of ON consultation_point(consultation_id);
