-- Why: a transaction may belong to an earlier month than that of its booking; a month is closed in steps, may be opened
-- again and closed anew; every trial balance that was ever made is kept.

-- The month that a transaction belongs to where that is an earlier one; empty for the month of its booking.
ALTER TABLE transactions ADD COLUMN period TEXT COLLATE "C" NOT NULL DEFAULT '';

-- What the books said each time a month was closed. The step leads to the marker in the chain.
CREATE TABLE trial_balances (
    org           TEXT COLLATE "C" NOT NULL,
    month         TEXT COLLATE "C" NOT NULL,
    step          BIGINT NOT NULL,
    trial_balance TEXT NOT NULL,
    hash          TEXT NOT NULL,
    actor         TEXT NOT NULL,
    closed_at     BIGINT NOT NULL,
    PRIMARY KEY (org, month, step)
);
INSERT INTO trial_balances SELECT org, month, 1, trial_balance, hash, actor, closed_at FROM periods;

DROP TABLE periods;

-- Months that were closed, or softly: what the last step made of them.
CREATE TABLE periods (
    org          TEXT COLLATE "C" NOT NULL,
    month        TEXT COLLATE "C" NOT NULL,
    state        BIGINT NOT NULL,
    step         BIGINT NOT NULL,
    closes       BIGINT NOT NULL,
    hash         TEXT NOT NULL,
    changed_by   TEXT NOT NULL,
    changed_at   BIGINT NOT NULL,
    requested_by TEXT NOT NULL,
    requested_at BIGINT,
    PRIMARY KEY (org, month)
);
INSERT INTO periods SELECT org, month, 2, 1, 1, hash, actor, closed_at, '', NULL FROM trial_balances;

CREATE TRIGGER trial_balances_are_final BEFORE UPDATE OR DELETE OR TRUNCATE ON trial_balances EXECUTE FUNCTION refuse_change();

-- Months begin with an hour, so the hours of a statement stand for its transactions. A close closes what lies before its
-- month too.
CREATE OR REPLACE FUNCTION refuse_closed_month() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM (SELECT DISTINCT b.org, b.period, b.booked_at / 3600000000 AS hour FROM booked b) h
               JOIN periods p ON p.org = h.org AND p.state = 2 AND p.month >= (CASE h.period
                   WHEN '' THEN to_char(to_timestamp(h.hour * 3600) AT TIME ZONE 'UTC', 'YYYY-MM') ELSE h.period END) COLLATE "C") THEN
        RAISE EXCEPTION 'the month is closed';
    END IF;
    RETURN NULL;
END $$;
