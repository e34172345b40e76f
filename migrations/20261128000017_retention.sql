-- Retention: the scan log and its runs lie in months, so that a month can be dropped whole; and every dropping is recorded.
--
-- What moving an existing log costs: 26 s for 1,001,150 rows (782 MB with indexes) on two busy cores, where a plain copy of the
-- table took 14.5 s in the same run; and room for the table twice. The table is locked meanwhile; Bevis waits with recording, as
-- it does when the database is away.

-- What was dropped, by which policy. The ledger has the same, in the same transaction.
CREATE TABLE retention (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    class         text NOT NULL CHECK (class IN ('scan_log', 'coverage')),
    -- The oldest that was dropped, and the instant before which nothing is left.
    dropped_from  timestamptz NOT NULL,
    dropped_until timestamptz NOT NULL CHECK (dropped_until > dropped_from),
    dropped_rows  bigint NOT NULL CHECK (dropped_rows > 0),
    -- The policy: for how many whole months such data is kept.
    months        integer NOT NULL CHECK (months > 0),
    dropped_at    timestamptz NOT NULL,
    -- Its entry in the ledger.
    ledger_seq    bigint NOT NULL
);
CREATE TRIGGER retention_fixed BEFORE UPDATE ON retention FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER retention_kept BEFORE DELETE OR TRUNCATE ON retention FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT ON retention TO bevis_app;

-- The partitions of a table that hold whole months, by their names: `scan_2026_11` begins on 1 November (UTC).
CREATE FUNCTION month_partitions(parent regclass) RETURNS TABLE (name regclass, begins date) LANGUAGE sql STABLE AS $$
    SELECT c.oid::regclass, to_date(substring(c.relname FROM '[0-9]{4}_[0-9]{2}$'), 'YYYY_MM')
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = parent AND c.relname ~ '_[0-9]{4}_[0-9]{2}$'
$$;

