-- The account that looked at a flag; empty while it waits for a moderator.
ALTER TABLE forum_flag ADD COLUMN settled_by text NOT NULL DEFAULT '';
