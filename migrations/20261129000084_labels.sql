-- The labels of namespaces and workloads that policies name to be kept, and risk acceptances by them.

-- What the kept labels of an object were when all objects of its kind were read: by key its value, or null where it had none.
-- A key that is not there was not kept, and nothing is known of it. What was not read ends nothing.
CREATE TABLE subject_labels (
    cluster_id uuid NOT NULL REFERENCES cluster,
    kind       text NOT NULL,
    -- Empty for a namespace itself.
    namespace  text NOT NULL,
    name       text NOT NULL,
    labels     jsonb NOT NULL CHECK (jsonb_typeof(labels) = 'object'),
    valid_from timestamptz NOT NULL,
    valid_to   timestamptz CHECK (valid_to > valid_from)
);
CREATE UNIQUE INDEX subject_labels_current ON subject_labels (cluster_id, kind, namespace, name) WHERE valid_to IS NULL;
CREATE INDEX subject_labels_of ON subject_labels (cluster_id, kind, namespace, name, valid_from);
CREATE TRIGGER subject_labels_closing BEFORE UPDATE ON subject_labels FOR EACH ROW EXECUTE FUNCTION only_closing();
CREATE TRIGGER subject_labels_kept BEFORE DELETE OR TRUNCATE ON subject_labels FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON subject_labels TO bevis_app;
GRANT UPDATE (valid_to) ON subject_labels TO bevis_app;

