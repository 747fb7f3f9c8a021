-- What was signed for a code: the hash of the blinded message, so that the
-- same one sent again gets the same signature. It says nothing of the token.
ALTER TABLE token_code ADD COLUMN blinded bytea;
