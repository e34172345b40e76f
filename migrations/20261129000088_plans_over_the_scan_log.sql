-- To plan a statement over the partitions of the scan log takes longer than to run it: 2.3 ms of 2.5 ms with six partitions, and
-- more with each. These two are asked at every recording; as functions that keep their plan they are planned once a connection.

-- The newest scan of a source, the newest that had an effect, and what the newest judged one saw.
CREATE FUNCTION newest_scans(of_cluster uuid, of_source text)
RETURNS TABLE (recorded_at timestamptz, started_at timestamptz, saw_something boolean, digest uuid)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN QUERY
    SELECT newest.recorded_at, effective.started_at, effective.coverage IN ('complete', 'truncated'), judged.digest
    FROM (SELECT max(s.recorded_at) AS recorded_at FROM scan s WHERE s.cluster_id = of_cluster AND s.source = of_source) AS newest
    LEFT JOIN LATERAL (
        SELECT s.started_at, s.coverage FROM scan s
        WHERE s.cluster_id = of_cluster AND s.source = of_source AND NOT s.superseded
        ORDER BY s.recorded_at DESC LIMIT 1
    ) AS effective ON true
    LEFT JOIN LATERAL (
        SELECT s.digest FROM scan s
        WHERE s.cluster_id = of_cluster AND s.source = of_source AND s.digest IS NOT NULL
        ORDER BY s.recorded_at DESC LIMIT 1
    ) AS judged ON true;
END $$;

-- When the newest scan of a source was recorded.
CREATE FUNCTION newest_scan_at(of_cluster uuid, of_source text) RETURNS timestamptz
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN (SELECT max(s.recorded_at) FROM scan s WHERE s.cluster_id = of_cluster AND s.source = of_source);
END $$;

-- As before; only its plan is kept.
CREATE OR REPLACE FUNCTION scan_runs(of_cluster uuid, of_source text, since timestamptz, until timestamptz)
RETURNS TABLE (day date, run integer, coverage text, judged boolean, first_at timestamptz, last_at timestamptz,
               scans integer, longest_gap bigint)
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN QUERY
    WITH scans AS (
        SELECT (s.recorded_at AT TIME ZONE 'UTC')::date AS day, s.coverage, s.digest IS NOT NULL AS judged, s.ended_at, s.recorded_at
        FROM scan s
        WHERE s.cluster_id = of_cluster AND s.source = of_source AND s.recorded_at >= since AND s.recorded_at < until
          AND NOT s.superseded
    ), neighbours AS (
        SELECT scans.*,
               lag(scans.ended_at) OVER in_order AS before,
               coalesce(lag(scans.coverage) OVER in_order = scans.coverage AND lag(scans.judged) OVER in_order = scans.judged, false) AS alike
        FROM scans
        WINDOW in_order AS (PARTITION BY scans.day ORDER BY scans.ended_at, scans.recorded_at)
    ), numbered AS (
        SELECT n.*, count(*) FILTER (WHERE NOT n.alike) OVER (PARTITION BY n.day ORDER BY n.ended_at, n.recorded_at) AS run
        FROM neighbours n
    )
    SELECT n.day, n.run::integer, min(n.coverage), bool_and(n.judged), min(n.ended_at), max(n.ended_at), count(*)::integer,
           coalesce(max((extract(epoch FROM n.ended_at - n.before) * 1000000)::bigint) FILTER (WHERE n.alike), 0)
    FROM numbered n
    GROUP BY n.day, n.run;
END $$;
