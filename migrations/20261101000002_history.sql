-- History: results and findings as intervals [valid_from, valid_to), open while valid_to is null.
-- An unchanged scan writes nothing here. A closed interval is never changed, and nothing is deleted.

CREATE TABLE check_result (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    cluster_id uuid NOT NULL REFERENCES cluster,
    source     text NOT NULL,
    check_id   text NOT NULL,
    outcome    text NOT NULL CHECK (outcome IN ('pass', 'fail', 'needs_review', 'error', 'not_applicable',
                                                'not_visible', 'stale', 'not_evaluated')),
    examined   integer NOT NULL CHECK (examined >= 0),
    failed     integer NOT NULL CHECK (failed >= 0),
    unread     integer NOT NULL CHECK (unread >= 0),
    reason     text,
    detail     jsonb NOT NULL,
    hash       uuid NOT NULL,
    valid_from timestamptz NOT NULL,
    valid_to   timestamptz CHECK (valid_to > valid_from),
    opened_by  uuid NOT NULL REFERENCES scan,
    closed_by  uuid REFERENCES scan,
    CHECK ((valid_to IS NULL) = (closed_by IS NULL))
);
CREATE UNIQUE INDEX check_result_open ON check_result (cluster_id, source, check_id) INCLUDE (id, hash) WHERE valid_to IS NULL;
CREATE INDEX check_result_closed ON check_result (valid_to) WHERE valid_to IS NOT NULL;

-- What a finding is about: its identity, written once.
CREATE TABLE finding (
    id                  uuid PRIMARY KEY,
    cluster_id          uuid NOT NULL REFERENCES cluster,
    source              text NOT NULL,
    check_id            text NOT NULL,
    fingerprint         uuid NOT NULL,
    fingerprint_version smallint NOT NULL,
    subject_kind        text NOT NULL,
    subject_namespace   text,
    subject_name        text NOT NULL,
    subject_key         text,
    first_seen_at       timestamptz NOT NULL,
    search              text GENERATED ALWAYS AS (
        lower(subject_kind || ' ' || coalesce(subject_namespace, '') || '/' || subject_name || ' ' || coalesce(subject_key, ''))
    ) STORED,
    UNIQUE (cluster_id, fingerprint)
);
CREATE INDEX finding_search ON finding USING gin (search gin_trgm_ops);

-- When it failed, and how. A change of severity or facts ends one interval and begins the next at the same instant.
CREATE TABLE finding_interval (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    finding_id uuid NOT NULL REFERENCES finding,
    cluster_id uuid NOT NULL,
    source     text NOT NULL,
    check_id   text NOT NULL,
    fingerprint uuid NOT NULL,
    severity   smallint NOT NULL CHECK (severity BETWEEN 0 AND 5),
    fault      text NOT NULL,
    detail     jsonb NOT NULL,
    hash       uuid NOT NULL,
    -- Since when it has failed without a break; earlier than valid_from after a change.
    opened_at  timestamptz NOT NULL,
    valid_from timestamptz NOT NULL CHECK (valid_from >= opened_at),
    valid_to   timestamptz CHECK (valid_to > valid_from),
    opened_by  uuid NOT NULL REFERENCES scan,
    closed_by  uuid REFERENCES scan,
    -- Whether the finding went on failing in another way when this interval ended; null while it has not.
    continued  boolean,
    CHECK ((valid_to IS NULL) = (closed_by IS NULL)),
    CHECK ((valid_to IS NULL) = (continued IS NULL))
);
CREATE UNIQUE INDEX finding_interval_open ON finding_interval (cluster_id, source, fingerprint) INCLUDE (id, finding_id, check_id, hash, severity)
    WHERE valid_to IS NULL;
CREATE INDEX finding_interval_open_severity ON finding_interval (severity DESC, opened_at DESC, finding_id DESC) WHERE valid_to IS NULL;
CREATE INDEX finding_interval_open_age ON finding_interval (opened_at DESC, finding_id DESC) WHERE valid_to IS NULL;
CREATE INDEX finding_interval_open_check ON finding_interval (check_id, severity DESC, opened_at DESC, finding_id DESC) WHERE valid_to IS NULL;
CREATE INDEX finding_interval_closed ON finding_interval (valid_to DESC) WHERE valid_to IS NOT NULL;
CREATE INDEX finding_interval_closed_severity ON finding_interval (severity DESC, opened_at DESC, finding_id DESC) WHERE NOT continued;
CREATE INDEX finding_interval_closed_age ON finding_interval (opened_at DESC, finding_id DESC) WHERE NOT continued;
CREATE INDEX finding_interval_finding ON finding_interval (finding_id, valid_from);

