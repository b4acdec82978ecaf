-- A file that was stored completely, by a load that is through, is not read again while it is what it was. Its keys tell
-- which rows another file says something of, too: eight bytes a row, by which no row can be found.
ALTER TABLE loaded_files
    ADD COLUMN through  boolean NOT NULL DEFAULT false,
    ADD COLUMN rejected bigint  NOT NULL DEFAULT 0,
    ADD COLUMN told     jsonb   NOT NULL DEFAULT '{}',
    ADD COLUMN keys     bytea   NOT NULL DEFAULT '';
ALTER TABLE loaded_files ALTER COLUMN keys SET STORAGE EXTERNAL;

-- Whatever else changes or removes such rows (another import, an erasure, somebody by hand) has all files read again.
CREATE FUNCTION forget_loaded_files() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('throughline.loading', true) IS DISTINCT FROM 'on' AND EXISTS (SELECT FROM was) THEN
        DELETE FROM loaded_files;
    END IF;
    RETURN NULL;
END $$;

DO $$
DECLARE
    told text;
BEGIN
    FOREACH told IN ARRAY ARRAY[
        'student_school_attendance_events', 'student_section_attendance_events', 'discipline_actions', 'school_days',
        'student_discipline_incident_associations', 'grades', 'course_transcripts', 'student_assessments'
    ] LOOP
        EXECUTE format('CREATE TRIGGER read_again_when_changed AFTER UPDATE ON %I REFERENCING OLD TABLE AS was
                        FOR EACH STATEMENT EXECUTE FUNCTION forget_loaded_files()', told);
        EXECUTE format('CREATE TRIGGER read_again_when_gone AFTER DELETE ON %I REFERENCING OLD TABLE AS was
                        FOR EACH STATEMENT EXECUTE FUNCTION forget_loaded_files()', told);
    END LOOP;
END $$;
