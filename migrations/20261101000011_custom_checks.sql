-- Which definitions of the operator's own checks were tried, and where: a definition counts once it was tried on some
-- cluster, and a changed one has another digest.
CREATE TABLE custom_check_trial (
    id         uuid PRIMARY KEY,
    check_id   text NOT NULL,
    digest     uuid NOT NULL,
    cluster_id uuid NOT NULL REFERENCES cluster,
    tried_at   timestamptz NOT NULL
);
CREATE INDEX custom_check_trial_digest ON custom_check_trial (digest);
CREATE TRIGGER custom_check_trial_fixed BEFORE UPDATE ON custom_check_trial FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER custom_check_trial_kept BEFORE DELETE OR TRUNCATE ON custom_check_trial FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON custom_check_trial TO bevis_app;
