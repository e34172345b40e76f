-- Reading the ledger by who and what; whether it holds; and where its head was sent.

CREATE INDEX ledger_action ON ledger (action, seq);
CREATE INDEX ledger_actor ON ledger (actor, seq);

-- Every recomputation of the whole chain. What it found is a witness for the next: a head that was noted once must be there
-- for ever.
CREATE TABLE ledger_check (
    id          uuid PRIMARY KEY,
    started_at  timestamptz NOT NULL,
    finished_at timestamptz NOT NULL CHECK (finished_at >= started_at),
    -- Entries that hold, and the hash of the last of them.
    entries     bigint NOT NULL CHECK (entries >= 0),
    head        bytea NOT NULL CHECK (length(head) = 32),
    broken_seq  bigint,
    broken_link text CHECK (broken_link IN ('number', 'instant', 'digest', 'payload', 'hash', 'witness')),
    expected    text,
    found       text,
    CHECK (num_nulls(broken_seq, broken_link, expected, found) IN (0, 4))
);
CREATE INDEX ledger_check_newest ON ledger_check (finished_at DESC);

-- Every head that was sent out of the house, or could not be.
CREATE TABLE ledger_anchor (
    id      uuid PRIMARY KEY,
    target  text NOT NULL CHECK (target IN ('webhook', 'file', 'timestamp')),
    seq     bigint NOT NULL CHECK (seq > 0),
    hash    bytea NOT NULL CHECK (length(hash) = 32),
    at      timestamptz NOT NULL,
    -- Why it was not taken; null where it was.
    fault   text,
    -- The answer of a time-stamping authority (RFC 3161), verified, as it came.
    receipt bytea,
    CHECK (receipt IS NULL OR (target = 'timestamp' AND fault IS NULL))
);
CREATE INDEX ledger_anchor_newest ON ledger_anchor (target, at DESC);

-- The roles of a person as log-ins saw them, where they were others than before: what a token may do follows them.
CREATE TABLE role_seen (
    person_id uuid NOT NULL REFERENCES person,
    seen_at   timestamptz NOT NULL,
    -- None where a log-in was refused for want of a role.
    roles     text[] NOT NULL,
    PRIMARY KEY (person_id, seen_at)
);
INSERT INTO role_seen (person_id, seen_at, roles)
SELECT DISTINCT ON (person_id) person_id, created_at, roles FROM session ORDER BY person_id, created_at DESC;

CREATE TRIGGER ledger_check_fixed BEFORE UPDATE ON ledger_check FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_check_kept BEFORE DELETE OR TRUNCATE ON ledger_check FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_anchor_fixed BEFORE UPDATE ON ledger_anchor FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_anchor_kept BEFORE DELETE OR TRUNCATE ON ledger_anchor FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER role_seen_fixed BEFORE UPDATE ON role_seen FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER role_seen_kept BEFORE DELETE OR TRUNCATE ON role_seen FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

GRANT SELECT, INSERT ON ledger_check, ledger_anchor, role_seen TO bevis_app;
