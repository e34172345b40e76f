-- That a decision and its findings are there is checked once for all rows that a statement writes, and no longer row by row:
-- of a decision about 100,000 findings the two foreign keys took 2.5 s of 2.8 s. Neither findings nor decisions can be changed or
-- deleted, so that what was there once stays.

ALTER TABLE decision_finding
    DROP CONSTRAINT decision_finding_finding_id_fkey,
    DROP CONSTRAINT decision_finding_decision_id_fkey;

CREATE FUNCTION about_what_is_there() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM (SELECT DISTINCT decision_id FROM written) AS w
               WHERE NOT EXISTS (SELECT FROM decision WHERE id = w.decision_id))
       OR EXISTS (SELECT FROM written AS w WHERE NOT EXISTS (SELECT FROM finding WHERE id = w.finding_id)) THEN
        RAISE EXCEPTION 'a row of % names a decision or a finding that is not there', TG_TABLE_NAME
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER decision_finding_about AFTER INSERT ON decision_finding REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION about_what_is_there();