-- The intervals in force at an instant. Two branches, so that asking for now reads the index over open rows alone.
CREATE FUNCTION finding_interval_as_of(at timestamptz) RETURNS SETOF finding_interval LANGUAGE sql STABLE AS $$
    SELECT * FROM finding_interval WHERE valid_to IS NULL AND valid_from <= at
    UNION ALL
    SELECT * FROM finding_interval WHERE valid_to > at AND valid_from <= at
$$;

CREATE FUNCTION check_result_as_of(at timestamptz) RETURNS SETOF check_result LANGUAGE sql STABLE AS $$
    SELECT * FROM check_result WHERE valid_to IS NULL AND valid_from <= at
    UNION ALL
    SELECT * FROM check_result WHERE valid_to > at AND valid_from <= at
$$;

-- Open findings from one change to the next, kept with the write that causes it (a scan, an acknowledgement): lists and
-- charts never count rows. No row is none.
CREATE TABLE open_findings (
    cluster_id uuid NOT NULL REFERENCES cluster,
    source     text NOT NULL,
    check_id   text NOT NULL,
    severity   smallint NOT NULL CHECK (severity BETWEEN 0 AND 5),
    acknowledged boolean NOT NULL,
    findings   bigint NOT NULL CHECK (findings > 0),
    valid_from timestamptz NOT NULL,
    valid_to   timestamptz CHECK (valid_to > valid_from)
);
CREATE UNIQUE INDEX open_findings_current ON open_findings (cluster_id, source, check_id, severity, acknowledged) WHERE valid_to IS NULL;
CREATE INDEX open_findings_past ON open_findings (valid_to) WHERE valid_to IS NOT NULL;

CREATE FUNCTION open_findings_as_of(at timestamptz) RETURNS SETOF open_findings LANGUAGE sql STABLE AS $$
    SELECT * FROM open_findings WHERE valid_to IS NULL AND valid_from <= at
    UNION ALL
    SELECT * FROM open_findings WHERE valid_to > at AND valid_from <= at
$$;

-- By how many open findings a cluster grew or shrank on a day (UTC), so that a trend reads a row a day and not a row a
-- change. Derived from the intervals, in the same write; the day's row is added to until the day is over.
CREATE TABLE open_findings_daily (
    day        date NOT NULL,
    cluster_id uuid NOT NULL REFERENCES cluster,
    severity   smallint NOT NULL CHECK (severity BETWEEN 0 AND 5),
    net        bigint NOT NULL,
    PRIMARY KEY (day, cluster_id, severity)
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'history of % is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- An open interval may be closed, once, and nothing else about it may change.
CREATE FUNCTION only_closing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.valid_to IS NOT NULL OR NEW.valid_to IS NULL
       OR to_jsonb(OLD) - '{valid_to,closed_by,continued}'::text[]
          IS DISTINCT FROM to_jsonb(NEW) - '{valid_to,closed_by,continued}'::text[] THEN
        RAISE EXCEPTION 'history of % is append-only: only closing an open interval is allowed', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER check_result_closing BEFORE UPDATE ON check_result FOR EACH ROW EXECUTE FUNCTION only_closing();
CREATE TRIGGER finding_interval_closing BEFORE UPDATE ON finding_interval FOR EACH ROW EXECUTE FUNCTION only_closing();
CREATE TRIGGER open_findings_closing BEFORE UPDATE ON open_findings FOR EACH ROW EXECUTE FUNCTION only_closing();
CREATE TRIGGER finding_fixed BEFORE UPDATE ON finding FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER scan_fixed BEFORE UPDATE ON scan FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER check_result_kept BEFORE DELETE OR TRUNCATE ON check_result FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER finding_kept BEFORE DELETE OR TRUNCATE ON finding FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER finding_interval_kept BEFORE DELETE OR TRUNCATE ON finding_interval FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER open_findings_kept BEFORE DELETE OR TRUNCATE ON open_findings FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER scan_kept BEFORE DELETE OR TRUNCATE ON scan FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER open_findings_daily_kept BEFORE DELETE OR TRUNCATE ON open_findings_daily FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
