-- What a cluster was called, where it was reached and which version it told, as intervals: an old pack and a page of the
-- past say what was so then.
CREATE TABLE cluster_facts (
    cluster_id uuid NOT NULL REFERENCES cluster,
    title      text NOT NULL,
    server     text NOT NULL,
    version    text,
    valid_from timestamptz NOT NULL,
    valid_to   timestamptz CHECK (valid_to > valid_from)
);
CREATE UNIQUE INDEX cluster_facts_current ON cluster_facts (cluster_id) WHERE valid_to IS NULL;
CREATE INDEX cluster_facts_past ON cluster_facts (cluster_id, valid_from);

INSERT INTO cluster_facts (cluster_id, title, server, version, valid_from)
SELECT id, title, server, version, valid_from FROM cluster;
ALTER TABLE cluster DROP COLUMN title, DROP COLUMN server, DROP COLUMN version;

CREATE TRIGGER cluster_facts_closing BEFORE UPDATE ON cluster_facts FOR EACH ROW EXECUTE FUNCTION only_closing();
CREATE TRIGGER cluster_facts_kept BEFORE DELETE OR TRUNCATE ON cluster_facts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- On which days (UTC) a source of a cluster was judged at all: a trend must not show a day on which nobody looked as a day
-- without findings. Written with the first judged scan of the day.
CREATE TABLE observed_day (
    day        date NOT NULL,
    cluster_id uuid NOT NULL REFERENCES cluster,
    source     text NOT NULL,
    PRIMARY KEY (day, cluster_id, source)
);
INSERT INTO observed_day (day, cluster_id, source)
SELECT DISTINCT (recorded_at AT TIME ZONE 'UTC')::date, cluster_id, source FROM scan WHERE digest IS NOT NULL;

CREATE TRIGGER observed_day_fixed BEFORE UPDATE ON observed_day FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER observed_day_kept BEFORE DELETE OR TRUNCATE ON observed_day FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

GRANT SELECT, INSERT ON cluster_facts, observed_day TO bevis_app;
GRANT UPDATE (valid_to) ON cluster_facts TO bevis_app;
GRANT UPDATE (valid_to) ON cluster TO bevis_app;
