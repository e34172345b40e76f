-- Retention of two more classes: the bodies of objects that were seen no more, and the digests of audit batches. They lie in no
-- months; what is dropped still ends at the beginning of one.

ALTER TABLE retention DROP CONSTRAINT retention_class_check,
    ADD CONSTRAINT retention_class_check CHECK (class IN ('scan_log', 'coverage', 'objects', 'audit_digests'));
-- What a night drops at once of the bodies, found by when they were kept.
CREATE INDEX object_body_kept_at ON object_body (kept_at) WHERE body IS NOT NULL;

-- A body is dropped by `retention_drop` alone, which runs as the owner: the application, which may delete nothing, can keep one
-- again and cannot drop one.
CREATE OR REPLACE FUNCTION only_dropping() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.hash IS DISTINCT FROM NEW.hash OR OLD.size IS DISTINCT FROM NEW.size OR (OLD.body IS NULL) = (NEW.body IS NULL) THEN
        RAISE EXCEPTION 'history of % is append-only: only dropping a body, or keeping it again, is allowed', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.body IS NULL AND NOT has_table_privilege(current_user, TG_RELID, 'DELETE') THEN
        RAISE EXCEPTION 'a body of % is dropped by a policy of retention alone', TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

ALTER FUNCTION retention_due RENAME TO retention_due_of_months;
ALTER FUNCTION retention_drop RENAME TO retention_drop_months;

-- The beginning of the oldest month that a policy keeps, counted back from the newest scan and not only from `at`.
CREATE FUNCTION retention_horizon(keep_months integer, at timestamptz) RETURNS timestamptz LANGUAGE sql STABLE
SET timezone = 'UTC' AS $$
    SELECT date_trunc('month', least(at, max(recorded_at))) - make_interval(months => keep_months) FROM scan
$$;

-- Bodies that nothing shows since an instant: every object that had this content is gone or has another.
CREATE FUNCTION unseen_bodies(since timestamptz) RETURNS TABLE (unseen uuid, since_when timestamptz) LANGUAGE sql STABLE AS $$
    SELECT b.hash, b.kept_at FROM object_body b
    WHERE b.body IS NOT NULL AND b.kept_at < since
      AND NOT EXISTS (SELECT FROM object_seen s WHERE s.hash = b.hash AND (s.valid_to IS NULL OR s.valid_to > since))
$$;

-- Digests of batches that were received before an instant; never the newest of a cluster, which the next one follows.
CREATE FUNCTION old_batches(before timestamptz) RETURNS TABLE (of_cluster uuid, number bigint, since_when timestamptz) LANGUAGE sql STABLE AS $$
    SELECT b.cluster_id, b.seq, b.received_at FROM audit_batch b
    WHERE b.received_at < before
      AND b.seq < (SELECT max(n.seq) FROM audit_batch n WHERE n.cluster_id = b.cluster_id)
$$;

CREATE FUNCTION retention_due(of_class text, keep_months integer, at timestamptz)
RETURNS TABLE (due_from timestamptz, due_until timestamptz, due_rows bigint) LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF of_class NOT IN ('objects', 'audit_digests') THEN
        RETURN QUERY SELECT * FROM retention_due_of_months(of_class, keep_months, at);
        RETURN;
    END IF;
    IF keep_months < 1 THEN
        RAISE EXCEPTION 'no policy of retention: % for % months', of_class, keep_months USING ERRCODE = 'check_violation';
    END IF;
    due_until := retention_horizon(keep_months, at);
    IF of_class = 'objects' THEN
        SELECT min(since_when), count(*) INTO due_from, due_rows FROM unseen_bodies(due_until);
    ELSE
        SELECT min(since_when), count(*) INTO due_from, due_rows FROM old_batches(due_until);
    END IF;
    IF due_rows > 0 THEN
        RETURN NEXT;
    END IF;
END $$;

CREATE FUNCTION retention_drop(of_class text, keep_months integer, at timestamptz)
RETURNS TABLE (due_from timestamptz, due_until timestamptz, due_rows bigint) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET timezone = 'UTC' SET lock_timeout = '10s' AS $$
DECLARE
    entry bigint;
BEGIN
    IF of_class NOT IN ('objects', 'audit_digests') THEN
        RETURN QUERY SELECT * FROM retention_drop_months(of_class, keep_months, at);
        RETURN;
    END IF;
    -- Nobody sees an object again, or adds a batch, between what is counted and what is dropped.
    IF of_class = 'objects' THEN
        -- In the order in which whoever records goes.
        LOCK TABLE object_body, object_seen IN SHARE ROW EXCLUSIVE MODE;
    ELSE
        LOCK TABLE audit_batch IN ACCESS EXCLUSIVE MODE;
    END IF;
    FOR due_from, due_until, due_rows IN SELECT * FROM retention_due(of_class, keep_months, at) LOOP
        IF of_class = 'objects' THEN
            UPDATE object_body SET body = NULL, dropped_at = at WHERE hash IN (SELECT unseen FROM unseen_bodies(due_until));
        ELSE
            ALTER TABLE audit_batch DISABLE TRIGGER audit_batch_kept;
            DELETE FROM audit_batch WHERE (cluster_id, seq) IN (SELECT of_cluster, number FROM old_batches(due_until));
            ALTER TABLE audit_batch ENABLE TRIGGER audit_batch_kept;
        END IF;
        entry := ledger_append(at, 'system', 'retention.drop', json_build_object(
            'class', of_class, 'from', due_from, 'until', due_until, 'rows', due_rows, 'months', keep_months)::text);
        INSERT INTO retention (class, dropped_from, dropped_until, dropped_rows, months, dropped_at, ledger_seq)
        VALUES (of_class, due_from, due_until, due_rows, keep_months, at, entry);
        RETURN NEXT;
    END LOOP;
END $$;

REVOKE EXECUTE ON FUNCTION retention_drop_months, retention_drop FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION retention_drop_months FROM bevis_app;
GRANT EXECUTE ON FUNCTION retention_drop TO bevis_app;
