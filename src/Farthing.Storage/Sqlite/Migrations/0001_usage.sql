-- Why: the first schema. Usage events counted once, what they cost and by which rates, and how far logs have been read.
-- Money is integer picodollars. Times are milliseconds since 1970 in UTC. Days count from 1970-01-01.
-- Enumerations are stored by number in the order of the domain's declarations, which is never changed.

-- What holds for the whole store. The reporting zone decides the days of the rollup, so it is fixed at creation.
CREATE TABLE settings (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- Distinct combinations of dimensions, interned: an event carries a number of two bytes instead of a dozen texts.
CREATE TABLE series (
    id           INTEGER PRIMARY KEY,
    org          TEXT NOT NULL,
    agent        TEXT NOT NULL,
    project      TEXT NOT NULL,
    branch       TEXT NOT NULL,
    model        TEXT NOT NULL,
    provider     TEXT NOT NULL,
    team         TEXT NOT NULL,
    "user"       TEXT NOT NULL,
    plan         TEXT NOT NULL,
    model_pack   TEXT NOT NULL,
    role         TEXT NOT NULL,
    environment  TEXT NOT NULL,
    billing_mode TEXT NOT NULL,
    speed        TEXT NOT NULL,
    UNIQUE (org, agent, project, branch, model, provider, team, "user", plan, model_pack, role, environment, billing_mode, speed)
);

-- An agent that is updated in mid-session yields a second row with the same key: nothing is overwritten, so the order
-- in which logs are read does not matter.
CREATE TABLE sessions (
    id      INTEGER PRIMARY KEY,
    org     TEXT NOT NULL,
    key     TEXT NOT NULL,
    agent   TEXT NOT NULL,
    version TEXT NOT NULL,
    parent  TEXT NOT NULL,
    UNIQUE (org, key, agent, version, parent)
);

-- Every rate card that priced an event, by content: a charge can be explained after the catalog has moved on.
CREATE TABLE rate_cards (
    id      INTEGER PRIMARY KEY,
    hash    BLOB    NOT NULL UNIQUE,
    status  INTEGER NOT NULL,
    content TEXT    NOT NULL
);

-- The logs that events were read from, and how far; position is null for a file that has only named events so far.
CREATE TABLE log_files (
    id          INTEGER PRIMARY KEY,
    path        TEXT NOT NULL UNIQUE,
    size        INTEGER,
    inode       INTEGER,
    modified    INTEGER,
    fingerprint INTEGER,
    agent       TEXT,
    position    INTEGER,
    line        INTEGER,
    state       TEXT
);

-- One row a call. The id begins with the time in seconds, so the primary key is also the time index and grows at its
-- end. Read most often first; zero and null cost one byte.
-- What a source claims may be any number, beyond 64 bits too, and is never summed: text.
CREATE TABLE events (
    id                  BLOB    NOT NULL PRIMARY KEY,
    at                  INTEGER NOT NULL,
    series              INTEGER NOT NULL,
    session             INTEGER NOT NULL,
    rate_card           INTEGER NOT NULL,
    input               INTEGER NOT NULL,
    cache_read          INTEGER NOT NULL,
    cache_write_5m      INTEGER NOT NULL,
    cache_write_1h      INTEGER NOT NULL,
    output              INTEGER NOT NULL,
    modality_tokens     INTEGER NOT NULL,
    web_searches        INTEGER NOT NULL,
    cost_input          INTEGER NOT NULL,
    cost_cache_read     INTEGER NOT NULL,
    cost_cache_write_5m INTEGER NOT NULL,
    cost_cache_write_1h INTEGER NOT NULL,
    cost_output         INTEGER NOT NULL,
    cost_modalities     INTEGER NOT NULL,
    cost_units          INTEGER NOT NULL,
    reasoning           INTEGER NOT NULL,
    quality             INTEGER NOT NULL,
    terms               INTEGER NOT NULL,
    file                INTEGER NOT NULL,
    line                INTEGER NOT NULL,
    geo                 TEXT,
    modalities          TEXT,
    reported_cost       TEXT
) WITHOUT ROWID;

-- Other names of a call, by the UTC day of the record that bore them: copies with other times and telemetry of the same
-- call find it here.
CREATE TABLE aliases (
    day   INTEGER NOT NULL,
    hash  INTEGER NOT NULL,
    event BLOB    NOT NULL,
    PRIMARY KEY (day, hash)
) WITHOUT ROWID;

-- An earlier copy of a call gives it its time and so another id; the id it had leads on to the one it has.
CREATE TABLE former_ids (
    id    BLOB NOT NULL PRIMARY KEY,
    event BLOB NOT NULL
) WITHOUT ROWID;

-- Records that were refused: they contradict a known call, or their cost fits no integer. Kept once each, never counted.
CREATE TABLE conflicts (
    id      INTEGER PRIMARY KEY,
    org     TEXT    NOT NULL,
    event   BLOB    NOT NULL,
    at      INTEGER NOT NULL,
    reason  TEXT    NOT NULL,
    payload TEXT    NOT NULL,
    UNIQUE (event, reason, payload)
);

-- Sums of the events by day in the reporting zone. The cost is cost_high * 2^32 + cost_low: sums of either half fit an
-- integer where the sum of the whole may not.
CREATE TABLE daily (
    day             INTEGER NOT NULL,
    series          INTEGER NOT NULL,
    rate_card       INTEGER NOT NULL,
    calls           INTEGER NOT NULL,
    input           INTEGER NOT NULL,
    cache_read      INTEGER NOT NULL,
    cache_write_5m  INTEGER NOT NULL,
    cache_write_1h  INTEGER NOT NULL,
    output          INTEGER NOT NULL,
    reasoning       INTEGER NOT NULL,
    modality_tokens INTEGER NOT NULL,
    web_searches    INTEGER NOT NULL,
    cost_high       INTEGER NOT NULL,
    cost_low        INTEGER NOT NULL,
    PRIMARY KEY (day, series, rate_card)
) WITHOUT ROWID;
