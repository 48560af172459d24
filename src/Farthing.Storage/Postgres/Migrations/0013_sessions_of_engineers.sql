-- Why: how many sessions engineers had and what came of them is asked of all of them at once; the index over their sessions
-- answers it without a look into the rows, which are wide.

DROP INDEX agent_sessions_of_engineers;
CREATE INDEX agent_sessions_of_engineers ON agent_sessions (org, engineer, started, id) INCLUDE (team, billing_mode, outcome, duration);
