-- Reference data: what the district's own systems (or people, by hand) say about schools, students and staff.
-- It is not our history and never becomes events; it is kept with where it came from:
--   source  the system that owns the row ('ed-fi', 'one-roster', 'hand')
--   batch   the import that last changed it
--   hash    what the source said then, so that a row that says the same again is left alone
-- Ed-Fi descriptors are full URIs. Numbers that a district gives to people stand in external_ids and nowhere else.

CREATE TABLE import_batches (
    id          uuid PRIMARY KEY,
    source      text NOT NULL,
    started_at  timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    outcome     text NOT NULL DEFAULT 'running' CHECK (outcome IN ('running', 'finished', 'failed', 'interrupted')),
    counts      jsonb
);

CREATE TABLE external_ids (
    source      text NOT NULL,
    kind        text NOT NULL,
    external_id text NOT NULL,
    id          uuid NOT NULL,
    PRIMARY KEY (source, kind, external_id)
);
CREATE INDEX external_ids_id ON external_ids (id);

-- Organisations -------------------------------------------------------------------------------------------------

CREATE TABLE education_organizations (
    id         uuid PRIMARY KEY,
    category   text NOT NULL,
    name       text NOT NULL,
    short_name text,
    parent     uuid,
    ended_on   date,
    source     text NOT NULL,
    batch      uuid REFERENCES import_batches,
    hash       bytea
);

CREATE TABLE schools (
    id                 uuid PRIMARY KEY,
    name               text NOT NULL,
    short_name         text,
    district           uuid,
    school_category    text,
    operational_status text,
    grade_levels       text[] NOT NULL DEFAULT '{}',
    time_zone          text NOT NULL DEFAULT 'America/New_York',
    ended_on           date,
    source             text NOT NULL,
    batch              uuid REFERENCES import_batches,
    hash               bytea
);
CREATE INDEX schools_name ON schools (lower(name), id);

CREATE TABLE partners (
    id              uuid PRIMARY KEY,
    name            text NOT NULL,
    short_name      text,
    parent          uuid,
    provider_status text,
    source          text NOT NULL,
    batch           uuid REFERENCES import_batches,
    hash            bytea
);
CREATE INDEX partners_name ON partners (lower(name), id);

CREATE TABLE programs (
    id                     uuid PRIMARY KEY,
    education_organization uuid NOT NULL,
    program_name           text NOT NULL,
    program_type           text NOT NULL,
    source                 text NOT NULL,
    batch                  uuid REFERENCES import_batches,
    hash                   bytea
);

-- Time ----------------------------------------------------------------------------------------------------------

CREATE TABLE sessions (
    id                       uuid PRIMARY KEY,
    school                   uuid REFERENCES schools,
    session_name             text NOT NULL,
    school_year              text,
    term                     text,
    begin_date               date NOT NULL,
    end_date                 date NOT NULL,
    total_instructional_days integer,
    ended_on                 date,
    source                   text NOT NULL,
    batch                    uuid REFERENCES import_batches,
    hash                     bytea
);
CREATE INDEX sessions_school ON sessions (school, begin_date);

CREATE TABLE grading_periods (
    id                       uuid PRIMARY KEY,
    school                   uuid REFERENCES schools,
    grading_period           text,
    grading_period_name      text,
    period_sequence          integer,
    school_year              text,
    begin_date               date NOT NULL,
    end_date                 date NOT NULL,
    total_instructional_days integer,
    ended_on                 date,
    source                   text NOT NULL,
    batch                    uuid REFERENCES import_batches,
    hash                     bytea
);
CREATE INDEX grading_periods_school ON grading_periods (school, begin_date);

CREATE TABLE calendars (
    id            uuid PRIMARY KEY,
    school        uuid NOT NULL REFERENCES schools,
    calendar_code text NOT NULL,
    calendar_type text NOT NULL,
    school_year   text,
    source        text NOT NULL,
    batch         uuid REFERENCES import_batches,
    hash          bytea
);

CREATE TABLE calendar_dates (
    calendar        uuid NOT NULL REFERENCES calendars,
    date            date NOT NULL,
    calendar_events text[] NOT NULL,
    source          text NOT NULL,
    batch           uuid REFERENCES import_batches,
    hash            bytea,
    PRIMARY KEY (calendar, date)
);

-- What a school's calendar comes to, day by day. No row: Monday to Friday are instructional.
CREATE TABLE school_days (
    school        uuid NOT NULL REFERENCES schools,
    day           date NOT NULL,
    instructional boolean NOT NULL,
    source        text NOT NULL,
    batch         uuid REFERENCES import_batches,
    PRIMARY KEY (school, day)
);

