-- The tables of the naive way, see naive_events.sql.
CREATE TABLE naive_events (
    id         bytea       NOT NULL PRIMARY KEY,
    at         timestamptz NOT NULL,
    "user"     text        NOT NULL,
    project    text        NOT NULL,
    model      text        NOT NULL,
    input      bigint      NOT NULL,
    cache_read bigint      NOT NULL,
    output     bigint      NOT NULL,
    cost       numeric     NOT NULL
);
CREATE TABLE naive_days (day date NOT NULL, "user" text NOT NULL, calls bigint NOT NULL, cost numeric NOT NULL, PRIMARY KEY (day, "user"));
