//! Questions about reference data.
use std::collections::HashMap;

use application::{
    After, Error, Page,
    reference::{
        ConfidentialityAgreement, Partner, ReadReference, School, SchoolCalendarDays, SchoolDay, StaffRecord,
        StaffRole, Student, StudentLine, StudentsWanted, Term,
    },
};
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::{PartnerId, SchoolId, StaffId, StudentId};
use tokio_postgres::Row;
use uuid::Uuid;

use super::{
    PgReference,
    rows::{after, after_person, enrolment, maybe, partner, school, staff_member, staff_role, student_line, text},
};
use crate::staff::agreement::{signed, signed_last};

/// The line of each student in a list: the names that the student goes by, and the school at which the list finds them,
/// by an enrolment or by a case that is open there.
/// The fence (OFFSET 0) has students looked up by their ids, not all of the district's read.
const STUDENT_LINES: &str = "
    SELECT * FROM (
        SELECT s.id, COALESCE(s.preferred_given_name, s.given_name) AS given_name,
               COALESCE(s.preferred_family_name, s.family_name) AS family_name,
               COALESCE(e.school, c.school) AS school, e.entry_grade_level,
               lower(s.family_name) AS family, lower(s.given_name) AS given
        FROM (SELECT student FROM enrolments WHERE school = ANY ($1)
              UNION SELECT student FROM caseload WHERE school = ANY ($1) AND status = 'open'
              UNION SELECT unnest($2::uuid[])) known
        CROSS JOIN LATERAL (SELECT * FROM students WHERE id = known.student OFFSET 0) s
        LEFT JOIN LATERAL (
            SELECT school FROM caseload
            WHERE student = s.id AND (s.id = ANY ($2) OR (school = ANY ($1) AND status = 'open'))
              AND ($3::uuid IS NULL OR school = $3) OFFSET 0) c ON true
        LEFT JOIN LATERAL (
            SELECT school, entry_grade_level FROM enrolments
            WHERE student = s.id AND (school = ANY ($1) OR s.id = ANY ($2)) AND ($3::uuid IS NULL OR school = $3)
              AND entry_date <= $4 AND (exit_date IS NULL OR exit_date >= $4)
            ORDER BY entry_date DESC, school LIMIT 1) e ON true
        WHERE NOT EXISTS (SELECT FROM unnest($5::text[]) word WHERE NOT EXISTS (
              SELECT FROM unnest(ARRAY[s.given_name, s.middle_name, s.family_name,
                                       s.preferred_given_name, s.preferred_family_name]) name,
                          regexp_split_to_table(lower(name), '[\\s-]+') part
              WHERE part LIKE word OR lower(name) LIKE word))) line
    WHERE school IS NOT NULL
      AND ($6::uuid IS NULL OR (family, given, id) > (
          SELECT lower(family_name), lower(given_name), id FROM students WHERE id = $6))
    ORDER BY family, given, id LIMIT $7";

/// `since` is the first day, `until` the first on which the role is held no more.
const IN_FORCE: &str = "r.since <= d.today AND (r.until IS NULL OR r.until > d.today)";

/// Somebody on the staff, with what they signed last.
const STAFF_MEMBER: &str = concat!("SELECT * FROM staff", signed_last!(), " WHERE id = $1");

#[async_trait]
impl ReadReference for PgReference {
    async fn school(&self, id: SchoolId) -> Result<Option<School>, Error> {
        let rows = self.rows("SELECT * FROM schools WHERE id = $1", &[&id.uuid()]).await?;
        rows.first().map(school).transpose()
    }

    async fn schools(&self, among: Option<&[SchoolId]>, page: &Page) -> Result<Vec<(School, After)>, Error> {
        let sql = "SELECT *, lower(name) AS place FROM schools
                   WHERE ($4::uuid[] IS NULL OR id = ANY ($4)) AND ($1::text IS NULL OR (lower(name), id) > ($1, $2))
                   ORDER BY lower(name), id LIMIT $3";
        let (key, id, limit) = place(page)?;
        let among: Option<Vec<Uuid>> = among.map(|among| among.iter().map(|school| school.uuid()).collect());
        let rows = self.rows(sql, &[&key, &id, &limit, &among]).await?;
        rows.iter().map(|row| Ok((school(row)?, after(row)))).collect()
    }

