-- Evidence packs with their bytes, and which server polls which cluster.

CREATE TABLE pack (
    id          uuid PRIMARY KEY,
    scope       jsonb NOT NULL,
    as_of       timestamptz NOT NULL,
    created_by  uuid NOT NULL REFERENCES person,
    created_at  timestamptz NOT NULL,
    status      text NOT NULL CHECK (status IN ('queued', 'building', 'ready', 'failed')),
    started_at  timestamptz,
    error_id    text,
    -- How often building began: a pack that takes the server down with it is given up after a few.
    attempts    integer NOT NULL DEFAULT 0,
    sha256      text,
    archive     bytea,
    CHECK ((status = 'ready') = (archive IS NOT NULL AND sha256 IS NOT NULL))
);
CREATE INDEX pack_newest ON pack (created_at DESC, id DESC);
CREATE INDEX pack_waiting ON pack (created_at) WHERE status IN ('queued', 'building');

CREATE TABLE lease (
    cluster_id uuid PRIMARY KEY REFERENCES cluster,
    holder     uuid NOT NULL,
    until      timestamptz NOT NULL
);
