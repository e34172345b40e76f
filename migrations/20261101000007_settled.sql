-- Up to which instant history is settled: a pack speaks of it, so nothing may be recorded at or before it any more.

CREATE TABLE settled (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    until    timestamptz NOT NULL
);
INSERT INTO settled (until) VALUES ('1970-01-01T00:00:00Z');

CREATE FUNCTION only_later() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.until < OLD.until THEN
        RAISE EXCEPTION 'what is settled stays settled' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER settled_only_later BEFORE UPDATE ON settled FOR EACH ROW EXECUTE FUNCTION only_later();
CREATE TRIGGER settled_kept BEFORE DELETE OR TRUNCATE ON settled FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

GRANT SELECT, UPDATE (until) ON settled TO bevis_app;
