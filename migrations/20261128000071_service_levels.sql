-- Service levels by severity and source, in hours, calendar days or business days; clocks that stand while a risk is accepted.

-- What was in force from when on: the targets, and the rules of the days that are no business days, as they were then.
CREATE TABLE service_level (
    valid_from timestamptz PRIMARY KEY,
    levels     jsonb NOT NULL
);
CREATE TRIGGER service_level_fixed BEFORE UPDATE ON service_level FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER service_level_kept BEFORE DELETE OR TRUNCATE ON service_level FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What was in force until now counts calendar days, by severity alone.
INSERT INTO service_level (valid_from, levels)
SELECT valid_from, jsonb_build_object('targets', jsonb_object_agg(
    (ARRAY['unknown', 'info', 'low', 'medium', 'high', 'critical'])[severity + 1],
    jsonb_strip_nulls(jsonb_build_object(
        'acknowledge', CASE WHEN acknowledge_days IS NOT NULL
                       THEN jsonb_build_object('amount', acknowledge_days, 'unit', 'calendar_days') END,
        'fix', CASE WHEN fix_days IS NOT NULL THEN jsonb_build_object('amount', fix_days, 'unit', 'calendar_days') END
    ))
))
FROM sla
GROUP BY valid_from;
DROP TABLE sla;

GRANT SELECT, INSERT ON service_level TO bevis_app;

-- The other way through an acceptance's scope than `acceptance_covers`: from findings to the acceptances that they fall
-- under, and from when to when. A test compares them.
CREATE VIEW acceptance_finding AS
    SELECT a.id AS acceptance_id, f.id AS finding_id, NULL::timestamptz AS since, NULL::timestamptz AS until
    FROM acceptance a JOIN finding f ON f.id = a.finding_id
    WHERE a.scope = 'finding'
    UNION ALL
    SELECT a.id, f.id, NULL, NULL
    FROM acceptance a JOIN finding f ON f.cluster_id = a.cluster_id AND f.check_id = a.check_id
    WHERE a.scope = 'cluster'
    UNION ALL
    SELECT a.id, f.id, NULL, NULL
    FROM acceptance a
    JOIN finding f ON f.cluster_id = a.cluster_id AND f.check_id = a.check_id
        AND finding_namespace(f.subject_kind, f.subject_namespace, f.subject_name) = a.namespace
    WHERE a.scope = 'namespace'
    UNION ALL
    SELECT a.id, f.id, NULL, NULL
    FROM acceptance a
    JOIN finding f ON f.cluster_id = a.cluster_id AND f.check_id = a.check_id AND f.subject_kind = a.workload_kind
        AND f.subject_name = a.workload AND coalesce(f.subject_namespace, '') = coalesce(a.namespace, '')
    WHERE a.scope = 'workload'
    UNION ALL
    -- While the namespace was the team's.
    SELECT a.id, f.id, t.valid_from, t.valid_to
    FROM acceptance a
    JOIN namespace_team t ON t.team = a.team AND (a.cluster_id IS NULL OR t.cluster_id = a.cluster_id)
    JOIN finding f ON f.cluster_id = t.cluster_id AND f.check_id = a.check_id
        AND finding_namespace(f.subject_kind, f.subject_namespace, f.subject_name) = t.namespace
    WHERE a.scope = 'team'
    UNION ALL
    SELECT a.id, f.id, NULL, NULL
    FROM acceptance a
    JOIN finding f ON f.check_id IN ('vul.critical_fixable', 'ext.findings') AND finding_cve(f.check_id, f.subject_key) = a.cve
    WHERE a.scope = 'cve';

GRANT SELECT ON acceptance_finding TO bevis_app;

CREATE INDEX acceptance_of_finding ON acceptance (finding_id) WHERE scope = 'finding';
CREATE INDEX acceptance_of_check ON acceptance (check_id, cluster_id);
CREATE INDEX acceptance_of_cve ON acceptance (cve) WHERE scope = 'cve';

-- When each acceptance was active, as was known at an instant: `acceptances_active` told for all instants until then.
CREATE FUNCTION acceptance_spans(at timestamptz)
RETURNS TABLE (acceptance_id uuid, severity smallint, since timestamptz, until timestamptz) LANGUAGE sql STABLE AS $$
    SELECT a.id, a.severity, greatest(a.requested_at, a.begins_at, e.approvals[a.approvals]), least(a.expires_at, e.over_at)
    FROM acceptance a
    CROSS JOIN LATERAL (
        SELECT array_agg(e.at ORDER BY e.at) FILTER (WHERE e.kind = 'approved') AS approvals,
               min(e.at) FILTER (WHERE e.kind IN ('rejected', 'withdrawn', 'revoked', 'ended')) AS over_at
        FROM acceptance_event e
        WHERE e.acceptance_id = a.id AND e.at <= $1
    ) AS e
    WHERE a.requested_at <= $1 AND e.approvals[a.approvals] IS NOT NULL
$$;

-- When findings were accepted while they failed, as was known at an instant; a span that lasts has no end. A finding under
-- two acceptances, or that changed meanwhile, has several, which may overlap: `accepted_findings` for all instants until then.
CREATE FUNCTION accepted_spans(at timestamptz)
RETURNS TABLE (finding_id uuid, since timestamptz, until timestamptz) LANGUAGE sql STABLE AS $$
    SELECT i.finding_id, greatest(s.since, f.since, i.valid_from),
           nullif(least(s.until, f.until, i.valid_to, 'infinity'), 'infinity')
    FROM acceptance_finding f
    JOIN acceptance_spans($1) AS s ON s.acceptance_id = f.acceptance_id
    JOIN finding_interval i ON i.finding_id = f.finding_id AND i.severity <= s.severity
    WHERE greatest(s.since, f.since, i.valid_from) <= $1
      AND greatest(s.since, f.since, i.valid_from) < least(s.until, f.until, i.valid_to, 'infinity')
$$;

-- What was ever a false positive.
CREATE INDEX decision_finding_false_positive ON decision_finding (finding_id, decided_at) WHERE standing = 'false_positive';
