-- Whom something new is told of: what follows from it on their cases is worked out behind the writers, row by row.

-- One row for each thing that is told anew: of a student, of all open cases of a school (neither name nor marks), or of
-- everybody (neither). Rows are only added by who tells, so that nobody waits for anybody; who looks takes them away.
CREATE TABLE to_look_at (
    id      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    student uuid,
    school  uuid,
    due_at  timestamptz NOT NULL DEFAULT now(),
    CHECK (student IS NULL OR school IS NULL)
);

-- Whose turn it is to look, when everybody was last to be looked at, and behind whom that goes on.
CREATE TABLE looking (
    one             boolean     PRIMARY KEY DEFAULT true CHECK (one),
    by              uuid,
    until           timestamptz NOT NULL DEFAULT '-infinity',
    everybody_on    date        NOT NULL DEFAULT '-infinity',
    everybody_after uuid
);
INSERT INTO looking DEFAULT VALUES;

CREATE FUNCTION look_at_students() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO to_look_at (student) SELECT DISTINCT student FROM told;
    RETURN NULL;
END $$;

CREATE FUNCTION look_at_schools() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO to_look_at (school) SELECT DISTINCT school FROM told WHERE school IS NOT NULL;
    RETURN NULL;
END $$;

CREATE FUNCTION look_at_everybody() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO to_look_at DEFAULT VALUES;
    RETURN NULL;
END $$;

-- What is told of students, whoever tells it and by which way.
DO $$
DECLARE
    told text;
BEGIN
    FOREACH told IN ARRAY ARRAY[
        'student_school_attendance_events', 'student_section_attendance_events', 'discipline_actions',
        'student_discipline_incident_associations', 'grades', 'enrolments', 'assumed_stays'
    ] LOOP
        EXECUTE format('CREATE TRIGGER looked_at_when_new AFTER INSERT ON %I REFERENCING NEW TABLE AS told
                        FOR EACH STATEMENT EXECUTE FUNCTION look_at_students()', told);
        EXECUTE format('CREATE TRIGGER looked_at_when_changed AFTER UPDATE ON %I REFERENCING NEW TABLE AS told
                        FOR EACH STATEMENT EXECUTE FUNCTION look_at_students()', told);
        EXECUTE format('CREATE TRIGGER looked_at_when_gone AFTER DELETE ON %I REFERENCING OLD TABLE AS told
                        FOR EACH STATEMENT EXECUTE FUNCTION look_at_students()', told);
    END LOOP;
    FOREACH told IN ARRAY ARRAY['submitted_days', 'school_days', 'sessions'] LOOP
        EXECUTE format('CREATE TRIGGER looked_at_when_new AFTER INSERT ON %I REFERENCING NEW TABLE AS told
                        FOR EACH STATEMENT EXECUTE FUNCTION look_at_schools()', told);
        EXECUTE format('CREATE TRIGGER looked_at_when_changed AFTER UPDATE ON %I REFERENCING NEW TABLE AS told
                        FOR EACH STATEMENT EXECUTE FUNCTION look_at_schools()', told);
    END LOOP;
END $$;

CREATE TRIGGER looked_at_when_new AFTER INSERT ON policies
    FOR EACH STATEMENT EXECUTE FUNCTION look_at_everybody();
