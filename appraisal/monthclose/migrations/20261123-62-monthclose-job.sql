-- A file that was sent is looked through and loaded by jobs: how far it is, and
-- why it was refused.
ALTER TABLE monthclose_upload ADD COLUMN state text NOT NULL DEFAULT 'menunggu' CHECK (state IN ('memeriksa', 'menunggu', 'memuat', 'dimuat', 'ditolak'));
ALTER TABLE monthclose_upload ADD COLUMN problem text NOT NULL DEFAULT '';
