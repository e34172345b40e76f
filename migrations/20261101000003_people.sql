-- People, their sessions, and log-ins on their way.

CREATE TABLE person (
    id            uuid PRIMARY KEY,
    -- Issuer and subject together are who somebody is; name and e-mail are what they were called last.
    issuer        text NOT NULL,
    subject       text NOT NULL CHECK (length(subject) BETWEEN 1 AND 255),
    name          text NOT NULL,
    email         text,
    created_at    timestamptz NOT NULL,
    last_login_at timestamptz NOT NULL,
    UNIQUE (issuer, subject)
);

CREATE TABLE session (
    -- SHA-256 of the cookie's value; the value itself is nowhere on the server.
    id_hash      bytea PRIMARY KEY CHECK (length(id_hash) = 32),
    person_id    uuid NOT NULL REFERENCES person,
    roles        text[] NOT NULL CHECK (cardinality(roles) > 0),
    created_at   timestamptz NOT NULL,
    last_used_at timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    ended_at     timestamptz,
    ended_by     text CHECK (ended_by IN ('logout', 'idle', 'absolute', 'rotated', 'revoked', 'limit', 'provider')),
    -- The hint for the provider's log-out; kept only where the provider offers one.
    id_token     text,
    provider_sid text
);
CREATE INDEX session_of_person ON session (person_id) WHERE ended_at IS NULL;
CREATE INDEX session_expiry ON session (expires_at) WHERE ended_at IS NULL;

CREATE TABLE pending_login (
    -- SHA-256 of the state parameter, which the browser also holds in a cookie.
    state_hash    bytea PRIMARY KEY CHECK (length(state_hash) = 32),
    nonce         text NOT NULL,
    pkce_verifier text NOT NULL,
    return_to     text NOT NULL,
    created_at    timestamptz NOT NULL
);