-- Students ------------------------------------------------------------------------------------------------------

CREATE TABLE students (
    id                     uuid PRIMARY KEY,
    given_name             text NOT NULL,
    middle_name            text,
    family_name            text NOT NULL,
    generation_suffix      text,
    preferred_given_name   text,
    preferred_family_name  text,
    birth_date             date,
    birth_sex              text,
    ended_on               date,
    source                 text NOT NULL,
    batch                  uuid REFERENCES import_batches,
    hash                   bytea
);
CREATE INDEX students_name ON students (lower(family_name), lower(given_name), id);

-- What OneRoster keeps apart from the person.
CREATE TABLE student_demographics (
    student    uuid PRIMARY KEY REFERENCES students,
    birth_date date,
    birth_sex  text,
    ended_on   date,
    source     text NOT NULL,
    batch      uuid REFERENCES import_batches,
    hash       bytea
);

-- assumed: the source names the school but not since when (or only events there tell of it).
CREATE TABLE enrolments (
    id                 uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    student            uuid NOT NULL REFERENCES students,
    school             uuid NOT NULL REFERENCES schools,
    entry_date         date NOT NULL,
    entry_grade_level  text,
    entry_type         text,
    exit_date          date,
    exit_type          text,
    assumed            boolean NOT NULL DEFAULT false,
    source             text NOT NULL,
    batch              uuid REFERENCES import_batches,
    hash               bytea,
    CONSTRAINT enrolments_once UNIQUE (student, school, entry_date)
);
CREATE INDEX enrolments_school ON enrolments (school, student);

CREATE TABLE contacts (
    id          uuid PRIMARY KEY,
    given_name  text NOT NULL,
    family_name text NOT NULL,
    e_mail      text,
    telephone   text,
    ended_on    date,
    source      text NOT NULL,
    batch       uuid REFERENCES import_batches,
    hash        bytea
);

CREATE TABLE student_contacts (
    student                  uuid NOT NULL REFERENCES students,
    contact                  uuid NOT NULL REFERENCES contacts,
    relation                 text,
    primary_contact_status   boolean,
    lives_with               boolean,
    emergency_contact_status boolean,
    legal_guardian           boolean,
    source                   text NOT NULL,
    batch                    uuid REFERENCES import_batches,
    hash                     bytea,
    PRIMARY KEY (student, contact)
);
CREATE INDEX student_contacts_contact ON student_contacts (contact);

CREATE TABLE student_program_associations (
    student                uuid NOT NULL REFERENCES students,
    program                uuid NOT NULL REFERENCES programs,
    education_organization uuid NOT NULL,
    association            text NOT NULL,
    begin_date             date NOT NULL,
    end_date               date,
    reason_exited          text,
    services               text[] NOT NULL DEFAULT '{}',
    source                 text NOT NULL,
    batch                  uuid REFERENCES import_batches,
    hash                   bytea,
    PRIMARY KEY (student, program, education_organization, association, begin_date)
);

CREATE TABLE cohorts (
    id                     uuid PRIMARY KEY,
    education_organization uuid NOT NULL,
    cohort_identifier      text NOT NULL,
    cohort_description     text,
    cohort_type            text,
    cohort_scope           text,
    source                 text NOT NULL,
    batch                  uuid REFERENCES import_batches,
    hash                   bytea
);

CREATE TABLE student_cohort_associations (
    student    uuid NOT NULL REFERENCES students,
    cohort     uuid NOT NULL REFERENCES cohorts,
    begin_date date NOT NULL,
    end_date   date,
    source     text NOT NULL,
    batch      uuid REFERENCES import_batches,
    hash       bytea,
    PRIMARY KEY (student, cohort, begin_date)
);

-- Staff ---------------------------------------------------------------------------------------------------------

CREATE TABLE staff (
    id          uuid PRIMARY KEY,
    given_name  text NOT NULL,
    middle_name text,
    family_name text NOT NULL,
    e_mail      text,
    login_id    text,
    subject     text CONSTRAINT staff_subject_once UNIQUE,
    ended_on    date,
    source      text NOT NULL,
    batch       uuid REFERENCES import_batches,
    hash        bytea
);

