-- Why: what a step of the ledger writes. What a hold posted first is found by its key, so it needs no place in the index
-- of causes.

DROP INDEX transactions_of_causes;
CREATE INDEX transactions_of_causes ON transactions (external_id, org, seq) WHERE key <> 'hold/' || external_id;
