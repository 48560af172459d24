-- Why: the credit ledger: wallets, grants, holds, transactions, runs. The organisation stands in front of every key.
-- Amounts are integer nanocredits. Times are microseconds since 1970 in UTC. Enumerations are stored by number in the
-- order of the domain's declarations. Dollars, which may pass 64 bits, are picodollars as text. Names that are compared
-- compare by bytes, as in the embedded store, whose tables these are. Further indexes do not begin with the
-- organisation, so that the planner never takes one of them where the primary key is meant.

CREATE TABLE wallets (
    org             TEXT COLLATE "C" NOT NULL,
    id              TEXT COLLATE "C" NOT NULL,
    name            TEXT COLLATE "C" NOT NULL,
    owner_kind      TEXT COLLATE "C" NOT NULL,
    owner_id        TEXT COLLATE "C" NOT NULL,
    overdraft       BIGINT NOT NULL,
    overdraft_limit BIGINT,
    state           BIGINT NOT NULL,
    free_run_used   BIGINT NOT NULL,
    created_at      BIGINT NOT NULL,
    PRIMARY KEY (org, id)
);
CREATE INDEX wallets_of_owners ON wallets (org, owner_kind, owner_id, id);

-- The counters of the books. The floor is a constraint: whatever posts, no account owes more than it may, holds
-- included. Without overdraft_max there is no floor. The wallet is empty for accounts of the organisation.
CREATE TABLE accounts (
    id              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    org             TEXT COLLATE "C" NOT NULL,
    name            TEXT COLLATE "C" NOT NULL,
    wallet          TEXT COLLATE "C" NOT NULL,
    overdraft_max   BIGINT,
    debits_posted   BIGINT NOT NULL CHECK (debits_posted >= 0),
    credits_posted  BIGINT NOT NULL CHECK (credits_posted >= 0),
    debits_pending  BIGINT NOT NULL CHECK (debits_pending >= 0),
    credits_pending BIGINT NOT NULL CHECK (credits_pending >= 0),
    UNIQUE (org, name),
    CONSTRAINT floor CHECK (overdraft_max IS NULL OR debits_posted + debits_pending - credits_posted <= overdraft_max)
);
-- The grants of a wallet that matter: something is left of them, or held.
CREATE INDEX accounts_in_use ON accounts (wallet, org)
    WHERE wallet <> '' AND (credits_posted > debits_posted OR debits_pending <> 0);

