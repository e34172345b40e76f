-- Lists that fit work: what findings are about can be searched, filtered and grouped by.

-- The vulnerability that a finding is about, where its key names one.
ALTER TABLE finding ADD COLUMN cve text GENERATED ALWAYS AS (
    upper(substring(subject_key FROM '(?i)\m(CVE-[0-9]{4}-[0-9]{4,19}|GHSA(?:-[0-9a-z]{4}){3})\M'))
) STORED;
CREATE INDEX finding_cve ON finding (cve) WHERE cve IS NOT NULL;
CREATE INDEX finding_object ON finding (subject_namespace, subject_name);
CREATE INDEX finding_check ON finding (check_id);

-- Lists that people gave a name. What a view says is its newest version; history of it is kept.
CREATE TABLE saved_view (
    id         uuid PRIMARY KEY,
    person_id  uuid NOT NULL REFERENCES person,
    created_at timestamptz NOT NULL
);
CREATE INDEX saved_view_of_person ON saved_view (person_id);

CREATE TABLE saved_view_version (
    version bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    view_id uuid NOT NULL REFERENCES saved_view,
    name    text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    -- The query of the list, as the server writes it.
    query   text NOT NULL CHECK (length(query) <= 4000),
    shared  boolean NOT NULL,
    removed boolean NOT NULL,
    -- What who said so was called then.
    said_by text NOT NULL,
    said_at timestamptz NOT NULL
);
CREATE INDEX saved_view_newest ON saved_view_version (view_id, said_at DESC, version DESC);
CREATE INDEX saved_view_shared ON saved_view_version (view_id) WHERE shared;

CREATE TRIGGER saved_view_fixed BEFORE UPDATE ON saved_view FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER saved_view_kept BEFORE DELETE OR TRUNCATE ON saved_view FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER saved_view_version_fixed BEFORE UPDATE ON saved_view_version FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER saved_view_version_kept BEFORE DELETE OR TRUNCATE ON saved_view_version FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT ON saved_view, saved_view_version TO bevis_app;

-- When somebody last worked with findings, so that what is new since can be marked. Not history: the newest visit alone.
CREATE TABLE visit (
    person_id uuid PRIMARY KEY REFERENCES person,
    -- When the visit began that goes on, and when something was last looked at in it.
    began_at  timestamptz NOT NULL,
    seen_at   timestamptz NOT NULL CHECK (seen_at >= began_at),
    -- When something was last looked at in the visit before; null in the first.
    before_at timestamptz CHECK (before_at < began_at)
);
GRANT SELECT, INSERT ON visit TO bevis_app;
GRANT UPDATE (began_at, seen_at, before_at) ON visit TO bevis_app;
CREATE INDEX decision_finding_age ON decision_finding (decided_at);
