-- Retention of two more classes: messages with what became of them, and intervals of findings and of check results.

ALTER TABLE retention DROP CONSTRAINT retention_class_check,
    ADD CONSTRAINT retention_class_check CHECK (class IN ('scan_log', 'coverage', 'objects', 'audit_digests', 'messages', 'findings'));
-- Every page of the past asks for the newest of a class.
CREATE INDEX retention_until ON retention (class, dropped_until DESC, id DESC);

-- Messages and the delivery log are deleted by `retention_drop` alone.
CREATE TRIGGER notification_message_kept BEFORE DELETE OR TRUNCATE ON notification_message FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER notification_attempt_kept BEFORE DELETE OR TRUNCATE ON notification_attempt FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE INDEX notification_message_ended ON notification_message (ended_at) WHERE ended_at IS NOT NULL;
-- Whether an event still belongs to a message.
CREATE INDEX notification_message_event_of ON notification_message_event (event_id);
CREATE INDEX notification_event_routed ON notification_event (routed_at) WHERE occurrence IS NULL;
CREATE INDEX finding_unseen_closed ON finding_unseen (valid_to) WHERE valid_to IS NOT NULL;

-- Messages of which nothing is to come, that ended before an instant; never the newest that a channel delivered, or the channel
-- would seem never to have worked.
CREATE FUNCTION old_messages(before timestamptz) RETURNS TABLE (message uuid, since_when timestamptz) LANGUAGE sql STABLE AS $$
    SELECT m.id, m.created_at FROM notification_message m
    WHERE m.ended_at < before
      AND NOT (m.state = 'sent' AND NOT EXISTS (
          SELECT FROM notification_message n WHERE n.channel = m.channel AND n.state = 'sent' AND (n.ended_at, n.id) > (m.ended_at, m.id)
      ))
$$;

-- Intervals of a stretch of failing that was over before an instant. A stretch goes whole, or stays whole: how long a finding
-- has failed, when its clocks stood, and as what it was opened are read off the intervals from `opened_at` on.
CREATE FUNCTION old_intervals(before timestamptz) RETURNS TABLE (old bigint, since_when timestamptz) LANGUAGE sql STABLE AS $$
    SELECT i.id, i.valid_from FROM finding_interval i
    WHERE i.valid_to < before
      AND NOT EXISTS (SELECT FROM finding_interval n WHERE n.finding_id = i.finding_id AND n.opened_at = i.opened_at
                      AND (n.valid_to IS NULL OR n.valid_to >= before))
$$;

-- Counts of open findings that were over before an instant; found by the index that finds what was in force at one.
CREATE FUNCTION old_counts(before timestamptz) RETURNS TABLE (old tid, since_when timestamptz) LANGUAGE sql STABLE AS $$
    SELECT o.ctid, o.valid_from
    FROM generate_series(0, 8) AS w (class)
    JOIN open_findings o ON o.valid_to IS NOT NULL AND life_class(o.valid_from, o.valid_to) = w.class AND o.valid_from < before
    WHERE o.valid_to < before
$$;

CREATE OR REPLACE FUNCTION retention_due(of_class text, keep_months integer, at timestamptz)
RETURNS TABLE (due_from timestamptz, due_until timestamptz, due_rows bigint) LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF of_class NOT IN ('objects', 'audit_digests', 'messages', 'findings') THEN
        RETURN QUERY SELECT * FROM retention_due_of_months(of_class, keep_months, at);
        RETURN;
    END IF;
    IF keep_months < 1 THEN
        RAISE EXCEPTION 'no policy of retention: % for % months', of_class, keep_months USING ERRCODE = 'check_violation';
    END IF;
    due_until := retention_horizon(keep_months, at);
    CASE of_class
        WHEN 'objects' THEN
            SELECT min(since_when), count(*) INTO due_from, due_rows FROM unseen_bodies(due_until);
        WHEN 'audit_digests' THEN
            SELECT min(since_when), count(*) INTO due_from, due_rows FROM old_batches(due_until);
        WHEN 'messages' THEN
            SELECT min(since_when), count(*) INTO due_from, due_rows FROM old_messages(due_until);
        WHEN 'findings' THEN
            SELECT min(since_when), count(*) INTO due_from, due_rows FROM (
                SELECT since_when FROM old_intervals(due_until)
                UNION ALL SELECT valid_from FROM check_result WHERE valid_to < due_until
                UNION ALL SELECT since_when FROM old_counts(due_until)
                UNION ALL SELECT valid_from FROM finding_unseen WHERE valid_to < due_until
            ) AS due;
    END CASE;
    IF due_rows > 0 THEN
        RETURN NEXT;
    END IF;
END $$;

-- Deletes messages that are over, and the events of which no message is left; what happens once only stays known as told.
CREATE FUNCTION drop_messages(before timestamptz) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    ALTER TABLE notification_message DISABLE TRIGGER notification_message_kept;
    ALTER TABLE notification_attempt DISABLE TRIGGER notification_attempt_kept;
    DELETE FROM notification_message WHERE id IN (SELECT message FROM old_messages(before));
    DELETE FROM notification_event e
    WHERE e.routed_at < before AND e.occurrence IS NULL
      AND NOT EXISTS (SELECT FROM notification_message_event m WHERE m.event_id = e.id);
    ALTER TABLE notification_message ENABLE TRIGGER notification_message_kept;
    ALTER TABLE notification_attempt ENABLE TRIGGER notification_attempt_kept;
