-- Why: a server remembers wallets from one unit of work to the next; by the version of a wallet it proves, under the lock,
-- that nobody has touched it since. Every unit raises the versions of all wallets that it locks, so all servers must know of
-- them: what conditional statements call has another name from now on, and a server of before fails instead of writing.

ALTER TABLE wallets ADD COLUMN version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE wallets SET (fillfactor = 50);
ALTER FUNCTION require_rows(BIGINT, BIGINT, TEXT) RENAME TO require_written;
