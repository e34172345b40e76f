-- When the rule of identity becomes another one, findings get new keys, once, recorded. A finding's id, its history and the
-- decisions on it stay what they are; two findings that have become one go on as one of them.

CREATE TABLE rekey (
    id           uuid PRIMARY KEY,
    from_version smallint NOT NULL,
    to_version   smallint NOT NULL UNIQUE CHECK (to_version > from_version),
    at           timestamptz NOT NULL
);

-- The fingerprint of a finding by a later version of the rule than the one by which it was first found.
CREATE TABLE finding_key (
    finding_id  uuid NOT NULL REFERENCES finding,
    version     smallint NOT NULL,
    cluster_id  uuid NOT NULL,
    fingerprint uuid NOT NULL,
    PRIMARY KEY (finding_id, version)
);
CREATE INDEX finding_key_fingerprint ON finding_key (cluster_id, version, fingerprint);

-- Findings that are one with another by a version of the rule, which goes on for them.
CREATE TABLE finding_merged (
    finding_id uuid NOT NULL REFERENCES finding,
    version    smallint NOT NULL REFERENCES rekey (to_version),
    goes_on_as uuid NOT NULL REFERENCES finding CHECK (goes_on_as <> finding_id),
    PRIMARY KEY (finding_id, version)
);
CREATE INDEX finding_merged_into ON finding_merged (goes_on_as);

-- To see at start, without reading all findings, whether any is of an older version.
CREATE INDEX finding_version ON finding (fingerprint_version);

-- An interval is ended by a scan or, of a finding that goes on as another, by the re-keying.
ALTER TABLE finding_interval ADD COLUMN rekeyed_by uuid REFERENCES rekey;
DO $$
DECLARE
    named name;
BEGIN
    SELECT conname INTO STRICT named FROM pg_constraint
    WHERE conrelid = 'finding_interval'::regclass AND contype = 'c' AND pg_get_constraintdef(oid) LIKE '%closed_by%';
    EXECUTE format('ALTER TABLE finding_interval DROP CONSTRAINT %I', named);
END $$;
ALTER TABLE finding_interval ADD CONSTRAINT finding_interval_ended_by
    CHECK ((valid_to IS NULL) = (closed_by IS NULL AND rekeyed_by IS NULL) AND (closed_by IS NULL OR rekeyed_by IS NULL));

CREATE OR REPLACE FUNCTION only_closing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.valid_to IS NOT NULL OR NEW.valid_to IS NULL
       OR to_jsonb(OLD) - '{valid_to,closed_by,continued,rekeyed_by}'::text[]
          IS DISTINCT FROM to_jsonb(NEW) - '{valid_to,closed_by,continued,rekeyed_by}'::text[] THEN
        RAISE EXCEPTION 'history of % is append-only: only closing an open interval is allowed', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER rekey_fixed BEFORE UPDATE ON rekey FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER finding_key_fixed BEFORE UPDATE ON finding_key FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER finding_merged_fixed BEFORE UPDATE ON finding_merged FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER rekey_kept BEFORE DELETE OR TRUNCATE ON rekey FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER finding_key_kept BEFORE DELETE OR TRUNCATE ON finding_key FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER finding_merged_kept BEFORE DELETE OR TRUNCATE ON finding_merged FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

GRANT SELECT, INSERT ON rekey, finding_key, finding_merged TO bevis_app;
GRANT UPDATE (rekeyed_by) ON finding_interval TO bevis_app;

-- Since when an open finding was not seen, because what could be read of its source did not include its subject: neither
-- closed nor failing afresh.
CREATE TABLE finding_unseen (
    finding_id uuid NOT NULL REFERENCES finding,
    cluster_id uuid NOT NULL,
    source     text NOT NULL,
    -- When a scan first did not see it.
    valid_from timestamptz NOT NULL,
    valid_to   timestamptz CHECK (valid_to > valid_from)
);
CREATE UNIQUE INDEX finding_unseen_open ON finding_unseen (cluster_id, source, finding_id) WHERE valid_to IS NULL;
CREATE INDEX finding_unseen_finding ON finding_unseen (finding_id, valid_from);

CREATE TRIGGER finding_unseen_closing BEFORE UPDATE ON finding_unseen FOR EACH ROW EXECUTE FUNCTION only_closing();
CREATE TRIGGER finding_unseen_kept BEFORE DELETE OR TRUNCATE ON finding_unseen FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

GRANT SELECT, INSERT ON finding_unseen TO bevis_app;
GRANT UPDATE (valid_to) ON finding_unseen TO bevis_app;
