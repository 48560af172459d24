-- Why: whoever sees a threshold of alerts sees when it was changed last.
ALTER TABLE alert_configs ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
UPDATE alert_configs SET changed = created;
