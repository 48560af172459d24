-- Why: the credit ledger: wallets, grants, holds, transactions, runs. The organisation stands in front of every key.
-- Amounts are integer nanocredits. Times are microseconds since 1970 in UTC. Enumerations are stored by number in the
-- order of the domain's declarations. Dollars, which may pass 64 bits, are picodollars as text.

CREATE TABLE wallets (
    org             TEXT    NOT NULL,
    id              TEXT    NOT NULL,
    name            TEXT    NOT NULL,
    owner_kind      TEXT    NOT NULL,
    owner_id        TEXT    NOT NULL,
    overdraft       INTEGER NOT NULL,
    overdraft_limit INTEGER,
    state           INTEGER NOT NULL,
    free_run_used   INTEGER NOT NULL,
    created_at      INTEGER NOT NULL,
    PRIMARY KEY (org, id)
) WITHOUT ROWID;
CREATE INDEX wallets_of_owners ON wallets (org, owner_kind, owner_id, id);

-- The counters of the books. The floor is a constraint: whatever posts, no account owes more than it may, holds
-- included. Without overdraft_max there is no floor. The wallet is empty for accounts of the organisation.
CREATE TABLE accounts (
    id              INTEGER PRIMARY KEY,
    org             TEXT    NOT NULL,
    name            TEXT    NOT NULL,
    wallet          TEXT    NOT NULL,
    overdraft_max   INTEGER,
    debits_posted   INTEGER NOT NULL CHECK (debits_posted >= 0 AND typeof(debits_posted) = 'integer'),
    credits_posted  INTEGER NOT NULL CHECK (credits_posted >= 0 AND typeof(credits_posted) = 'integer'),
    debits_pending  INTEGER NOT NULL CHECK (debits_pending >= 0 AND typeof(debits_pending) = 'integer'),
    credits_pending INTEGER NOT NULL CHECK (credits_pending >= 0 AND typeof(credits_pending) = 'integer'),
    UNIQUE (org, name),
    CONSTRAINT floor CHECK (overdraft_max IS NULL OR debits_posted + debits_pending - credits_posted <= overdraft_max)
);
-- The grants of a wallet that matter: something is left of them, or held.
CREATE INDEX accounts_in_use ON accounts (org, wallet)
    WHERE wallet <> '' AND (credits_posted > debits_posted OR debits_pending <> 0);

