-- Citizens who write under a name of their choice. What is known of them is an
-- address to confirm, and a code that only they have.
CREATE TABLE forum_member (
  id text PRIMARY KEY,
  name text NOT NULL,               -- shown
  name_key text NOT NULL UNIQUE,
  code_hash bytea NOT NULL UNIQUE,
  email text NOT NULL DEFAULT '',   -- never shown; empty when not told
  confirmed_by text NOT NULL DEFAULT '',  -- mail, or the account at the desk
  blocked_on text,
  joined_on text NOT NULL
);

CREATE TABLE forum_topic (
  id text PRIMARY KEY,
  unit_id text NOT NULL REFERENCES unit(id),
  service_id text REFERENCES service(id),
  title text NOT NULL,
  body text NOT NULL,
  phase text NOT NULL CHECK (phase IN ('plan', 'content', 'result', 'answer')),
  member_id text REFERENCES forum_member(id),  -- empty: the unit itself
  opened_on text NOT NULL,
  last_on text NOT NULL,
  due_on text NOT NULL DEFAULT '',  -- official answer, when citizens asked
  answered_on text,
  closed_on text,
  state text NOT NULL CHECK (state IN ('waiting', 'shown', 'hidden')),
  search text NOT NULL,
  version bigint NOT NULL DEFAULT 1
);
CREATE INDEX forum_topic_unit ON forum_topic(unit_id, last_on);
CREATE INDEX forum_topic_due ON forum_topic(due_on) WHERE answered_on IS NULL AND due_on <> '';

CREATE TABLE forum_post (
  id text PRIMARY KEY,
  topic_id text NOT NULL REFERENCES forum_topic(id),
  reply_to text REFERENCES forum_post(id),
  member_id text REFERENCES forum_member(id),
  account_id text NOT NULL DEFAULT '',  -- who wrote for the unit; not shown
  official boolean NOT NULL,
  body text NOT NULL,
  written_on text NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'shown', 'hidden')),
  reason text NOT NULL DEFAULT '',      -- why it is hidden, shown to its author and in its place
  decided_by text NOT NULL DEFAULT '',  -- account of the moderator
  appeal text NOT NULL DEFAULT '',
  appealed_on text,
  appeal_by text NOT NULL DEFAULT ''    -- account that decided the appeal
);
CREATE INDEX forum_post_topic ON forum_post(topic_id, id);
CREATE INDEX forum_post_waiting ON forum_post(state) WHERE state = 'waiting';

CREATE TABLE forum_vote (
  target text NOT NULL,  -- topic or post
  member_id text NOT NULL REFERENCES forum_member(id),
  PRIMARY KEY (target, member_id)
);

CREATE TABLE forum_flag (
  post_id text NOT NULL REFERENCES forum_post(id),
  member_id text NOT NULL REFERENCES forum_member(id),
  reason text NOT NULL,
  flagged_on text NOT NULL,
  PRIMARY KEY (post_id, member_id)
);

CREATE TABLE forum_follow (
  topic_id text NOT NULL REFERENCES forum_topic(id),
  member_id text NOT NULL REFERENCES forum_member(id),
  PRIMARY KEY (topic_id, member_id)
);
