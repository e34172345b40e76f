-- Tokens of the API, and the answers to writes that may be sent again.

CREATE TABLE api_token (
    id           uuid PRIMARY KEY,
    person_id    uuid NOT NULL REFERENCES person,
    name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    -- SHA-256 of the secret; the secret itself is nowhere on the server.
    secret_hash  bytea NOT NULL CHECK (length(secret_hash) = 32),
    scopes       text[] NOT NULL CHECK (cardinality(scopes) > 0),
    -- The clusters that it is limited to; all where there is none.
    clusters     text[] NOT NULL,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL CHECK (expires_at > created_at),
    last_used_at timestamptz,
    -- When its use was last put into the ledger.
    noted_at     timestamptz,
    revoked_at   timestamptz,
    revoked_by   text,
    CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);
CREATE INDEX api_token_of_person ON api_token (person_id, created_at DESC);
CREATE TRIGGER api_token_kept BEFORE DELETE OR TRUNCATE ON api_token FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE idempotent_answer (
    -- `person:<id>` or `token:<id>`.
    sender       text NOT NULL,
    key          text NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
    -- SHA-256 over what was asked.
    request      bytea NOT NULL CHECK (length(request) = 32),
    created_at   timestamptz NOT NULL,
    -- The answer; null while it is made.
    status       smallint,
    content_type text,
    body         bytea,
    PRIMARY KEY (sender, key),
    CHECK (num_nulls(status, body) IN (0, 2))
);
CREATE INDEX idempotent_answer_age ON idempotent_answer (created_at);

GRANT SELECT, INSERT ON api_token TO bevis_app;
GRANT UPDATE (last_used_at, noted_at, revoked_at, revoked_by) ON api_token TO bevis_app;
GRANT SELECT, INSERT, DELETE ON idempotent_answer TO bevis_app;
GRANT UPDATE (request, created_at, status, content_type, body) ON idempotent_answer TO bevis_app;
