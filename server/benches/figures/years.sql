-- Two years of history of 20 clusters, made with plain SQL because recording 11 million intervals scan by scan takes hours.
-- Read from the temporary tables `size (findings)` and `watched (place, source, check_id, severity)`.
-- Instants are on a grid of 3,000 slots of six hours, the last of which is the one at `years_slot(3000)`.
-- Of every 11 findings, 9 failed and were fixed five times, and 4 of them fail again; 1 has failed once, and still does.

SET session_replication_role = replica;
SET synchronous_commit = off;
SET work_mem = '256MB';
SET maintenance_work_mem = '512MB';

CREATE FUNCTION years_slot(slot bigint) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS
    $$ SELECT '2024-01-01T00:00:00Z'::timestamptz + make_interval(secs => slot * 21600) $$;

CREATE TABLE years_index AS
SELECT indexname, indexdef FROM pg_indexes i
WHERE schemaname = 'public' AND tablename IN ('finding', 'finding_interval', 'open_findings', 'check_result', 'scan')
  AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conname = i.indexname);
DO $$ DECLARE r record; BEGIN
    FOR r IN SELECT indexname FROM years_index LOOP EXECUTE format('DROP INDEX %I', r.indexname); END LOOP;
END $$;

CREATE TABLE years_cluster AS SELECT n AS place, gen_random_uuid() AS id FROM generate_series(0, 19) AS n;
INSERT INTO cluster (id, name, valid_from) SELECT id, format('years-%s', place), years_slot(0) FROM years_cluster;
INSERT INTO cluster_facts (cluster_id, title, server, valid_from)
SELECT id, format('Years %s', place), 'https://years.example:6443', years_slot(0) FROM years_cluster;

-- A scan a slot of every source of every cluster.
CREATE TABLE years_scan AS
SELECT c.place AS cluster, w.source, s.slot, gen_random_uuid() AS id
FROM years_cluster c, (SELECT DISTINCT source FROM watched) AS w, generate_series(0, 3000) AS s (slot);
INSERT INTO scan (id, cluster_id, source, started_at, ended_at, recorded_at, coverage, reads, digest, opened, closed, changed)
SELECT s.id, c.id, s.source, years_slot(s.slot), years_slot(s.slot), years_slot(s.slot), 'complete', '[]', s.id, 1, 1, 0
FROM years_scan s JOIN years_cluster c ON c.place = s.cluster;
CREATE UNIQUE INDEX ON years_scan (cluster, source, slot) INCLUDE (id);
ANALYZE years_scan;

CREATE TABLE years_finding AS
SELECT n, gen_random_uuid() AS id, gen_random_uuid() AS fingerprint, n / 7 % 20 AS cluster,
       n % (SELECT count(*) FROM watched) AS watched, n % 11 AS kind
FROM generate_series(0, (SELECT findings - 1 FROM size)) AS n;
INSERT INTO finding (id, cluster_id, source, check_id, fingerprint, fingerprint_version, subject_kind, subject_namespace, subject_name, first_seen_at)
SELECT f.id, c.id, w.source, w.check_id, f.fingerprint, 1, 'Deployment', 'team-' || f.n % 300, 'service-' || f.n, years_slot(0)
FROM years_finding f JOIN years_cluster c ON c.place = f.cluster JOIN watched w ON w.place = f.watched;

-- The worse, the sooner fixed: a critical fault lives three days, a low one two months, on the average.
CREATE TABLE years_life AS
SELECT f.n, began, CASE WHEN still THEN NULL ELSE least(began + 1 + floor(-ln(1 - random()) * mean.slots)::bigint, latest) END AS ended
FROM years_finding f
JOIN watched w ON w.place = f.watched
CROSS JOIN LATERAL (SELECT (ARRAY[240, 240, 240, 120, 40, 12])[w.severity + 1] AS slots) AS mean
CROSS JOIN LATERAL (
    SELECT part * 580 + floor(random() * 300)::bigint AS began, part * 580 + 579 AS latest, false AS still
    FROM generate_series(0, 4) AS part WHERE f.kind < 9
    UNION ALL SELECT 2900 + floor(random() * 100)::bigint, 0, true WHERE f.kind < 4
    UNION ALL SELECT floor(random() * 3000)::bigint, 0, true WHERE f.kind = 9
) AS life;
ANALYZE years_finding, years_life;

