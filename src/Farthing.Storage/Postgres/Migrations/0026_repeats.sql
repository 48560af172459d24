-- Why: a record that tells a known call again is not kept, and an admin asks how many there are and whose. Only their number is
-- kept, by quarter hour: the days of every zone begin at one. Of what came before nobody knows it.

-- The quarter is that of the record's own time, counted from 1970 in UTC. The agent is the one that the record names.
CREATE TABLE repeats (
    duplicates BIGINT  NOT NULL,
    superseded BIGINT  NOT NULL,
    quarter    INTEGER NOT NULL,
    org        TEXT    NOT NULL,
    agent      TEXT    NOT NULL,
    PRIMARY KEY (org, quarter, agent)
) WITH (fillfactor = 70);
