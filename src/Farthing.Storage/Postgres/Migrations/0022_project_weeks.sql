-- Why: projects over a quarter were summed from the rows of every person, branch and day; they are twelve times as many.

-- What is left of a series is a series again. These are found by their organisation.
CREATE INDEX series_of_projects ON series (org)
    WHERE branch = '' AND plan = '' AND model_pack = '' AND role = '' AND environment = '' AND "user" = '';

-- By week, without person, work and branch; the day is the Monday.
CREATE TABLE project_weeks (
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

-- What is there already. The key is the hash that the program computes.
INSERT INTO series (key, org, agent, project, branch, model, provider, team, "user", plan, model_pack, role, environment, billing_mode, speed)
SELECT DISTINCT substring(sha256(convert_to(org, 'UTF8') || '\xff'::bytea || convert_to(agent, 'UTF8') || '\xff'::bytea || convert_to(project, 'UTF8') || '\xff'::bytea || '\xff'::bytea || convert_to(model, 'UTF8') || '\xff'::bytea || convert_to(provider, 'UTF8') || '\xff'::bytea || convert_to(team, 'UTF8') || '\xff'::bytea || '\xff'::bytea || '\xff'::bytea || '\xff'::bytea || '\xff'::bytea || '\xff'::bytea || convert_to(billing_mode, 'UTF8') || '\xff'::bytea || convert_to(speed, 'UTF8') || '\xff'::bytea) FROM 1 FOR 16),
    org, agent, project, '', model, provider, team, '', '', '', '', '', billing_mode, speed
FROM series ON CONFLICT (key) DO NOTHING;

INSERT INTO project_weeks (day, series, rate_card, calls, input, cache_read, cache_write_5m, cache_write_1h, output, reasoning, modality_tokens, web_searches, cost_high, cost_low)
SELECT greatest(d.day - (d.day + 3) % 7, -1), c.id, d.rate_card,
    sum(d.calls), sum(d.input), sum(d.cache_read), sum(d.cache_write_5m), sum(d.cache_write_1h), sum(d.output), sum(d.reasoning), sum(d.modality_tokens), sum(d.web_searches), sum(d.cost_high), sum(d.cost_low)
FROM daily d JOIN series s ON s.id = d.series JOIN series c ON c.org = s.org
    AND c.agent = s.agent
    AND c.project = s.project
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
