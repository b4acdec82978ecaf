-- What indicators are worked out of, beside the reference tables.

-- The days for which a school has submitted attendance. What comes after the last of them is unknown, not present.
-- assumed: nobody submitted it; an import was told to take it so.
CREATE TABLE submitted_days (
    school  uuid    NOT NULL REFERENCES schools,
    day     date    NOT NULL,
    assumed boolean NOT NULL DEFAULT false,
    batch   uuid    REFERENCES import_batches,
    PRIMARY KEY (school, day)
);
INSERT INTO submitted_days (school, day)
SELECT DISTINCT school, event_date FROM student_school_attendance_events WHERE school IN (SELECT id FROM schools)
UNION
SELECT DISTINCT school, event_date FROM student_section_attendance_events WHERE school IN (SELECT id FROM schools);

-- Students who are taken to be enrolled for all days of the sessions, because an import was told so
-- (import … --assume-enrolled). calendar is the school whose days count; school is absent where nobody knows it.
CREATE TABLE assumed_stays (
    student    uuid NOT NULL REFERENCES students,
    school     uuid REFERENCES schools,
    calendar   uuid NOT NULL REFERENCES schools,
    entry_date date NOT NULL,
    exit_date  date NOT NULL,
    batch      uuid REFERENCES import_batches,
    PRIMARY KEY (student, calendar, entry_date)
);
CREATE INDEX assumed_stays_school ON assumed_stays (school, student);

-- Policies of the district's own, each version for good. The presets stand in the program.
CREATE TABLE policies (
    name        text        NOT NULL,
    version     integer     NOT NULL CHECK (version > 0),
    body        text        NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    recorded_by uuid        NOT NULL REFERENCES staff,
    PRIMARY KEY (name, version)
);
