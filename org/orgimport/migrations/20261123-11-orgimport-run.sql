-- Files that were loaded into the map, or wait to be. The file itself lies in
-- the data directory and only while it waits; what the map became of it is in
-- the map's own tables. Days are YYYY-MM-DD.
CREATE TABLE org_import (
	id text PRIMARY KEY,
	kind text NOT NULL CHECK (kind IN ('units', 'roster', 'positions')),
	state text NOT NULL CHECK (state IN ('checking', 'checked', 'loading', 'loaded', 'refused', 'discarded')),
	file_name text NOT NULL,
	file_size bigint NOT NULL,
	mapping text NOT NULL,        -- TOML, empty for none
	mapping_name text NOT NULL,   -- of one that comes with the program
	on_day text NOT NULL,         -- the day the file is a snapshot of
	since_day text NOT NULL,      -- from when what is new is taken to be there
	job_id text NOT NULL,         -- the one that works on it or did last
	report text NOT NULL,         -- JSON: how many rows it would change or has changed; empty before
	details text,                 -- JSON: the rows themselves, for pages; forgotten after a month
	rejected bytea,               -- rejected rows, packed; NULL for none; forgotten with the details
	problem text NOT NULL,        -- JSON: why it was refused; empty otherwise
	created_by text NOT NULL,     -- account
	created_name text NOT NULL,
	created_at text NOT NULL,
	ended_at text                 -- NULL while it waits
);
CREATE INDEX org_import_created ON org_import (created_at);
CREATE INDEX org_import_waiting ON org_import (created_at) WHERE ended_at IS NULL;
