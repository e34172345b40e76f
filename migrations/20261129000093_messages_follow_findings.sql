-- What becomes of a finding goes wherever a ticket or an alert stands for it; messages know the rule that they come by.

-- The rule by which a message tells of an event: its quiet hours, and what a digest is narrowed to. None where a closing follows a
-- ticket or an alert.
ALTER TABLE notification_message_event ADD COLUMN rule_id uuid REFERENCES notification_rule;

ALTER TABLE notification_event DROP CONSTRAINT notification_event_rules_check,
    ADD CONSTRAINT notification_event_rules_check CHECK (cardinality(rules) > 0 OR kind = 'finding_closed');
-- Events of one finding are put into messages one after the other.
CREATE INDEX notification_event_of_finding ON notification_event (finding_id) WHERE routed_at IS NULL;
-- Messages of one topic are sent one after the other; where a finding was told.
CREATE INDEX notification_message_topic ON notification_message (topic, channel);

-- A finding that fires as an alert. Receivers forget what they are not told again.
CREATE TABLE notification_alert (
    channel     text NOT NULL,
    finding_id  uuid NOT NULL REFERENCES finding,
    -- What was told last, and is told again; without it there is nothing to tell.
    event_id    uuid NOT NULL REFERENCES notification_event ON DELETE CASCADE,
    language    text NOT NULL,
    time_zone   text NOT NULL,
    -- When it is told again.
    again_at    timestamptz NOT NULL,
    resolved_at timestamptz,
    PRIMARY KEY (channel, finding_id)
);
CREATE INDEX notification_alert_again ON notification_alert (channel, again_at) WHERE resolved_at IS NULL;
CREATE INDEX notification_alert_event ON notification_alert (event_id);
GRANT SELECT, INSERT, UPDATE (event_id, language, time_zone, again_at, resolved_at) ON notification_alert TO bevis_app;

-- What fires already. Of channels that are no alerts nobody asks.
INSERT INTO notification_alert (channel, finding_id, event_id, language, time_zone, again_at)
SELECT t.channel, t.finding_id, t.event_id, t.language, t.time_zone, t.ended_at
FROM (
    SELECT DISTINCT ON (m.channel, e.finding_id) m.channel, e.finding_id, e.id AS event_id, e.kind, m.language, m.time_zone, m.ended_at
    FROM notification_message m
    JOIN notification_message_event o ON o.message_id = m.id
    JOIN notification_event e ON e.id = o.event_id
    WHERE m.topic LIKE 'finding/%' AND m.state = 'sent' AND e.finding_id IS NOT NULL
    ORDER BY m.channel, e.finding_id, e.at DESC, e.id DESC
) AS t
WHERE t.kind <> 'finding_closed' AND NOT EXISTS (SELECT FROM notification_ticket k WHERE k.channel = t.channel AND k.finding_id = t.finding_id);
