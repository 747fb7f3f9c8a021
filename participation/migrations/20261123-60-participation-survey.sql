-- Services of units and their standard (standar pelayanan).
CREATE TABLE service (
  id text PRIMARY KEY,
  code text NOT NULL UNIQUE,          -- in addresses and on posters
  unit_id text NOT NULL REFERENCES unit(id),
  name text NOT NULL,
  name_en text NOT NULL DEFAULT '',
  time text NOT NULL DEFAULT '',      -- promised time, in words
  cost text NOT NULL DEFAULT '',
  requirements text NOT NULL DEFAULT '',
  procedures text NOT NULL DEFAULT '',
  product text NOT NULL DEFAULT '',
  sort_key text NOT NULL,
  retired_on text,
  version bigint NOT NULL DEFAULT 1
);
CREATE INDEX service_unit ON service(unit_id);

-- Elements an agency adds to the nine. The texts of the nine are translations.
CREATE TABLE survey_element (
  key text PRIMARY KEY,
  name text NOT NULL, name_en text NOT NULL,
  question text NOT NULL, question_en text NOT NULL,
  answers text NOT NULL, answers_en text NOT NULL   -- four, one a line, the worst first
);

-- A wave is one period of one service's survey. The elements and their weights
-- are fixed when it opens; the marks of its answers follow their order.
CREATE TABLE survey_wave (
  id text PRIMARY KEY,
  service_id text NOT NULL REFERENCES service(id),
  name text NOT NULL,
  opens_on text NOT NULL,
  ends_on text NOT NULL,
  closed_on text,
  elements text NOT NULL,             -- keys, comma between
  weights text NOT NULL DEFAULT '',   -- decimals, comma between; empty: equal
  basis text NOT NULL,                -- strata the index stands on
  population bigint NOT NULL DEFAULT 0, -- users of the period before
  target bigint NOT NULL DEFAULT 0,   -- answers wanted
  target_by text NOT NULL DEFAULT '', -- krejcie, slovin or own
  repeat_months bigint NOT NULL DEFAULT 0,
  answers bigint NOT NULL DEFAULT 0,  -- counted as they are stored
  seal text NOT NULL DEFAULT '',      -- SHA-256 of the closed wave's answers
  version bigint NOT NULL DEFAULT 1,
  CHECK (opens_on <= ends_on)
);
CREATE INDEX survey_wave_service ON survey_wave(service_id, opens_on);

-- Visits counted at the counter, to stand beside the tokens handed out.
CREATE TABLE survey_visits (
  wave_id text NOT NULL REFERENCES survey_wave(id),
  day text NOT NULL,
  visits bigint NOT NULL CHECK (visits >= 0),
  PRIMARY KEY (wave_id, day)
);

-- Known numbers of visitors, to weight answers by.
CREATE TABLE survey_margin (
  wave_id text NOT NULL REFERENCES survey_wave(id),
  field text NOT NULL,
  code text NOT NULL,
  total bigint NOT NULL CHECK (total >= 0),
  PRIMARY KEY (wave_id, field, code)
);

-- Networks of counters: honest visitors use their Wi-Fi.
CREATE TABLE survey_network (
  prefix text PRIMARY KEY,
  service_id text NOT NULL REFERENCES service(id),
  name text NOT NULL
);

-- One anonymous answer: a random id, at most the day, no account, no address.
CREATE TABLE survey_answer (
  wave_id text NOT NULL REFERENCES survey_wave(id),
  id text NOT NULL,                   -- 128 random bits
  stratum text NOT NULL CHECK (stratum IN ('visit', 'open', 'counter', 'kiosk', 'paper', 'assisted', 'import')),
  day text NOT NULL,
  marks text NOT NULL,                -- one character an element
  profile text NOT NULL,              -- code words: sex, age, education, work, disability
  words text NOT NULL,
  held text NOT NULL,                 -- why it is set aside; empty: it counts
  PRIMARY KEY (wave_id, id)
);
CREATE INDEX survey_answer_held ON survey_answer(wave_id, held) WHERE held <> '';
CREATE INDEX survey_answer_words ON survey_answer(wave_id) WHERE words <> '';

-- Sums over answers, so that no page has to read them all.
CREATE TABLE survey_tally (
  wave_id text NOT NULL REFERENCES survey_wave(id),
  stratum text NOT NULL,
  day text NOT NULL,
  held boolean NOT NULL,
  answers bigint NOT NULL,
  moments bytea NOT NULL,
  PRIMARY KEY (wave_id, stratum, day, held)
);

-- A published index with everything needed to check it. Never changed; a new
-- computation is a new row that supersedes the old.
CREATE TABLE survey_result (
  id text PRIMARY KEY,
  wave_id text NOT NULL REFERENCES survey_wave(id),
  service_id text NOT NULL REFERENCES service(id),
  published_on text NOT NULL,
  superseded_by text,
  answers bigint NOT NULL,
  index_text text,                    -- exact decimal; null when too few answered
  grade text,
  lo text, hi text,                   -- 95 per cent interval
  body bytea NOT NULL,                -- the whole result as JSON, hashed in the ledger
  book text NOT NULL,                 -- hash of the rulebook used
  note text NOT NULL DEFAULT ''
);
CREATE INDEX survey_result_service ON survey_result(service_id, published_on);
CREATE INDEX survey_result_wave ON survey_result(wave_id);

-- What citizens said, chosen and cleared of names by the office.
CREATE TABLE survey_quote (
  id text PRIMARY KEY,
  wave_id text NOT NULL REFERENCES survey_wave(id),
  element text NOT NULL DEFAULT '',
  words text NOT NULL,
  chosen_on text NOT NULL
);
CREATE INDEX survey_quote_wave ON survey_quote(wave_id);
