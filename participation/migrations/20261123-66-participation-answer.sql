-- Answers without an index by their random ids: each new answer changed a page
-- of its own, which was half the cost of storing it. A wave is looked at as a
-- whole, except for a kiosk's answer sent again. There is no foreign key
-- either: an answer's transaction takes hold of its wave first.
CREATE TABLE survey_answer_next (
  wave_id text NOT NULL,
  id text NOT NULL,                   -- 128 random bits
  stratum text NOT NULL CHECK (stratum IN ('visit', 'open', 'counter', 'kiosk', 'paper', 'assisted', 'import')),
  day text NOT NULL,
  marks text NOT NULL,                -- one character an element
  profile text NOT NULL,              -- code words: sex, age, education, work, disability
  words text NOT NULL,
  held text NOT NULL                  -- why it is set aside; empty: it counts
);
INSERT INTO survey_answer_next (wave_id, id, stratum, day, marks, profile, words, held)
  SELECT wave_id, id, stratum, day, marks, profile, words, held FROM survey_answer ORDER BY wave_id, id;
DROP TABLE survey_answer;
ALTER TABLE survey_answer_next RENAME TO survey_answer;
CREATE INDEX survey_answer_wave ON survey_answer(wave_id);
CREATE UNIQUE INDEX survey_answer_kiosk ON survey_answer(wave_id, id) WHERE stratum = 'kiosk';
CREATE INDEX survey_answer_words ON survey_answer(wave_id) WHERE words <> '';
