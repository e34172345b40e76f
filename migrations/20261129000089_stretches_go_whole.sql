-- At most `most` intervals begin a step, the oldest first, and each takes the rest of its stretch along: a step that is the last of
-- a night leaves no stretch half.
CREATE OR REPLACE FUNCTION drop_findings(before timestamptz, most integer, OUT oldest timestamptz, OUT gone bigint) LANGUAGE plpgsql AS $$
BEGIN
    ALTER TABLE finding_interval DISABLE TRIGGER finding_interval_kept;
    ALTER TABLE check_result DISABLE TRIGGER check_result_kept;
    ALTER TABLE open_findings DISABLE TRIGGER open_findings_kept;
    ALTER TABLE finding_unseen DISABLE TRIGGER finding_unseen_kept;
    WITH due AS (
        SELECT i.finding_id, i.opened_at
        FROM old_intervals(before) o JOIN finding_interval i ON i.id = o.old
        ORDER BY i.valid_to, i.id LIMIT most
    ), intervals AS (
        DELETE FROM finding_interval i USING (SELECT DISTINCT finding_id, opened_at FROM due) AS s
        WHERE i.finding_id = s.finding_id AND i.opened_at = s.opened_at RETURNING i.valid_from
    ), results AS (
        DELETE FROM check_result
        WHERE id = ANY (ARRAY(SELECT id FROM check_result WHERE valid_to < before LIMIT most)) RETURNING valid_from
    ), counts AS (
        DELETE FROM open_findings WHERE ctid = ANY (ARRAY(SELECT old FROM old_counts(before) LIMIT most)) RETURNING valid_from
    ), unseen AS (
        DELETE FROM finding_unseen
        WHERE ctid = ANY (ARRAY(SELECT ctid FROM finding_unseen WHERE valid_to < before LIMIT most)) RETURNING valid_from
    )
    SELECT min(valid_from), count(*) INTO oldest, gone
    FROM (TABLE intervals UNION ALL TABLE results UNION ALL TABLE counts UNION ALL TABLE unseen) AS deleted;
    ALTER TABLE finding_interval ENABLE TRIGGER finding_interval_kept;
    ALTER TABLE check_result ENABLE TRIGGER check_result_kept;
    ALTER TABLE open_findings ENABLE TRIGGER open_findings_kept;
    ALTER TABLE finding_unseen ENABLE TRIGGER finding_unseen_kept;
END $$;

-- A foreign key looks into the table that it names, whatever the session's path; what stands in for one does too.
ALTER FUNCTION about_what_is_there() SET search_path = public, pg_temp;
ALTER FUNCTION by_a_scan() SET search_path = public, pg_temp;
