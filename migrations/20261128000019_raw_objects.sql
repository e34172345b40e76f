-- The objects behind verdicts: bodies by the hash of their content, shared by all readings and clusters that saw the same,
-- and when each was seen.

-- What is kept of an object: JSON {object, redacted, dropped}, compressed with DEFLATE. Secrets are taken out before it is
-- hashed. A body that was dropped leaves its row behind, so that it reads as not retained and not as never kept.
CREATE TABLE object_body (
    hash       uuid PRIMARY KEY,
    size       integer NOT NULL CHECK (size >= 0),
    body       bytea,
    kept_at    timestamptz NOT NULL,
    dropped_at timestamptz,
    CHECK ((body IS NULL) = (dropped_at IS NOT NULL))
);

-- The list of a resource that was in force, and since when.
CREATE TABLE object_list_seen (
    cluster_id uuid NOT NULL REFERENCES cluster,
    resource   text NOT NULL,
    digest     uuid NOT NULL,
    -- When the API server had given all of it for the first time.
    fetched_at timestamptz NOT NULL,
    valid_from timestamptz NOT NULL,
    valid_to   timestamptz CHECK (valid_to > valid_from)
);
CREATE UNIQUE INDEX object_list_seen_open ON object_list_seen (cluster_id, resource) INCLUDE (digest, fetched_at, valid_from)
    WHERE valid_to IS NULL;
CREATE INDEX object_list_seen_past ON object_list_seen (cluster_id, resource, valid_from);
CREATE INDEX object_list_seen_digest ON object_list_seen (digest);

-- An object in one state of its content, from when it was seen to when it was seen no more or otherwise.
CREATE TABLE object_seen (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    cluster_id uuid NOT NULL REFERENCES cluster,
    resource   text NOT NULL,
    kind       text NOT NULL,
    -- Empty where the kind has none.
    namespace  text NOT NULL,
    name       text NOT NULL,
    -- The workload that it belongs to or reports on.
    owner_kind text,
    owner_name text,
    -- Null where it was too large or not understood.
    hash       uuid,
    valid_from timestamptz NOT NULL,
    valid_to   timestamptz CHECK (valid_to > valid_from)
);
CREATE UNIQUE INDEX object_seen_open ON object_seen (cluster_id, resource, namespace, name) INCLUDE (id, hash) WHERE valid_to IS NULL;
CREATE INDEX object_seen_itself ON object_seen (cluster_id, kind, namespace, name, valid_from);
CREATE INDEX object_seen_owner ON object_seen (cluster_id, owner_kind, namespace, owner_name, valid_from) WHERE owner_kind IS NOT NULL;
CREATE INDEX object_seen_hash ON object_seen (hash);

-- A body may be dropped, and kept again when the object is read again; its content never becomes another one's.
CREATE FUNCTION only_dropping() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.hash IS DISTINCT FROM NEW.hash OR OLD.size IS DISTINCT FROM NEW.size OR (OLD.body IS NULL) = (NEW.body IS NULL) THEN
        RAISE EXCEPTION 'history of % is append-only: only dropping a body, or keeping it again, is allowed', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER object_body_dropping BEFORE UPDATE ON object_body FOR EACH ROW EXECUTE FUNCTION only_dropping();
CREATE TRIGGER object_list_seen_closing BEFORE UPDATE ON object_list_seen FOR EACH ROW EXECUTE FUNCTION only_closing();
CREATE TRIGGER object_seen_closing BEFORE UPDATE ON object_seen FOR EACH ROW EXECUTE FUNCTION only_closing();
CREATE TRIGGER object_body_kept BEFORE DELETE OR TRUNCATE ON object_body FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER object_list_seen_kept BEFORE DELETE OR TRUNCATE ON object_list_seen FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER object_seen_kept BEFORE DELETE OR TRUNCATE ON object_seen FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

GRANT SELECT, INSERT ON object_body, object_list_seen, object_seen TO bevis_app;
GRANT UPDATE (body, kept_at, dropped_at) ON object_body TO bevis_app;
GRANT UPDATE (valid_to) ON object_list_seen, object_seen TO bevis_app;