-- Makes a partition. Triggers for whole statements do not come down from the parent, so that each has its own; rights do not
-- either, so that the application reaches it through the parent alone.
CREATE FUNCTION make_partition(parent regclass, suffix text, bounds text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TABLE %I PARTITION OF %s %s', parent::text || '_' || suffix, parent, bounds);
    EXECUTE format('CREATE TRIGGER %I BEFORE DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
                   parent::text || '_kept', parent::text || '_' || suffix);
END $$;

CREATE FUNCTION make_month(parent regclass, month date) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM make_partition(parent, to_char(month, 'YYYY_MM'), format(
        'FOR VALUES FROM (%L) TO (%L)', to_char(month, 'YYYY-MM-DD 00:00:00+00'),
        to_char(month + interval '1 month', 'YYYY-MM-DD 00:00:00+00')));
END $$;

-- Makes the months of the scan log and its runs up to the one of `until`, without a hole. Where a month was missing, its rows
-- fell into the default partition: they are moved to where they belong, and counted in the answer. A clock that jumped years
-- ahead makes no years of partitions: its rows stay where they fell.
CREATE FUNCTION make_months(until date) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET lock_timeout = '10s' AS $$
DECLARE
    parent regclass;
    key text;
    strays bigint;
    strayed bigint := 0;
    furthest date;
    month date;
BEGIN
    FOREACH parent IN ARRAY ARRAY['scan'::regclass, 'scan_run'::regclass] LOOP
        key := CASE parent WHEN 'scan'::regclass THEN '(recorded_at AT TIME ZONE ''UTC'')::date' ELSE 'day' END;
        EXECUTE format('SELECT count(*), max(%s) FROM %I', key, parent::text || '_default') INTO strays, furthest;
        SELECT max(begins) + interval '1 month' INTO month FROM month_partitions(parent);
        IF strays > 0 THEN
            EXECUTE format('ALTER TABLE %s DETACH PARTITION %I', parent, parent::text || '_default');
            EXECUTE format('ALTER TABLE %I RENAME TO %I', parent::text || '_default', parent::text || '_strays');
            PERFORM make_partition(parent, 'default', 'DEFAULT');
            furthest := greatest(until, least(furthest, (until + interval '12 months')::date));
        ELSE
            furthest := until;
        END IF;
        WHILE month <= furthest LOOP
            PERFORM make_month(parent, month);
            month := month + interval '1 month';
        END LOOP;
        IF strays > 0 THEN
            EXECUTE format('INSERT INTO %s SELECT * FROM %I', parent, parent::text || '_strays');
            EXECUTE format('DROP TABLE %I', parent::text || '_strays');
            strayed := strayed + strays;
        END IF;
    END LOOP;
    RETURN strayed;
END $$;

-- Puts a table into months: the one that holds everything so far under the name `whole`.
CREATE FUNCTION into_months(parent regclass, whole regclass, oldest date, newest date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    month date := date_trunc('month', oldest);
BEGIN
    -- What is older than the first month, from clocks that were wrong.
    PERFORM make_partition(parent, 'before', format('FOR VALUES FROM (MINVALUE) TO (%L)', to_char(month, 'YYYY-MM-DD 00:00:00+00')));
    PERFORM make_partition(parent, 'default', 'DEFAULT');
    WHILE month <= newest LOOP
        PERFORM make_month(parent, month);
        month := month + interval '1 month';
    END LOOP;
    EXECUTE format('INSERT INTO %s SELECT * FROM %s', parent, whole);
END $$;

-- The scan log. What refers to a scan can no longer do so by a foreign key: the key of a partitioned table holds what it is
-- partitioned by, and a month that is dropped leaves findings behind that name its scans. Triggers below check instead that
-- a scan is there when something is recorded by it.
DO $$
DECLARE
    of_scan record;
    indexes text[];
    index_text text;
    today date := (now() AT TIME ZONE 'UTC')::date;
    oldest date;
BEGIN
    FOR of_scan IN SELECT conname, conrelid::regclass AS of_table FROM pg_constraint
                   WHERE contype = 'f' AND confrelid = 'scan'::regclass LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', of_scan.of_table, of_scan.conname);
    END LOOP;
    SELECT array_agg(pg_get_indexdef(indexrelid)) INTO indexes FROM pg_index WHERE indrelid = 'scan'::regclass AND NOT indisprimary;
    SELECT least(min(recorded_at AT TIME ZONE 'UTC')::date, today) INTO oldest FROM scan;
    ALTER TABLE scan RENAME TO scan_whole;
    CREATE TABLE scan (LIKE scan_whole INCLUDING DEFAULTS INCLUDING CONSTRAINTS) PARTITION BY RANGE (recorded_at);
    -- No further back than five years: what is older came from a clock that was wrong.
    PERFORM into_months('scan', 'scan_whole', greatest(oldest, (today - interval '5 years')::date), (today + interval '3 months')::date);
    DROP TABLE scan_whole;
    ALTER TABLE scan ADD CONSTRAINT scan_pkey PRIMARY KEY (id, recorded_at);
    ALTER TABLE scan ADD CONSTRAINT scan_cluster_id_fkey FOREIGN KEY (cluster_id) REFERENCES cluster;
    FOREACH index_text IN ARRAY indexes LOOP
        EXECUTE index_text;
    END LOOP;

    ALTER TABLE scan_run RENAME TO scan_run_whole;
    CREATE TABLE scan_run (LIKE scan_run_whole INCLUDING DEFAULTS INCLUDING CONSTRAINTS) PARTITION BY RANGE (day);
    PERFORM into_months('scan_run', 'scan_run_whole', greatest(oldest, (today - interval '5 years')::date), (today + interval '3 months')::date);
    DROP TABLE scan_run_whole;
    ALTER TABLE scan_run ADD CONSTRAINT scan_run_pkey PRIMARY KEY (cluster_id, source, day, run);
    ALTER TABLE scan_run ADD CONSTRAINT scan_run_cluster_id_fkey FOREIGN KEY (cluster_id) REFERENCES cluster;
END $$;
DROP FUNCTION into_months;

CREATE TRIGGER scan_fixed BEFORE UPDATE ON scan FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER scan_kept BEFORE DELETE OR TRUNCATE ON scan FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER scan_run_fixed BEFORE UPDATE ON scan_run FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER scan_run_kept BEFORE DELETE OR TRUNCATE ON scan_run FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON scan, scan_run TO bevis_app;

-- Whatever is opened or closed is so by a scan of that very instant.
CREATE FUNCTION by_a_scan() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    missing boolean;
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT EXISTS (SELECT FROM (SELECT DISTINCT opened_by, valid_from FROM written) AS w
                       WHERE NOT EXISTS (SELECT FROM scan WHERE id = w.opened_by AND recorded_at = w.valid_from)) INTO missing;
    ELSE
        SELECT EXISTS (SELECT FROM (SELECT DISTINCT closed_by, valid_to FROM written WHERE closed_by IS NOT NULL) AS w
                       WHERE NOT EXISTS (SELECT FROM scan WHERE id = w.closed_by AND recorded_at = w.valid_to)) INTO missing;
    END IF;
    IF missing THEN
        RAISE EXCEPTION 'an interval of % names a scan that is not there', TG_TABLE_NAME USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER check_result_opened_by AFTER INSERT ON check_result REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION by_a_scan();
CREATE TRIGGER check_result_closed_by AFTER UPDATE ON check_result REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION by_a_scan();
CREATE TRIGGER finding_interval_opened_by AFTER INSERT ON finding_interval REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION by_a_scan();
CREATE TRIGGER finding_interval_closed_by AFTER UPDATE ON finding_interval REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION by_a_scan();

-- Adds an entry to the ledger by the rule that the server and a pack's reader hash by.
CREATE FUNCTION ledger_append(at timestamptz, of_actor text, of_action text, of_payload text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    number bigint := 1;
    prev bytea := decode(repeat('00', 32), 'hex');
    instant timestamptz := at;
    message bytea;
    part text;
    newest ledger;
BEGIN
    PERFORM pg_advisory_xact_lock(7090203383643991140);
    SELECT * INTO newest FROM ledger ORDER BY seq DESC LIMIT 1;
    IF FOUND THEN
        number := newest.seq + 1;
        prev := newest.hash;
        instant := greatest(at, newest.at);
    END IF;
    message := prev;
    FOREACH part IN ARRAY ARRAY[number::text, to_char(instant AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), of_actor, of_action,
                                encode(sha256(convert_to(of_payload, 'UTF8')), 'hex')] LOOP
        message := message || int8send(octet_length(convert_to(part, 'UTF8'))) || convert_to(part, 'UTF8');
    END LOOP;
    INSERT INTO ledger (seq, at, actor, action, payload, prev_hash, hash)
    VALUES (number, instant, of_actor, of_action, of_payload, prev, sha256(message));
    RETURN number;
END $$;

-- What a policy would drop: everything before an instant. The months are counted back from the newest scan, not only from what
-- the server takes for now: a clock that jumped ahead must not drop a year. Null where there is nothing.
CREATE FUNCTION retention_due(of_class text, keep_months integer, at timestamptz)
RETURNS TABLE (due_from timestamptz, due_until timestamptz, due_rows bigint) LANGUAGE plpgsql STABLE AS $$
DECLARE
    horizon date;
    first_kept date;
BEGIN
    IF keep_months < 1 OR of_class NOT IN ('scan_log', 'coverage') THEN
        RAISE EXCEPTION 'no policy of retention: % for % months', of_class, keep_months USING ERRCODE = 'check_violation';
    END IF;
    SELECT date_trunc('month', least(at, max(recorded_at)) AT TIME ZONE 'UTC') - make_interval(months => keep_months) INTO horizon FROM scan;
    -- What lies before the first month is dropped only with all of it.
    SELECT max(p.begins) INTO first_kept
    FROM month_partitions(CASE of_class WHEN 'scan_log' THEN 'scan' ELSE 'scan_run' END::regclass) AS p
    WHERE p.begins <= horizon;
    due_until := first_kept::timestamp AT TIME ZONE 'UTC';
    IF of_class = 'scan_log' THEN
        SELECT min(recorded_at), count(*) INTO due_from, due_rows FROM scan WHERE recorded_at < due_until;
    ELSE
        SELECT min(day)::timestamp AT TIME ZONE 'UTC', count(*) INTO due_from, due_rows FROM scan_run WHERE day < first_kept;
    END IF;
    IF due_rows > 0 THEN
        RETURN NEXT;
    END IF;
END $$;

-- Drops what a policy says, whole months at a time: the only way, for the application and for everybody else. It writes what it
-- did to the ledger and to `retention`. Before the log of a day goes, its runs are kept.
CREATE FUNCTION retention_drop(of_class text, keep_months integer, at timestamptz)
RETURNS TABLE (due_from timestamptz, due_until timestamptz, due_rows bigint) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET timezone = 'UTC' SET lock_timeout = '10s' AS $$
DECLARE
    parent regclass := CASE of_class WHEN 'scan_log' THEN 'scan' ELSE 'scan_run' END::regclass;
    gone regclass;
    seq bigint;
BEGIN
    EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', parent);
    IF of_class = 'scan_log' THEN
        INSERT INTO scan_run (cluster_id, source, day, run, coverage, judged, first_at, last_at, scans, longest_gap)
        SELECT p.cluster_id, p.source, r.day, r.run, r.coverage, r.judged, r.first_at, r.last_at, r.scans, r.longest_gap
        FROM retention_due(of_class, keep_months, at) AS due
        CROSS JOIN LATERAL (SELECT DISTINCT s.cluster_id, s.source FROM scan s WHERE s.recorded_at < due.due_until) AS p
        CROSS JOIN LATERAL scan_runs(
            p.cluster_id, p.source,
            coalesce((SELECT max(o.day) + 1 FROM scan_run o WHERE o.cluster_id = p.cluster_id AND o.source = p.source)::timestamp AT TIME ZONE 'UTC', '-infinity'),
            due.due_until) AS r;
    END IF;
    FOR due_from, due_until, due_rows IN SELECT * FROM retention_due(of_class, keep_months, at) LOOP
        FOR gone IN SELECT p.name FROM month_partitions(parent) AS p WHERE p.begins < (due_until AT TIME ZONE 'UTC')::date LOOP
            EXECUTE format('DROP TABLE %s', gone);
        END LOOP;
        EXECUTE format('DROP TABLE %I', parent::text || '_before');
        PERFORM make_partition(parent, 'before', format('FOR VALUES FROM (MINVALUE) TO (%L)', to_char(due_until AT TIME ZONE 'UTC', 'YYYY-MM-DD 00:00:00+00')));
        seq := ledger_append(at, 'system', 'retention.drop', json_build_object(
            'class', of_class, 'from', due_from, 'until', due_until, 'rows', due_rows, 'months', keep_months)::text);
        INSERT INTO retention (class, dropped_from, dropped_until, dropped_rows, months, dropped_at, ledger_seq)
        VALUES (of_class, due_from, due_until, due_rows, keep_months, at, seq);
        RETURN NEXT;
    END LOOP;
END $$;

REVOKE EXECUTE ON FUNCTION month_partitions, make_partition, make_month, make_months, ledger_append, retention_drop FROM PUBLIC;
GRANT EXECUTE ON FUNCTION month_partitions, make_months, retention_drop TO bevis_app;
