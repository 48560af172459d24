-- A wallet as it is often written first: lock the row, look, take, note.
\set wallet random(1, :wallets)
BEGIN;
SELECT balance FROM naive_wallet WHERE id = :wallet FOR UPDATE;
UPDATE naive_wallet SET balance = balance - 1 WHERE id = :wallet AND balance >= 1;
INSERT INTO naive_debit (id, wallet, amount) VALUES (gen_random_uuid(), :wallet, 1);
COMMIT;