CREATE TABLE staff_employments (
    staff                  uuid NOT NULL REFERENCES staff,
    education_organization uuid NOT NULL,
    employment_status      text NOT NULL,
    hire_date              date NOT NULL,
    end_date               date,
    source                 text NOT NULL,
    batch                  uuid REFERENCES import_batches,
    hash                   bytea,
    PRIMARY KEY (staff, education_organization, employment_status, hire_date)
);

CREATE TABLE staff_assignments (
    id                     uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    staff                  uuid NOT NULL REFERENCES staff,
    education_organization uuid NOT NULL,
    staff_classification   text NOT NULL,
    position_title         text,
    begin_date             date NOT NULL,
    end_date               date,
    source                 text NOT NULL,
    batch                  uuid REFERENCES import_batches,
    hash                   bytea,
    CONSTRAINT staff_assignments_once UNIQUE (staff, education_organization, staff_classification, begin_date)
);

CREATE TABLE staff_schools (
    staff              uuid NOT NULL REFERENCES staff,
    school             uuid NOT NULL REFERENCES schools,
    program_assignment text NOT NULL,
    grade_levels       text[] NOT NULL DEFAULT '{}',
    academic_subjects  text[] NOT NULL DEFAULT '{}',
    source             text NOT NULL,
    batch              uuid REFERENCES import_batches,
    hash               bytea,
    PRIMARY KEY (staff, school, program_assignment)
);

-- What a person may do follows from these rows alone, from the day since up to, not including, the day until.
CREATE TABLE staff_roles (
    id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    staff      uuid NOT NULL REFERENCES staff,
    role       text NOT NULL,
    school     uuid REFERENCES schools,
    partner    uuid REFERENCES partners,
    since      date NOT NULL,
    until      date,
    assignment uuid CONSTRAINT staff_roles_assignment_once UNIQUE REFERENCES staff_assignments,
    source     text NOT NULL,
    batch      uuid REFERENCES import_batches,
    CONSTRAINT staff_roles_in_order CHECK (until >= since)
);
CREATE INDEX staff_roles_staff ON staff_roles (staff);
CREATE INDEX staff_roles_school ON staff_roles (school, staff);

-- Attendance, grades --------------------------------------------------------------------------------------------
-- The largest tables: the import has looked each student, school and session up before it writes, so no foreign
-- keys check them again.

CREATE TABLE student_school_attendance_events (
    student                    uuid NOT NULL,
    school                     uuid NOT NULL,
    event_date                 date NOT NULL,
    session                    uuid,
    attendance_event_category  text NOT NULL,
    attendance_event_reason    text,
    event_duration             numeric,
    school_attendance_duration integer,
    arrival_time               time,
    departure_time             time,
    source                     text NOT NULL,
    batch                      uuid,
    hash                       bytea,
    PRIMARY KEY (student, school, event_date)
);
CREATE INDEX student_school_attendance_events_day ON student_school_attendance_events (school, event_date);

CREATE TABLE student_section_attendance_events (
    student                     uuid NOT NULL,
    school                      uuid NOT NULL,
    session                     uuid NOT NULL,
    local_course_code           text NOT NULL,
    section_identifier          text NOT NULL,
    event_date                  date NOT NULL,
    attendance_event_category   text NOT NULL,
    attendance_event_reason     text,
    event_duration              numeric,
    section_attendance_duration integer,
    arrival_time                time,
    departure_time              time,
    source                      text NOT NULL,
    batch                       uuid,
    hash                        bytea,
    PRIMARY KEY (student, school, session, local_course_code, section_identifier, event_date, attendance_event_category)
);

CREATE TABLE grades (
    student              uuid NOT NULL,
    school               uuid NOT NULL,
    session              uuid NOT NULL,
    local_course_code    text NOT NULL,
    section_identifier   text NOT NULL,
    grade_type           text NOT NULL,
    grading_period       text,
    grading_period_name  text,
    letter_grade_earned  text,
    numeric_grade_earned numeric,
    source               text NOT NULL,
    batch                uuid,
    hash                 bytea,
    CONSTRAINT grades_once UNIQUE NULLS NOT DISTINCT
        (student, school, session, local_course_code, section_identifier, grade_type, grading_period, grading_period_name)
);

-- Discipline ----------------------------------------------------------------------------------------------------

CREATE TABLE discipline_incidents (
    id                          uuid PRIMARY KEY,
    school                      uuid NOT NULL REFERENCES schools,
    incident_identifier         text NOT NULL,
    incident_date               date NOT NULL,
    incident_time               time,
    incident_location           text,
    reporter_description        text,
    behaviors                   text[] NOT NULL DEFAULT '{}',
    reported_to_law_enforcement boolean,
    source                      text NOT NULL,
    batch                       uuid REFERENCES import_batches,
    hash                        bytea
);

