-- Letters that wait to be sent. A row with its address is erased once the
-- letter is sent or refused for good.
CREATE TABLE mail_letter (
    id         text PRIMARY KEY,
    body       text NOT NULL,
    created_at text NOT NULL
);
