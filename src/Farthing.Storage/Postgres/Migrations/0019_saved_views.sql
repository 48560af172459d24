-- Why: people keep views of the explorer under a name, for themselves or for everybody of the organisation.
CREATE TABLE saved_views (
    org     TEXT COLLATE "C" NOT NULL,
    id      TEXT COLLATE "C" NOT NULL,
    owner   TEXT COLLATE "C" NOT NULL,
    name    TEXT   NOT NULL,
    query   TEXT   NOT NULL,
    shared  BIGINT NOT NULL,
    created BIGINT NOT NULL,
    PRIMARY KEY (org, id)
);
