-- Why: questions about teams and people read sums as coarse as they are asked, and sessions are listed and counted
-- without reading their calls. All of it is summed in the transaction that stores the calls.

-- What is left of a series is a series again. These find them, and those of one person or team.
-- Names may be longer than an entry of an ordered index may be.
CREATE INDEX series_of_persons ON series (org) WHERE project = '' AND branch = '' AND plan = '' AND model_pack = '' AND role = '' AND environment = '';
CREATE INDEX series_of_teams ON series (org)
    WHERE project = '' AND branch = '' AND plan = '' AND model_pack = '' AND role = '' AND environment = '' AND "user" = '';
CREATE INDEX series_by_user ON series USING hash ("user");
CREATE INDEX series_by_team ON series USING hash (team);

-- As daily, without person, work and place.
CREATE TABLE team_days (
    calls           BIGINT  NOT NULL,
    input           BIGINT  NOT NULL,
    cache_read      BIGINT  NOT NULL,
    cache_write_5m  BIGINT  NOT NULL,
    cache_write_1h  BIGINT  NOT NULL,
    output          BIGINT  NOT NULL,
    reasoning       BIGINT  NOT NULL,
    modality_tokens BIGINT  NOT NULL,
    web_searches    BIGINT  NOT NULL,
    cost_high       BIGINT  NOT NULL,
    cost_low        BIGINT  NOT NULL,
    day             INTEGER NOT NULL,
    series          INTEGER NOT NULL,
    rate_card       INTEGER NOT NULL,
    PRIMARY KEY (day, series, rate_card)
) WITH (fillfactor = 70);

-- By week and person, without work and place; the day is the Monday.
CREATE TABLE person_weeks (
    calls           BIGINT  NOT NULL,
    input           BIGINT  NOT NULL,
    cache_read      BIGINT  NOT NULL,
    cache_write_5m  BIGINT  NOT NULL,
    cache_write_1h  BIGINT  NOT NULL,
    output          BIGINT  NOT NULL,
    reasoning       BIGINT  NOT NULL,
    modality_tokens BIGINT  NOT NULL,
    web_searches    BIGINT  NOT NULL,
    cost_high       BIGINT  NOT NULL,
    cost_low        BIGINT  NOT NULL,
    day             INTEGER NOT NULL,
    series          INTEGER NOT NULL,
    rate_card       INTEGER NOT NULL,
    PRIMARY KEY (day, series, rate_card)
) WITH (fillfactor = 70);

-- By session and day; the times are those of the first and the last call of the row, the
-- head is the session without version and parent.
CREATE TABLE session_days (
    calls           BIGINT  NOT NULL,
    input           BIGINT  NOT NULL,
    cache_read      BIGINT  NOT NULL,
    cache_write_5m  BIGINT  NOT NULL,
    cache_write_1h  BIGINT  NOT NULL,
    output          BIGINT  NOT NULL,
    reasoning       BIGINT  NOT NULL,
    modality_tokens BIGINT  NOT NULL,
    web_searches    BIGINT  NOT NULL,
    cost_high       BIGINT  NOT NULL,
    cost_low        BIGINT  NOT NULL,
    first_at        BIGINT  NOT NULL,
    last_at         BIGINT  NOT NULL,
    session         INTEGER NOT NULL,
    head            INTEGER NOT NULL,
    day             INTEGER NOT NULL,
    series          INTEGER NOT NULL,
    rate_card       INTEGER NOT NULL,
    PRIMARY KEY (session, day, series, rate_card)
) WITH (fillfactor = 70);
CREATE INDEX session_days_by_day ON session_days (day, series, head);
CREATE INDEX session_days_of_heads ON session_days (head, day);

