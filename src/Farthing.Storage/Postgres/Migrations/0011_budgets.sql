-- Why: budgets, what was told about them, what waits to be sent, alerts and their thresholds: the tables of the embedded
-- store.
-- Ids are UUIDs of version 7 as texts, so they sort by age; words are those of the API; amounts are decimal texts, for a
-- budget may be more than 64 bits of picodollars. Times are milliseconds since 1970 in UTC; 0 is never.

CREATE TABLE budgets (
    org             TEXT COLLATE "C" NOT NULL REFERENCES orgs (id),
    id              TEXT COLLATE "C" NOT NULL,
    name            TEXT    NOT NULL,
    scope           TEXT COLLATE "C" NOT NULL,
    scope_id        TEXT    NOT NULL,
    owner           TEXT    NOT NULL,
    amount          TEXT    NOT NULL,
    period          TEXT    NOT NULL,
    zone            TEXT    NOT NULL,
    hard            BIGINT NOT NULL,
    thresholds      TEXT    NOT NULL,
    alert_threshold BIGINT NOT NULL,
    limit_version   BIGINT NOT NULL,
    created         BIGINT NOT NULL,
    PRIMARY KEY (org, id)
);

-- Who writes a row tells what it says; everybody else finds it there. The window is told by its name.
CREATE TABLE notification_fired (
    org           TEXT COLLATE "C" NOT NULL,
    budget        TEXT COLLATE "C" NOT NULL,
    window_start  TEXT COLLATE "C" NOT NULL,
    threshold     BIGINT NOT NULL,
    limit_version BIGINT NOT NULL,
    fired         BIGINT NOT NULL,
    PRIMARY KEY (org, budget, window_start, threshold, limit_version)
);

-- A message ends when it is delivered or given up (dead). While it is being sent its next attempt lies ahead.
CREATE TABLE outbox (
    id           TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    org          TEXT COLLATE "C" NOT NULL,
    channel      TEXT    NOT NULL,
    payload      TEXT    NOT NULL,
    created      BIGINT NOT NULL,
    attempts     BIGINT NOT NULL,
    next_attempt BIGINT NOT NULL,
    ended        BIGINT NOT NULL,
    dead         BIGINT NOT NULL,
    failure      TEXT    NOT NULL
);

CREATE INDEX outbox_due ON outbox (next_attempt, id) WHERE ended = 0;
CREATE INDEX outbox_dead ON outbox (org, ended) WHERE dead = 1;

CREATE TABLE alerts (
    org          TEXT COLLATE "C" NOT NULL REFERENCES orgs (id),
    id           TEXT COLLATE "C" NOT NULL,
    type         TEXT COLLATE "C" NOT NULL,
    severity     TEXT    NOT NULL,
    team         TEXT COLLATE "C" NOT NULL,
    title        TEXT    NOT NULL,
    message      TEXT    NOT NULL,
    value        TEXT    NOT NULL,
    usual        TEXT    NOT NULL,
    threshold    TEXT    NOT NULL,
    created      BIGINT NOT NULL,
    acknowledged BIGINT NOT NULL,
    dismissed    BIGINT NOT NULL,
    PRIMARY KEY (org, id)
);

-- When an alert of a kind was raised last for somebody; it is not raised again within a day.
CREATE TABLE alert_marks (
    org    TEXT COLLATE "C" NOT NULL,
    type   TEXT COLLATE "C" NOT NULL,
    scope  TEXT COLLATE "C" NOT NULL,
    raised BIGINT NOT NULL,
    PRIMARY KEY (org, type, scope)
);

-- An empty team is all teams, an empty threshold the one that holds anyway.
CREATE TABLE alert_configs (
    org       TEXT COLLATE "C" NOT NULL REFERENCES orgs (id),
    id        TEXT COLLATE "C" NOT NULL,
    team      TEXT COLLATE "C" NOT NULL,
    type      TEXT COLLATE "C" NOT NULL,
    threshold TEXT    NOT NULL,
    enabled   BIGINT NOT NULL,
    created   BIGINT NOT NULL,
    PRIMARY KEY (org, id),
    UNIQUE (org, team, type)
);
