-- Why: sessions as their clients report them, with who worked in them, what came of them and what they used by model.
-- Texts that were not told are empty, numbers -1, times 0; nobody reads what people wrote, so it is not here.
-- The table is that of the embedded store; which calls a session has tells the index over them.
-- known_by_calls: the calls of the session came one by one from another door, so its own sums are not counted.

CREATE TABLE agent_sessions (
    org                   TEXT COLLATE "C" NOT NULL,
    id                    TEXT COLLATE "C" NOT NULL,
    sender                TEXT    NOT NULL,
    engineer              TEXT COLLATE "C" NOT NULL,
    team                  TEXT COLLATE "C" NOT NULL,
    agent_type            TEXT    NOT NULL,
    agent_version         TEXT    NOT NULL,
    project_path          TEXT    NOT NULL,
    project_name          TEXT    NOT NULL,
    branch                TEXT    NOT NULL,
    permission_mode       TEXT    NOT NULL,
    end_reason            TEXT    NOT NULL,
    started               BIGINT  NOT NULL,
    ended                 BIGINT  NOT NULL,
    duration              BIGINT  NOT NULL,
    messages              BIGINT  NOT NULL,
    user_messages         BIGINT  NOT NULL,
    assistant_messages    BIGINT  NOT NULL,
    tool_calls            BIGINT  NOT NULL,
    input_tokens          BIGINT  NOT NULL,
    output_tokens         BIGINT  NOT NULL,
    cache_read_tokens     BIGINT  NOT NULL,
    cache_creation_tokens BIGINT  NOT NULL,
    primary_model         TEXT    NOT NULL,
    billing_mode          TEXT    NOT NULL,
    outcome               BIGINT  NOT NULL,
    session_type          TEXT    NOT NULL,
    workflow_archetype    TEXT    NOT NULL,
    primary_success       TEXT    NOT NULL,
    goal_categories       TEXT    NOT NULL,
    friction_counts       TEXT    NOT NULL,
    model_usages          TEXT    NOT NULL,
    tool_usages           TEXT    NOT NULL,
    known_by_calls        BIGINT  NOT NULL,
    created               BIGINT  NOT NULL,
    reported              BIGINT  NOT NULL,
    archetype             TEXT    NOT NULL,
    PRIMARY KEY (org, id)
);

-- Lists by scope in order of time, and the two questions that few sessions answer.
CREATE INDEX agent_sessions_by_start ON agent_sessions (org, started, id);
CREATE INDEX agent_sessions_of_teams ON agent_sessions (org, team, started, id);
CREATE INDEX agent_sessions_of_engineers ON agent_sessions (org, engineer, started, id);
CREATE INDEX agent_sessions_with_archetype ON agent_sessions (org, started) WHERE archetype <> '';
CREATE INDEX agent_sessions_with_outcome ON agent_sessions (org, started) WHERE outcome <> 0;
