-- Risk acceptances: what was asked for, written once, and what became of it, as events. In which state an acceptance is at
-- an instant follows from both and the instant; nothing is written when time alone changes it.

CREATE TABLE acceptance (
    id             uuid PRIMARY KEY,
    requested_by   uuid NOT NULL REFERENCES person,
    -- What they were called then; a person's name may change, a record may not.
    requested_as   text NOT NULL,
    requested_at   timestamptz NOT NULL,
    -- The acceptance that it is to go on from.
    extends        uuid REFERENCES acceptance,
    scope          text NOT NULL CHECK (scope IN ('finding', 'cluster', 'namespace', 'workload', 'team', 'cve')),
    finding_id     uuid REFERENCES finding,
    check_id       text,
    cluster_id     uuid REFERENCES cluster,
    namespace      text,
    workload_kind  text,
    workload       text,
    team           text,
    cve            text,
    -- The worst severity that it covers: what is worse is not accepted.
    severity       smallint NOT NULL CHECK (severity BETWEEN 0 AND 5),
    -- How many officers must approve.
    approvals      smallint NOT NULL CHECK (approvals BETWEEN 1 AND 2),
    reason         text NOT NULL CHECK (length(reason) BETWEEN 1 AND 4000),
    compensating_control text NOT NULL CHECK (length(compensating_control) BETWEEN 1 AND 4000),
    residual_risk  text NOT NULL CHECK (length(residual_risk) <= 4000),
    begins_at      timestamptz,
    expires_at     timestamptz NOT NULL,
    -- On what it ends before its time.
    ends_on        text[] NOT NULL CHECK (ends_on <@ ARRAY['fix_available', 'subject_changed', 'severity_rises']),
    -- How many findings it covered when it was asked for.
    covered        bigint NOT NULL CHECK (covered > 0),
    CHECK (expires_at > requested_at AND (begins_at IS NULL OR expires_at > begins_at)),
    CHECK ((scope = 'finding') = (finding_id IS NOT NULL)),
    CHECK ((scope IN ('finding', 'cve')) = (check_id IS NULL)),
    CHECK ((scope = 'namespace') <= (namespace IS NOT NULL)),
    CHECK ((scope = 'workload') = (workload_kind IS NOT NULL AND workload IS NOT NULL)),
    CHECK ((scope = 'team') = (team IS NOT NULL)),
    CHECK ((scope = 'cve') = (cve IS NOT NULL)),
    CHECK ((scope IN ('cluster', 'namespace', 'workload')) <= (cluster_id IS NOT NULL))
);
-- What has not run out at an instant.
CREATE INDEX acceptance_expires ON acceptance (expires_at, requested_at);
CREATE INDEX acceptance_extends ON acceptance (extends) WHERE extends IS NOT NULL;

-- What people, and Bevis, did about it after it was asked for.
CREATE TABLE acceptance_event (
    acceptance_id uuid NOT NULL REFERENCES acceptance,
    place         integer NOT NULL CHECK (place > 0),
    -- `too_late`: an officer decided otherwise just after it was decided; both are seen, the first one counts.
    kind          text NOT NULL CHECK (kind IN ('approved', 'rejected', 'withdrawn', 'revoked', 'ended', 'too_late')),
    -- Nobody where Bevis did it.
    decided_by    uuid REFERENCES person,
    decided_as    text NOT NULL,
    at            timestamptz NOT NULL,
    comment       text NOT NULL CHECK (length(comment) <= 4000),
    -- What was seen: of an approval the state of the workload that is watched, of an end the condition that was met.
    seen          jsonb NOT NULL,
    PRIMARY KEY (acceptance_id, place),
    CHECK ((decided_by IS NULL) = (kind = 'ended'))
);
CREATE UNIQUE INDEX acceptance_event_approver ON acceptance_event (acceptance_id, decided_by) WHERE kind = 'approved';
CREATE UNIQUE INDEX acceptance_event_over ON acceptance_event (acceptance_id)
    WHERE kind IN ('rejected', 'withdrawn', 'revoked', 'ended');

-- What was attached, by the hash of its content: the same file is kept once.
CREATE TABLE attachment (
    sha256 bytea PRIMARY KEY CHECK (length(sha256) = 32),
    body   bytea NOT NULL
);

CREATE TABLE acceptance_attachment (
    id            uuid PRIMARY KEY,
    acceptance_id uuid NOT NULL REFERENCES acceptance,
    sha256        bytea NOT NULL REFERENCES attachment,
    size          integer NOT NULL CHECK (size > 0),
    name          text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    media_type    text NOT NULL,
    added_by      uuid NOT NULL REFERENCES person,
    added_as      text NOT NULL,
    added_at      timestamptz NOT NULL
);
CREATE INDEX acceptance_attachment_of ON acceptance_attachment (acceptance_id, added_at);

