-- Asking for an instant in the past reads what was in force then, and not all that ended since.
--
-- Ended intervals are put into classes by how long they lasted. Of a class, only what began within its longest life before
-- an instant can have been in force at it, so that one index lookup a class finds all of them, among few others.

-- 0: shorter than an hour; then four times as long a class; 8: everything longer.
CREATE FUNCTION life_class(began timestamptz, ended timestamptz) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT width_bucket(extract(epoch FROM ended - began),
                        ARRAY[3600, 14400, 57600, 230400, 921600, 3686400, 14745600, 58982400]::numeric[])
$$;

-- Every class, with the instant after which an interval of it must have begun to be in force at `at`.
CREATE FUNCTION life_windows(at timestamptz) RETURNS TABLE (class integer, since timestamptz) LANGUAGE sql STABLE PARALLEL SAFE ROWS 9 AS $$
    SELECT w.class, CASE WHEN w.class = 8 THEN '-infinity'::timestamptz ELSE at - make_interval(secs => 3600 * 4 ^ w.class) END
    FROM (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8)) AS w (class)
$$;

CREATE INDEX check_result_past ON check_result (life_class(valid_from, valid_to), valid_from) WHERE valid_to IS NOT NULL;
DROP INDEX open_findings_past;
CREATE INDEX open_findings_past ON open_findings (life_class(valid_from, valid_to), valid_from) WHERE valid_to IS NOT NULL;
-- A finding's failing begins at opened_at, by which lists are sorted; an interval begins then or later.
CREATE INDEX finding_interval_past ON finding_interval (life_class(opened_at, valid_to), severity DESC, opened_at DESC, finding_id DESC)
    WHERE valid_to IS NOT NULL;
CREATE INDEX finding_interval_past_check ON finding_interval (check_id, life_class(opened_at, valid_to), severity DESC, opened_at DESC, finding_id DESC)
    WHERE valid_to IS NOT NULL;

CREATE OR REPLACE FUNCTION finding_interval_as_of(at timestamptz) RETURNS SETOF finding_interval LANGUAGE sql STABLE AS $$
    SELECT * FROM finding_interval WHERE valid_to IS NULL AND valid_from <= at
    UNION ALL
    SELECT i.*
    FROM life_windows(at) AS w
    CROSS JOIN generate_series(0, 5) AS s (severity)
    JOIN finding_interval AS i ON i.valid_to IS NOT NULL AND life_class(i.opened_at, i.valid_to) = w.class
        AND i.severity = s.severity AND i.opened_at > w.since AND i.opened_at <= at
    WHERE i.valid_from <= at AND i.valid_to > at
$$;

CREATE OR REPLACE FUNCTION check_result_as_of(at timestamptz) RETURNS SETOF check_result LANGUAGE sql STABLE AS $$
    SELECT * FROM check_result WHERE valid_to IS NULL AND valid_from <= at
    UNION ALL
    SELECT r.*
    FROM life_windows(at) AS w
    JOIN check_result AS r ON r.valid_to IS NOT NULL AND life_class(r.valid_from, r.valid_to) = w.class
        AND r.valid_from > w.since AND r.valid_from <= at
    WHERE r.valid_to > at
$$;

CREATE OR REPLACE FUNCTION open_findings_as_of(at timestamptz) RETURNS SETOF open_findings LANGUAGE sql STABLE AS $$
    SELECT * FROM open_findings WHERE valid_to IS NULL AND valid_from <= at
    UNION ALL
    SELECT o.*
    FROM life_windows(at) AS w
    JOIN open_findings AS o ON o.valid_to IS NOT NULL AND life_class(o.valid_from, o.valid_to) = w.class
        AND o.valid_from > w.since AND o.valid_from <= at
    WHERE o.valid_to > at
$$;
