-- Who has logged in, by name, and which of their sessions are live: asked for by the page of people and by one's own preferences.

CREATE INDEX person_by_name ON person (lower(name), id);
CREATE INDEX session_by_person ON session (person_id, expires_at);