    async fn school_days(
        &self,
        id: SchoolId,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Option<SchoolCalendarDays>, Error> {
        let Some(found) = ReadReference::school(self, id).await? else { return Ok(None) };
        let values: super::Values<'_> = &[&id.uuid(), &from, &to];
        let days =
            "SELECT day, instructional FROM school_days WHERE school = $1 AND day BETWEEN $2 AND $3 ORDER BY day";
        let terms =
            "SELECT * FROM sessions WHERE school = $1 AND end_date >= $2 AND begin_date <= $3 ORDER BY begin_date, id";
        let (days, terms) = tokio::try_join!(self.rows(days, values), self.rows(terms, values))?;
        Ok(Some(SchoolCalendarDays {
            school: id,
            time_zone: found.time_zone,
            from,
            to,
            terms: terms.iter().map(term).collect(),
            days: days.iter().map(|row| SchoolDay { day: row.get(0), instructional: row.get(1) }).collect(),
        }))
    }

    async fn student(&self, id: StudentId) -> Result<Option<Student>, Error> {
        let id = id.uuid();
        let values: super::Values<'_> = &[&id];
        let enrolments = "SELECT * FROM enrolments WHERE student = $1 ORDER BY entry_date DESC, id";
        let (students, enrolments) =
            tokio::try_join!(self.rows("SELECT * FROM students WHERE id = $1", values), self.rows(enrolments, values))?;
        let Some(row) = students.first() else { return Ok(None) };
        Ok(Some(Student {
            id: id.into(),
            given_name: text(row, "given_name")?,
            middle_name: maybe(row, "middle_name"),
            family_name: text(row, "family_name")?,
            preferred_given_name: maybe(row, "preferred_given_name"),
            preferred_family_name: maybe(row, "preferred_family_name"),
            birth_date: row.get("birth_date"),
            enrolments: enrolments.iter().map(enrolment).collect(),
            source: row.get("source"),
        }))
    }

    async fn students(&self, wanted: &StudentsWanted, page: &Page) -> Result<Vec<(StudentLine, After)>, Error> {
        let StudentsWanted { schools, students, at, name, day } = wanted;
        let words: Vec<String> =
            name.iter().flat_map(|name| name.reveal().split_whitespace()).map(begins_with).collect();
        if name.is_some() && words.is_empty() {
            return Ok(vec![]);
        }
        let schools: Vec<Uuid> = schools.iter().map(|school| school.uuid()).collect();
        let students: Vec<Uuid> = students.iter().map(|student| student.uuid()).collect();
        let at = at.map(SchoolId::uuid);
        let (after, limit) = person(page);
        let rows = self.rows(STUDENT_LINES, &[&schools, &students, &at, &day, &words, &after, &limit]).await?;
        rows.iter().map(|row| Ok((student_line(row)?, after_person(row)))).collect()
    }

    async fn staff_member(&self, id: StaffId) -> Result<Option<StaffRecord>, Error> {
        let id = id.uuid();
        let roles = "SELECT * FROM staff_roles WHERE staff = $1 ORDER BY since DESC, id";
        let values: super::Values<'_> = &[&id];
        let (staff, roles) = tokio::try_join!(self.rows(STAFF_MEMBER, values), self.rows(roles, values))?;
        let Some(row) = staff.first() else { return Ok(None) };
        staff_member(row, roles.iter().map(staff_role).collect::<Result<_, _>>()?).map(Some)
    }

    async fn agreement(&self, id: StaffId) -> Result<Option<ConfidentialityAgreement>, Error> {
        let id = id.uuid();
        let roles = "SELECT role FROM staff_roles WHERE staff = $1 AND (until IS NULL OR until > current_date)";
        let values: super::Values<'_> = &[&id];
        let (staff, roles) = tokio::try_join!(self.rows(STAFF_MEMBER, values), self.rows(roles, values))?;
        let Some(row) = staff.first() else { return Ok(None) };
        let roles = roles.iter().map(|row| row.get::<_, &str>("role").parse().map_err(Error::unavailable));
        Ok(Some(ConfidentialityAgreement::of(signed(row), roles.collect::<Result<Vec<_>, _>>()?)))
    }

    async fn staff_of(
        &self,
        school: SchoolId,
        day: NaiveDate,
        page: &Page,
    ) -> Result<Vec<(StaffRecord, After)>, Error> {
        let (after, limit) = person(page);
        let sql = format!(
            "SELECT * FROM staff {} WHERE EXISTS (SELECT FROM staff_roles r, (SELECT $2::date AS today) d
                                                  WHERE r.staff = staff.id AND r.school = $1 AND {IN_FORCE})
               AND ($3::uuid IS NULL OR (lower(family_name), lower(given_name), id) > (
                   SELECT lower(family_name), lower(given_name), id FROM staff WHERE id = $3))
             ORDER BY lower(family_name), lower(given_name), id LIMIT $4",
            signed_last!()
        );
        let staff = self.rows(&sql, &[&school.uuid(), &day, &after, &limit]).await?;
        let ids: Vec<Uuid> = staff.iter().map(|row| row.get("id")).collect();
        let sql = format!(
            "SELECT r.* FROM staff_roles r, (SELECT $2::date AS today) d
             WHERE r.staff = ANY ($3) AND r.school = $1 AND {IN_FORCE} ORDER BY since DESC, id"
        );
        let mut roles: HashMap<Uuid, Vec<StaffRole>> = HashMap::new();
        for row in self.rows(&sql, &[&school.uuid(), &day, &ids]).await? {
            roles.entry(row.get("staff")).or_default().push(staff_role(&row)?);
        }
        let mut held = |row: &Row| roles.remove(&row.get::<_, Uuid>("id")).unwrap_or_default();
        staff.iter().map(|row| Ok((staff_member(row, held(row))?, after_person(row)))).collect()
    }

