-- Why: organisations, teams, engineers and the keys they come with.
-- Ids are UUIDs of version 7 as texts, so they sort by age; roles and actions are stored by their names, which people
-- who look into the file understand. Times are milliseconds since 1970 in UTC.

CREATE TABLE orgs (
    id      TEXT    NOT NULL PRIMARY KEY,
    name    TEXT    NOT NULL,
    created INTEGER NOT NULL
) WITHOUT ROWID;

-- The organisation that usage belongs to when nobody names one.
INSERT INTO orgs (id, name, created) VALUES ('local', 'local', CAST(strftime('%s', 'now') AS INTEGER) * 1000);

CREATE TABLE teams (
    org     TEXT    NOT NULL REFERENCES orgs (id),
    id      TEXT    NOT NULL,
    name    TEXT    NOT NULL,
    created INTEGER NOT NULL,
    PRIMARY KEY (org, id)
) WITHOUT ROWID;

CREATE TABLE engineers (
    org             TEXT    NOT NULL REFERENCES orgs (id),
    id              TEXT    NOT NULL,
    name            TEXT    NOT NULL,
    email           TEXT    NOT NULL,
    team            TEXT,
    role            TEXT    NOT NULL,
    active          INTEGER NOT NULL,
    avatar_url      TEXT,
    github_username TEXT,
    display_name    TEXT,
    created         INTEGER NOT NULL,
    PRIMARY KEY (org, id),
    FOREIGN KEY (org, team) REFERENCES teams (org, id)
) WITHOUT ROWID;

CREATE UNIQUE INDEX engineers_by_email ON engineers (org, lower(email));

-- A key is found by its prefix and proven by its hash; the secret itself is nowhere. The role of an engineer's key is
-- the engineer's, so it is not repeated here.
CREATE TABLE api_keys (
    org       TEXT    NOT NULL REFERENCES orgs (id),
    id        TEXT    NOT NULL,
    prefix    TEXT    NOT NULL UNIQUE,
    last_four TEXT    NOT NULL,
    hash      BLOB    NOT NULL,
    name      TEXT    NOT NULL,
    role      TEXT,
    engineer  TEXT,
    created   INTEGER NOT NULL,
    last_used INTEGER,
    expires   INTEGER,
    revoked   INTEGER,
    PRIMARY KEY (org, id),
    FOREIGN KEY (org, engineer) REFERENCES engineers (org, id)
) WITHOUT ROWID;

CREATE INDEX api_keys_by_id ON api_keys (id);
CREATE INDEX api_keys_by_engineer ON api_keys (org, engineer) WHERE engineer IS NOT NULL;

-- What was changed by whom, written in the transaction of the change. Objects are JSON without secrets.
CREATE TABLE audit (
    org       TEXT    NOT NULL,
    id        TEXT    NOT NULL,
    at        INTEGER NOT NULL,
    actor     TEXT    NOT NULL,
    request   TEXT    NOT NULL,
    action    TEXT    NOT NULL,
    object_id TEXT    NOT NULL,
    before    TEXT    NOT NULL,
    after     TEXT    NOT NULL,
    PRIMARY KEY (org, id)
) WITHOUT ROWID;
