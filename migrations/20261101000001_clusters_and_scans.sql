-- Clusters that are polled, and the log of every reading of every source.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE TABLE cluster (
    id         uuid PRIMARY KEY,
    name       text NOT NULL CHECK (name ~ '^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$'),
    title      text NOT NULL,
    server     text NOT NULL,
    version    text,
    valid_from timestamptz NOT NULL,
    -- Null while the cluster is in the configuration. A cluster that leaves keeps its history.
    valid_to   timestamptz CHECK (valid_to > valid_from)
);
CREATE UNIQUE INDEX cluster_current_name ON cluster (name) WHERE valid_to IS NULL;

CREATE TABLE scan (
    id          uuid PRIMARY KEY,
    cluster_id  uuid NOT NULL REFERENCES cluster,
    source      text NOT NULL,
    started_at  timestamptz NOT NULL,
    ended_at    timestamptz NOT NULL CHECK (ended_at >= started_at),
    -- When it became part of history. Monotonic per cluster and source; what "as of" asks by.
    recorded_at timestamptz NOT NULL,
    coverage    text NOT NULL CHECK (coverage IN ('complete', 'truncated', 'forbidden', 'hidden', 'absent',
                                                  'never_ran', 'stale', 'unreachable', 'failed')),
    error       text CHECK (length(error) <= 500),
    version     text,
    reads       jsonb NOT NULL,
    -- The digest of what was seen; null where nothing could be judged. Equal digests mean an unchanged scan.
    digest      uuid,
    -- A scan that began before one already recorded: kept in the log, and without effect.
    superseded  boolean NOT NULL DEFAULT false,
    opened      integer NOT NULL,
    closed      integer NOT NULL,
    changed     integer NOT NULL
);
CREATE INDEX scan_newest ON scan (cluster_id, source, recorded_at DESC);
-- The newest scan that could be judged, and the newest that saw something, also behind a long outage.
CREATE INDEX scan_judged ON scan (cluster_id, source, recorded_at DESC) INCLUDE (digest, ended_at) WHERE digest IS NOT NULL;
CREATE INDEX scan_seen ON scan (cluster_id, source, recorded_at DESC) INCLUDE (ended_at, version)
    WHERE coverage IN ('complete', 'truncated') AND NOT superseded;
