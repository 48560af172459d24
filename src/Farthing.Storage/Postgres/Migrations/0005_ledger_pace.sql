-- Why: what a step of the ledger writes. Whether an account is in use is a column of its own, so that a posting that does
-- not change it leaves the indexes alone. A transaction is found by its id through a hash, which compares no texts: that
-- an id is unique follows from its key. What a hold posted first is found by its key, so it needs no index of causes.

DROP INDEX accounts_in_use;
ALTER TABLE accounts ADD COLUMN in_use BOOLEAN NOT NULL
    GENERATED ALWAYS AS (wallet <> '' AND (credits_posted > debits_posted OR debits_pending <> 0)) STORED;
ALTER TABLE accounts SET (fillfactor = 50);
CREATE INDEX accounts_in_use ON accounts (wallet, org) WHERE in_use;

DROP INDEX transactions_by_id;
CREATE INDEX transactions_by_id ON transactions USING hash (id);

DROP INDEX transactions_of_causes;
CREATE INDEX transactions_of_causes ON transactions (external_id, org, seq) WHERE key <> 'hold/' || external_id;

-- Months begin with an hour, so the hours of a statement stand for its transactions.
CREATE OR REPLACE FUNCTION refuse_closed_month() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM (SELECT DISTINCT b.org, b.booked_at / 3600000000 AS hour FROM booked b) h
               JOIN periods p ON p.org = h.org AND p.month = to_char(to_timestamp(h.hour * 3600) AT TIME ZONE 'UTC', 'YYYY-MM')) THEN
        RAISE EXCEPTION 'the month is closed';
    END IF;
    RETURN NULL;
END $$;
