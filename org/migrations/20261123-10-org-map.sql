-- The map: identities, and what was true of them from day to day. A state
-- holds from valid_from up to but not including valid_to; NULL is open. All
-- days are YYYY-MM-DD. Columns named search and sort_key are made in Go.

-- When structure (units, posts) or staff (who holds what) last changed: what a
-- picture of the map kept in memory is compared with. One row.
CREATE TABLE org_stamp (
	one bigint PRIMARY KEY CHECK (one = 1),
	structure text NOT NULL,
	staff text NOT NULL
);
INSERT INTO org_stamp (one, structure, staff) VALUES (1, '', '');

CREATE TABLE unit (
	id text PRIMARY KEY,
	source_id text UNIQUE,                -- the unit's number elsewhere, such as SIASN's
	split_from text REFERENCES unit (id), -- the unit this one was made from
	version bigint NOT NULL DEFAULT 1,
	created_at text NOT NULL
);

CREATE TABLE unit_state (
	unit_id text NOT NULL REFERENCES unit (id),
	valid_from text NOT NULL,
	valid_to text CHECK (valid_to > valid_from),
	name text NOT NULL,
	short_name text NOT NULL,
	kind text NOT NULL,
	code text NOT NULL,
	parent_id text REFERENCES unit (id) DEFERRABLE INITIALLY DEFERRED, -- NULL: at the top
	parent_source text NOT NULL DEFAULT '',        -- a parent the source names and nobody knows
	merged_into text REFERENCES unit (id) DEFERRABLE INITIALLY DEFERRED, -- where the unit went when this state ended
	search text NOT NULL,
	sort_key text NOT NULL,
	PRIMARY KEY (unit_id, valid_from)
);
CREATE UNIQUE INDEX unit_state_open ON unit_state (unit_id) WHERE valid_to IS NULL;

CREATE TABLE position (
	id text PRIMARY KEY,
	source_id text UNIQUE,
	version bigint NOT NULL DEFAULT 1,
	created_at text NOT NULL
);

CREATE TABLE position_state (
	position_id text NOT NULL REFERENCES position (id),
	valid_from text NOT NULL,
	valid_to text CHECK (valid_to > valid_from),
	unit_id text NOT NULL REFERENCES unit (id),
	title text NOT NULL,
	kind text NOT NULL,
	level text NOT NULL,       -- of a functional post
	class bigint NOT NULL CHECK (class BETWEEN 0 AND 17), -- 0: not set
	rank_low text NOT NULL,
	rank_high text NOT NULL,
	answers_to text REFERENCES position (id) DEFERRABLE INITIALLY DEFERRED, -- NULL: the head of the unit, or of the next above
	need text NOT NULL,        -- people needed, an exact decimal; 0: not set
	head boolean NOT NULL,     -- leads its unit
	staff_group text NOT NULL,
	search text NOT NULL,
	sort_key text NOT NULL,
	PRIMARY KEY (position_id, valid_from)
);
CREATE UNIQUE INDEX position_state_open ON position_state (position_id) WHERE valid_to IS NULL;
CREATE INDEX position_state_unit ON position_state (unit_id);

CREATE TABLE person (
	id text PRIMARY KEY,
	source_id text UNIQUE,
	nip text UNIQUE,           -- 18 digits; a mayor has none
	name text NOT NULL,
	front text NOT NULL,       -- titles before and after the name
	back text NOT NULL,
	born text NOT NULL,
	birthplace text NOT NULL,
	sex text NOT NULL,         -- L, P or empty
	email text NOT NULL,
	phone text NOT NULL,
	search text NOT NULL,
	sort_key text NOT NULL,
	version bigint NOT NULL DEFAULT 1,
	created_at text NOT NULL DEFAULT ''
);
CREATE INDEX person_sort ON person (sort_key, id);

CREATE TABLE person_state (
	person_id text NOT NULL REFERENCES person (id),
	valid_from text NOT NULL,
	valid_to text CHECK (valid_to > valid_from),
	employment text NOT NULL,  -- pns, pppk, pppk_paruh_waktu, politik, lain
	rank text NOT NULL,        -- golongan: III/d, IX
	education text NOT NULL,   -- level: sd … s3, profesi
	study text NOT NULL,       -- what was studied
	legal_status text NOT NULL,
	contract_end text NOT NULL,
	PRIMARY KEY (person_id, valid_from)
);
CREATE UNIQUE INDEX person_state_open ON person_state (person_id) WHERE valid_to IS NULL;

CREATE TABLE tenure (
	id text PRIMARY KEY,
	person_id text NOT NULL REFERENCES person (id),
	position_id text NOT NULL REFERENCES position (id),
	kind text NOT NULL CHECK (kind IN ('definitive', 'plt', 'plh', 'pj', 'tugas_tambahan')),
	valid_from text NOT NULL,
	valid_to text CHECK (valid_to > valid_from),
	decree text NOT NULL,
	note text NOT NULL,
	extended_on text NOT NULL DEFAULT '',  -- an acting tenure that was extended
	extension_decree text NOT NULL DEFAULT '',
	version bigint NOT NULL DEFAULT 1,
	created_at text NOT NULL DEFAULT ''
);
CREATE INDEX tenure_person ON tenure (person_id, valid_from);
CREATE INDEX tenure_position ON tenure (position_id, valid_from);
CREATE UNIQUE INDEX tenure_one_post ON tenure (person_id) WHERE kind = 'definitive' AND valid_to IS NULL;

CREATE TABLE evaluator_override (
	id text PRIMARY KEY,
	person_id text NOT NULL REFERENCES person (id),
	evaluator_id text NOT NULL REFERENCES person (id),
	valid_from text NOT NULL,
	valid_to text CHECK (valid_to > valid_from),
	reason text NOT NULL,
	version bigint NOT NULL DEFAULT 1,
	created_at text NOT NULL,
	CHECK (person_id <> evaluator_id)
);
CREATE INDEX evaluator_override_person ON evaluator_override (person_id, valid_from);

-- What somebody says is wrong about a person's place on the map. Work goes on
-- while HR decides.
CREATE TABLE correction (
	id text PRIMARY KEY,
	person_id text NOT NULL REFERENCES person (id),
	about text NOT NULL CHECK (about IN ('superior', 'unit', 'post', 'identity', 'other')),
	text text NOT NULL,
	state text NOT NULL CHECK (state IN ('open', 'accepted', 'refused')),
	proposed_by text NOT NULL,       -- account
	proposed_name text NOT NULL,
	proposed_at text NOT NULL,
	answer text NOT NULL DEFAULT '',
	decided_by text NOT NULL DEFAULT '',
	decided_name text NOT NULL DEFAULT '',
	decided_at text,
	version bigint NOT NULL DEFAULT 1
);
CREATE INDEX correction_person ON correction (person_id);
CREATE INDEX correction_open ON correction (proposed_at) WHERE state = 'open';

-- Who has looked at a person's record, once a day each. The person can see it.
CREATE TABLE person_look (
	person_id text NOT NULL REFERENCES person (id),
	reader text NOT NULL,            -- account
	day text NOT NULL,
	reader_name text NOT NULL,
	PRIMARY KEY (person_id, day, reader)
);