-- The kinds of objects of which labels are kept. The same as `model::labels::KINDS`; a test compares them.
CREATE FUNCTION carries_labels(kind text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT kind IN ('CronJob', 'DaemonSet', 'Deployment', 'Job', 'Namespace', 'StatefulSet')
$$;

-- THE rule of what a selector selects, by the kept labels of the subject and of its namespace, as far as either is known:
-- every term must hold, and what is not known holds none. The label of the subject goes before that of the namespace. What
-- there is not, is known only where both were read while the key was kept. The same as `model::labels::Selector::matches`; a
-- test compares them.
CREATE FUNCTION selector_matches(terms jsonb, kind text, own jsonb, of_namespace jsonb)
RETURNS TABLE (matches boolean) LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT bool_and(coalesce(
        CASE t.term ->> 'operator'
            WHEN 'in' THEN t.term -> 'values' ? c.value
            WHEN 'exists' THEN c.value IS NOT NULL
            WHEN 'not_in' THEN c.known AND NOT coalesce(t.term -> 'values' ? c.value, false)
            WHEN 'absent' THEN c.known AND c.value IS NULL
        END, false
    ))
    FROM jsonb_array_elements(terms) AS t (term)
    CROSS JOIN LATERAL (
        SELECT CASE WHEN own ? (t.term ->> 'key') THEN coalesce(own ->> (t.term ->> 'key'), of_namespace ->> (t.term ->> 'key'))
                    WHEN NOT carries_labels(kind) THEN of_namespace ->> (t.term ->> 'key') END AS value,
               own ? (t.term ->> 'key')
                   AND (own ->> (t.term ->> 'key') IS NOT NULL OR of_namespace ? (t.term ->> 'key')) AS known
    ) AS c
$$;
GRANT EXECUTE ON FUNCTION carries_labels(text), selector_matches(jsonb, text, jsonb, jsonb) TO bevis_app;

-- The terms of the selector: each with its key, its operator and its values.
ALTER TABLE acceptance ADD COLUMN selector jsonb CHECK (jsonb_typeof(selector) = 'array' AND selector <> '[]'),
    DROP CONSTRAINT acceptance_scope_check,
    ADD CONSTRAINT acceptance_scope_check
        CHECK (scope IN ('finding', 'cluster', 'namespace', 'workload', 'team', 'labels', 'cve')),
    ADD CONSTRAINT acceptance_selector_named CHECK ((scope = 'labels') = (selector IS NOT NULL));

DROP FUNCTION acceptance_covers(text, uuid, text, uuid, text, text, text, text, text, timestamptz);
CREATE FUNCTION acceptance_covers(
    of_scope text, of_finding uuid, of_check text, of_cluster uuid, of_namespace text, of_kind text, of_name text,
    of_team text, of_cve text, of_selector jsonb, at timestamptz
) RETURNS TABLE (finding_id uuid) LANGUAGE sql STABLE AS $$
    SELECT f.id FROM finding f WHERE of_scope = 'finding' AND f.id = of_finding
    UNION ALL
    SELECT f.id FROM finding f WHERE of_scope = 'cluster' AND f.cluster_id = of_cluster AND f.check_id = of_check
    UNION ALL
    SELECT f.id FROM finding f
    WHERE of_scope = 'namespace' AND f.cluster_id = of_cluster AND f.check_id = of_check
      AND finding_namespace(f.subject_kind, f.subject_namespace, f.subject_name) = of_namespace
    UNION ALL
    SELECT f.id FROM finding f
    WHERE of_scope = 'workload' AND f.cluster_id = of_cluster AND f.check_id = of_check
      AND f.subject_kind = of_kind AND f.subject_name = of_name
      AND coalesce(f.subject_namespace, '') = coalesce(of_namespace, '')
    UNION ALL
    SELECT f.id
    FROM namespace_team t
    JOIN finding f ON f.cluster_id = t.cluster_id AND f.check_id = of_check
        AND finding_namespace(f.subject_kind, f.subject_namespace, f.subject_name) = t.namespace
    WHERE of_scope = 'team' AND t.team = of_team AND (of_cluster IS NULL OR t.cluster_id = of_cluster)
      AND t.valid_from <= at AND (t.valid_to IS NULL OR t.valid_to > at)
    UNION ALL
    -- An earlier acceptance has the letters with which it was asked for.
    SELECT f.id FROM finding f
    WHERE of_scope = 'cve' AND f.check_id IN ('vul.critical_fixable', 'ext.findings')
      AND finding_cve(f.check_id, f.subject_key) = upper(of_cve)
    UNION ALL
    -- By the labels of the subject and of its namespace at the instant.
    SELECT f.id
    FROM finding f
    LEFT JOIN subject_labels o ON o.cluster_id = f.cluster_id AND o.kind = f.subject_kind
        AND o.namespace = coalesce(f.subject_namespace, '') AND o.name = f.subject_name
        AND o.valid_from <= at AND (o.valid_to IS NULL OR o.valid_to > at)
    LEFT JOIN subject_labels n ON n.cluster_id = f.cluster_id AND n.kind = 'Namespace' AND n.namespace = ''
        AND n.name = finding_namespace(f.subject_kind, f.subject_namespace, f.subject_name)
        AND n.valid_from <= at AND (n.valid_to IS NULL OR n.valid_to > at)
    CROSS JOIN LATERAL selector_matches(of_selector, f.subject_kind, o.labels, n.labels) AS m
    WHERE of_scope = 'labels' AND f.check_id = of_check AND (of_cluster IS NULL OR f.cluster_id = of_cluster) AND m.matches
$$;

CREATE OR REPLACE FUNCTION accepted_findings(at timestamptz)
RETURNS TABLE (acceptance_id uuid, finding_id uuid, cluster_id uuid, check_id text) LANGUAGE sql STABLE AS $$
    SELECT a.id, i.finding_id, i.cluster_id, i.check_id
    FROM acceptances_active($1) AS a
    CROSS JOIN LATERAL acceptance_covers(a.scope, a.finding_id, a.check_id, a.cluster_id, a.namespace, a.workload_kind,
                                         a.workload, a.team, a.cve, a.selector, $1) AS c
    JOIN finding_interval i ON i.finding_id = c.finding_id AND i.valid_from <= $1 AND (i.valid_to IS NULL OR i.valid_to > $1)
    WHERE severity_covered(i.severity, a.severity)
$$;

-- The same, from findings to acceptances.
CREATE OR REPLACE VIEW acceptance_finding AS
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
    JOIN finding f ON f.check_id IN ('vul.critical_fixable', 'ext.findings')
        AND finding_cve(f.check_id, f.subject_key) = upper(a.cve)
    WHERE a.scope = 'cve'
    UNION ALL
    -- Between two changes of the labels of the subject or of its namespace they were the same.
    SELECT a.id, f.id, s.since, s.until
    FROM acceptance a
    JOIN finding f ON f.check_id = a.check_id AND (a.cluster_id IS NULL OR f.cluster_id = a.cluster_id)
    CROSS JOIN LATERAL (
        SELECT c.at AS since, lead(c.at) OVER (ORDER BY c.at) AS until
        FROM (
            SELECT unnest(ARRAY[l.valid_from, l.valid_to]) AS at
            FROM subject_labels l
            WHERE l.cluster_id = f.cluster_id AND l.kind = f.subject_kind AND l.namespace = coalesce(f.subject_namespace, '')
              AND l.name = f.subject_name
            UNION
            SELECT unnest(ARRAY[l.valid_from, l.valid_to])
            FROM subject_labels l
            WHERE l.cluster_id = f.cluster_id AND l.kind = 'Namespace' AND l.namespace = ''
              AND l.name = finding_namespace(f.subject_kind, f.subject_namespace, f.subject_name)
        ) AS c
        WHERE c.at IS NOT NULL
    ) AS s
    LEFT JOIN subject_labels o ON o.cluster_id = f.cluster_id AND o.kind = f.subject_kind
        AND o.namespace = coalesce(f.subject_namespace, '') AND o.name = f.subject_name
        AND o.valid_from <= s.since AND (o.valid_to IS NULL OR o.valid_to > s.since)
    LEFT JOIN subject_labels n ON n.cluster_id = f.cluster_id AND n.kind = 'Namespace' AND n.namespace = ''
        AND n.name = finding_namespace(f.subject_kind, f.subject_namespace, f.subject_name)
        AND n.valid_from <= s.since AND (n.valid_to IS NULL OR n.valid_to > s.since)
    CROSS JOIN LATERAL selector_matches(a.selector, f.subject_kind, o.labels, n.labels) AS m
    WHERE a.scope = 'labels' AND m.matches;
