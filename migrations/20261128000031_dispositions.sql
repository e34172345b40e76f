-- More that people decide: assigning, tickets, due dates, false positives that an officer confirms, reopening, undoing.

DO $$
DECLARE
    named name;
BEGIN
    SELECT conname INTO STRICT named FROM pg_constraint
    WHERE conrelid = 'decision'::regclass AND contype = 'c' AND pg_get_constraintdef(oid) LIKE '%withdraw%';
    EXECUTE format('ALTER TABLE decision DROP CONSTRAINT %I', named);
END $$;

ALTER TABLE decision
    ADD CONSTRAINT decision_kind CHECK (kind IN (
        'acknowledge', 'withdraw', 'comment', 'assign', 'unassign', 'link_ticket', 'unlink_ticket', 'set_due', 'clear_due',
        'false_positive', 'confirm_false_positive', 'reject_false_positive', 'reopen', 'undo')),
    -- Whom it gives the findings to: a person, with what they were called then, or a team.
    ADD COLUMN assigned_to uuid REFERENCES person,
    ADD COLUMN assigned_as text,
    ADD COLUMN assigned_team text CHECK (length(assigned_team) BETWEEN 1 AND 200),
    ADD COLUMN ticket text CHECK (length(ticket) <= 500 AND ticket ~ '^https?://'),
    ADD COLUMN due date,
    -- The decision that it takes back.
    ADD COLUMN undoes uuid UNIQUE REFERENCES decision,
    -- The filter whose findings it is about, where it was not about findings named one by one.
    ADD COLUMN matching text,
    ADD CONSTRAINT decision_assigns CHECK (num_nonnulls(assigned_to, assigned_team) = (kind = 'assign')::integer
        AND (assigned_to IS NULL) = (assigned_as IS NULL)),
    ADD CONSTRAINT decision_links CHECK ((kind = 'link_ticket') = (ticket IS NOT NULL)),
    ADD CONSTRAINT decision_sets_due CHECK ((kind = 'set_due') = (due IS NOT NULL)),
    ADD CONSTRAINT decision_undoes CHECK ((kind = 'undo') = (undoes IS NOT NULL));
CREATE INDEX decision_of_person ON decision (decided_by, decided_at DESC, id DESC);

-- What a decision led to, beside each finding that it is about: the newest row of a finding tells all that was said of it.
ALTER TABLE decision_finding
    ADD COLUMN standing text,
    -- Who claims that it is a false positive, while nobody has judged.
    ADD COLUMN claimed_by uuid REFERENCES person,
    ADD COLUMN assigned_to uuid REFERENCES person,
    ADD COLUMN assigned_team text,
    ADD COLUMN ticket text,
    ADD COLUMN due date;
-- What was decided before had no other states than these two; they are told anew, and nothing that was recorded changes.
ALTER TABLE decision_finding DISABLE TRIGGER decision_finding_fixed;
UPDATE decision_finding f SET standing = coalesce((
    SELECT CASE p.kind WHEN 'acknowledge' THEN 'acknowledged' END FROM decision_finding p
    WHERE p.finding_id = f.finding_id AND p.kind IN ('acknowledge', 'withdraw')
      AND (p.decided_at, p.decision_id) <= (f.decided_at, f.decision_id)
    ORDER BY p.decided_at DESC, p.decision_id DESC LIMIT 1
), 'open');
ALTER TABLE decision_finding ENABLE TRIGGER decision_finding_fixed;
ALTER TABLE decision_finding
    ALTER COLUMN standing SET NOT NULL,
    ADD CONSTRAINT decision_finding_standing CHECK (standing IN ('open', 'acknowledged', 'false_positive')
        AND (claimed_by IS NULL OR standing <> 'false_positive')),
    ADD CONSTRAINT decision_finding_assigned CHECK (num_nonnulls(assigned_to, assigned_team) <= 1);
CREATE INDEX decision_finding_person ON decision_finding (assigned_to, finding_id, decided_at) WHERE assigned_to IS NOT NULL;
CREATE INDEX decision_finding_team ON decision_finding (assigned_team, finding_id, decided_at) WHERE assigned_team IS NOT NULL;
CREATE INDEX decision_finding_claimed ON decision_finding (decided_at, finding_id) WHERE claimed_by IS NOT NULL;
CREATE INDEX decision_finding_ticket ON decision_finding (ticket, finding_id, decided_at) WHERE ticket IS NOT NULL;
CREATE INDEX decision_finding_due ON decision_finding (due, finding_id, decided_at) WHERE due IS NOT NULL;

-- Who is named in a decision's text.
CREATE TABLE decision_mention (
    decision_id uuid NOT NULL REFERENCES decision,
    person_id   uuid NOT NULL REFERENCES person,
    decided_at  timestamptz NOT NULL,
    PRIMARY KEY (person_id, decided_at, decision_id)
);
CREATE TRIGGER decision_mention_fixed BEFORE UPDATE ON decision_mention FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER decision_mention_kept BEFORE DELETE OR TRUNCATE ON decision_mention FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON decision_mention TO bevis_app;

-- The groups that the provider named when the person logged in last: the teams that they are in.
ALTER TABLE person ADD COLUMN teams text[] NOT NULL DEFAULT '{}';
GRANT UPDATE (teams) ON person TO bevis_app;
