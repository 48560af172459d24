-- Why: calls of a run can be found by it, and a call can tell how long it took.
-- Null for none: calls read from logs belong to no run and stay out of the index. The table has no rowid, so the index
-- holds run and id: the calls of a run come in order of the second.
ALTER TABLE events ADD COLUMN run TEXT;
ALTER TABLE events ADD COLUMN duration INTEGER;
CREATE INDEX events_of_runs ON events (run) WHERE run IS NOT NULL;
