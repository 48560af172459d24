-- Why: a budget that gets an amount it had before has told of it already. Marks are about the amount itself, not about a
-- count of its changes; what was told of earlier amounts is forgotten, for nothing says which they were.

-- The amount is part of what makes a mark distinct, and that is part of the table. It is empty where there is no budget.
CREATE TABLE amounts_fired (
    org          TEXT    NOT NULL,
    budget       TEXT    NOT NULL,
    window_start TEXT    NOT NULL,
    threshold    INTEGER NOT NULL,
    amount       TEXT    NOT NULL,
    fired        INTEGER NOT NULL,
    PRIMARY KEY (org, budget, window_start, threshold, amount)
) WITHOUT ROWID;
INSERT INTO amounts_fired (org, budget, window_start, threshold, amount, fired)
SELECT f.org, f.budget, f.window_start, f.threshold, COALESCE(b.amount, ''), f.fired
FROM notification_fired f LEFT JOIN budgets b ON b.org = f.org AND b.id = f.budget
WHERE f.limit_version = COALESCE(b.limit_version, 0);
DROP TABLE notification_fired;
ALTER TABLE amounts_fired RENAME TO notification_fired;

-- Made anew: the oldest libraries that open this file take no column away safely.
CREATE TABLE budgets_of_amounts (
    org             TEXT    NOT NULL REFERENCES orgs (id),
    id              TEXT    NOT NULL,
    name            TEXT    NOT NULL,
    scope           TEXT    NOT NULL,
    scope_id        TEXT    NOT NULL,
    owner           TEXT    NOT NULL,
    amount          TEXT    NOT NULL,
    period          TEXT    NOT NULL,
    zone            TEXT    NOT NULL,
    hard            INTEGER NOT NULL,
    thresholds      TEXT    NOT NULL,
    alert_threshold INTEGER NOT NULL,
    created         INTEGER NOT NULL,
    PRIMARY KEY (org, id)
) WITHOUT ROWID;
INSERT INTO budgets_of_amounts (org, id, name, scope, scope_id, owner, amount, period, zone, hard, thresholds, alert_threshold, created)
SELECT org, id, name, scope, scope_id, owner, amount, period, zone, hard, thresholds, alert_threshold, created FROM budgets;
DROP TABLE budgets;
ALTER TABLE budgets_of_amounts RENAME TO budgets;
