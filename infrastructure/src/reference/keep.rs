//! Reference data kept by hand. Records are put by their id, so that a repeat changes nothing.
use application::{
    Error, Personal,
    reference::{
        AgreementToRecord, EnrolmentToKeep, HeldAt, KeepReference, Kept, PartnerToKeep, ReferenceError, RoleToKeep,
        SchoolDay, SchoolToKeep, StaffToKeep, StudentToKeep, held_at,
    },
};
use async_trait::async_trait;
use chrono::NaiveDate;
use chrono_tz::Tz;
use domain::{PartnerId, SchoolId, StaffId, StudentId};
use tokio_postgres::error::SqlState;
use uuid::Uuid;

use super::{PgReference, Values};
use crate::database::failed;

/// Constraints that a person's change can run into, and the rules that they stand for.
const RULES: &[(&str, ReferenceError)] = &[
    ("school_days_school_fkey", ReferenceError::NoSuchSchool),
    ("enrolments_school_fkey", ReferenceError::NoSuchSchool),
    ("enrolments_student_fkey", ReferenceError::NoSuchStudent),
    ("enrolments_once", ReferenceError::EnrolmentTwice),
    ("staff_subject_once", ReferenceError::SubjectTaken),
    ("confidentiality_agreements_staff_fkey", ReferenceError::NoSuchStaffMember),
    ("staff_roles_in_order", ReferenceError::EndsTooEarly),
    ("staff_roles_staff_fkey", ReferenceError::NoSuchStaffMember),
    ("staff_roles_school_fkey", ReferenceError::NoSuchSchool),
    ("staff_roles_partner_fkey", ReferenceError::NoSuchPartner),
];

#[async_trait]
impl KeepReference for PgReference {
    async fn put_school(&self, id: SchoolId, school: &SchoolToKeep) -> Result<Kept, Error> {
        let zone: Tz = school.time_zone.parse().map_err(|_| ReferenceError::UnknownTimeZone)?;
        let sql = "INSERT INTO schools (id, name, time_zone, source) VALUES ($1, $2, $3, 'hand')
                   ON CONFLICT (id) DO UPDATE SET name = $2, time_zone = $3 RETURNING xmax = 0";
        let kept = self.put(sql, &[&id.uuid(), &school.name, &zone.name()]).await?;
        self.forget_calendar(id).await;
        Ok(kept)
    }

    async fn put_school_days(&self, school: SchoolId, days: &[SchoolDay]) -> Result<(), Error> {
        let (on, instructional): (Vec<_>, Vec<_>) = days.iter().map(|day| (day.day, day.instructional)).unzip();
        // Of a day that is named twice the last word counts.
        let sql = "INSERT INTO school_days (school, day, instructional, source)
                   SELECT DISTINCT ON (day) $1::uuid, day, instructional, 'hand'
                   FROM unnest($2::date[], $3::bool[]) WITH ORDINALITY d (day, instructional, n)
                   ORDER BY day, n DESC
                   ON CONFLICT (school, day) DO UPDATE SET instructional = EXCLUDED.instructional, source = 'hand'";
        self.change(sql, &[&school.uuid(), &on, &instructional]).await?;
        self.forget_calendar(school).await;
        Ok(())
    }

    async fn put_student(&self, id: StudentId, student: &StudentToKeep) -> Result<Kept, Error> {
        let sql =
            "INSERT INTO students (id, given_name, middle_name, family_name, preferred_given_name, birth_date, source)
                   SELECT $1, $2, $3, $4, $5, $6, 'hand'
                   WHERE NOT EXISTS (SELECT FROM erasures WHERE student = $1 AND carried_out_at IS NOT NULL)
                   ON CONFLICT (id) DO UPDATE SET given_name = $2, middle_name = $3, family_name = $4,
                       preferred_given_name = $5, birth_date = $6
                   RETURNING xmax = 0";
        let (middle, preferred) = (maybe(&student.middle_name), maybe(&student.preferred_given_name));
        let (given, family) = (student.given_name.reveal(), student.family_name.reveal());
        self.put(sql, &[&id.uuid(), &given, &middle, &family, &preferred, &student.birth_date]).await
    }

    async fn enrol_student(&self, student: StudentId, id: Uuid, enrolment: &EnrolmentToKeep) -> Result<Kept, Error> {
        let insert = "INSERT INTO enrolments (id, student, school, entry_date, entry_grade_level, source)
                      VALUES ($1, $2, $3, $4, $5, 'hand') ON CONFLICT (id) DO NOTHING";
        let same = "SELECT FROM enrolments WHERE id = $1 AND student = $2 AND school = $3 AND entry_date = $4
                    AND entry_grade_level IS NOT DISTINCT FROM $5";
        let EnrolmentToKeep { school, entered_on, grade_level } = enrolment;
        self.grant(insert, same, &[&id, &student.uuid(), &school.uuid(), entered_on, grade_level]).await
    }

    async fn exit_student(&self, student: StudentId, id: Uuid, last_day: NaiveDate) -> Result<(), Error> {
        let sql = "WITH found AS (SELECT id, entry_date FROM enrolments WHERE id = $1 AND student = $2),
                        ended AS (UPDATE enrolments e SET exit_date = $3 FROM found
                                  WHERE e.id = found.id AND found.entry_date <= $3 RETURNING 1)
                   SELECT EXISTS (SELECT FROM ended) FROM found";
        let found = self.rows(sql, &[&id, &student.uuid(), &last_day]).await?;
        match found.first().map(|row| row.get(0)) {
            None => Err(Error::NotFound),
            Some(true) => Ok(()),
            Some(false) => Err(ReferenceError::EndsTooEarly.into()),
        }
    }

