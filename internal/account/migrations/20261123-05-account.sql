-- Who can sign in. username_key, sort_key and search are made by the program.
CREATE TABLE account (
	id text PRIMARY KEY,
	username text NOT NULL,
	username_key text NOT NULL UNIQUE,
	name text NOT NULL,
	person_id text,
	email text NOT NULL DEFAULT '',
	lang text NOT NULL DEFAULT '',
	state text NOT NULL CHECK (state IN ('invited', 'active', 'closed')),
	password text NOT NULL DEFAULT '',
	must_change boolean NOT NULL DEFAULT false,
	password_at text,
	password_by text NOT NULL DEFAULT '',
	signed_in_at text,
	sort_key text NOT NULL,
	search text NOT NULL,
	created_at text NOT NULL,
	created_by text NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX account_person ON account (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX account_sorted ON account (sort_key, id);

-- A session is known by the hash of its token only.
CREATE TABLE account_session (
	hash text PRIMARY KEY,
	id text NOT NULL UNIQUE,
	account_id text NOT NULL REFERENCES account (id),
	created_at text NOT NULL,
	seen_at text NOT NULL,
	expires_at text NOT NULL,
	network text NOT NULL DEFAULT '',
	agent text NOT NULL DEFAULT ''
);
CREATE INDEX account_session_of ON account_session (account_id, created_at);
CREATE INDEX account_session_old ON account_session (seen_at);

-- A role within a unit and what lies below it; an empty unit is the whole
-- agency. Proposed by one account and confirmed by another; an empty account is
-- the command line of the machine.
CREATE TABLE role_grant (
	id text PRIMARY KEY,
	account_id text NOT NULL REFERENCES account (id),
	role text NOT NULL,
	unit_id text NOT NULL DEFAULT '',
	from_on text NOT NULL,
	to_on text,
	reason text NOT NULL DEFAULT '',
	state text NOT NULL CHECK (state IN ('proposed', 'active', 'refused', 'ended')),
	proposed_by text NOT NULL DEFAULT '',
	proposed_at text NOT NULL,
	settled_by text NOT NULL DEFAULT '',
	settled_at text,
	ended_by text NOT NULL DEFAULT '',
	ended_at text,
	CHECK (to_on IS NULL OR to_on >= from_on)
);
CREATE UNIQUE INDEX role_grant_open ON role_grant (account_id, role, unit_id, from_on) WHERE state IN ('proposed', 'active');
CREATE INDEX role_grant_state ON role_grant (state, proposed_at);

-- Many accounts made at once from the roster.
CREATE TABLE account_batch (
	id text PRIMARY KEY,
	unit_id text NOT NULL DEFAULT '',
	unit_name text NOT NULL DEFAULT '',
	scheme text NOT NULL,
	made bigint NOT NULL,
	created_at text NOT NULL,
	created_by text NOT NULL DEFAULT ''
);

-- A one-time right to choose a password: the first one (invite) or a new one at
-- a desk (reset). The code is known to whoever holds the slip; here lies its
-- hash, NULL until the slip is printed or a second administrator agrees.
CREATE TABLE account_invitation (
	id text PRIMARY KEY,
	account_id text NOT NULL REFERENCES account (id),
	purpose text NOT NULL CHECK (purpose IN ('invite', 'reset')),
	batch_id text REFERENCES account_batch (id),
	unit_id text NOT NULL DEFAULT '',
	unit_name text NOT NULL DEFAULT '',
	code_hash bytea,
	expires_at text,
	created_at text NOT NULL,
	created_by text NOT NULL DEFAULT '',
	issued_by text NOT NULL DEFAULT '',
	used_at text,
	void_at text
);
CREATE UNIQUE INDEX account_invitation_open ON account_invitation (account_id, purpose) WHERE used_at IS NULL AND void_at IS NULL;
CREATE INDEX account_invitation_batch ON account_invitation (batch_id, unit_name);
