-- The application works as the role bevis_app, which may add to history and the ledger and close intervals,
-- and may never delete or alter what is recorded. Triggers refuse the same; the role is the second lock.

DO $$
BEGIN
    CREATE ROLE bevis_app NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;
END $$;

GRANT USAGE ON SCHEMA public TO bevis_app;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO bevis_app;
GRANT INSERT ON cluster, scan, check_result, finding, finding_interval, open_findings, open_findings_daily, person, session, pending_login,
                decision, decision_finding, ledger, pack, lease TO bevis_app;
GRANT UPDATE (title, server, version, valid_to) ON cluster TO bevis_app;
GRANT UPDATE (valid_to, closed_by) ON check_result TO bevis_app;
GRANT UPDATE (valid_to, closed_by, continued) ON finding_interval TO bevis_app;
GRANT UPDATE (valid_to) ON open_findings TO bevis_app;
GRANT UPDATE (net) ON open_findings_daily TO bevis_app;
GRANT UPDATE (name, email, last_login_at) ON person TO bevis_app;
GRANT UPDATE (last_used_at, ended_at, ended_by, id_token, roles) ON session TO bevis_app;
GRANT UPDATE (status, started_at, error_id, attempts, sha256, archive) ON pack TO bevis_app;
GRANT UPDATE, DELETE ON lease TO bevis_app;
GRANT DELETE ON pending_login TO bevis_app;
DO $$
BEGIN
    IF NOT pg_has_role(CURRENT_USER, 'bevis_app', 'MEMBER') THEN
        EXECUTE format('GRANT bevis_app TO %I', CURRENT_USER);
    END IF;
END $$;
