-- What went wrong with a reading, as words with their values, which every reader sees in their own language; beside the sentence,
-- which stays as it is. Null where nothing went wrong, and in scans from before: of those there is the sentence alone.
ALTER TABLE scan ADD COLUMN problems jsonb CHECK (jsonb_typeof(problems) = 'array');
