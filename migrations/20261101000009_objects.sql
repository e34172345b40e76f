-- Which objects a reading rested on, by name, version and hash: lists that are kept by their own digest and shared by all
-- readings that saw the same, so that an unchanged reading writes none.
CREATE TABLE object_list (
    digest  uuid PRIMARY KEY,
    objects integer NOT NULL CHECK (objects >= 0),
    -- JSON, compressed with DEFLATE: an array of {namespace, name, version, hash}.
    body    bytea NOT NULL
);
CREATE TRIGGER object_list_fixed BEFORE UPDATE ON object_list FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER object_list_kept BEFORE DELETE OR TRUNCATE ON object_list FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON object_list TO bevis_app;

-- Per list: {resource, fetched_at, objects, digest}.
ALTER TABLE scan ADD COLUMN objects jsonb NOT NULL DEFAULT '[]';
