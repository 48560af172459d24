-- Why: questions about teams and people read sums as coarse as they are asked, and sessions are listed and counted
-- without reading their calls. All of it is summed in the transaction that stores the calls.

-- What is left of a series is a series again. These find them, and those of one person or team.
CREATE INDEX series_without_detail ON series (org, "user", team)
    WHERE project = '' AND branch = '' AND plan = '' AND model_pack = '' AND role = '' AND environment = '';
CREATE INDEX series_of_people ON series (org, "user");
CREATE INDEX series_of_teams ON series (org, team);

-- As daily, without person, work and place.
CREATE TABLE team_days (
    day             INTEGER NOT NULL,
    series          INTEGER NOT NULL,
    rate_card       INTEGER NOT NULL,
    calls           INTEGER NOT NULL,
    input           INTEGER NOT NULL,
    cache_read      INTEGER NOT NULL,
    cache_write_5m  INTEGER NOT NULL,
    cache_write_1h  INTEGER NOT NULL,
    output          INTEGER NOT NULL,
    reasoning       INTEGER NOT NULL,
    modality_tokens INTEGER NOT NULL,
    web_searches    INTEGER NOT NULL,
    cost_high       INTEGER NOT NULL,
    cost_low        INTEGER NOT NULL,
    PRIMARY KEY (day, series, rate_card)
) WITHOUT ROWID;

-- By week and person, without work and place; the day is the Monday.
CREATE TABLE person_weeks (
    day             INTEGER NOT NULL,
    series          INTEGER NOT NULL,
    rate_card       INTEGER NOT NULL,
    calls           INTEGER NOT NULL,
    input           INTEGER NOT NULL,
    cache_read      INTEGER NOT NULL,
    cache_write_5m  INTEGER NOT NULL,
    cache_write_1h  INTEGER NOT NULL,
    output          INTEGER NOT NULL,
    reasoning       INTEGER NOT NULL,
    modality_tokens INTEGER NOT NULL,
    web_searches    INTEGER NOT NULL,
    cost_high       INTEGER NOT NULL,
    cost_low        INTEGER NOT NULL,
    PRIMARY KEY (day, series, rate_card)
) WITHOUT ROWID;

-- By session and day. Sessions are numbered as they come, so rows are appended; the times are those of the first and
-- the last call of the row, the head is the session without version and parent.
CREATE TABLE session_days (
    session         INTEGER NOT NULL,
    day             INTEGER NOT NULL,
    series          INTEGER NOT NULL,
    rate_card       INTEGER NOT NULL,
    calls           INTEGER NOT NULL,
    input           INTEGER NOT NULL,
    cache_read      INTEGER NOT NULL,
    cache_write_5m  INTEGER NOT NULL,
    cache_write_1h  INTEGER NOT NULL,
    output          INTEGER NOT NULL,
    reasoning       INTEGER NOT NULL,
    modality_tokens INTEGER NOT NULL,
    web_searches    INTEGER NOT NULL,
    cost_high       INTEGER NOT NULL,
    cost_low        INTEGER NOT NULL,
    first_at        INTEGER NOT NULL,
    last_at         INTEGER NOT NULL,
    head            INTEGER NOT NULL,
    PRIMARY KEY (session, day, series, rate_card)
) WITHOUT ROWID;
CREATE INDEX session_days_by_day ON session_days (day, series, head);
CREATE INDEX session_days_of_heads ON session_days (head, day);

-- Which sessions there were on a day, and how many: the series has nothing but the organisation.
CREATE TABLE session_heads (
    day    INTEGER NOT NULL,
    head   INTEGER NOT NULL,
    series INTEGER NOT NULL,
    PRIMARY KEY (day, head)
) WITHOUT ROWID;
CREATE TABLE session_counts (
    day      INTEGER NOT NULL,
    series   INTEGER NOT NULL,
    sessions INTEGER NOT NULL,
    PRIMARY KEY (day, series)
) WITHOUT ROWID;

-- What is there already. Sessions need the days of the store's zone, which SQL does not know: the program adds them.
INSERT OR IGNORE INTO series (org, agent, project, branch, model, provider, team, "user", plan, model_pack, role, environment, billing_mode, speed)
SELECT DISTINCT org, agent, '', '', model, provider, team, "user", '', '', '', '', billing_mode, speed FROM series;
INSERT OR IGNORE INTO series (org, agent, project, branch, model, provider, team, "user", plan, model_pack, role, environment, billing_mode, speed)
SELECT DISTINCT org, agent, '', '', model, provider, team, '', '', '', '', '', billing_mode, speed FROM series;
INSERT OR IGNORE INTO sessions (org, key, agent, version, parent) SELECT DISTINCT org, key, agent, '', '' FROM sessions;

INSERT INTO team_days
SELECT d.day, c.id, d.rate_card, sum(d.calls), sum(d.input), sum(d.cache_read), sum(d.cache_write_5m), sum(d.cache_write_1h), sum(d.output),
    sum(d.reasoning), sum(d.modality_tokens), sum(d.web_searches), sum(d.cost_high), sum(d.cost_low)
FROM daily d JOIN series s ON s.id = d.series
JOIN series c ON c.org = s.org AND c.agent = s.agent AND c.project = '' AND c.branch = '' AND c.model = s.model AND c.provider = s.provider
    AND c.team = s.team AND c."user" = '' AND c.plan = '' AND c.model_pack = '' AND c.role = '' AND c.environment = ''
    AND c.billing_mode = s.billing_mode AND c.speed = s.speed
GROUP BY 1, 2, 3;

INSERT INTO person_weeks
SELECT max(d.day - (d.day + 3) % 7, -1), c.id, d.rate_card, sum(d.calls), sum(d.input), sum(d.cache_read), sum(d.cache_write_5m),
    sum(d.cache_write_1h), sum(d.output), sum(d.reasoning), sum(d.modality_tokens), sum(d.web_searches), sum(d.cost_high), sum(d.cost_low)
FROM daily d JOIN series s ON s.id = d.series
JOIN series c ON c.org = s.org AND c.agent = s.agent AND c.project = '' AND c.branch = '' AND c.model = s.model AND c.provider = s.provider
    AND c.team = s.team AND c."user" = s."user" AND c.plan = '' AND c.model_pack = '' AND c.role = '' AND c.environment = ''
    AND c.billing_mode = s.billing_mode AND c.speed = s.speed
GROUP BY 1, 2, 3;