INSERT INTO finding_interval (finding_id, cluster_id, source, check_id, fingerprint, severity, fault, detail, hash,
                              opened_at, valid_from, valid_to, opened_by, closed_by, continued)
SELECT f.id, c.id, w.source, w.check_id, f.fingerprint, w.severity, 'granted', '{"role": "role-1", "by": "binding"}', f.fingerprint,
       years_slot(l.began), years_slot(l.began), years_slot(l.ended), b.id, e.id, CASE WHEN l.ended IS NOT NULL THEN false END
FROM years_life l
JOIN years_finding f USING (n)
JOIN years_cluster c ON c.place = f.cluster
JOIN watched w ON w.place = f.watched
JOIN years_scan b ON b.cluster = f.cluster AND b.source = w.source AND b.slot = l.began
LEFT JOIN years_scan e ON e.cluster = f.cluster AND e.source = w.source AND e.slot = l.ended
ORDER BY coalesce(l.ended, 3001), l.n;

-- The counts, from the edges.
CREATE TABLE years_count AS
SELECT cluster, watched, slot,
       sum(sum(step)) OVER (PARTITION BY cluster, watched ORDER BY slot) AS findings,
       lead(slot) OVER (PARTITION BY cluster, watched ORDER BY slot) AS next
FROM (
    SELECT f.cluster, f.watched, l.began AS slot, 1 AS step FROM years_life l JOIN years_finding f USING (n)
    UNION ALL
    SELECT f.cluster, f.watched, l.ended, -1 FROM years_life l JOIN years_finding f USING (n) WHERE l.ended IS NOT NULL
) AS edges
GROUP BY cluster, watched, slot;
INSERT INTO open_findings (cluster_id, source, check_id, severity, acknowledged, findings, valid_from, valid_to)
SELECT c.id, w.source, w.check_id, w.severity, false, n.findings, years_slot(n.slot), years_slot(n.next)
FROM years_count n JOIN years_cluster c ON c.place = n.cluster JOIN watched w ON w.place = n.watched
WHERE n.findings > 0;
INSERT INTO check_result (cluster_id, source, check_id, outcome, examined, failed, unread, detail, hash, valid_from, valid_to, opened_by, closed_by)
SELECT c.id, w.source, w.check_id, CASE WHEN n.findings > 0 THEN 'fail' ELSE 'pass' END, 100000, n.findings, 0, '{}', b.id,
       years_slot(n.slot), years_slot(n.next), b.id, e.id
FROM years_count n
JOIN years_cluster c ON c.place = n.cluster
JOIN watched w ON w.place = n.watched
JOIN years_scan b ON b.cluster = n.cluster AND b.source = w.source AND b.slot = n.slot
LEFT JOIN years_scan e ON e.cluster = n.cluster AND e.source = w.source AND e.slot = n.next;
INSERT INTO findings_daily (zone_id, day, cluster_id, severity, opened, reopened, closed, departed, shifted)
SELECT (SELECT id FROM day_zone ORDER BY valid_from DESC LIMIT 1), (years_slot(slot) AT TIME ZONE 'UTC')::date, c.id, w.severity,
       count(*) FILTER (WHERE step = 1), 0, count(*) FILTER (WHERE step = -1), 0, 0
FROM (
    SELECT n, began AS slot, 1 AS step FROM years_life
    UNION ALL SELECT n, ended, -1 FROM years_life WHERE ended IS NOT NULL
) AS edges
JOIN years_finding f USING (n) JOIN years_cluster c ON c.place = f.cluster JOIN watched w ON w.place = f.watched
GROUP BY 2, 3, 4;
INSERT INTO cluster_observed_day (zone_id, day, cluster_id)
SELECT DISTINCT (SELECT id FROM day_zone ORDER BY valid_from DESC LIMIT 1), (years_slot(s.slot) AT TIME ZONE 'UTC')::date, c.id
FROM years_scan s JOIN years_cluster c ON c.place = s.cluster;

DO $$ DECLARE r record; BEGIN
    FOR r IN SELECT indexdef FROM years_index LOOP EXECUTE r.indexdef; END LOOP;
END $$;
DROP TABLE years_index, years_scan, years_finding, years_life, years_count, years_cluster;
ANALYZE;
SET session_replication_role = origin;
