-- What was asked of clusters. Null in scans from before anything was counted: not counted is not none.
ALTER TABLE scan
    ADD COLUMN requests integer CHECK (requests >= 0),
    ADD COLUMN bytes    bigint CHECK (bytes >= 0),
    ADD CHECK ((requests IS NULL) = (bytes IS NULL));

-- One row a round: a reading of all sources of a cluster, with the budget that it had.
CREATE TABLE scan_round (
    id                  uuid PRIMARY KEY,
    cluster_id          uuid NOT NULL REFERENCES cluster,
    started_at          timestamptz NOT NULL,
    ended_at            timestamptz NOT NULL CHECK (ended_at >= started_at),
    recorded_at         timestamptz NOT NULL,
    requests            integer NOT NULL CHECK (requests >= 0),
    -- Of the bodies of all answers, uncompressed.
    bytes               bigint NOT NULL CHECK (bytes >= 0),
    largest_answer      bigint NOT NULL CHECK (largest_answer >= 0),
    requests_per_second integer NOT NULL,
    most_bytes          bigint NOT NULL,
    page_size           integer NOT NULL,
    most_answer         bigint NOT NULL
);
CREATE INDEX scan_round_newest ON scan_round (cluster_id, recorded_at DESC);
CREATE TRIGGER scan_round_fixed BEFORE UPDATE ON scan_round FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER scan_round_kept BEFORE DELETE OR TRUNCATE ON scan_round FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON scan_round TO bevis_app;
