-- A round of feedback about one person. groups, items and released are
-- documents read and written as a whole.
CREATE TABLE voice_round (
  id text PRIMARY KEY,
  about_id text NOT NULL,
  about_name text NOT NULL,
  about_post text NOT NULL,
  unit_id text NOT NULL,
  unit text NOT NULL,
  evaluator_id text NOT NULL,
  above_id text NOT NULL,
  purpose text NOT NULL,
  sheet text NOT NULL,
  groups text NOT NULL,
  least bigint NOT NULL,
  spread_from bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('kupon', 'isi', 'dirilis', 'kurang')),
  opened_on text NOT NULL,
  draw_until text NOT NULL,
  answer_until text NOT NULL,
  closed_on text,
  asked_by text NOT NULL,
  asked_name text NOT NULL,
  released text,
  read_on text
);
CREATE INDEX voice_round_about ON voice_round (about_id, opened_on);
CREATE INDEX voice_round_due ON voice_round (state, draw_until);

-- Who may draw a token, and whether it was drawn. blinded is the hash of the
-- blinded message that was signed, so that a lost answer can be asked for again;
-- it has no relation to the token that comes of it.
CREATE TABLE voice_invited (
  round_id text NOT NULL REFERENCES voice_round (id),
  person_id text NOT NULL,
  grp text NOT NULL,
  drawn boolean NOT NULL DEFAULT false,
  blinded bytea,
  PRIMARY KEY (round_id, person_id)
);
CREATE INDEX voice_invited_person ON voice_invited (person_id);

-- The box holds all answers of a running round in one sealed piece of fixed
-- size. There is no row for an answer.
CREATE TABLE voice_box (
  round_id text PRIMARY KEY REFERENCES voice_round (id),
  box bytea NOT NULL
);
CREATE TABLE voice_key (
  round_id text PRIMARY KEY REFERENCES voice_round (id),
  box_key bytea NOT NULL
);
