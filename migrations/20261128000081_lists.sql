-- Lists that fit work: what findings are about can be searched, filtered and grouped by.

-- The vulnerability that a finding is about, where its key names one.
ALTER TABLE finding ADD COLUMN cve text GENERATED ALWAYS AS (
    upper(substring(subject_key FROM '(?i)\m(CVE-[0-9]{4}-[0-9]{4,19}|GHSA(?:-[0-9a-z]{4}){3})\M'))
) STORED;
CREATE INDEX finding_cve ON finding (cve) WHERE cve IS NOT NULL;
CREATE INDEX finding_object ON finding (subject_namespace, subject_name);
CREATE INDEX finding_check ON finding (check_id);