    async fn put_staff(&self, id: StaffId, staff: &StaffToKeep) -> Result<Kept, Error> {
        let sql = "INSERT INTO staff (id, given_name, family_name, e_mail, subject, source)
                   VALUES ($1, $2, $3, $4, $5, 'hand')
                   ON CONFLICT (id) DO UPDATE SET given_name = $2, family_name = $3, e_mail = $4, subject = $5
                   RETURNING xmax = 0";
        let (given, family) = (staff.given_name.reveal(), staff.family_name.reveal());
        self.put(sql, &[&id.uuid(), &given, &family, &maybe(&staff.e_mail), &maybe(&staff.subject)]).await
    }

    async fn grant_role(&self, staff: StaffId, id: Uuid, role: &RoleToKeep) -> Result<Kept, Error> {
        let right = match held_at(role.role) {
            HeldAt::School => role.school.is_some(),
            HeldAt::Partner => role.partner.is_some(),
            HeldAt::District => role.school.is_none() && role.partner.is_none(),
        };
        if !right {
            return Err(ReferenceError::RoleAtWrongPlace.into());
        }
        let insert = "INSERT INTO staff_roles (id, staff, role, school, partner, since, until, source)
                      VALUES ($1, $2, $3, $4, $5, $6, $7, 'hand') ON CONFLICT (id) DO NOTHING";
        // It may have been ended since: what was granted once is not granted again by a repeat.
        let same = "SELECT FROM staff_roles WHERE id = $1 AND staff = $2 AND role = $3 AND since = $6
                    AND school IS NOT DISTINCT FROM $4 AND partner IS NOT DISTINCT FROM $5
                    AND ($7::date IS NULL OR until IS NOT NULL)";
        let (school, partner) = (role.school.map(SchoolId::uuid), role.partner.map(PartnerId::uuid));
        let name: &'static str = role.role.into();
        self.grant(insert, same, &[&id, &staff.uuid(), &name, &school, &partner, &role.since, &role.until]).await
    }

    async fn end_role(&self, staff: StaffId, id: Uuid, until: NaiveDate) -> Result<(), Error> {
        let sql = "UPDATE staff_roles SET until = $3 WHERE id = $1 AND staff = $2";
        self.change(sql, &[&id, &staff.uuid(), &until]).await.and_then(one)
    }

    async fn put_agreement(&self, staff: StaffId, signed: &AgreementToRecord, by: StaffId) -> Result<Kept, Error> {
        let sql = "INSERT INTO confidentiality_agreements (staff, signed_on, text_version, recorded_by)
                   SELECT $1::uuid, $2::date, $3::text, $4::uuid
                   WHERE $2 <= (now() AT TIME ZONE 'America/New_York')::date
                   ON CONFLICT (staff, signed_on, text_version) DO UPDATE SET text_version = EXCLUDED.text_version
                   RETURNING xmax = 0";
        let AgreementToRecord { text_version, signed_on } = signed;
        match self.put(sql, &[&staff.uuid(), signed_on, text_version, &by.uuid()]).await {
            Err(Error::NotFound) => Err(ReferenceError::SignedInFuture.into()),
            kept => kept,
        }
    }

    async fn put_partner(&self, id: PartnerId, partner: &PartnerToKeep) -> Result<Kept, Error> {
        let sql = "INSERT INTO partners (id, name, source) VALUES ($1, $2, 'hand')
                   ON CONFLICT (id) DO UPDATE SET name = $2 RETURNING xmax = 0";
        self.put(sql, &[&id.uuid(), &partner.name]).await
    }
}

impl PgReference {
    /// Puts one record; one that the statement leaves alone belongs to somebody else.
    async fn put(&self, sql: &str, values: Values<'_>) -> Result<Kept, Error> {
        let client = self.client().await?;
        let statement = client.prepare_cached(sql).await.map_err(failed)?;
        let row = client.query_opt(&statement, values).await.map_err(told)?.ok_or(Error::NotFound)?;
        Ok(if row.get(0) { Kept::Created } else { Kept::Changed })
    }

    /// Inserts a record under the caller's own id; one that is there already must be the `same`.
    async fn grant(&self, insert: &str, same: &str, values: Values<'_>) -> Result<Kept, Error> {
        match self.change(insert, values).await? {
            0 if self.rows(same, values).await?.is_empty() => Err(Error::KeyReused),
            0 => Ok(Kept::Changed),
            _ => Ok(Kept::Created),
        }
    }

    /// The next decision counts days as they are now.
    async fn forget_calendar(&self, school: SchoolId) {
        if let Some(calendars) = &self.calendars {
            calendars.forget(school).await;
        }
    }

    async fn change(&self, sql: &str, values: Values<'_>) -> Result<u64, Error> {
        let client = self.client().await?;
        let statement = client.prepare_cached(sql).await.map_err(failed)?;
        client.execute(&statement, values).await.map_err(told)
    }
}

fn one(rows: u64) -> Result<(), Error> {
    if rows == 1 { Ok(()) } else { Err(Error::NotFound) }
}

fn maybe(text: &Option<Personal>) -> Option<&str> {
    text.as_ref().map(Personal::reveal)
}

/// A constraint in the way is a rule; anything else is a failure.
fn told(error: tokio_postgres::Error) -> Error {
    let said = error.as_db_error();
    let by_rule = said.filter(|said| {
        [SqlState::UNIQUE_VIOLATION, SqlState::FOREIGN_KEY_VIOLATION, SqlState::CHECK_VIOLATION].contains(said.code())
    });
    let rule = by_rule.and_then(|said| RULES.iter().find(|(name, _)| said.constraint() == Some(name)));
    rule.map_or_else(|| failed(error), |&(_, rule)| rule.into())
}