END $$;

-- Deletes what was over of findings and results, at most `most` rows of each table, so that nobody waits long to record;
-- answers how many rows that were, and since when the oldest was.
CREATE FUNCTION drop_findings(before timestamptz, most integer, OUT oldest timestamptz, OUT gone bigint) LANGUAGE plpgsql AS $$
BEGIN
    ALTER TABLE finding_interval DISABLE TRIGGER finding_interval_kept;
    ALTER TABLE check_result DISABLE TRIGGER check_result_kept;
    ALTER TABLE open_findings DISABLE TRIGGER open_findings_kept;
    ALTER TABLE finding_unseen DISABLE TRIGGER finding_unseen_kept;
    WITH intervals AS (
        DELETE FROM finding_interval WHERE id = ANY (ARRAY(SELECT old FROM old_intervals(before) LIMIT most)) RETURNING valid_from
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

-- Puts a dropping on record: in the ledger, and in the table that pages ask.
CREATE FUNCTION retention_record(
    of_class text, dropped_from timestamptz, dropped_until timestamptz, dropped_rows bigint, keep_months integer, at timestamptz
) RETURNS void LANGUAGE sql AS $$
    INSERT INTO retention (class, dropped_from, dropped_until, dropped_rows, months, dropped_at, ledger_seq)
    SELECT $1, $2, $3, $4, $5, $6, ledger_append($6, 'system', 'retention.drop', json_build_object(
        'class', $1, 'from', $2, 'until', $3, 'rows', $4, 'months', $5)::text)
$$;

CREATE OR REPLACE FUNCTION retention_drop(of_class text, keep_months integer, at timestamptz)
RETURNS TABLE (due_from timestamptz, due_until timestamptz, due_rows bigint) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp SET timezone = 'UTC' SET lock_timeout = '10s' AS $$
BEGIN
    IF of_class NOT IN ('objects', 'audit_digests', 'messages', 'findings') THEN
        RETURN QUERY SELECT * FROM retention_drop_months(of_class, keep_months, at);
        RETURN;
    END IF;
    IF keep_months < 1 THEN
        RAISE EXCEPTION 'no policy of retention: % for % months', of_class, keep_months USING ERRCODE = 'check_violation';
    END IF;
    IF of_class = 'findings' THEN
        -- Whoever calls this keeps the writers of history out; see `settle`. All that is due is not counted for every step.
        LOCK TABLE check_result, finding_interval, finding_unseen, open_findings IN SHARE ROW EXCLUSIVE MODE;
        due_until := retention_horizon(keep_months, at);
        SELECT oldest, gone INTO due_from, due_rows FROM drop_findings(due_until, 100000);
        IF due_rows > 0 THEN
            PERFORM retention_record(of_class, due_from, due_until, due_rows, keep_months, at);
            RETURN NEXT;
        END IF;
        RETURN;
    END IF;
    -- Nobody changes anything between what is counted and what is dropped; each in the order in which whoever writes goes.
    CASE of_class
        WHEN 'objects' THEN LOCK TABLE object_body, object_seen IN SHARE ROW EXCLUSIVE MODE;
        WHEN 'audit_digests' THEN LOCK TABLE audit_batch IN ACCESS EXCLUSIVE MODE;
        WHEN 'messages' THEN LOCK TABLE notification_message, notification_attempt IN SHARE ROW EXCLUSIVE MODE;
    END CASE;
    FOR due_from, due_until, due_rows IN SELECT * FROM retention_due(of_class, keep_months, at) LOOP
        CASE of_class
            WHEN 'objects' THEN
                UPDATE object_body SET body = NULL, dropped_at = at WHERE hash IN (SELECT unseen FROM unseen_bodies(due_until));
            WHEN 'audit_digests' THEN
                ALTER TABLE audit_batch DISABLE TRIGGER audit_batch_kept;
                DELETE FROM audit_batch WHERE (cluster_id, seq) IN (SELECT of_cluster, number FROM old_batches(due_until));
                ALTER TABLE audit_batch ENABLE TRIGGER audit_batch_kept;
            WHEN 'messages' THEN
                PERFORM drop_messages(due_until);
        END CASE;
        PERFORM retention_record(of_class, due_from, due_until, due_rows, keep_months, at);
        RETURN NEXT;
    END LOOP;
END $$;

REVOKE EXECUTE ON FUNCTION drop_messages, drop_findings, retention_record FROM PUBLIC;

-- A finding was known at the beginning of a period where it had been seen before it, whether or not that is retained.
CREATE OR REPLACE FUNCTION finding_changes(
    begins timestamptz, ends timestamptz, floor_at timestamptz, floor_id uuid, before_at timestamptz, before_id uuid
) RETURNS TABLE (
    at timestamptz, finding_id uuid, known boolean, before smallint, after smallint, worst smallint,
    opened bigint, closed bigint, severity_changes bigint
) LANGUAGE sql STABLE AS $$
    SELECT e.at, e.finding_id, f.first_seen_at <= begins, h.before, h.after, h.worst, h.opened, h.closed, h.severity_changes
    FROM finding_edges(begins, ends) AS e
    JOIN finding f ON f.id = e.finding_id
    CROSS JOIN LATERAL (
        SELECT max(i.severity) FILTER (WHERE i.valid_from <= begins AND (i.valid_to IS NULL OR i.valid_to > begins)) AS before,
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
