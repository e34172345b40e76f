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
