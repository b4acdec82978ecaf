//! Questions about reference data.
use std::collections::HashMap;

use application::{
    After, Error, Page,
    reference::{
        Partner, ReadReference, School, SchoolCalendarDays, SchoolDay, StaffRecord, StaffRole, Student, StudentLine,
        Term,
    },
};
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::{PartnerId, SchoolId, StaffId, StudentId, Text};
use tokio_postgres::Row;
use uuid::Uuid;

use super::{
    PgReference,
    rows::{after, enrolment, maybe, partner, school, staff_member, staff_role, student_line, text},
};

/// The names that a person goes by, and the place in a list that they give.
const STUDENT_LINE: &str = "
    SELECT s.id, COALESCE(s.preferred_given_name, s.given_name) AS given_name,
           COALESCE(s.preferred_family_name, s.family_name) AS family_name, e.school, e.entry_grade_level,
           lower(s.family_name) || E'\\x01' || lower(s.given_name) AS place
    FROM students s JOIN LATERAL (
        SELECT school, entry_grade_level FROM enrolments
        WHERE student = s.id AND school = ANY ($1) AND entry_date <= $2 AND (exit_date IS NULL OR exit_date >= $2)
        ORDER BY entry_date DESC, school LIMIT 1) e ON true";

/// `since` is the first day, `until` the first on which the role is held no more.
const IN_FORCE: &str = "r.since <= d.today AND (r.until IS NULL OR r.until > d.today)";

#[async_trait]
impl ReadReference for PgReference {
    async fn school(&self, id: SchoolId) -> Result<Option<School>, Error> {
        let rows = self.rows("SELECT * FROM schools WHERE id = $1", &[&id.uuid()]).await?;
        rows.first().map(school).transpose()
    }

    async fn schools(&self, page: &Page) -> Result<Vec<(School, After)>, Error> {
        let sql = "SELECT *, lower(name) AS place FROM schools
                   WHERE $1::text IS NULL OR (lower(name), id) > ($1, $2) ORDER BY lower(name), id LIMIT $3";
        let (key, id, limit) = place(page);
        let rows = self.rows(sql, &[&key, &id, &limit]).await?;
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

    async fn students_of(
        &self,
        school: SchoolId,
        day: NaiveDate,
        page: &Page,
    ) -> Result<Vec<(StudentLine, After)>, Error> {
        self.lines(&[school], day, &[], page).await
    }

    async fn find_students(
        &self,
        name: &Text,
        schools: &[SchoolId],
        day: NaiveDate,
        page: &Page,
    ) -> Result<Vec<(StudentLine, After)>, Error> {
        let words: Vec<String> = name.reveal().split_whitespace().map(begins_with).collect();
        if words.is_empty() { Ok(Vec::new()) } else { self.lines(schools, day, &words, page).await }
    }

    async fn staff_member(&self, id: StaffId) -> Result<Option<StaffRecord>, Error> {
        let id = id.uuid();
        let roles = "SELECT * FROM staff_roles WHERE staff = $1 ORDER BY since DESC, id";
        let values: super::Values<'_> = &[&id];
        let (staff, roles) =
            tokio::try_join!(self.rows("SELECT * FROM staff WHERE id = $1", values), self.rows(roles, values))?;
        let Some(row) = staff.first() else { return Ok(None) };
        staff_member(row, roles.iter().map(staff_role).collect::<Result<_, _>>()?).map(Some)
    }

    async fn staff_of(
        &self,
        school: SchoolId,
        day: NaiveDate,
        page: &Page,
    ) -> Result<Vec<(StaffRecord, After)>, Error> {
        let (key, id, limit) = place(page);
        let sql = format!(
            "SELECT s.*, lower(s.family_name) || E'\\x01' || lower(s.given_name) AS place
             FROM staff s WHERE EXISTS (SELECT FROM staff_roles r, (SELECT $2::date AS today) d
                                        WHERE r.staff = s.id AND r.school = $1 AND {IN_FORCE})
               AND ($3::text IS NULL OR (lower(s.family_name) || E'\\x01' || lower(s.given_name), s.id) > ($3, $4))
             ORDER BY place, s.id LIMIT $5"
        );
        let staff = self.rows(&sql, &[&school.uuid(), &day, &key, &id, &limit]).await?;
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
        staff.iter().map(|row| Ok((staff_member(row, held(row))?, after(row)))).collect()
    }

    async fn partner(&self, id: PartnerId) -> Result<Option<Partner>, Error> {
        let rows = self.rows("SELECT * FROM partners WHERE id = $1", &[&id.uuid()]).await?;
        Ok(rows.first().map(partner))
    }

    async fn partners(&self, page: &Page) -> Result<Vec<(Partner, After)>, Error> {
        let sql = "SELECT *, lower(name) AS place FROM partners
                   WHERE $1::text IS NULL OR (lower(name), id) > ($1, $2) ORDER BY lower(name), id LIMIT $3";
        let (key, id, limit) = place(page);
        let rows = self.rows(sql, &[&key, &id, &limit]).await?;
        Ok(rows.iter().map(|row| (partner(row), after(row))).collect())
    }
}

impl PgReference {
    /// Students enrolled that day at one of `schools`, with a name that begins with each of `words`.
    async fn lines(
        &self,
        schools: &[SchoolId],
        day: NaiveDate,
        words: &[String],
        page: &Page,
    ) -> Result<Vec<(StudentLine, After)>, Error> {
        let (key, id, limit) = place(page);
        let schools: Vec<Uuid> = schools.iter().map(|school| school.uuid()).collect();
        let sql = format!(
            "SELECT * FROM ({STUDENT_LINE}
                 WHERE s.id IN (SELECT student FROM enrolments WHERE school = ANY ($1))
                   AND NOT EXISTS (SELECT FROM unnest($3::text[]) word WHERE NOT EXISTS (
                       SELECT FROM unnest(ARRAY[s.given_name, s.middle_name, s.family_name,
                                                s.preferred_given_name, s.preferred_family_name]) name,
                                   regexp_split_to_table(lower(name), '[\\s-]+') part
                       WHERE part LIKE word OR lower(name) LIKE word))) l
             WHERE $4::text IS NULL OR (place, id) > ($4, $5) ORDER BY place, id LIMIT $6"
        );
        let rows = self.rows(&sql, &[&schools, &day, &words, &key, &id, &limit]).await?;
        rows.iter().map(|row| Ok((student_line(row)?, after(row)))).collect()
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
fn place(page: &Page) -> (Option<&str>, Uuid, i64) {
    let after = page.after.as_ref();
    (after.map(|after| after.0.as_str()), after.map_or_else(Uuid::nil, |after| after.1), i64::from(page.limit))
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
