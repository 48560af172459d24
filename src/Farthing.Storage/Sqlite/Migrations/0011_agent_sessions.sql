-- Why: sessions as their clients report them, with who worked in them, what came of them and what they used by model.
-- Texts that were not told are empty, numbers -1, times 0; nobody reads what people wrote, so it is not here.
-- known_by_calls: the calls of the session came one by one from another door, so its own sums are not counted.

CREATE TABLE agent_sessions (
    org                   TEXT    NOT NULL,
    id                    TEXT    NOT NULL,
    sender                TEXT    NOT NULL,
    engineer              TEXT    NOT NULL,
    team                  TEXT    NOT NULL,
    agent_type            TEXT    NOT NULL,
    agent_version         TEXT    NOT NULL,
    project_path          TEXT    NOT NULL,
    project_name          TEXT    NOT NULL,
    branch                TEXT    NOT NULL,
    permission_mode       TEXT    NOT NULL,
    end_reason            TEXT    NOT NULL,
    started               INTEGER NOT NULL,
    ended                 INTEGER NOT NULL,
    duration              INTEGER NOT NULL,
    messages              INTEGER NOT NULL,
    user_messages         INTEGER NOT NULL,
    assistant_messages    INTEGER NOT NULL,
    tool_calls            INTEGER NOT NULL,
    input_tokens          INTEGER NOT NULL,
    output_tokens         INTEGER NOT NULL,
    cache_read_tokens     INTEGER NOT NULL,
    cache_creation_tokens INTEGER NOT NULL,
    primary_model         TEXT    NOT NULL,
    billing_mode          TEXT    NOT NULL,
    outcome               INTEGER NOT NULL,
    session_type          TEXT    NOT NULL,
    workflow_archetype    TEXT    NOT NULL,
    primary_success       TEXT    NOT NULL,
    goal_categories       TEXT    NOT NULL,
    friction_counts       TEXT    NOT NULL,
    model_usages          TEXT    NOT NULL,
    tool_usages           TEXT    NOT NULL,
    known_by_calls        INTEGER NOT NULL,
    created               INTEGER NOT NULL,
    reported              INTEGER NOT NULL,
    archetype             TEXT    NOT NULL,
    PRIMARY KEY (org, id)
) WITHOUT ROWID;

-- Lists by scope in order of time, and the two questions that few sessions answer.
CREATE INDEX agent_sessions_by_start ON agent_sessions (org, started, id);
CREATE INDEX agent_sessions_of_teams ON agent_sessions (org, team, started, id);
CREATE INDEX agent_sessions_of_engineers ON agent_sessions (org, engineer, started, id);
CREATE INDEX agent_sessions_with_archetype ON agent_sessions (org, started) WHERE archetype <> '';
CREATE INDEX agent_sessions_with_outcome ON agent_sessions (org, started) WHERE outcome <> 0;

-- Which series calls of a session belong to. It tells whether a session is known by its calls without an index over all
-- of them: as many rows as sessions have models, not as they have calls.
CREATE TABLE call_sessions (
    session INTEGER NOT NULL,
    series  INTEGER NOT NULL,
    PRIMARY KEY (session, series)
) WITHOUT ROWID;

INSERT INTO call_sessions (session, series)
SELECT DISTINCT session, series FROM events WHERE session IN (SELECT id FROM sessions WHERE key <> '');
