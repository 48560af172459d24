-- Why: budgets and reports ask what was spent by an API key, so calls say by which one they were told. What is known already
-- says none, and its series keep their numbers and hashes: no call and no sum is touched.

ALTER TABLE series ADD COLUMN api_key TEXT NOT NULL DEFAULT '';
CREATE INDEX series_of_api_keys ON series (api_key);

-- What is left of a series bears no key.
DROP INDEX series_of_persons;
DROP INDEX series_of_teams;
DROP INDEX series_of_projects;
CREATE INDEX series_of_persons ON series (org)
    WHERE project = '' AND branch = '' AND plan = '' AND model_pack = '' AND role = '' AND environment = '' AND api_key = '';
CREATE INDEX series_of_teams ON series (org)
    WHERE project = '' AND branch = '' AND plan = '' AND model_pack = '' AND role = '' AND environment = '' AND api_key = '' AND "user" = '';
CREATE INDEX series_of_projects ON series (org)
    WHERE branch = '' AND plan = '' AND model_pack = '' AND role = '' AND environment = '' AND api_key = '' AND "user" = '';

-- By which key a session was reported first: its sums bear it.
ALTER TABLE agent_sessions ADD COLUMN api_key TEXT NOT NULL DEFAULT '';
