-- Why: what a run cost and nobody paid is told apart from what it was charged; and the same request to start a run is
-- known by what was asked for, whatever was found for it.

ALTER TABLE runs ADD COLUMN uncollected BIGINT NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN asked TEXT NOT NULL DEFAULT '';
