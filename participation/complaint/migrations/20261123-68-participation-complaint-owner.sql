-- The person who answers a report, when it was given to somebody by name.
ALTER TABLE complaint ADD COLUMN owner_person text NOT NULL DEFAULT '';
