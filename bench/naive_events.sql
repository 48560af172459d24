-- The naive way to meter: one statement and one commit an event, and the day's sum brought up to date beside it.
-- Run by pgbench, see intake.sh; the tables are made by naive_tables.sql.
\set number random(1, 9223372036854775807)
\set sender random(1, 40)
\set tokens random(1000, 10000)
BEGIN;
INSERT INTO naive_events (id, at, "user", project, model, input, cache_read, output, cost)
VALUES (decode(md5(:number::text), 'hex'), now(), 'engineer-' || :sender, 'project-' || :sender % 8, 'claude-sonnet-4-5', :tokens, :tokens * 9, :tokens / 10, :tokens * 0.000003)
ON CONFLICT DO NOTHING;
INSERT INTO naive_days (day, "user", calls, cost) VALUES (current_date, 'engineer-' || :sender, 1, :tokens * 0.000003)
ON CONFLICT (day, "user") DO UPDATE SET calls = naive_days.calls + 1, cost = naive_days.cost + excluded.cost;
COMMIT;
