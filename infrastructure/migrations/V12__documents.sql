-- Documents are kept as the text that was written: they are read as a whole only, and taking jsonb apart and putting
-- it together again was the dearest part of a write. A store with a history gets it by a rebuild of these views.
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM events) THEN
        ALTER TABLE case_files ALTER COLUMN body TYPE text;
        ALTER TABLE entries ALTER COLUMN body TYPE text;
        UPDATE live_views SET version = 2 WHERE view IN ('case_files', 'entries');
    END IF;
END $$;