-- Which sessions there were on a day, and how many: the series has nothing but the organisation.
CREATE TABLE session_heads (
    day    INTEGER NOT NULL,
    head   INTEGER NOT NULL,
    series INTEGER NOT NULL,
    PRIMARY KEY (day, head)
);
CREATE TABLE session_counts (
    day      INTEGER NOT NULL,
    series   INTEGER NOT NULL,
    sessions INTEGER NOT NULL,
    PRIMARY KEY (day, series)
) WITH (fillfactor = 70);

-- What is there already. The key is the hash that the program computes.
INSERT INTO series (key, org, agent, project, branch, model, provider, team, "user", plan, model_pack, role, environment, billing_mode, speed)
SELECT DISTINCT substring(sha256(convert_to(org, 'UTF8') || '\xff'::bytea || convert_to(agent, 'UTF8') || '\xff'::bytea || '\xff'::bytea || '\xff'::bytea || convert_to(model, 'UTF8') || '\xff'::bytea || convert_to(provider, 'UTF8') || '\xff'::bytea || convert_to(team, 'UTF8') || '\xff'::bytea || convert_to("user", 'UTF8') || '\xff'::bytea || '\xff'::bytea || '\xff'::bytea || '\xff'::bytea || '\xff'::bytea || convert_to(billing_mode, 'UTF8') || '\xff'::bytea || convert_to(speed, 'UTF8') || '\xff'::bytea) FROM 1 FOR 16),
    org, agent, '', '', model, provider, team, "user", '', '', '', '', billing_mode, speed
FROM series ON CONFLICT (key) DO NOTHING;
INSERT INTO series (key, org, agent, project, branch, model, provider, team, "user", plan, model_pack, role, environment, billing_mode, speed)
SELECT DISTINCT substring(sha256(convert_to(org, 'UTF8') || '\xff'::bytea || convert_to(agent, 'UTF8') || '\xff'::bytea || '\xff'::bytea || '\xff'::bytea || convert_to(model, 'UTF8') || '\xff'::bytea || convert_to(provider, 'UTF8') || '\xff'::bytea || convert_to(team, 'UTF8') || '\xff'::bytea || '\xff'::bytea || '\xff'::bytea || '\xff'::bytea || '\xff'::bytea || '\xff'::bytea || convert_to(billing_mode, 'UTF8') || '\xff'::bytea || convert_to(speed, 'UTF8') || '\xff'::bytea) FROM 1 FOR 16),
    org, agent, '', '', model, provider, team, '', '', '', '', '', billing_mode, speed
FROM series ON CONFLICT (key) DO NOTHING;
INSERT INTO series (key, org, agent, project, branch, model, provider, team, "user", plan, model_pack, role, environment, billing_mode, speed)
SELECT DISTINCT substring(sha256(convert_to(org, 'UTF8') || '\xff'::bytea || '\xff'::bytea || '\xff'::bytea || '\xff'::bytea || '\xff'::bytea || '\xff'::bytea || '\xff'::bytea || '\xff'::bytea || '\xff'::bytea || '\xff'::bytea || '\xff'::bytea || '\xff'::bytea || '\xff'::bytea || '\xff'::bytea) FROM 1 FOR 16),
    org, '', '', '', '', '', '', '', '', '', '', '', '', ''
FROM series ON CONFLICT (key) DO NOTHING;

INSERT INTO team_days (day, series, rate_card, calls, input, cache_read, cache_write_5m, cache_write_1h, output, reasoning, modality_tokens, web_searches, cost_high, cost_low)
SELECT d.day, c.id, d.rate_card,
    sum(d.calls), sum(d.input), sum(d.cache_read), sum(d.cache_write_5m), sum(d.cache_write_1h), sum(d.output), sum(d.reasoning), sum(d.modality_tokens), sum(d.web_searches), sum(d.cost_high), sum(d.cost_low)
FROM daily d JOIN series s ON s.id = d.series JOIN series c ON c.org = s.org
    AND c.agent = s.agent
    AND c.project = ''
    AND c.branch = ''
    AND c.model = s.model
    AND c.provider = s.provider
    AND c.team = s.team
    AND c."user" = ''
    AND c.plan = ''
    AND c.model_pack = ''
    AND c.role = ''
    AND c.environment = ''
    AND c.billing_mode = s.billing_mode
    AND c.speed = s.speed
