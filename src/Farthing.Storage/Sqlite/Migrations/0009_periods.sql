-- Why: a transaction may belong to an earlier month than that of its booking; a month is closed in steps, may be opened
-- again and closed anew; every trial balance that was ever made is kept.

-- The month that a transaction belongs to where that is an earlier one; empty for the month of its booking.
ALTER TABLE transactions ADD COLUMN period TEXT NOT NULL DEFAULT '';

-- What the books said each time a month was closed. The step leads to the marker in the chain.
CREATE TABLE trial_balances (
    org           TEXT    NOT NULL,
    month         TEXT    NOT NULL,
    step          INTEGER NOT NULL,
    trial_balance TEXT    NOT NULL,
    hash          TEXT    NOT NULL,
    actor         TEXT    NOT NULL,
    closed_at     INTEGER NOT NULL,
    PRIMARY KEY (org, month, step)
) WITHOUT ROWID;
INSERT INTO trial_balances SELECT org, month, 1, trial_balance, hash, actor, closed_at FROM periods;

DROP TRIGGER closed_months_stay_closed;
DROP TABLE periods;

-- Months that were closed, or softly: what the last step made of them.
CREATE TABLE periods (
    org          TEXT    NOT NULL,
    month        TEXT    NOT NULL,
    state        INTEGER NOT NULL,
    step         INTEGER NOT NULL,
    closes       INTEGER NOT NULL,
    hash         TEXT    NOT NULL,
    changed_by   TEXT    NOT NULL,
    changed_at   INTEGER NOT NULL,
    requested_by TEXT    NOT NULL,
    requested_at INTEGER,
    PRIMARY KEY (org, month)
) WITHOUT ROWID;
INSERT INTO periods SELECT org, month, 2, 1, 1, hash, actor, closed_at, '', NULL FROM trial_balances;

CREATE TRIGGER trial_balances_are_not_changed BEFORE UPDATE ON trial_balances
BEGIN SELECT RAISE(ABORT, 'trial balances are never changed'); END;
CREATE TRIGGER trial_balances_are_not_deleted BEFORE DELETE ON trial_balances
BEGIN SELECT RAISE(ABORT, 'trial balances are never deleted'); END;

-- A close closes what lies before its month too.
CREATE TRIGGER closed_months_stay_closed BEFORE INSERT ON transactions
WHEN EXISTS (SELECT 1 FROM periods WHERE org = NEW.org AND state = 2
             AND month >= CASE NEW.period WHEN '' THEN strftime('%Y-%m', NEW.booked_at / 1000000, 'unixepoch') ELSE NEW.period END)
BEGIN SELECT RAISE(ABORT, 'the month is closed'); END;
