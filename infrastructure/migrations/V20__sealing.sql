-- What is said of a student is sealed under two keys of the student's own: one for the mental-health compartment, one for
-- all else. They stand here wrapped by a master key that is never in the database. Without its row what was said is gone.
CREATE TABLE student_keys (
    student         uuid        PRIMARY KEY,
    master          text        NOT NULL,
    case_key        bytea       NOT NULL,
    compartment_key bytea       NOT NULL,
    made_at         timestamptz NOT NULL DEFAULT now()
);

-- Which master key the store was begun under, and something that it wrapped: another one is noticed at the start.
ALTER TABLE installation ADD COLUMN master_key text, ADD COLUMN master_check bytea;

-- Words are a sealed text. A store with a history was written before there were any, and is not opened any more.
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM events) THEN
        ALTER TABLE timeline ALTER COLUMN words TYPE jsonb USING to_jsonb(words);
        UPDATE live_views SET version = 2 WHERE view = 'timeline';
    END IF;
END $$;