GROUP BY 1, 2, 3;

INSERT INTO person_weeks (day, series, rate_card, calls, input, cache_read, cache_write_5m, cache_write_1h, output, reasoning, modality_tokens, web_searches, cost_high, cost_low)
SELECT greatest(d.day - (d.day + 3) % 7, -1), c.id, d.rate_card,
    sum(d.calls), sum(d.input), sum(d.cache_read), sum(d.cache_write_5m), sum(d.cache_write_1h), sum(d.output), sum(d.reasoning), sum(d.modality_tokens), sum(d.web_searches), sum(d.cost_high), sum(d.cost_low)
FROM daily d JOIN series s ON s.id = d.series JOIN series c ON c.org = s.org
    AND c.agent = s.agent
    AND c.project = ''
    AND c.branch = ''
    AND c.model = s.model
    AND c.provider = s.provider
    AND c.team = s.team
    AND c."user" = s."user"
    AND c.plan = ''
    AND c.model_pack = ''
    AND c.role = ''
    AND c.environment = ''
    AND c.billing_mode = s.billing_mode
    AND c.speed = s.speed
GROUP BY 1, 2, 3;

INSERT INTO sessions (hash, org, key, agent, version, parent)
SELECT DISTINCT substring(sha256(convert_to(org, 'UTF8') || '\xff'::bytea || convert_to(key, 'UTF8') || '\xff'::bytea || convert_to(agent, 'UTF8') || '\xff'::bytea || '\xff'::bytea || '\xff'::bytea) FROM 1 FOR 16),
    org, key, agent, '', ''
FROM sessions ON CONFLICT (hash) DO NOTHING;

INSERT INTO session_days (session, day, series, rate_card, calls, input, cache_read, cache_write_5m, cache_write_1h, output, reasoning,
    modality_tokens, web_searches, cost_high, cost_low, first_at, last_at, head)
SELECT e.session, (to_timestamp(e.at / 1000.0) AT TIME ZONE (SELECT value FROM settings WHERE name = 'reporting_zone'))::date - DATE '1970-01-01',
    e.series, e.rate_card, count(*), sum(e.input), sum(e.cache_read), sum(e.cache_write_5m), sum(e.cache_write_1h), sum(e.output), sum(e.reasoning),
    sum(e.modality_tokens), sum(e.web_searches), sum(c.total >> 32), sum(c.total & 4294967295), min(e.at), max(e.at), min(CASE WHEN s.key = '' THEN 0 ELSE h.id END)
FROM events e JOIN sessions s ON s.id = e.session
JOIN sessions h ON h.org = s.org AND h.key = s.key AND h.agent = s.agent AND h.version = '' AND h.parent = ''
CROSS JOIN LATERAL (
    SELECT e.cost_input + e.cost_cache_read + e.cost_cache_write_5m + e.cost_cache_write_1h + e.cost_output + e.cost_modalities + e.cost_units
) AS c (total)
GROUP BY 1, 2, 3, 4;

INSERT INTO session_heads (day, head, series)
SELECT DISTINCT d.day, d.head, o.id
FROM session_days d JOIN series s ON s.id = d.series
JOIN series o ON o.org = s.org AND o.agent = '' AND o.project = '' AND o.branch = '' AND o.model = '' AND o.provider = '' AND o.team = '' AND o."user" = '' AND o.plan = '' AND o.model_pack = '' AND o.role = '' AND o.environment = '' AND o.billing_mode = '' AND o.speed = ''
WHERE d.head <> 0 ON CONFLICT DO NOTHING;
INSERT INTO session_counts (day, series, sessions) SELECT day, series, count(*) FROM session_heads GROUP BY 1, 2;
