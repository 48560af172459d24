-- Why: the sweeper finds what is due by a mark on the grant instead of looking at everything that ever ended; and a grant
-- that begins later is due then, because it pays what is owed. An unsettled hold is due no more: somebody must find out
-- what its call has cost. Grants of which nothing is left are marked again when something comes back to them.

ALTER TABLE grants ADD COLUMN due_at BIGINT;
UPDATE grants SET due_at = CASE WHEN effective_at > created_at THEN effective_at ELSE expires_at END
WHERE voided_at IS NULL AND account IN (SELECT id FROM accounts WHERE credits_posted > debits_posted);
DROP INDEX grants_that_end;
CREATE INDEX grants_due ON grants (due_at) WHERE due_at IS NOT NULL;
DROP INDEX holds_open;
CREATE INDEX holds_due ON holds (expires_at) WHERE state < 2;
