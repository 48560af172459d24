-- Why: organisations, teams, engineers and the keys they come with: the tables of the embedded store.
-- Ids are UUIDs of version 7 as texts, so they sort by age; roles and actions are stored by their names. Times are
-- milliseconds since 1970 in UTC. Names compare by bytes, as in the embedded store.

CREATE TABLE orgs (
    id      TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name    TEXT   NOT NULL,
    created BIGINT NOT NULL
);

-- The organisation that usage belongs to when nobody names one.
INSERT INTO orgs (id, name, created) VALUES ('local', 'local', (extract(epoch FROM now()) * 1000)::bigint);

CREATE TABLE teams (
    org     TEXT COLLATE "C" NOT NULL REFERENCES orgs (id),
    id      TEXT COLLATE "C" NOT NULL,
    name    TEXT   NOT NULL,
    created BIGINT NOT NULL,
    PRIMARY KEY (org, id)
);

CREATE TABLE engineers (
    org             TEXT COLLATE "C" NOT NULL REFERENCES orgs (id),
    id              TEXT COLLATE "C" NOT NULL,
    name            TEXT    NOT NULL,
    email           TEXT COLLATE "C" NOT NULL,
    team            TEXT COLLATE "C",
    role            TEXT    NOT NULL,
    active          BOOLEAN NOT NULL,
    avatar_url      TEXT,
    github_username TEXT,
    display_name    TEXT,
    created         BIGINT  NOT NULL,
    PRIMARY KEY (org, id),
    FOREIGN KEY (org, team) REFERENCES teams (org, id)
);

CREATE UNIQUE INDEX engineers_by_email ON engineers (org, lower(email));

-- A key is found by its prefix and proven by its hash; the secret itself is nowhere. The role of an engineer's key is
-- the engineer's, so it is not repeated here.
CREATE TABLE api_keys (
    org       TEXT COLLATE "C" NOT NULL REFERENCES orgs (id),
    id        TEXT COLLATE "C" NOT NULL UNIQUE,
    prefix    TEXT COLLATE "C" NOT NULL UNIQUE,
    last_four TEXT   NOT NULL,
    hash      BYTEA  NOT NULL,
    name      TEXT   NOT NULL,
    role      TEXT,
    engineer  TEXT COLLATE "C",
    created   BIGINT NOT NULL,
    last_used BIGINT,
    expires   BIGINT,
    revoked   BIGINT,
    PRIMARY KEY (org, id),
    FOREIGN KEY (org, engineer) REFERENCES engineers (org, id)
);

CREATE INDEX api_keys_by_engineer ON api_keys (org, engineer) WHERE engineer IS NOT NULL;

-- What was changed by whom, written in the transaction of the change. Objects are JSON without secrets.
CREATE TABLE audit (
    org       TEXT COLLATE "C" NOT NULL,
    id        TEXT COLLATE "C" NOT NULL,
    at        BIGINT NOT NULL,
    actor     TEXT   NOT NULL,
    request   TEXT   NOT NULL,
    action    TEXT   NOT NULL,
    object_id TEXT   NOT NULL,
    before    TEXT   NOT NULL,
    after     TEXT   NOT NULL,
    PRIMARY KEY (org, id)
);
