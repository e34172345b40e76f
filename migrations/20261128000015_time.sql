-- Which catalogue (controls, checks, edges, freshness budgets, the operator's checks) was in force when, by its digest.
-- A row is written at start, where another catalogue was in force until then.
CREATE TABLE catalogue_in_force (
    since   timestamptz PRIMARY KEY,
    digest  uuid NOT NULL,
    version text NOT NULL
);
CREATE TRIGGER catalogue_in_force_fixed BEFORE UPDATE ON catalogue_in_force FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER catalogue_in_force_kept BEFORE DELETE OR TRUNCATE ON catalogue_in_force FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON catalogue_in_force TO bevis_app;

-- The edges of intervals in the order in which a comparison lists them.
CREATE INDEX finding_interval_began ON finding_interval (valid_from DESC, finding_id DESC);
CREATE INDEX finding_interval_ended ON finding_interval (valid_to DESC, finding_id DESC) WHERE NOT continued;
CREATE INDEX decision_newest ON decision (decided_at DESC, id DESC);

-- The edges at which findings begin, change or end in (begins, ends].
CREATE FUNCTION finding_edges(begins timestamptz, ends timestamptz)
RETURNS TABLE (at timestamptz, finding_id uuid) LANGUAGE sql STABLE AS $$
    SELECT valid_from, finding_id FROM finding_interval WHERE valid_from > begins AND valid_from <= ends
    UNION ALL
    SELECT valid_to, finding_id FROM finding_interval WHERE NOT continued AND valid_to > begins AND valid_to <= ends
$$;

-- What (begins, ends] did to each finding to which something happened: at its last event, with its net change and with
-- everything in between. Looks at the edges from (floor_at, floor_id) on and before (before_at, before_id) alone.
CREATE FUNCTION finding_changes(
    begins timestamptz, ends timestamptz, floor_at timestamptz, floor_id uuid, before_at timestamptz, before_id uuid
) RETURNS TABLE (
    at timestamptz, finding_id uuid, known boolean, before smallint, after smallint, worst smallint,
    opened bigint, closed bigint, severity_changes bigint
) LANGUAGE sql STABLE AS $$
    SELECT e.at, e.finding_id, h.known, h.before, h.after, h.worst, h.opened, h.closed, h.severity_changes
    FROM finding_edges(begins, ends) AS e
    CROSS JOIN LATERAL (
        SELECT bool_or(i.valid_from <= begins) AS known,
               max(i.severity) FILTER (WHERE i.valid_from <= begins AND (i.valid_to IS NULL OR i.valid_to > begins)) AS before,
               max(i.severity) FILTER (WHERE i.valid_to IS NULL OR i.valid_to > ends) AS after,
               max(i.severity) FILTER (WHERE i.valid_to IS NULL OR i.valid_to > begins) AS worst,
               count(*) FILTER (WHERE i.valid_from > begins AND i.opened_at = i.valid_from) AS opened,
               count(*) FILTER (WHERE NOT i.continued AND i.valid_to > begins AND i.valid_to <= ends) AS closed,
               count(*) FILTER (WHERE i.valid_from > begins AND i.opened_at < i.valid_from AND i.severity <> i.severity_before)
                   AS severity_changes,
               max(greatest(
                   CASE WHEN i.valid_from > begins AND (i.opened_at = i.valid_from OR i.severity <> i.severity_before)
                        THEN i.valid_from END,
                   CASE WHEN NOT i.continued AND i.valid_to > begins AND i.valid_to <= ends THEN i.valid_to END
               )) AS last
        FROM (
            SELECT s.severity, s.opened_at, s.valid_from, s.valid_to, s.continued,
                   lag(s.severity) OVER (ORDER BY s.valid_from) AS severity_before
            FROM finding_interval s
            WHERE s.finding_id = e.finding_id AND s.valid_from <= ends
        ) AS i
    ) AS h
    WHERE (e.at, e.finding_id) >= (floor_at, floor_id) AND (e.at, e.finding_id) < (before_at, before_id) AND h.last = e.at
$$;