    async fn partner(&self, id: PartnerId) -> Result<Option<Partner>, Error> {
        let rows = self.rows("SELECT * FROM partners WHERE id = $1", &[&id.uuid()]).await?;
        Ok(rows.first().map(partner))
    }

    async fn partners(&self, page: &Page) -> Result<Vec<(Partner, After)>, Error> {
        let sql = "SELECT *, lower(name) AS place FROM partners
                   WHERE $1::text IS NULL OR (lower(name), id) > ($1, $2) ORDER BY lower(name), id LIMIT $3";
        let (key, id, limit) = place(page)?;
        let rows = self.rows(sql, &[&key, &id, &limit]).await?;
        Ok(rows.iter().map(|row| (partner(row), after(row))).collect())
    }
}

/// A pattern for what begins with `word`, whatever is in it.
fn begins_with(word: &str) -> String {
    let mut pattern = String::new();
    for character in word.to_lowercase().chars() {
        if matches!(character, '\\' | '%' | '_') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}

/// Where a page begins, and how long it is.
fn place(page: &Page) -> Result<(Option<&str>, Uuid, i64), Error> {
    let (key, id) = page.after.as_ref().map(|after| (after.0.as_str(), after.1)).unzip();
    // PostgreSQL knows no text with it.
    if key.is_some_and(|key| key.contains('\0')) {
        return Err(Error::BadCursor);
    }
    Ok((key, id.unwrap_or_default(), i64::from(page.limit)))
}

/// Where a page of people begins, and how long it is: at a person, because names do not travel in addresses.
fn person(page: &Page) -> (Option<Uuid>, i64) {
    (page.after.as_ref().map(|after| after.1), i64::from(page.limit))
}

fn term(row: &Row) -> Term {
    Term {
        name: row.get("session_name"),
        school_year: row.get("school_year"),
        begins_on: row.get("begin_date"),
        ends_on: row.get("end_date"),
        instructional_days: row.get("total_instructional_days"),
    }
}
