-- Why: the transaction that makes a grant holds a digest of its terms, so that the chain seals the grant's row too; and
-- the audit is asked for by object.

ALTER TABLE transactions ADD COLUMN terms TEXT NOT NULL DEFAULT '';
CREATE INDEX audit_of_objects ON audit (org, object_id, id);