CREATE TRIGGER acceptance_fixed BEFORE UPDATE ON acceptance FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER acceptance_event_fixed BEFORE UPDATE ON acceptance_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER attachment_fixed BEFORE UPDATE ON attachment FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER acceptance_attachment_fixed BEFORE UPDATE ON acceptance_attachment FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER acceptance_kept BEFORE DELETE OR TRUNCATE ON acceptance FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER acceptance_event_kept BEFORE DELETE OR TRUNCATE ON acceptance_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER attachment_kept BEFORE DELETE OR TRUNCATE ON attachment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER acceptance_attachment_kept BEFORE DELETE OR TRUNCATE ON acceptance_attachment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

GRANT SELECT, INSERT ON acceptance, acceptance_event, attachment, acceptance_attachment TO bevis_app;

-- The namespace that a finding lies in; what is wrong with a namespace itself lies in it.
CREATE FUNCTION finding_namespace(subject_kind text, subject_namespace text, subject_name text)
RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(subject_namespace, CASE WHEN subject_kind = 'Namespace' THEN subject_name END)
$$;

-- The vulnerability that a finding is about, as its check writes it into the subject's key.
CREATE FUNCTION finding_cve(check_id text, subject_key text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE check_id
        WHEN 'vul.critical_fixable' THEN split_part(subject_key, ' ', 2)
        WHEN 'ext.findings' THEN split_part(subject_key, ' ', 1)
    END
$$;

CREATE INDEX finding_place ON finding (cluster_id, check_id, finding_namespace(subject_kind, subject_namespace, subject_name));
CREATE INDEX finding_cve_of ON finding (finding_cve(check_id, subject_key)) WHERE check_id IN ('vul.critical_fixable', 'ext.findings');

-- THE rule of what falls under a scope at an instant, whether or not it fails. What a scope does not name is null.
CREATE FUNCTION acceptance_covers(
    of_scope text, of_finding uuid, of_check text, of_cluster uuid, of_namespace text, of_kind text, of_name text,
    of_team text, of_cve text, at timestamptz
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
    -- Whose a namespace was at the instant.
    SELECT f.id
    FROM namespace_team t
    JOIN finding f ON f.cluster_id = t.cluster_id AND f.check_id = of_check
        AND finding_namespace(f.subject_kind, f.subject_namespace, f.subject_name) = t.namespace
    WHERE of_scope = 'team' AND t.team = of_team AND (of_cluster IS NULL OR t.cluster_id = of_cluster)
      AND t.valid_from <= at AND (t.valid_to IS NULL OR t.valid_to > at)
    UNION ALL
    SELECT f.id FROM finding f
    WHERE of_scope = 'cve' AND f.check_id IN ('vul.critical_fixable', 'ext.findings')
      AND finding_cve(f.check_id, f.subject_key) = of_cve
$$;

-- The acceptances that are active at an instant. The same rule as `model::acceptance::state`; a test compares them.
CREATE FUNCTION acceptances_active(at timestamptz) RETURNS SETOF acceptance LANGUAGE sql STABLE AS $$
    SELECT a.*
    FROM acceptance a
    WHERE a.expires_at > $1 AND a.requested_at <= $1 AND (a.begins_at IS NULL OR a.begins_at <= $1)
      AND a.approvals <= (SELECT count(*) FROM acceptance_event e
                          WHERE e.acceptance_id = a.id AND e.kind = 'approved' AND e.at <= $1)
      AND NOT EXISTS (SELECT FROM acceptance_event e
                      WHERE e.acceptance_id = a.id AND e.kind IN ('rejected', 'withdrawn', 'revoked', 'ended') AND e.at <= $1)
$$;

-- THE rule of what is accepted at an instant: what fails, falls under an active acceptance, and is no worse than what was
-- accepted. A finding under two acceptances is there twice.
CREATE FUNCTION accepted_findings(at timestamptz)
RETURNS TABLE (acceptance_id uuid, finding_id uuid, cluster_id uuid, check_id text) LANGUAGE sql STABLE AS $$
    SELECT a.id, i.finding_id, i.cluster_id, i.check_id
    FROM acceptances_active($1) AS a
    CROSS JOIN LATERAL acceptance_covers(a.scope, a.finding_id, a.check_id, a.cluster_id, a.namespace, a.workload_kind,
                                         a.workload, a.team, a.cve, $1) AS c
    JOIN finding_interval i ON i.finding_id = c.finding_id AND i.valid_from <= $1 AND (i.valid_to IS NULL OR i.valid_to > $1)
    WHERE i.severity <= a.severity
$$;
