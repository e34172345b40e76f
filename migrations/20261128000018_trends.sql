-- Trends: what each day of the organisation changed, the zone that decides what a day is, the deadlines that were in force,
-- and whose namespaces were.

-- The zone by which a day begins and ends. The newest in force at an instant is what that instant's trends are told by;
-- another zone is another row, with its own days beside the old ones, so that an old pack still reads the same.
CREATE TABLE day_zone (
    id         smallint PRIMARY KEY,
    time_zone  text NOT NULL,
    valid_from timestamptz NOT NULL UNIQUE
);
INSERT INTO day_zone (id, time_zone, valid_from) VALUES (1, 'UTC', '1900-01-01T00:00:00Z');
CREATE TRIGGER day_zone_fixed BEFORE UPDATE ON day_zone FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER day_zone_kept BEFORE DELETE OR TRUNCATE ON day_zone FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Within how many calendar days findings are to be acknowledged and fixed; a version is the rows of one valid_from.
CREATE TABLE sla (
    valid_from       timestamptz NOT NULL,
    severity         smallint NOT NULL CHECK (severity BETWEEN 0 AND 5),
    acknowledge_days integer CHECK (acknowledge_days > 0),
    fix_days         integer CHECK (fix_days > 0),
    PRIMARY KEY (valid_from, severity)
);
CREATE TRIGGER sla_fixed BEFORE UPDATE ON sla FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER sla_kept BEFORE DELETE OR TRUNCATE ON sla FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What a day did to the number of open findings:
-- open at its end = open at its beginning + opened + reopened - closed - departed + shifted.
CREATE TABLE findings_daily_by_check (
    zone_id    smallint NOT NULL REFERENCES day_zone,
    day        date NOT NULL,
    cluster_id uuid NOT NULL REFERENCES cluster,
    source     text NOT NULL,
    check_id   text NOT NULL,
    severity   smallint NOT NULL CHECK (severity BETWEEN 0 AND 5),
    -- Seen for the first time, and failing again after they were fixed.
    opened     bigint NOT NULL CHECK (opened >= 0),
    reopened   bigint NOT NULL CHECK (reopened >= 0),
    -- Seen fixed.
    closed     bigint NOT NULL CHECK (closed >= 0),
    -- Open when their cluster left the configuration.
    departed   bigint NOT NULL CHECK (departed >= 0),
    -- Came from another severity, less those that went to another.
    shifted    bigint NOT NULL,
    PRIMARY KEY (zone_id, day, cluster_id, source, check_id, severity)
);
-- The same over all checks: what long trends read.
CREATE TABLE findings_daily (
    zone_id    smallint NOT NULL REFERENCES day_zone,
    day        date NOT NULL,
    cluster_id uuid NOT NULL REFERENCES cluster,
    severity   smallint NOT NULL CHECK (severity BETWEEN 0 AND 5),
    opened     bigint NOT NULL CHECK (opened >= 0),
    reopened   bigint NOT NULL CHECK (reopened >= 0),
    closed     bigint NOT NULL CHECK (closed >= 0),
    departed   bigint NOT NULL CHECK (departed >= 0),
    shifted    bigint NOT NULL,
    PRIMARY KEY (zone_id, day, cluster_id, severity)
);

-- A day's row is added to while the day lasts: what it counts only grows.
CREATE FUNCTION only_adding() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.opened < OLD.opened OR NEW.reopened < OLD.reopened OR NEW.closed < OLD.closed OR NEW.departed < OLD.departed
       OR to_jsonb(OLD) - '{opened,reopened,closed,departed,shifted}'::text[]
          IS DISTINCT FROM to_jsonb(NEW) - '{opened,reopened,closed,departed,shifted}'::text[] THEN
        RAISE EXCEPTION 'history of % is append-only: only adding is allowed', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER findings_daily_adding BEFORE UPDATE ON findings_daily FOR EACH ROW EXECUTE FUNCTION only_adding();
