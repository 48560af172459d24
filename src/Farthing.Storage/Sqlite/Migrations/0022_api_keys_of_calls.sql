-- Why: budgets and reports ask what was spent by an API key, so calls say by which one they were told. What is known already
-- says none, and its series keep their numbers: no call and no sum is touched.

-- The key is part of what makes a series distinct, and that is part of the table.
CREATE TABLE keyed_series (
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
    api_key      TEXT NOT NULL DEFAULT '',
    UNIQUE (org, agent, project, branch, model, provider, team, "user", plan, model_pack, role, environment, billing_mode, speed, api_key)
);
INSERT INTO keyed_series
SELECT id, org, agent, project, branch, model, provider, team, "user", plan, model_pack, role, environment, billing_mode, speed, '' FROM series ORDER BY id;
DROP TABLE series;
ALTER TABLE keyed_series RENAME TO series;

CREATE INDEX series_without_detail ON series (org, "user", team)
    WHERE project = '' AND branch = '' AND plan = '' AND model_pack = '' AND role = '' AND environment = '' AND api_key = '';
CREATE INDEX series_of_people ON series (org, "user");
CREATE INDEX series_of_teams ON series (org, team);
CREATE INDEX series_of_api_keys ON series (org, api_key);

-- By which key a session was reported first: its sums bear it.
ALTER TABLE agent_sessions ADD COLUMN api_key TEXT NOT NULL DEFAULT '';
