-- Who may do what in a cluster, as a reading of its roles and bindings saw it: kept by its own digest and shared by all
-- readings that saw the same, so that an unchanged reading writes none.
CREATE TABLE access_review (
    digest      uuid PRIMARY KEY,
    grants      integer NOT NULL CHECK (grants >= 0),
    -- Grants beyond the bound, which are not kept.
    left_out    integer NOT NULL CHECK (left_out >= 0),
    is_complete boolean NOT NULL,
    -- JSON, compressed with DEFLATE: {grants: [{kind, subject, namespace, role, binding, rights, is_system}], ...}.
    body        bytea NOT NULL
);
CREATE TRIGGER access_review_fixed BEFORE UPDATE ON access_review FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER access_review_kept BEFORE DELETE OR TRUNCATE ON access_review FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON access_review TO bevis_app;

-- The review that a reading gave. No foreign key: its lock would touch the review's row with every unchanged reading.
ALTER TABLE scan ADD COLUMN access uuid;
CREATE INDEX scan_access ON scan (cluster_id, recorded_at DESC) WHERE access IS NOT NULL;

-- What a cluster is and by what it was recognised, how people log in to it, and which management cluster the configuration
-- names for it. Null where no reading has told it, or nothing is configured.
ALTER TABLE cluster_facts ADD COLUMN platform jsonb, ADD COLUMN login jsonb, ADD COLUMN management text;
