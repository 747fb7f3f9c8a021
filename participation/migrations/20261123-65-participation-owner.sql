-- Whose desk an agreed point lies on, and the SKP result a follow-up became.
ALTER TABLE consultation_point ADD COLUMN owner_person text NOT NULL DEFAULT '';
ALTER TABLE follow_up ADD COLUMN promise text NOT NULL DEFAULT '';
