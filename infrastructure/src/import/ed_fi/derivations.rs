//! What follows from a district's files: roles from assignments, school days from calendars, schools from events.
use super::{
    SOURCE,
    roles::{INSTRUCTIONAL, PERSONAL_CALENDARS, ROLES},
};
use crate::import::derive::{Derivation, submitted};

const ASSUMED: &str = "enrolments (assumed)";
const SUBMITTED: &str = "days submitted";

pub(super) const DERIVATIONS: &[Derivation] = &[
    Derivation {
        name: Some("staff roles"),
        needs: &["StaffEducationOrganizationAssignmentAssociation"],
        sql: staff_roles,
    },
    Derivation { name: Some(ASSUMED), needs: &["StudentSchoolAssociation"], sql: confirmed },
    Derivation { name: Some("school days"), needs: &["CalendarDate"], sql: school_days },
    Derivation {
        name: Some(ASSUMED),
        needs: &["StudentSchoolAttendanceEvent"],
        sql: || assumed("SELECT student, school, event_date AS day, reason FROM resolved_studentschoolattendanceevent"),
    },
    Derivation {
        name: Some(ASSUMED),
        needs: &["StudentSectionAttendanceEvent"],
        sql: || {
            assumed("SELECT student, school, event_date AS day, reason FROM resolved_studentsectionattendanceevent")
        },
    },
    Derivation {
        name: Some(ASSUMED),
        needs: &["StudentDisciplineIncidentAssociation"],
        sql: || {
            assumed(
                "SELECT a.student, i.school, i.incident_date AS day, a.reason
                 FROM resolved_studentdisciplineincidentassociation a JOIN discipline_incidents i ON i.id = a.incident",
            )
        },
    },
    Derivation {
        name: Some(ASSUMED),
        needs: &["StudentInterventionAssociation"],
        sql: || {
            assumed(
                "SELECT a.student, s.id AS school, i.begin_date AS day, a.reason
                 FROM resolved_studentinterventionassociation a
                 JOIN interventions i ON i.id = a.intervention JOIN schools s ON s.id = i.education_organization",
            )
        },
    },
    Derivation { name: Some(ASSUMED), needs: &["StudentSchoolAssociation"], sql: no_longer_assumed },
    Derivation {
        name: Some(SUBMITTED),
        needs: &["StudentSchoolAttendanceEvent"],
        sql: || submitted("resolved_studentschoolattendanceevent"),
    },
    Derivation {
        name: Some(SUBMITTED),
        needs: &["StudentSectionAttendanceEvent"],
        sql: || submitted("resolved_studentsectionattendanceevent"),
    },
];

/// A role lasts from the assignment's first day to its last; our `until` is the day after.
fn staff_roles() -> String {
    let map: Vec<String> = ROLES.iter().map(|(code, role)| format!("({}, '{role}')", quoted(code))).collect();
    format!(
        "INSERT INTO staff_roles AS t (staff, role, school, since, until, assignment, source, batch)
         SELECT a.staff, m.role, s.id, a.begin_date,
                CASE WHEN a.end_date IS NOT NULL THEN GREATEST(a.end_date + 1, a.begin_date) END, a.id, '{SOURCE}', $1
         FROM staff_assignments a
         JOIN schools s ON s.id = a.education_organization
         JOIN (VALUES {}) m (code, role) ON m.code = split_part(a.staff_classification, '#', 2)
         WHERE a.source = '{SOURCE}'
         ON CONFLICT (assignment) DO UPDATE SET role = EXCLUDED.role, until = EXCLUDED.until, batch = EXCLUDED.batch
         WHERE (t.role, t.until) IS DISTINCT FROM (EXCLUDED.role, EXCLUDED.until)",
        map.join(", ")
    )
}

/// A school with several calendars is in session when any of them is. What people set by hand stays.
fn school_days() -> String {
    format!(
        "INSERT INTO school_days AS t (school, day, instructional, source, batch)
         SELECT c.school, d.date,
                bool_or(EXISTS (SELECT FROM unnest(d.calendar_events) e WHERE split_part(e, '#', 2) IN ({}))),
                '{SOURCE}', $1
         FROM calendar_dates d JOIN calendars c ON c.id = d.calendar
         WHERE c.source = '{SOURCE}' AND split_part(c.calendar_type, '#', 2) NOT IN ({})
         GROUP BY c.school, d.date
         ON CONFLICT (school, day) DO UPDATE SET instructional = EXCLUDED.instructional, batch = EXCLUDED.batch
         WHERE t.source = EXCLUDED.source AND t.instructional <> EXCLUDED.instructional",
        list(INSTRUCTIONAL),
        list(PERSONAL_CALENDARS),
    )
}

/// A student without any enrolment belongs to the school at which something happened to them, from the beginning of
/// the session in which it first did; the row says that this is assumed.
fn assumed(events: &str) -> String {
    format!(
        "INSERT INTO enrolments (student, school, entry_date, assumed, source, batch)
         SELECT e.student, e.school,
                COALESCE((SELECT max(x.begin_date) FROM sessions x
                          WHERE x.school = e.school AND e.day BETWEEN x.begin_date AND x.end_date), e.day),
                true, '{SOURCE}', $1
         FROM (SELECT student, school, min(day) AS day FROM ({events}) all_events
               WHERE reason IS NULL GROUP BY student, school) e
         WHERE NOT EXISTS (SELECT FROM enrolments k WHERE k.student = e.student AND (NOT k.assumed OR k.school = e.school))
         ON CONFLICT DO NOTHING"
    )
}

/// What was assumed and the district now says itself, to the day. Only rows that a source wrote have a hash.
fn confirmed() -> String {
    format!(
        "UPDATE enrolments SET assumed = false, batch = $1 WHERE assumed AND source = '{SOURCE}' AND hash IS NOT NULL"
    )
}

/// Once the district says where a student is enrolled, nothing needs to be assumed.
fn no_longer_assumed() -> String {
    format!(
        "DELETE FROM enrolments a WHERE a.assumed AND a.source = '{SOURCE}' AND $1::uuid IS NOT NULL
         AND EXISTS (SELECT FROM enrolments k WHERE k.student = a.student AND NOT k.assumed)"
    )
}

fn list(codes: &[&str]) -> String {
    codes.iter().map(|code| quoted(code)).collect::<Vec<_>>().join(", ")
}

fn quoted(code: &str) -> String {
    format!("'{}'", code.replace('\'', "''"))
}
