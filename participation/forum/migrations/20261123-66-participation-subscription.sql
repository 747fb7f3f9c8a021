-- Who wants to hear of a topic or a service by mail. The address stands here
-- and nowhere else, tied to no member, and is erased with the row.
CREATE TABLE forum_subscription (
  id text PRIMARY KEY,
  target text NOT NULL,            -- topic or service
  address text NOT NULL,
  lang text NOT NULL,
  secret text NOT NULL UNIQUE,     -- in every letter: confirms and ends it
  asked_on text NOT NULL,
  confirmed_on text,
  told_on text NOT NULL DEFAULT '',
  UNIQUE (target, address)
);

-- Members who were sent a letter to show that their address is theirs.
CREATE TABLE forum_confirm (
  secret text PRIMARY KEY,
  member_id text NOT NULL REFERENCES forum_member(id),
  asked_on text NOT NULL
);