-- Credit as it was given. What is left stands in its account. Applicability is null for everything.
CREATE TABLE grants (
    org           TEXT COLLATE "C" NOT NULL,
    id            TEXT COLLATE "C" NOT NULL,
    wallet        TEXT COLLATE "C" NOT NULL,
    account       BIGINT NOT NULL UNIQUE,
    category      BIGINT NOT NULL,
    amount        BIGINT NOT NULL CHECK (amount > 0),
    cost_basis    TEXT NOT NULL,
    priority      BIGINT NOT NULL,
    effective_at  BIGINT NOT NULL,
    expires_at    BIGINT,
    applicability TEXT,
    funding       TEXT NOT NULL,
    created_at    BIGINT NOT NULL,
    voided_at     BIGINT,
    PRIMARY KEY (org, id)
);
CREATE INDEX grants_of_wallets ON grants (wallet, org, id);
CREATE INDEX grants_that_end ON grants (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE holds (
    org          TEXT COLLATE "C" NOT NULL,
    id           TEXT COLLATE "C" NOT NULL,
    wallet       TEXT COLLATE "C" NOT NULL,
    state        BIGINT NOT NULL,
    amount       BIGINT NOT NULL CHECK (amount > 0),
    captured     BIGINT NOT NULL,
    use_provider TEXT NOT NULL,
    use_model    TEXT NOT NULL,
    use_project  TEXT NOT NULL,
    created_at   BIGINT NOT NULL,
    expires_at   BIGINT NOT NULL,
    forwarded_at BIGINT,
    closed_at    BIGINT,
    lines        TEXT NOT NULL,
    PRIMARY KEY (org, id)
);
CREATE INDEX holds_of_wallets ON holds (wallet, org, id);
-- What has not ended (states 0 to 2), the one that is due first in front.
CREATE INDEX holds_open ON holds (expires_at) WHERE state < 3;

-- The chain. The natural key is unique for ever; the id follows from it.
CREATE TABLE transactions (
    org           TEXT COLLATE "C" NOT NULL,
    seq           BIGINT NOT NULL,
    id            TEXT COLLATE "C" NOT NULL,
    key           TEXT COLLATE "C" NOT NULL,
    kind          TEXT NOT NULL,
    wallet        TEXT COLLATE "C" NOT NULL,
    source        TEXT NOT NULL,
    external_id   TEXT COLLATE "C" NOT NULL,
    reason        TEXT NOT NULL,
    actor         TEXT NOT NULL,
    memo          TEXT NOT NULL,
    run           TEXT COLLATE "C" NOT NULL,
    event         TEXT NOT NULL,
    booked_at     BIGINT NOT NULL,
    service_at    BIGINT NOT NULL,
    reverses      TEXT COLLATE "C" NOT NULL,
    delta         BIGINT NOT NULL,
    balance_after BIGINT NOT NULL,
    hash          BYTEA NOT NULL,
    PRIMARY KEY (org, seq),
    UNIQUE (org, key)
);
CREATE UNIQUE INDEX transactions_by_id ON transactions (org, id);
CREATE INDEX transactions_of_wallets ON transactions (wallet, org, seq);
CREATE INDEX transactions_of_causes ON transactions (external_id, org, seq);
CREATE INDEX transactions_of_runs ON transactions (run, org, seq) WHERE run <> '';
CREATE INDEX transactions_that_reverse ON transactions (reverses, org) WHERE reverses <> '';

CREATE TABLE entries (
    org     TEXT COLLATE "C" NOT NULL,
    seq     BIGINT NOT NULL,
    line    BIGINT NOT NULL,
    account BIGINT NOT NULL,
    side    BIGINT NOT NULL,
    amount  BIGINT NOT NULL CHECK (amount > 0),
    PRIMARY KEY (org, seq, line)
);

-- The last link of each chain.
CREATE TABLE chains (
    org       TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    seq       BIGINT NOT NULL,
    hash      BYTEA NOT NULL,
    booked_at BIGINT NOT NULL
);

-- Answers under idempotency keys, stored with their effects.
CREATE TABLE answers (
    org          TEXT COLLATE "C" NOT NULL,
    principal    TEXT COLLATE "C" NOT NULL,
    key          TEXT COLLATE "C" NOT NULL,
    fingerprint  TEXT NOT NULL,
    status       BIGINT NOT NULL,
    content_type TEXT NOT NULL,
    body         BYTEA NOT NULL,
    created_at   BIGINT NOT NULL,
    PRIMARY KEY (org, principal, key)
);
CREATE INDEX answers_by_age ON answers (created_at);

CREATE TABLE runs (
    org              TEXT COLLATE "C" NOT NULL,
    id               TEXT COLLATE "C" NOT NULL,
    plan             TEXT COLLATE "C" NOT NULL,
    attempt          BIGINT NOT NULL,
    mode             BIGINT NOT NULL,
    "user"           TEXT NOT NULL,
    wallet           TEXT COLLATE "C" NOT NULL,
    speed_vs_detail  TEXT NOT NULL,
    is_free          BIGINT NOT NULL,
    took_free_run    BIGINT NOT NULL,
    state            BIGINT NOT NULL,
    reported         TEXT NOT NULL,
    baseline         TEXT NOT NULL,
    success_fee      TEXT NOT NULL,
    charged          BIGINT NOT NULL,
    progress_charges BIGINT NOT NULL,
    started_at       BIGINT NOT NULL,
    completed_at     BIGINT,
    PRIMARY KEY (org, id),
    UNIQUE (org, plan, attempt)
);
CREATE INDEX runs_by_start ON runs (org, started_at, id);

-- Closed months, with what the books said at their end.
CREATE TABLE periods (
    org           TEXT COLLATE "C" NOT NULL,
    month         TEXT COLLATE "C" NOT NULL,
    trial_balance TEXT NOT NULL,
    hash          TEXT NOT NULL,
    actor         TEXT NOT NULL,
    closed_at     BIGINT NOT NULL,
    PRIMARY KEY (org, month)
);

-- What was booked stays as it was booked.
CREATE FUNCTION refuse_change() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% are never changed or deleted', TG_TABLE_NAME;
END $$;
CREATE TRIGGER transactions_are_final BEFORE UPDATE OR DELETE OR TRUNCATE ON transactions EXECUTE FUNCTION refuse_change();
CREATE TRIGGER entries_are_final BEFORE UPDATE OR DELETE OR TRUNCATE ON entries EXECUTE FUNCTION refuse_change();

-- Once a statement, not once a row.
CREATE FUNCTION refuse_closed_month() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM periods p JOIN booked b ON b.org = p.org
               WHERE p.month = to_char(to_timestamp(b.booked_at / 1000000) AT TIME ZONE 'UTC', 'YYYY-MM')) THEN
        RAISE EXCEPTION 'the month is closed';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER closed_months_stay_closed AFTER INSERT ON transactions
    REFERENCING NEW TABLE AS booked FOR EACH STATEMENT EXECUTE FUNCTION refuse_closed_month();

-- A posting that its condition lets down ends the transaction in the server: no answer is waited for before the commit.
CREATE FUNCTION require_rows(written BIGINT, wanted BIGINT, what TEXT) RETURNS VOID LANGUAGE plpgsql AS $$
BEGIN
    IF written <> wanted THEN
        RAISE EXCEPTION '% of % % could be written', written, wanted, what USING ERRCODE = 'FRT01';
    END IF;
END $$;