CREATE TABLE student_discipline_incident_associations (
    student             uuid NOT NULL REFERENCES students,
    incident            uuid NOT NULL REFERENCES discipline_incidents,
    association         text NOT NULL,
    behavior            text,
    participation_codes text[] NOT NULL DEFAULT '{}',
    source              text NOT NULL,
    batch               uuid REFERENCES import_batches,
    hash                bytea,
    CONSTRAINT student_discipline_incident_associations_once UNIQUE NULLS NOT DISTINCT
        (student, incident, association, behavior)
);

CREATE TABLE discipline_actions (
    student                         uuid NOT NULL REFERENCES students,
    discipline_action_identifier    text NOT NULL,
    discipline_date                 date NOT NULL,
    school                          uuid REFERENCES schools,
    incident                        uuid REFERENCES discipline_incidents,
    disciplines                     text[] NOT NULL DEFAULT '{}',
    discipline_action_length        numeric,
    actual_discipline_action_length numeric,
    source                          text NOT NULL,
    batch                           uuid REFERENCES import_batches,
    hash                            bytea,
    PRIMARY KEY (student, discipline_action_identifier, discipline_date)
);

-- Interventions as the district's system knows them -------------------------------------------------------------

CREATE TABLE intervention_prescriptions (
    id                       uuid PRIMARY KEY,
    education_organization   uuid NOT NULL,
    identification_code      text NOT NULL,
    intervention_class       text,
    delivery_method          text,
    diagnoses                text[] NOT NULL DEFAULT '{}',
    appropriate_grade_levels text[] NOT NULL DEFAULT '{}',
    min_dosage               integer,
    max_dosage               integer,
    source                   text NOT NULL,
    batch                    uuid REFERENCES import_batches,
    hash                     bytea
);

CREATE TABLE interventions (
    id                       uuid PRIMARY KEY,
    education_organization   uuid NOT NULL,
    identification_code      text NOT NULL,
    prescription             uuid REFERENCES intervention_prescriptions,
    intervention_class       text,
    delivery_method          text,
    diagnoses                text[] NOT NULL DEFAULT '{}',
    appropriate_grade_levels text[] NOT NULL DEFAULT '{}',
    begin_date               date NOT NULL,
    end_date                 date,
    min_dosage               integer,
    max_dosage               integer,
    source                   text NOT NULL,
    batch                    uuid REFERENCES import_batches,
    hash                     bytea
);

CREATE TABLE student_intervention_associations (
    student              uuid NOT NULL REFERENCES students,
    intervention         uuid NOT NULL REFERENCES interventions,
    begin_date           date,
    dosage               integer,
    source               text NOT NULL,
    batch                uuid REFERENCES import_batches,
    hash                 bytea,
    PRIMARY KEY (student, intervention)
);

-- Classes (OneRoster) -------------------------------------------------------------------------------------------

CREATE TABLE courses (
    id          uuid PRIMARY KEY,
    title       text NOT NULL,
    course_code text,
    ended_on    date,
    source      text NOT NULL,
    batch       uuid REFERENCES import_batches,
    hash        bytea
);

CREATE TABLE classes (
    id         uuid PRIMARY KEY,
    school     uuid NOT NULL REFERENCES schools,
    course     uuid REFERENCES courses,
    title      text NOT NULL,
    class_code text,
    class_type text,
    ended_on   date,
    source     text NOT NULL,
    batch      uuid REFERENCES import_batches,
    hash       bytea
);
CREATE INDEX classes_school ON classes (school);

CREATE TABLE class_students (
    id         uuid PRIMARY KEY,
    class      uuid NOT NULL REFERENCES classes,
    student    uuid NOT NULL REFERENCES students,
    begin_date date,
    end_date   date,
    source     text NOT NULL,
    batch      uuid REFERENCES import_batches,
    hash       bytea
);
CREATE INDEX class_students_student ON class_students (student);

CREATE TABLE class_staff (
    id         uuid PRIMARY KEY,
    class      uuid NOT NULL REFERENCES classes,
    staff      uuid NOT NULL REFERENCES staff,
    is_primary boolean,
    begin_date date,
    end_date   date,
    source     text NOT NULL,
    batch      uuid REFERENCES import_batches,
    hash       bytea
);
CREATE INDEX class_staff_staff ON class_staff (staff);
