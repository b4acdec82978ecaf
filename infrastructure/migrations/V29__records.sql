-- Credits and assessments, as the district's systems tell them.

-- What a student attempted and earned in a course of a term: Ed-Fi's course transcripts.
CREATE TABLE course_transcripts (
    student                    uuid NOT NULL,
    education_organization     uuid NOT NULL,
    school_year                text NOT NULL,
    term                       text NOT NULL,
    course_code                text NOT NULL,
    course_attempt_result      text,
    attempted_credits          numeric,
    earned_credits             numeric,
    final_letter_grade_earned  text,
    final_numeric_grade_earned numeric,
    source                     text NOT NULL,
    batch                      uuid,
    hash                       bytea,
    CONSTRAINT course_transcripts_once UNIQUE NULLS NOT DISTINCT
        (student, education_organization, school_year, term, course_code, course_attempt_result)
);

-- What a student achieved in an assessment. scores and reporting_methods belong together, one by one.
CREATE TABLE student_assessments (
    student                       uuid NOT NULL,
    assessment_identifier         text NOT NULL,
    namespace                     text,
    student_assessment_identifier text NOT NULL,
    administration_date           date NOT NULL,
    subject                       text,
    scores                        text[] NOT NULL DEFAULT '{}',
    reporting_methods             text[] NOT NULL DEFAULT '{}',
    performance_levels            text[] NOT NULL DEFAULT '{}',
    source                        text NOT NULL,
    batch                         uuid,
    hash                          bytea,
    CONSTRAINT student_assessments_once UNIQUE NULLS NOT DISTINCT
        (student, assessment_identifier, namespace, student_assessment_identifier)
);

-- A source may say of a day itself whether it is taught.
ALTER TABLE school_days ADD COLUMN hash bytea;
