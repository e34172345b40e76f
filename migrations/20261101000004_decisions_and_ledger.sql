-- What people decided, and the hash-chained record of everything that was decided, changed or exported.

CREATE TABLE decision (
    id         uuid PRIMARY KEY,
    kind       text NOT NULL CHECK (kind IN ('acknowledge', 'withdraw', 'comment')),
    decided_by uuid NOT NULL REFERENCES person,
    -- What they were called then; a person's name may change, a record may not.
    decided_as text NOT NULL,
    decided_at timestamptz NOT NULL,
    findings   integer NOT NULL CHECK (findings > 0),
    comment    text NOT NULL CHECK (length(comment) <= 4000)
);

CREATE TABLE decision_finding (
    finding_id  uuid NOT NULL REFERENCES finding,
    decision_id uuid NOT NULL REFERENCES decision,
    -- Copied from the decision, so that the newest decision on a finding is one index lookup.
    kind        text NOT NULL,
    decided_at  timestamptz NOT NULL,
    PRIMARY KEY (finding_id, decided_at, decision_id)
);
CREATE INDEX decision_finding_decision ON decision_finding (decision_id);

-- The interval that a list shows of each finding: the one in force at an instant where `failing`, and the newest of those
-- that ended where `ended`. Null means no restriction. Plain SQL, so that the planner sees through it to the indexes.
CREATE FUNCTION finding_listed(at timestamptz, failing boolean, ended boolean, acked boolean, clusters uuid[], sources text[],
                               severities smallint[], checks text[], ids uuid[], pattern text)
RETURNS TABLE (id bigint, finding_id uuid, severity smallint, opened_at timestamptz) LANGUAGE sql STABLE AS $$
    SELECT i.id, i.finding_id, i.severity, i.opened_at
    FROM (
        SELECT * FROM finding_interval WHERE failing AND valid_to IS NULL AND valid_from <= at
        UNION ALL
        SELECT * FROM finding_interval WHERE failing AND valid_to > at AND valid_from <= at
        UNION ALL
        SELECT * FROM finding_interval c
        WHERE ended AND c.valid_to <= at
          AND NOT EXISTS (SELECT FROM finding_interval n
                          WHERE n.finding_id = c.finding_id AND n.valid_from > c.valid_from AND n.valid_from <= at)
    ) AS i
    WHERE (clusters IS NULL OR i.cluster_id = ANY (clusters))
      AND (sources IS NULL OR i.source = ANY (sources))
      AND (severities IS NULL OR i.severity = ANY (severities))
      AND (checks IS NULL OR i.check_id = ANY (checks))
      AND (ids IS NULL OR i.finding_id = ANY (ids))
      AND (pattern IS NULL OR EXISTS (SELECT FROM finding f WHERE f.id = i.finding_id AND f.search LIKE lower(pattern)))
      AND (acked IS NULL OR i.valid_to <= at OR acked = coalesce(
              (SELECT d.kind = 'acknowledge' FROM decision_finding d
               WHERE d.finding_id = i.finding_id AND d.kind IN ('acknowledge', 'withdraw') AND d.decided_at <= at
               ORDER BY d.decided_at DESC, d.decision_id DESC LIMIT 1), false))
$$;

CREATE TABLE ledger (
    -- Assigned by the server under a lock, so that there are no gaps.
    seq       bigint PRIMARY KEY CHECK (seq > 0),
    at        timestamptz NOT NULL,
    actor     text NOT NULL,
    action    text NOT NULL,
    -- The exact bytes that were hashed; text, because jsonb would not keep them.
    payload   text NOT NULL,
    prev_hash bytea NOT NULL CHECK (length(prev_hash) = 32),
    hash      bytea NOT NULL UNIQUE CHECK (length(hash) = 32)
);
CREATE INDEX ledger_at ON ledger (at);

CREATE TRIGGER decision_fixed BEFORE UPDATE ON decision FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER decision_finding_fixed BEFORE UPDATE ON decision_finding FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_fixed BEFORE UPDATE ON ledger FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER decision_kept BEFORE DELETE OR TRUNCATE ON decision FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER decision_finding_kept BEFORE DELETE OR TRUNCATE ON decision_finding FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_kept BEFORE DELETE OR TRUNCATE ON ledger FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