-- Credit as it was given. What is left stands in its account. Applicability is null for everything.
CREATE TABLE grants (
    org           TEXT    NOT NULL,
    id            TEXT    NOT NULL,
    wallet        TEXT    NOT NULL,
    account       INTEGER NOT NULL UNIQUE,
    category      INTEGER NOT NULL,
    amount        INTEGER NOT NULL CHECK (amount > 0),
    cost_basis    TEXT    NOT NULL,
    priority      INTEGER NOT NULL,
    effective_at  INTEGER NOT NULL,
    expires_at    INTEGER,
    applicability TEXT,
    funding       TEXT    NOT NULL,
    created_at    INTEGER NOT NULL,
    voided_at     INTEGER,
    PRIMARY KEY (org, id)
) WITHOUT ROWID;
CREATE INDEX grants_of_wallets ON grants (org, wallet, id);
CREATE INDEX grants_that_end ON grants (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE holds (
    org          TEXT    NOT NULL,
    id           TEXT    NOT NULL,
    wallet       TEXT    NOT NULL,
    state        INTEGER NOT NULL,
    amount       INTEGER NOT NULL CHECK (amount > 0),
    captured     INTEGER NOT NULL,
    use_provider TEXT    NOT NULL,
    use_model    TEXT    NOT NULL,
    use_project  TEXT    NOT NULL,
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    forwarded_at INTEGER,
    closed_at    INTEGER,
    lines        TEXT    NOT NULL,
    PRIMARY KEY (org, id)
) WITHOUT ROWID;
CREATE INDEX holds_of_wallets ON holds (org, wallet, id);
-- What has not ended (states 0 to 2), the one that is due first in front.
CREATE INDEX holds_open ON holds (expires_at) WHERE state < 3;

-- The chain. The natural key is unique for ever; the id follows from it.
CREATE TABLE transactions (
    org           TEXT    NOT NULL,
    seq           INTEGER NOT NULL,
    id            TEXT    NOT NULL,
    key           TEXT    NOT NULL,
    kind          TEXT    NOT NULL,
    wallet        TEXT    NOT NULL,
    source        TEXT    NOT NULL,
    external_id   TEXT    NOT NULL,
    reason        TEXT    NOT NULL,
    actor         TEXT    NOT NULL,
    memo          TEXT    NOT NULL,
    run           TEXT    NOT NULL,
    event         TEXT    NOT NULL,
    booked_at     INTEGER NOT NULL,
    service_at    INTEGER NOT NULL,
    reverses      TEXT    NOT NULL,
    delta         INTEGER NOT NULL,
    balance_after INTEGER NOT NULL,
    hash          BLOB    NOT NULL,
    PRIMARY KEY (org, seq),
    UNIQUE (org, key)
) WITHOUT ROWID;
CREATE UNIQUE INDEX transactions_by_id ON transactions (org, id);
CREATE INDEX transactions_of_wallets ON transactions (org, wallet, seq);
CREATE INDEX transactions_of_causes ON transactions (org, external_id, seq);
CREATE INDEX transactions_of_runs ON transactions (org, run, seq) WHERE run <> '';
CREATE INDEX transactions_that_reverse ON transactions (org, reverses) WHERE reverses <> '';

CREATE TABLE entries (
    org     TEXT    NOT NULL,
    seq     INTEGER NOT NULL,
    line    INTEGER NOT NULL,
    account INTEGER NOT NULL,
    side    INTEGER NOT NULL,
    amount  INTEGER NOT NULL CHECK (amount > 0),
    PRIMARY KEY (org, seq, line)
) WITHOUT ROWID;

-- The last link of each chain.
CREATE TABLE chains (
    org       TEXT    NOT NULL PRIMARY KEY,
    seq       INTEGER NOT NULL,
    hash      BLOB    NOT NULL,
    booked_at INTEGER NOT NULL
) WITHOUT ROWID;

-- Answers under idempotency keys, stored with their effects.
CREATE TABLE answers (
    org          TEXT    NOT NULL,
    principal    TEXT    NOT NULL,
    key          TEXT    NOT NULL,
    fingerprint  TEXT    NOT NULL,
    status       INTEGER NOT NULL,
    content_type TEXT    NOT NULL,
    body         BLOB    NOT NULL,
    created_at   INTEGER NOT NULL,
    PRIMARY KEY (org, principal, key)
) WITHOUT ROWID;
CREATE INDEX answers_by_age ON answers (created_at);

CREATE TABLE runs (
    org              TEXT    NOT NULL,
    id               TEXT    NOT NULL,
    plan             TEXT    NOT NULL,
    attempt          INTEGER NOT NULL,
    mode             INTEGER NOT NULL,
    "user"           TEXT    NOT NULL,
    wallet           TEXT    NOT NULL,
    speed_vs_detail  TEXT    NOT NULL,
    is_free          INTEGER NOT NULL,
    took_free_run    INTEGER NOT NULL,
    state            INTEGER NOT NULL,
    reported         TEXT    NOT NULL,
    baseline         TEXT    NOT NULL,
    success_fee      TEXT    NOT NULL,
    charged          INTEGER NOT NULL,
    progress_charges INTEGER NOT NULL,
    started_at       INTEGER NOT NULL,
    completed_at     INTEGER,
    PRIMARY KEY (org, id),
    UNIQUE (org, plan, attempt)
) WITHOUT ROWID;
CREATE INDEX runs_by_start ON runs (org, started_at, id);

-- Closed months, with what the books said at their end.
CREATE TABLE periods (
    org           TEXT    NOT NULL,
    month         TEXT    NOT NULL,
    trial_balance TEXT    NOT NULL,
    hash          TEXT    NOT NULL,
    actor         TEXT    NOT NULL,
    closed_at     INTEGER NOT NULL,
    PRIMARY KEY (org, month)
) WITHOUT ROWID;

-- What was booked stays as it was booked.
CREATE TRIGGER transactions_are_not_changed BEFORE UPDATE ON transactions
BEGIN SELECT RAISE(ABORT, 'transactions are never changed'); END;
CREATE TRIGGER transactions_are_not_deleted BEFORE DELETE ON transactions
BEGIN SELECT RAISE(ABORT, 'transactions are never deleted'); END;
CREATE TRIGGER entries_are_not_changed BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;
CREATE TRIGGER entries_are_not_deleted BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END;
CREATE TRIGGER closed_months_stay_closed BEFORE INSERT ON transactions
WHEN EXISTS (SELECT 1 FROM periods WHERE org = NEW.org AND month = strftime('%Y-%m', NEW.booked_at / 1000000, 'unixepoch'))
BEGIN SELECT RAISE(ABORT, 'the month is closed'); END;
