-- Why: budgets, what was told about them, what waits to be sent, alerts and their thresholds.
-- Ids are UUIDs of version 7 as texts, so they sort by age; words are those of the API; amounts are decimal texts, for a
-- budget may be more than 64 bits of picodollars. Times are milliseconds since 1970 in UTC; 0 is never.

CREATE TABLE budgets (
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
    limit_version   INTEGER NOT NULL,
    created         INTEGER NOT NULL,
    PRIMARY KEY (org, id)
) WITHOUT ROWID;

-- Who writes a row tells what it says; everybody else finds it there. The window is told by its name.
CREATE TABLE notification_fired (
    org           TEXT    NOT NULL,
    budget        TEXT    NOT NULL,
    window_start  TEXT    NOT NULL,
    threshold     INTEGER NOT NULL,
    limit_version INTEGER NOT NULL,
    fired         INTEGER NOT NULL,
    PRIMARY KEY (org, budget, window_start, threshold, limit_version)
) WITHOUT ROWID;

-- A message ends when it is delivered or given up (dead). While it is being sent its next attempt lies ahead.
CREATE TABLE outbox (
    id           TEXT    NOT NULL PRIMARY KEY,
    org          TEXT    NOT NULL,
    channel      TEXT    NOT NULL,
    payload      TEXT    NOT NULL,
    created      INTEGER NOT NULL,
    attempts     INTEGER NOT NULL,
    next_attempt INTEGER NOT NULL,
    ended        INTEGER NOT NULL,
    dead         INTEGER NOT NULL,
    failure      TEXT    NOT NULL
) WITHOUT ROWID;

CREATE INDEX outbox_due ON outbox (next_attempt, id) WHERE ended = 0;
CREATE INDEX outbox_dead ON outbox (org, ended) WHERE dead = 1;

CREATE TABLE alerts (
    org          TEXT    NOT NULL REFERENCES orgs (id),
    id           TEXT    NOT NULL,
    type         TEXT    NOT NULL,
    severity     TEXT    NOT NULL,
    team         TEXT    NOT NULL,
    title        TEXT    NOT NULL,
    message      TEXT    NOT NULL,
    value        TEXT    NOT NULL,
    usual        TEXT    NOT NULL,
    threshold    TEXT    NOT NULL,
    created      INTEGER NOT NULL,
    acknowledged INTEGER NOT NULL,
    dismissed    INTEGER NOT NULL,
    PRIMARY KEY (org, id)
) WITHOUT ROWID;

-- When an alert of a kind was raised last for somebody; it is not raised again within a day.
CREATE TABLE alert_marks (
    org    TEXT    NOT NULL,
    type   TEXT    NOT NULL,
    scope  TEXT    NOT NULL,
    raised INTEGER NOT NULL,
    PRIMARY KEY (org, type, scope)
) WITHOUT ROWID;

-- An empty team is all teams, an empty threshold the one that holds anyway.
CREATE TABLE alert_configs (
    org       TEXT    NOT NULL REFERENCES orgs (id),
    id        TEXT    NOT NULL,
    team      TEXT    NOT NULL,
    type      TEXT    NOT NULL,
    threshold TEXT    NOT NULL,
    enabled   INTEGER NOT NULL,
    created   INTEGER NOT NULL,
    PRIMARY KEY (org, id),
    UNIQUE (org, team, type)
) WITHOUT ROWID;
