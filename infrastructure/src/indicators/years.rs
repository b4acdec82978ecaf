//! What is told of students in a year, gathered student by student.
use std::collections::BTreeMap;

use application::Error;
use domain::{
    StudentId,
    indicator::{
        AssessmentResult, CourseCredits, CourseGrade, DayMark, Mark, SchoolYear, Score, Stay, StudentYear, Suspension,
    },
};
use tokio_postgres::Row;
use uuid::Uuid;

use super::{PgIndicators, ids};

/// Enrolments that are assumed tell where a student is, not since when: they count only where an import was told to take
/// the student as enrolled, and only while no source says better.
const STAYS: &str = "
    SELECT student, school, entry_date, exit_date, false FROM enrolments
    WHERE student = ANY($1) AND NOT assumed AND entry_date <= $3 AND (exit_date IS NULL OR exit_date >= $2)
    UNION ALL
    SELECT student, calendar, entry_date, exit_date, true FROM assumed_stays a
    WHERE student = ANY($1) AND entry_date <= $3 AND exit_date >= $2
      AND NOT EXISTS (SELECT FROM enrolments e WHERE e.student = a.student AND NOT e.assumed)
    ORDER BY 1, 3, 2";

const DAYS: &str = "
    SELECT student, event_date, school, attendance_event_category, attendance_event_reason
    FROM student_school_attendance_events WHERE student = ANY($1) AND event_date BETWEEN $2 AND $3
    ORDER BY 1, 2";

/// Marks of sections, each with whether the school keeps daily attendance, too.
const SECTIONS: &str = "
    SELECT student, event_date, school, attendance_event_category, attendance_event_reason,
           EXISTS (SELECT FROM student_school_attendance_events d
                   WHERE d.school = s.school AND d.event_date BETWEEN $2 AND $3)
    FROM student_section_attendance_events s WHERE student = ANY($1) AND event_date BETWEEN $2 AND $3
    ORDER BY 1, 2, 3";

/// Who was a victim of an incident, a witness to it or reported it did not offend.
const INCIDENTS: &str = "
    SELECT DISTINCT a.student, i.incident_date, i.id
    FROM student_discipline_incident_associations a JOIN discipline_incidents i ON i.id = a.incident
    WHERE a.student = ANY($1) AND i.incident_date BETWEEN $2 AND $3 AND a.association NOT LIKE '%NonOffender%'
      AND NOT EXISTS (SELECT FROM unnest(a.participation_codes) code WHERE code ~ '(Victim|Witness|Reporter)$')
    ORDER BY 1, 2";

/// An expulsion is a suspension from school for as long as it is said to last.
const SUSPENSIONS: &str = "
    SELECT student, discipline_date,
           least(ceil(coalesce(actual_discipline_action_length, discipline_action_length, 1)), 400)::integer,
           NOT EXISTS (SELECT FROM unnest(disciplines) d WHERE lower(d) ~ 'in[- ]school suspension')
    FROM discipline_actions
    WHERE student = ANY($1) AND discipline_date BETWEEN $2 AND $3
      AND EXISTS (SELECT FROM unnest(disciplines) d WHERE lower(d) ~ 'suspen|expul')
    ORDER BY 1, 2";

/// A grade stands for its grading period, or for the session where it names none.
const GRADES: &str = "
    SELECT g.student, g.local_course_code, coalesce(p.begin_date, s.begin_date), coalesce(p.end_date, s.end_date),
           round(g.numeric_grade_earned * 100)::integer, g.letter_grade_earned,
           lower(g.grade_type) ~ 'final|semester'
    FROM grades g JOIN sessions s ON s.id = g.session
    LEFT JOIN LATERAL (
        SELECT begin_date, end_date FROM grading_periods p
        WHERE p.school = g.school AND p.begin_date >= s.begin_date AND p.end_date <= s.end_date
          AND (p.grading_period = g.grading_period OR p.grading_period_name = g.grading_period_name)
        ORDER BY begin_date LIMIT 1) p ON true
    WHERE g.student = ANY($1) AND s.begin_date <= $3 AND s.end_date >= $2
    ORDER BY 1, 2";

