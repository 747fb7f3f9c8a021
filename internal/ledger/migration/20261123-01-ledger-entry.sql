-- What counts, in the order in which it was numbered. Rows are only added; two
-- things happen to a row later: the sequencer gives it its number, once, and
-- erasing removes salt and payload and names the entry that says why.
CREATE TABLE ledger_entry (
	id text PRIMARY KEY,
	seq bigint UNIQUE CHECK (seq >= 0),
	kind text NOT NULL,
	subject text NOT NULL,
	actor text NOT NULL,
	at text NOT NULL,
	commitment bytea NOT NULL,
	leaf_hash bytea NOT NULL,
	salt bytea,
	payload bytea,
	erased_by text
);
CREATE INDEX ledger_entry_pending ON ledger_entry (id) WHERE seq IS NULL;
CREATE INDEX ledger_entry_subject ON ledger_entry (subject, seq);
CREATE INDEX ledger_entry_kind ON ledger_entry (kind, seq);

-- The right edge of the tree: what the sequencer needs to go on. One row.
CREATE TABLE ledger_tree (
	one bigint PRIMARY KEY CHECK (one = 1),
	size bigint NOT NULL,
	edge bytea
);
INSERT INTO ledger_tree (one, size) VALUES (1, 0);

-- Signed statements "so many entries have this root".
CREATE TABLE ledger_checkpoint (
	size bigint PRIMARY KEY,
	note text NOT NULL
);

-- Public keys that sign or signed checkpoints.
CREATE TABLE ledger_key (
	verifier text PRIMARY KEY,
	added_at text NOT NULL
);
