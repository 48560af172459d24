-- Why: a budget that gets an amount it had before has told of it already. Marks are about the amount itself, not about a
-- count of its changes; what was told of earlier amounts is forgotten, for nothing says which they were.

-- The amount is empty where there is no budget.
ALTER TABLE notification_fired ADD COLUMN amount TEXT NOT NULL DEFAULT '';
UPDATE notification_fired f SET amount = b.amount FROM budgets b WHERE b.org = f.org AND b.id = f.budget AND b.limit_version = f.limit_version;
DELETE FROM notification_fired WHERE amount = '' AND limit_version <> 0;
ALTER TABLE notification_fired DROP COLUMN limit_version;
ALTER TABLE notification_fired ADD PRIMARY KEY (org, budget, window_start, threshold, amount);

ALTER TABLE budgets DROP COLUMN limit_version;
