-- Why: how many sessions engineers reported, and how many distinct sessions there were in a range, is asked of all of them
-- at once. Read one by one, the 275,000 sessions of a thousand engineers and ninety days took PostgreSQL 150 ms and more.

-- How many reported sessions began in a span of 1 or 7 days of UTC that begins with the day, weeks on Mondays; what has no
-- beginning is of day -1.
CREATE TABLE session_tallies (
    org       TEXT COLLATE "C" NOT NULL,
    span      BIGINT NOT NULL,
    day       BIGINT NOT NULL,
    engineer  TEXT COLLATE "C" NOT NULL,
    team      TEXT COLLATE "C" NOT NULL,
    sessions  BIGINT NOT NULL,
    successes BIGINT NOT NULL,
    duration  BIGINT NOT NULL,
    PRIMARY KEY (org, span, day, engineer, team)
) WITH (fillfactor = 70);

INSERT INTO session_tallies (org, span, day, engineer, team, sessions, successes, duration)
SELECT org, 1, CASE WHEN started = 0 THEN -1 ELSE started / 86400000 END, engineer, team, count(*),
    count(CASE WHEN outcome = 1 THEN 1 END), sum(CASE WHEN duration > 0 THEN duration ELSE 0 END)
FROM agent_sessions GROUP BY 1, 2, 3, 4, 5;
INSERT INTO session_tallies (org, span, day, engineer, team, sessions, successes, duration)
SELECT org, 7, greatest(day - (day + 3) % 7, -1), engineer, team, sum(sessions), sum(successes), sum(duration)
FROM session_tallies GROUP BY 1, 2, 3, 4, 5;

-- How many sessions with calls on a day had some before, by the day on which they had them last. A session counts on each of
-- its days, and is taken away on each that follows one of the range, so the distinct ones of any range are a sum.
CREATE TABLE session_returns (
    day      INTEGER NOT NULL,
    previous INTEGER NOT NULL,
    series   INTEGER NOT NULL,
    sessions INTEGER NOT NULL,
    PRIMARY KEY (day, previous, series)
) WITH (fillfactor = 70);
CREATE INDEX session_heads_by_head ON session_heads (head, day);

INSERT INTO session_returns (day, previous, series, sessions)
SELECT day, previous, series, count(*)
FROM (SELECT day, lag(day) OVER (PARTITION BY head ORDER BY day) AS previous, series FROM session_heads) AS days
WHERE previous IS NOT NULL GROUP BY 1, 2, 3;
