-- Why: people keep views of the explorer under a name, for themselves or for everybody of the organisation.
CREATE TABLE saved_views (
    org     TEXT    NOT NULL,
    id      TEXT    NOT NULL,
    owner   TEXT    NOT NULL,
    name    TEXT    NOT NULL,
    query   TEXT    NOT NULL,
    shared  INTEGER NOT NULL,
    created INTEGER NOT NULL,
    PRIMARY KEY (org, id)
) WITHOUT ROWID;
