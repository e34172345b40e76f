-- A severity that nobody named is no low one. Where a risk is accepted it counts as High, as it does for how long that may be:
-- it is accepted where what was accepted was itself of no named severity, or was High or worse.

-- THE rule of what an accepted severity covers. The same as `model::acceptance::covers_severity`; a test compares them.
CREATE FUNCTION severity_covered(found smallint, accepted smallint) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN found = 0 THEN accepted = 0 OR accepted >= 4 ELSE found <= accepted END
$$;

CREATE OR REPLACE FUNCTION accepted_findings(at timestamptz)
RETURNS TABLE (acceptance_id uuid, finding_id uuid, cluster_id uuid, check_id text) LANGUAGE sql STABLE AS $$
    SELECT a.id, i.finding_id, i.cluster_id, i.check_id
    FROM acceptances_active($1) AS a
    CROSS JOIN LATERAL acceptance_covers(a.scope, a.finding_id, a.check_id, a.cluster_id, a.namespace, a.workload_kind,
                                         a.workload, a.team, a.cve, $1) AS c
    JOIN finding_interval i ON i.finding_id = c.finding_id AND i.valid_from <= $1 AND (i.valid_to IS NULL OR i.valid_to > $1)
    WHERE severity_covered(i.severity, a.severity)
$$;

CREATE OR REPLACE FUNCTION accepted_spans(at timestamptz)
RETURNS TABLE (finding_id uuid, since timestamptz, until timestamptz) LANGUAGE sql STABLE AS $$
    SELECT i.finding_id, greatest(s.since, f.since, i.valid_from),
           nullif(least(s.until, f.until, i.valid_to, 'infinity'), 'infinity')
    FROM acceptance_finding f
    JOIN acceptance_spans($1) AS s ON s.acceptance_id = f.acceptance_id
    JOIN finding_interval i ON i.finding_id = f.finding_id AND severity_covered(i.severity, s.severity)
    WHERE greatest(s.since, f.since, i.valid_from) <= $1
      AND greatest(s.since, f.since, i.valid_from) < least(s.until, f.until, i.valid_to, 'infinity')
$$;

GRANT EXECUTE ON FUNCTION severity_covered(smallint, smallint) TO bevis_app;
