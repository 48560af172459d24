-- Why: projects over a quarter were summed from the rows of every person, branch and day; they are twelve times as many.

-- By week, without person, work and branch; the day is the Monday.
CREATE TABLE project_weeks (
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

-- What is there already.
INSERT OR IGNORE INTO series (org, agent, project, branch, model, provider, team, "user", plan, model_pack, role, environment, billing_mode, speed)
SELECT DISTINCT org, agent, project, '', model, provider, team, '', '', '', '', '', billing_mode, speed FROM series;

INSERT INTO project_weeks
SELECT max(d.day - (d.day + 3) % 7, -1), c.id, d.rate_card, sum(d.calls), sum(d.input), sum(d.cache_read), sum(d.cache_write_5m),
    sum(d.cache_write_1h), sum(d.output), sum(d.reasoning), sum(d.modality_tokens), sum(d.web_searches), sum(d.cost_high), sum(d.cost_low)
FROM daily d JOIN series s ON s.id = d.series
JOIN series c ON c.org = s.org AND c.agent = s.agent AND c.project = s.project AND c.branch = '' AND c.model = s.model AND c.provider = s.provider
    AND c.team = s.team AND c."user" = '' AND c.plan = '' AND c.model_pack = '' AND c.role = '' AND c.environment = ''
    AND c.billing_mode = s.billing_mode AND c.speed = s.speed
GROUP BY 1, 2, 3;
