//! What follows from a roster: who is enrolled where, who works where and as what, who belongs to whom.
use domain::Role;

use super::SOURCE;
use crate::import::derive::Derivation;

pub(super) const DERIVATIONS: &[Derivation] = &[
    Derivation { name: Some("enrolments"), needs: &["users.student"], sql: exits },
    Derivation { name: Some("enrolments"), needs: &["users.student"], sql: entries },
    Derivation { name: Some("enrolments"), needs: &["enrollments.student"], sql: dated },
    Derivation { name: Some("staff roles"), needs: &["users.staff"], sql: roles_end },
    Derivation { name: Some("staff roles"), needs: &["users.staff"], sql: roles_begin },
    Derivation { name: Some("student contacts"), needs: &["users.student"], sql: contacts },
    Derivation { name: Some("birth dates"), needs: &["demographics"], sql: birth_dates },
    Derivation {
        name: None,
        needs: &["users.student"],
        sql: || dangling("users_student", "orgs", "orgSourcedIds", "org"),
    },
    Derivation { name: None, needs: &["users.staff"], sql: || dangling("users_staff", "orgs", "orgSourcedIds", "org") },
    Derivation {
        name: None,
        needs: &["users.student"],
        sql: || dangling("users_student", "agents", "agentSourcedIds", "contact"),
    },
];

/// Today, where the school `s` is.
const TODAY: &str = "(now() AT TIME ZONE s.time_zone)::date";

/// Whoever is no longer at a school leaves it: on the day of deletion, or today if the roster just stopped naming it.
fn exits() -> String {
    format!(
        "UPDATE enrolments e SET exit_date = GREATEST(COALESCE(r.ended, {TODAY}), e.entry_date), batch = $1
         FROM resolved_users_student r, schools s
         WHERE r.reason IS NULL AND e.student = r.id AND e.school = s.id AND e.source = '{SOURCE}' AND e.exit_date IS NULL
           AND (r.ended IS NOT NULL OR NOT EXISTS ({}))",
        at("e.school")
    )
}

/// A user names schools without dates: a student entered with the first class there, if the enrolment in it says when it
/// began; or else with the session that runs now, or else today, and then the row says that this is assumed.
fn entries() -> String {
    format!(
        "INSERT INTO enrolments AS e (student, school, entry_date, entry_grade_level, assumed, source, batch)
         SELECT r.id, s.id,
                COALESCE((SELECT min(k.begin_date) FROM class_students k JOIN classes c ON c.id = k.class
                          WHERE k.student = r.id AND c.school = s.id),
                         (SELECT max(x.begin_date) FROM sessions x
                          WHERE x.source = '{SOURCE}' AND {TODAY} BETWEEN x.begin_date AND x.end_date),
                         {TODAY}),
                r.grades[1], NOT EXISTS (SELECT FROM class_students k JOIN classes c ON c.id = k.class
                                         WHERE k.student = r.id AND c.school = s.id AND k.begin_date IS NOT NULL),
                '{SOURCE}', $1
         FROM resolved_users_student r JOIN schools s ON EXISTS ({})
         WHERE r.reason IS NULL AND r.ended IS NULL
           AND NOT EXISTS (SELECT FROM enrolments k WHERE k.student = r.id AND k.school = s.id AND k.exit_date IS NULL)
         ON CONFLICT (student, school, entry_date) DO UPDATE SET exit_date = NULL, batch = EXCLUDED.batch",
        at("s.id")
    )
}

/// What was assumed and an enrolment in a class there now dates: the student entered with the first of them.
fn dated() -> String {
    format!(
        "UPDATE enrolments e SET entry_date = first.began, assumed = false, batch = $1
         FROM (SELECT k.student, c.school, min(k.begin_date) AS began
               FROM resolved_enrollments_student r JOIN class_students k ON k.student = r.student
               JOIN classes c ON c.id = k.class
               WHERE r.reason IS NULL GROUP BY k.student, c.school) first
         WHERE e.student = first.student AND e.school = first.school AND first.began IS NOT NULL
           AND e.source = '{SOURCE}' AND e.assumed AND e.exit_date IS NULL
           AND NOT EXISTS (SELECT FROM enrolments o WHERE o.student = e.student AND o.school = e.school
                           AND o.entry_date = first.began AND o.id <> e.id)"
    )
}

fn roles_end() -> String {
    format!(
        "UPDATE staff_roles h SET until = GREATEST(COALESCE(r.ended, {TODAY}), h.since), batch = $1
         FROM resolved_users_staff r, schools s
         WHERE r.reason IS NULL AND h.staff = r.id AND h.school = s.id AND h.source = '{SOURCE}' AND h.until IS NULL
           AND (r.ended IS NOT NULL OR NOT EXISTS ({}))",
        at("h.school")
    )
}

/// Everybody who works at a school is school staff, an administrator too: OneRoster does not say who the principal is,
/// and rights are given only where the words leave no doubt.
fn roles_begin() -> String {
    format!(
        "INSERT INTO staff_roles (staff, role, school, since, source, batch)
         SELECT r.id, '{}', s.id, {TODAY}, '{SOURCE}', $1
         FROM resolved_users_staff r JOIN schools s ON EXISTS ({})
         WHERE r.reason IS NULL AND r.ended IS NULL
           AND NOT EXISTS (SELECT FROM staff_roles h WHERE h.staff = r.id AND h.school = s.id
                           AND h.source = '{SOURCE}' AND h.until IS NULL)",
        Role::SchoolStaff,
        at("s.id"),
    )
}

fn contacts() -> String {
    format!(
        "INSERT INTO student_contacts (student, contact, source, batch)
         SELECT DISTINCT r.id, c.id, '{SOURCE}', $1::uuid
         FROM resolved_users_student r
         JOIN external_ids x ON x.source = '{SOURCE}' AND x.kind = 'contact' AND x.external_id = ANY (r.agents)
         JOIN contacts c ON c.id = x.id
         WHERE r.reason IS NULL AND r.ended IS NULL
         ON CONFLICT DO NOTHING"
    )
}

fn birth_dates() -> String {
    "UPDATE students s SET birth_date = d.birth_date, birth_sex = d.birth_sex FROM student_demographics d
     WHERE d.student = s.id AND d.batch = $1 AND (s.birth_date, s.birth_sex) IS DISTINCT FROM (d.birth_date, d.birth_sex)"
        .to_owned()
}

/// Each name in a list that leads nowhere, one by one; the row itself stands.
fn dangling(stage: &str, list: &str, field: &str, kind: &str) -> String {
    format!(
        "INSERT INTO import_rejects (file, line, kind, reason)
         SELECT r.file, r.line, 'users.{field}', '{field}: names no {kind} that is known'
         FROM resolved_{stage} r, unnest(r.{list}) name
         WHERE r.reason IS NULL AND r.ended IS NULL AND $1::uuid IS NOT NULL
           AND NOT EXISTS (SELECT FROM external_ids x
                           WHERE x.source = '{SOURCE}' AND x.kind = '{kind}' AND x.external_id = name)"
    )
}

/// Whether the user `r` is at `school`.
fn at(school: &str) -> String {
    format!(
        "SELECT FROM external_ids x WHERE x.source = '{SOURCE}' AND x.kind = 'org' AND x.id = {school}
         AND x.external_id = ANY (r.orgs)"
    )
}
