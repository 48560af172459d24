-- Why: a run is charged by what it was used for, so that the grants that serve it pay; what was charged for each use is
-- kept, because a later charge pays the difference.

ALTER TABLE runs ADD COLUMN uses TEXT NOT NULL DEFAULT '';
