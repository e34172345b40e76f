-- Notifications: who wants to be told of what, what happened (the outbox, written with the change itself), the messages that
-- are made of it, and every attempt to deliver one. What was set is in the ledger too.

CREATE TABLE notification_rule (
    id             uuid PRIMARY KEY,
    -- A rule is a person's own, or a team's.
    person_id      uuid REFERENCES person,
    team           text CHECK (length(team) BETWEEN 1 AND 63),
    channel        text NOT NULL CHECK (length(channel) BETWEEN 1 AND 63),
    -- Whether the channel takes findings one by one (tickets, alerts), and not messages about many.
    per_finding    boolean NOT NULL,
    kinds          text[] NOT NULL CHECK (cardinality(kinds) > 0),
    min_severity   smallint NOT NULL CHECK (min_severity BETWEEN 0 AND 5),
    -- Empty means any. Clusters by name, which is what stays when one leaves and comes back.
    clusters       text[] NOT NULL,
    sources        text[] NOT NULL,
    controls       text[] NOT NULL,
    -- Only findings in namespaces that name the rule's team as their own.
    own_namespaces boolean NOT NULL CHECK (NOT own_namespaces OR team IS NOT NULL),
    quiet_from     time,
    quiet_until    time,
    time_zone      text NOT NULL,
    language       text NOT NULL,
    created_at     timestamptz NOT NULL,
    created_by     text NOT NULL,
    -- A rule is never altered: it ends, and another takes its place.
    ended_at       timestamptz CHECK (ended_at >= created_at),
    CHECK ((person_id IS NULL) <> (team IS NULL)),
    CHECK ((quiet_from IS NULL) = (quiet_until IS NULL) AND quiet_from <> quiet_until)
);
CREATE INDEX notification_rule_since ON notification_rule (created_at, id);
CREATE INDEX notification_rule_of ON notification_rule (person_id, created_at, id);
CREATE INDEX notification_rule_in_force ON notification_rule (created_at, id) WHERE ended_at IS NULL;

CREATE FUNCTION only_ending() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL OR to_jsonb(OLD) - 'ended_at' IS DISTINCT FROM to_jsonb(NEW) - 'ended_at' THEN
        RAISE EXCEPTION '% can be ended, once, and not changed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER notification_rule_ending BEFORE UPDATE ON notification_rule FOR EACH ROW EXECUTE FUNCTION only_ending();
CREATE TRIGGER notification_rule_kept BEFORE DELETE OR TRUNCATE ON notification_rule FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The outbox. A row is there only where a rule asked for it.
CREATE TABLE notification_event (
    id         uuid PRIMARY KEY,
    kind       text NOT NULL,
    at         timestamptz NOT NULL,
    cluster_id uuid REFERENCES cluster,
    source     text,
    check_id   text,
    severity   smallint CHECK (severity BETWEEN 0 AND 5),
    finding_id uuid REFERENCES finding,
    detail     jsonb NOT NULL,
    -- The rules that asked for it when it happened.
    rules      uuid[] NOT NULL CHECK (cardinality(rules) > 0),
    -- What happens once only, whoever notices it, as `weekly_digest/2026-11-30`.
    occurrence text UNIQUE,
    routed_at  timestamptz
);
CREATE INDEX notification_event_waiting ON notification_event (at, id) WHERE routed_at IS NULL;

-- A message to one recipient. Its id is the key by which receivers drop repeats.
CREATE TABLE notification_message (
    id           uuid PRIMARY KEY,
    channel      text NOT NULL,
    person_id    uuid REFERENCES person,
    -- What it gathers: a kind of event, `source`, `several` after quiet hours, `finding/<id>`, `test`.
    topic        text NOT NULL,
    language     text NOT NULL,
    time_zone    text NOT NULL,
    state        text NOT NULL CHECK (state IN ('gathering', 'waiting', 'sent', 'dead', 'dropped')),
    created_at   timestamptz NOT NULL,
    -- When it is tried next.
    due_at       timestamptz NOT NULL,
    leased_until timestamptz,
    attempts     integer NOT NULL DEFAULT 0,
    -- Attempts before somebody said "try again".
    forgiven     integer NOT NULL DEFAULT 0,
    ended_at     timestamptz,
    CHECK ((state IN ('sent', 'dead', 'dropped')) = (ended_at IS NOT NULL))
);
CREATE UNIQUE INDEX notification_message_gathering
    ON notification_message (channel, coalesce(person_id, '00000000-0000-0000-0000-000000000000'::uuid), topic, language, time_zone)
    WHERE state = 'gathering';
CREATE INDEX notification_message_due ON notification_message (due_at, id) WHERE state IN ('gathering', 'waiting');
CREATE INDEX notification_message_newest ON notification_message (created_at DESC, id DESC);
CREATE INDEX notification_message_dead ON notification_message (created_at DESC, id DESC) WHERE state = 'dead';
CREATE INDEX notification_message_sent ON notification_message (channel, ended_at) WHERE state = 'sent';
CREATE INDEX notification_message_given_up ON notification_message (channel, ended_at) WHERE state = 'dead';

CREATE TABLE notification_message_event (
    message_id uuid NOT NULL REFERENCES notification_message ON DELETE CASCADE,
    event_id   uuid NOT NULL REFERENCES notification_event ON DELETE CASCADE,
    PRIMARY KEY (message_id, event_id)
);

-- The delivery log: what became of every attempt. No address and no secret is in it.
CREATE TABLE notification_attempt (
    message_id uuid NOT NULL REFERENCES notification_message ON DELETE CASCADE,
    attempt    integer NOT NULL,
    at         timestamptz NOT NULL,
    outcome    text NOT NULL CHECK (outcome IN ('delivered', 'failed', 'refused', 'dropped')),
    -- A word, and what the receiver's answer was, as `status 500`.
    reason     text NOT NULL CHECK (length(reason) <= 300),
    PRIMARY KEY (message_id, attempt)
);
CREATE TRIGGER notification_attempt_fixed BEFORE UPDATE ON notification_attempt FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- The ticket that stands for a finding in a tracker.
CREATE TABLE notification_ticket (
    channel    text NOT NULL,
    finding_id uuid NOT NULL REFERENCES finding,
    -- The tracker's own name of it, as `OPS-17` or `42`.
    key        text NOT NULL,
    address    text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (channel, finding_id)
);
CREATE INDEX notification_ticket_of ON notification_ticket (finding_id, created_at);

GRANT SELECT, INSERT ON notification_rule, notification_event, notification_message, notification_message_event,
                        notification_attempt, notification_ticket TO bevis_app;
GRANT UPDATE (ended_at) ON notification_rule TO bevis_app;
GRANT UPDATE (routed_at) ON notification_event TO bevis_app;
GRANT UPDATE (state, due_at, leased_until, attempts, forgiven, ended_at) ON notification_message TO bevis_app;