/// A school year by the year in which it ends, and a term by its school's session of the same year. What stands in the
/// transcripts of later years is not of this one.
const CREDITS: &str = "
    SELECT t.student, t.ending, round(coalesce(t.attempted_credits, 0) * 100)::integer,
           round(coalesce(t.earned_credits, 0) * 100)::integer,
           (SELECT max(s.end_date) FROM sessions s
            WHERE s.school = t.education_organization AND s.school_year = t.school_year
              AND (s.term = t.term OR s.session_name = t.term))
    FROM (SELECT *, substring(school_year from '[0-9]{4}$')::smallint AS ending FROM course_transcripts
          WHERE student = ANY($1)) t
    WHERE $2::date <= $3 AND t.ending <= extract(year FROM $3::date)
    ORDER BY 1, 2";

/// Scores and the methods by which they are reported belong together, one by one.
const ASSESSMENTS: &str = "
    SELECT student, administration_date, assessment_identifier, subject, scores, reporting_methods, performance_levels
    FROM student_assessments WHERE student = ANY($1) AND administration_date BETWEEN $2 AND $3
    ORDER BY 1, 2, 3, student_assessment_identifier";

pub(super) async fn read(
    pg: &PgIndicators,
    students: &[StudentId],
    year: SchoolYear,
) -> Result<BTreeMap<StudentId, StudentYear>, Error> {
    let (students_ids, (first, last)) = (ids(students), year.days().into_inner());
    let mut years: BTreeMap<StudentId, StudentYear> =
        students.iter().map(|&student| (student, StudentYear::default())).collect();
    let ask = async |sql: &str| pg.rows(sql, &[&students_ids, &first, &last]).await;
    let mut each = |rows: Vec<Row>, take: fn(&mut StudentYear, &Row)| {
        for row in &rows {
            if let Some(year) = years.get_mut(&row.get::<_, Uuid>(0).into()) {
                take(year, row);
            }
        }
    };
    each(ask(STAYS).await?, |year, row| {
        let school = row.get::<_, Uuid>(1).into();
        year.stays.push(Stay { school, from: row.get(2), until: row.get(3), assumed: row.get(4) });
    });
    each(ask(DAYS).await?, |year, row| year.marks.push(mark(row)));
    each(ask(SECTIONS).await?, |year, row| year.mark_section(mark(row), row.get(5)));
    each(ask(INCIDENTS).await?, |year, row| year.incidents.push(row.get(1)));
    each(ask(SUSPENSIONS).await?, |year, row| {
        let days = row.get::<_, i32>(2).try_into().unwrap_or(0);
        year.suspensions.push(Suspension { from: row.get(1), days, out_of_school: row.get(3) });
    });
    each(ask(GRADES).await?, |year, row| {
        year.grades.push(CourseGrade {
            course: row.get(1),
            from: row.get(2),
            until: row.get(3),
            numeric: row.get::<_, Option<i32>>(4).and_then(|points| points.try_into().ok()),
            letter: row.get(5),
            is_final: row.get(6),
        });
    });
    each(ask(CREDITS).await?, |year, row| {
        let hundredths = |place| row.get::<_, i32>(place).try_into().unwrap_or(0);
        year.credits.push(CourseCredits {
            school_year: row.get::<_, i16>(1).into(),
            until: row.get(4),
            attempted: hundredths(2),
            earned: hundredths(3),
        });
    });
    each(ask(ASSESSMENTS).await?, |year, row| year.assessments.push(assessment(row)));
    Ok(years)
}

fn assessment(row: &Row) -> AssessmentResult {
    let texts = |place| row.get::<_, Vec<String>>(place).into_iter().map(|text| word(&text));
    let mut methods = texts(5);
    let score = |result| Score { method: methods.next(), result };
    AssessmentResult {
        on: row.get(1),
        assessment: row.get(2),
        subject: row.get(3),
        scores: row.get::<_, Vec<String>>(4).into_iter().map(score).collect(),
        levels: texts(6).collect(),
    }
}

/// The word that a descriptor's URI ends with.
fn word(descriptor: &str) -> String {
    descriptor.rsplit('#').next().unwrap_or(descriptor).to_owned()
}

fn mark(row: &Row) -> DayMark {
    let mark = Mark::read(row.get(3), row.get(4));
    DayMark { day: row.get(1), school: row.get::<_, Uuid>(2).into(), mark }
}
