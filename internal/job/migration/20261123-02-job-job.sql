-- Work to be done beside the request that asked for it.
CREATE TABLE job (
	id text PRIMARY KEY,
	kind text NOT NULL,
	payload text NOT NULL,
	unique_key text,
	state text NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
	run_at text NOT NULL,
	attempts bigint NOT NULL DEFAULT 0,
	max_attempts bigint NOT NULL,
	runner text,
	lease_until text,
	progress_done bigint NOT NULL DEFAULT 0,
	progress_total bigint NOT NULL DEFAULT 0,
	progress_key text NOT NULL DEFAULT '',
	progress_args text NOT NULL DEFAULT '[]',
	error_key text NOT NULL DEFAULT '',
	error_args text NOT NULL DEFAULT '[]',
	error text NOT NULL DEFAULT '',
	created_at text NOT NULL,
	finished_at text
);
CREATE INDEX job_due ON job (run_at, id) WHERE state = 'waiting';
CREATE INDEX job_running ON job (lease_until) WHERE state = 'running';
CREATE UNIQUE INDEX job_unique ON job (unique_key) WHERE state = 'waiting';
CREATE INDEX job_key ON job (unique_key, id);
CREATE INDEX job_finished ON job (finished_at) WHERE state IN ('done', 'failed');

-- The last day on which a daily job was enqueued.
CREATE TABLE job_daily (
	kind text PRIMARY KEY,
	last_on text NOT NULL
);
