-- What waits for whom. A row is one thing one desk has to do.
CREATE TABLE task (
	id text PRIMARY KEY,
	kind text NOT NULL,
	subject text NOT NULL,
	for_person text NOT NULL DEFAULT '',
	for_role text NOT NULL DEFAULT '',
	for_unit text NOT NULL DEFAULT '',
	from_person text NOT NULL DEFAULT '',
	title_key text NOT NULL,
	title_args text NOT NULL DEFAULT '[]',
	why_key text NOT NULL DEFAULT '',
	why_args text NOT NULL DEFAULT '[]',
	await_key text NOT NULL DEFAULT '',
	await_args text NOT NULL DEFAULT '[]',
	button_key text NOT NULL DEFAULT '',
	link text NOT NULL DEFAULT '',
	due_on text,
	-- kind, subject and desk while it is open, so that the same thing never
	-- waits twice at one desk; NULL once it is done.
	open_key text,
	created_at text NOT NULL,
	done_at text,
	done_by text NOT NULL DEFAULT '',
	CHECK ((for_person = '') <> (for_role = '')),
	CHECK ((open_key IS NULL) = (done_at IS NOT NULL))
);
CREATE UNIQUE INDEX task_open ON task (open_key);
CREATE INDEX task_person ON task (for_person, due_on) WHERE done_at IS NULL;
CREATE INDEX task_role ON task (for_role, for_unit, due_on) WHERE done_at IS NULL;
CREATE INDEX task_from ON task (from_person, created_at) WHERE done_at IS NULL;
CREATE INDEX task_subject ON task (subject, kind) WHERE done_at IS NULL;
CREATE INDEX task_done ON task (done_by, done_at) WHERE done_at IS NOT NULL;
