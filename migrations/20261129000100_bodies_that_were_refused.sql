-- Bodies that were refused as a whole, counted by the minute: too long, too many, or not understood at all. What was in them is
-- not known, so nobody can say that nothing was.
CREATE TABLE intake_refused (
    cluster_id uuid NOT NULL REFERENCES cluster,
    source     text NOT NULL,
    minute     timestamptz NOT NULL,
    bodies     integer NOT NULL CHECK (bodies > 0),
    last_at    timestamptz NOT NULL,
    PRIMARY KEY (cluster_id, source, minute)
);
GRANT SELECT, INSERT, UPDATE (bodies, last_at), DELETE ON intake_refused TO bevis_app;
