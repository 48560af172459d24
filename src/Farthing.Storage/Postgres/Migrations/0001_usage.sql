-- Why: the first schema. Usage events counted once, what they cost and by which rates, and how far logs have been read.
-- The tables are those of the embedded store; what differs says why.
-- Money is integer picodollars. Times are milliseconds since 1970 in UTC. Days count from 1970-01-01.
-- Enumerations are stored by number in the order of the domain's declarations, which is never changed.
-- Texts hold no NUL: it and the escape itself are written as U+001A with a letter behind it.

-- What holds for the whole store. The reporting zone decides the days of the rollup, so it is fixed at creation.
CREATE TABLE settings (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- Distinct combinations of dimensions. The key is a hash of all of them: an index entry has room for 2,700 bytes, a
-- project may be longer.
CREATE TABLE series (
    id           INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key          BYTEA NOT NULL UNIQUE,
    org          TEXT  NOT NULL,
    agent        TEXT  NOT NULL,
    project      TEXT  NOT NULL,
    branch       TEXT  NOT NULL,
    model        TEXT  NOT NULL,
    provider     TEXT  NOT NULL,
    team         TEXT  NOT NULL,
    "user"       TEXT  NOT NULL,
    plan         TEXT  NOT NULL,
    model_pack   TEXT  NOT NULL,
    role         TEXT  NOT NULL,
    environment  TEXT  NOT NULL,
    billing_mode TEXT  NOT NULL,
    speed        TEXT  NOT NULL
);
CREATE INDEX series_of_orgs ON series (org);

-- An agent that is updated in mid-session yields a second row: nothing is overwritten, so the order in which logs are
-- read does not matter.
CREATE TABLE sessions (
    id      INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    hash    BYTEA NOT NULL UNIQUE,
    org     TEXT  NOT NULL,
    key     TEXT  NOT NULL COLLATE "C",
    agent   TEXT  NOT NULL,
    version TEXT  NOT NULL,
    parent  TEXT  NOT NULL
);
-- Only as much of the key as an index entry surely has room for.
CREATE INDEX sessions_by_key ON sessions (left(key, 100) COLLATE "C");

-- Every rate card that priced an event, by content: a charge can be explained after the catalog has moved on.
CREATE TABLE rate_cards (
    id      INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    hash    BYTEA    NOT NULL UNIQUE,
    status  SMALLINT NOT NULL,
    content TEXT     NOT NULL
);

-- The logs that events were read from, and how far; position is null for a file that has only named events so far.
CREATE TABLE log_files (
    id          INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    hash        BYTEA NOT NULL UNIQUE,
    path        TEXT  NOT NULL,
    size        BIGINT,
    inode       BIGINT,
    modified    BIGINT,
    fingerprint BIGINT,
    agent       TEXT,
    position    BIGINT,
    line        BIGINT,
    state       TEXT
);

-- One row a call. The id begins with the time in seconds, so the primary key is also the time index and grows at its
-- end. A uuid is sixteen bytes that are compared in order; it has nothing else in common with one.
-- Wide columns first, so that none is padded. What a source claims may be any number, beyond 64 bits too: text.
CREATE TABLE events (
    id                  UUID     NOT NULL PRIMARY KEY,
    at                  BIGINT   NOT NULL,
    input               BIGINT   NOT NULL,
    cache_read          BIGINT   NOT NULL,
    cache_write_5m      BIGINT   NOT NULL,
    cache_write_1h      BIGINT   NOT NULL,
    output              BIGINT   NOT NULL,
    modality_tokens     BIGINT   NOT NULL,
    reasoning           BIGINT   NOT NULL,
    cost_input          BIGINT   NOT NULL,
    cost_cache_read     BIGINT   NOT NULL,
    cost_cache_write_5m BIGINT   NOT NULL,
    cost_cache_write_1h BIGINT   NOT NULL,
    cost_output         BIGINT   NOT NULL,
    cost_modalities     BIGINT   NOT NULL,
    cost_units          BIGINT   NOT NULL,
    line                BIGINT   NOT NULL,
    duration            BIGINT,
    series              INTEGER  NOT NULL,
    session             INTEGER  NOT NULL,
    rate_card           INTEGER  NOT NULL,
    web_searches        INTEGER  NOT NULL,
    quality             INTEGER  NOT NULL,
    file                INTEGER  NOT NULL,
    terms               SMALLINT NOT NULL,
    geo                 TEXT,
    modalities          TEXT,
    reported_cost       TEXT,
    run                 TEXT
);
-- By session, and by run within the time: calls of logs belong to no run and stay out.
CREATE INDEX events_of_sessions ON events (session);
CREATE INDEX events_of_runs ON events (run, id) WHERE run IS NOT NULL;

-- Other names of a call, by the UTC day of the record that bore them: copies with other times and telemetry of the same
-- call find it here.
CREATE TABLE aliases (
    hash  BIGINT  NOT NULL,
    day   INTEGER NOT NULL,
    event UUID    NOT NULL,
    PRIMARY KEY (day, hash)
);

-- An earlier copy of a call gives it its time and so another id; the id it had leads on to the one it has.
CREATE TABLE former_ids (
    id    UUID NOT NULL PRIMARY KEY,
    event UUID NOT NULL
);

-- Records that were refused: they contradict a known call, or their cost fits no column. Kept once each, never counted.
-- The key is a hash of event, reason and payload.
CREATE TABLE conflicts (
    id      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key     BYTEA  NOT NULL UNIQUE,
    org     TEXT   NOT NULL,
    event   UUID   NOT NULL,
    at      BIGINT NOT NULL,
    reason  TEXT   NOT NULL,
    payload TEXT   NOT NULL
);
CREATE INDEX conflicts_of_orgs ON conflicts (org, id);

-- Sums of the events by day in the reporting zone. The cost is cost_high * 2^32 + cost_low: sums of either half fit a
-- column where the sum of the whole may not. The series comes first, because many organisations share the table and a
-- query is about one of them.
CREATE TABLE daily (
    calls           BIGINT  NOT NULL,
    input           BIGINT  NOT NULL,
    cache_read      BIGINT  NOT NULL,
    cache_write_5m  BIGINT  NOT NULL,
    cache_write_1h  BIGINT  NOT NULL,
    output          BIGINT  NOT NULL,
    reasoning       BIGINT  NOT NULL,
    modality_tokens BIGINT  NOT NULL,
    web_searches    BIGINT  NOT NULL,
    cost_high       BIGINT  NOT NULL,
    cost_low        BIGINT  NOT NULL,
    series          INTEGER NOT NULL,
    day             INTEGER NOT NULL,
    rate_card       INTEGER NOT NULL,
    PRIMARY KEY (series, day, rate_card)
) WITH (fillfactor = 70);
