-- What clusters send by themselves: who may, what arrived, and what is kept of it.

-- A token opens one source of one cluster. Of its secret only the SHA-256 is here.
CREATE TABLE intake_token (
    id           uuid PRIMARY KEY,
    cluster_id   uuid NOT NULL REFERENCES cluster,
    source       text NOT NULL,
    name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    secret_hash  bytea NOT NULL CHECK (length(secret_hash) = 32),
    created_at   timestamptz NOT NULL,
    created_by   text NOT NULL,
    expires_at   timestamptz NOT NULL CHECK (expires_at > created_at),
    revoked_at   timestamptz,
    revoked_by   text,
    last_used_at timestamptz,
    CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);
CREATE INDEX intake_token_source ON intake_token (cluster_id, source, expires_at);

-- Every body that was taken; its digest keeps the same body from being taken twice.
CREATE TABLE intake_delivery (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    cluster_id    uuid NOT NULL REFERENCES cluster,
    source        text NOT NULL,
    token_id      uuid NOT NULL REFERENCES intake_token,
    received_at   timestamptz NOT NULL,
    sha256        bytea NOT NULL CHECK (length(sha256) = 32),
    bytes         integer NOT NULL CHECK (bytes >= 0),
    taken         integer NOT NULL CHECK (taken >= 0),
    repeated      integer NOT NULL CHECK (repeated >= 0),
    refused       integer NOT NULL CHECK (refused >= 0),
    -- The newest event in it, never later than its arrival; null where it told nothing new.
    newest_at     timestamptz CHECK (newest_at <= received_at),
    -- When the same body came again.
    sent_again_at timestamptz,
    UNIQUE (cluster_id, source, sha256)
);
CREATE INDEX intake_delivery_newest ON intake_delivery (cluster_id, source, newest_at DESC) WHERE newest_at IS NOT NULL;
CREATE INDEX intake_delivery_received ON intake_delivery (source, received_at);

-- Bodies as they came, only where the configuration says for how long.
CREATE TABLE intake_raw (
    delivery_id bigint PRIMARY KEY,
    received_at timestamptz NOT NULL,
    body        bytea NOT NULL
);
CREATE INDEX intake_raw_received ON intake_raw (received_at);

-- Single events that arrived lately, by digest: senders deliver at least once.
CREATE TABLE intake_event (
    cluster_id  uuid NOT NULL REFERENCES cluster,
    source      text NOT NULL,
    key         uuid NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (cluster_id, source, key)
);
CREATE INDEX intake_event_received ON intake_event (received_at);

-- Events that belong together, as one line: a rule and what it is about. No event itself is kept.
CREATE TABLE event_group (
    cluster_id        uuid NOT NULL REFERENCES cluster,
    source            text NOT NULL,
    key               uuid NOT NULL,
    rule              text NOT NULL,
    subject_kind      text NOT NULL,
    subject_namespace text,
    subject_name      text NOT NULL,
    subject_key       text,
    severity          smallint NOT NULL CHECK (severity BETWEEN 0 AND 5),
    first_at          timestamptz NOT NULL,
    last_at           timestamptz NOT NULL CHECK (last_at >= first_at),
    events            bigint NOT NULL CHECK (events > 0),
    PRIMARY KEY (cluster_id, source, key)
);
CREATE INDEX event_group_last ON event_group (cluster_id, source, last_at DESC);

-- The newest report of each producer (a scanner, a node's kube-bench): what it says now.
CREATE TABLE pushed_report (
    cluster_id  uuid NOT NULL REFERENCES cluster,
    source      text NOT NULL,
    producer    text NOT NULL,
    -- One message of many, which speaks until another takes it back.
    is_message  boolean NOT NULL,
    received_at timestamptz NOT NULL,
    sha256      bytea NOT NULL CHECK (length(sha256) = 32),
    refused     integer NOT NULL CHECK (refused >= 0),
    content     jsonb NOT NULL,
    PRIMARY KEY (cluster_id, source, producer)
);

-- Batches of audit events: a chain for each cluster, so that a gap or a changed batch shows.
CREATE TABLE audit_batch (
    cluster_id  uuid NOT NULL REFERENCES cluster,
    seq         bigint NOT NULL CHECK (seq > 0),
    received_at timestamptz NOT NULL,
    sha256      bytea NOT NULL CHECK (length(sha256) = 32),
    events      integer NOT NULL CHECK (events >= 0),
    first_at    timestamptz,
    last_at     timestamptz,
    -- Events by user, verb and resource. The exact bytes that were hashed; text, because jsonb would not keep them.
    counts      text NOT NULL,
    prev_hash   bytea NOT NULL CHECK (length(prev_hash) = 32),
    hash        bytea NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (cluster_id, seq)
);
CREATE TRIGGER audit_batch_fixed BEFORE UPDATE ON audit_batch FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_batch_kept BEFORE DELETE OR TRUNCATE ON audit_batch FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER intake_token_kept BEFORE DELETE OR TRUNCATE ON intake_token FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

GRANT SELECT, INSERT ON intake_token, intake_delivery, intake_raw, intake_event, event_group, pushed_report, audit_batch TO bevis_app;
GRANT UPDATE (revoked_at, revoked_by, last_used_at) ON intake_token TO bevis_app;
GRANT UPDATE (sent_again_at) ON intake_delivery TO bevis_app;
GRANT UPDATE (severity, last_at, events) ON event_group TO bevis_app;
GRANT UPDATE (received_at, sha256, refused, content) ON pushed_report TO bevis_app;
GRANT DELETE ON intake_delivery, intake_raw, intake_event, event_group TO bevis_app;