CREATE TRIGGER findings_daily_by_check_adding BEFORE UPDATE ON findings_daily_by_check FOR EACH ROW EXECUTE FUNCTION only_adding();
CREATE TRIGGER findings_daily_kept BEFORE DELETE OR TRUNCATE ON findings_daily FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER findings_daily_by_check_kept BEFORE DELETE OR TRUNCATE ON findings_daily_by_check FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Fills the days of a zone from the edges of all intervals. `starts` has the instant at which each of `days` begins.
CREATE FUNCTION fill_findings_daily(zone smallint, days date[], starts timestamptz[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO findings_daily_by_check (zone_id, day, cluster_id, source, check_id, severity,
                                         opened, reopened, closed, departed, shifted)
    SELECT zone, days[width_bucket(e.at, starts)], e.cluster_id, e.source, e.check_id, e.severity,
           sum(e.opened), sum(e.reopened), sum(e.closed), sum(e.departed), sum(e.shifted)
    FROM (
        SELECT i.valid_from AS at, i.cluster_id, i.source, i.check_id, i.severity,
               (i.valid_from = i.opened_at AND f.first_seen_at = i.opened_at)::int AS opened,
               (i.valid_from = i.opened_at AND f.first_seen_at < i.opened_at)::int AS reopened,
               0 AS closed, 0 AS departed, (i.valid_from > i.opened_at)::int AS shifted
        FROM finding_interval i JOIN finding f ON f.id = i.finding_id
        UNION ALL
        SELECT valid_to, cluster_id, source, check_id, severity, 0, 0, (NOT continued)::int, 0, -(continued::int)
        FROM finding_interval WHERE valid_to IS NOT NULL
        UNION ALL
        SELECT c.valid_to, i.cluster_id, i.source, i.check_id, i.severity, 0, 0, 0, 1, 0
        FROM cluster c JOIN finding_interval i ON i.cluster_id = c.id
        WHERE i.valid_from < c.valid_to AND (i.valid_to IS NULL OR i.valid_to >= c.valid_to)
    ) AS e
    JOIN cluster c ON c.id = e.cluster_id AND (c.valid_to IS NULL OR e.at < c.valid_to OR e.departed = 1)
    GROUP BY 2, 3, 4, 5, 6
    HAVING sum(e.opened) > 0 OR sum(e.reopened) > 0 OR sum(e.closed) > 0 OR sum(e.departed) > 0 OR sum(e.shifted) <> 0;

    INSERT INTO findings_daily (zone_id, day, cluster_id, severity, opened, reopened, closed, departed, shifted)
    SELECT zone, d.day, d.cluster_id, d.severity, sum(d.opened), sum(d.reopened), sum(d.closed), sum(d.departed), sum(d.shifted)
    FROM findings_daily_by_check d WHERE d.zone_id = zone
    GROUP BY d.day, d.cluster_id, d.severity;
$$;

-- What was counted by days of UTC until now is told by the new table.
SELECT fill_findings_daily(1::smallint, array_agg(d::date ORDER BY d), array_agg(d ORDER BY d))
FROM (
    SELECT generate_series(
        (SELECT min(valid_from) FROM finding_interval) AT TIME ZONE 'UTC' - interval '1 day',
        (SELECT greatest(max(valid_from), max(valid_to), (SELECT max(valid_to) FROM cluster)) FROM finding_interval)
            AT TIME ZONE 'UTC' + interval '1 day',
        interval '1 day'
    )::date::timestamp AT TIME ZONE 'UTC' AS d
) AS days
HAVING count(*) > 0;
DROP TABLE open_findings_daily;

ALTER TABLE observed_day ADD COLUMN zone_id smallint NOT NULL DEFAULT 1 REFERENCES day_zone;
ALTER TABLE observed_day ALTER COLUMN zone_id DROP DEFAULT;
ALTER TABLE observed_day DROP CONSTRAINT observed_day_pkey;
ALTER TABLE observed_day ADD PRIMARY KEY (zone_id, day, cluster_id, source);

-- The same whatever the source, which is what long trends read.
CREATE TABLE cluster_observed_day (
    zone_id    smallint NOT NULL REFERENCES day_zone,
    day        date NOT NULL,
    cluster_id uuid NOT NULL REFERENCES cluster,
    PRIMARY KEY (zone_id, day, cluster_id)
);
INSERT INTO cluster_observed_day (zone_id, day, cluster_id) SELECT DISTINCT zone_id, day, cluster_id FROM observed_day;
CREATE TRIGGER cluster_observed_day_fixed BEFORE UPDATE ON cluster_observed_day FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER cluster_observed_day_kept BEFORE DELETE OR TRUNCATE ON cluster_observed_day FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Which team a namespace named as its own, as the label that the policy names said when the namespaces were read.
CREATE TABLE namespace_team (
    cluster_id uuid NOT NULL REFERENCES cluster,
    namespace  text NOT NULL,
    team       text NOT NULL CHECK (length(team) BETWEEN 1 AND 63),
    valid_from timestamptz NOT NULL,
    valid_to   timestamptz CHECK (valid_to > valid_from)
);
CREATE UNIQUE INDEX namespace_team_current ON namespace_team (cluster_id, namespace) WHERE valid_to IS NULL;
CREATE INDEX namespace_team_of ON namespace_team (team, cluster_id, namespace, valid_from);
CREATE TRIGGER namespace_team_closing BEFORE UPDATE ON namespace_team FOR EACH ROW EXECUTE FUNCTION only_closing();
CREATE TRIGGER namespace_team_kept BEFORE DELETE OR TRUNCATE ON namespace_team FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A finding's namespace, where it has one or is one.
CREATE FUNCTION namespace_of(kind text, namespace text, name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(namespace, CASE WHEN kind = 'Namespace' THEN name END)
$$;
CREATE INDEX finding_namespace ON finding (cluster_id, namespace_of(subject_kind, subject_namespace, subject_name));
-- Times to fix are read off here alone.
CREATE INDEX finding_interval_fixed ON finding_interval (valid_to) INCLUDE (cluster_id, source, check_id, severity, opened_at)
    WHERE NOT continued;
CREATE INDEX decision_decided ON decision (decided_at) WHERE kind = 'acknowledge';

GRANT SELECT, INSERT ON day_zone, sla, findings_daily, findings_daily_by_check, cluster_observed_day, namespace_team TO bevis_app;
GRANT UPDATE (opened, reopened, closed, departed, shifted) ON findings_daily, findings_daily_by_check TO bevis_app;
GRANT UPDATE (valid_to) ON namespace_team TO bevis_app;
