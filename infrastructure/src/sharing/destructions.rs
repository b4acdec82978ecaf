//! What becomes of data once an agreement has ended, in PostgreSQL.
use std::collections::BTreeSet;

use application::{
    After, Error, Page, Personal,
    sharing::{
        Destruction, DestructionCertificate, DestructionState, Destructions, DestructionsWanted, DisclosedStudent,
        SharingError,
    },
};
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::{AgreementId, PartnerId, StaffId, case::DataCategory};
use tokio_postgres::Row;
use uuid::Uuid;

use super::PgAgreements;
use crate::{cursor, database::codes};

/// Agreements that have ended by the district's date, the longest ago first.
const ENDED: &str = "
    SELECT e.*, students.number AS students FROM (
        SELECT a.id, a.partner, p.name AS partner_name, a.ends_on, a.ends_on + $1::int AS due_on, d.certified_by, d.note,
               d.destroyed_on, d.method, d.recorded_by,
               CASE WHEN d.agreement IS NOT NULL THEN 'certified'
                    WHEN a.ends_on + $1::int < (now() AT TIME ZONE 'America/New_York')::date THEN 'overdue'
                    ELSE 'due' END AS state
        FROM sharing_agreements a JOIN partners p ON p.id = a.partner
        LEFT JOIN destruction_certificates d ON d.agreement = a.id
        WHERE a.ends_on < (now() AT TIME ZONE 'America/New_York')::date
          AND ($2::date IS NULL OR (a.ends_on, a.id) > ($2, $3))
    ) e
    CROSS JOIN LATERAL (SELECT count(DISTINCT student) AS number FROM accesses WHERE agreement = e.id) students
    WHERE CASE WHEN $4::text IS NULL THEN state <> 'certified' ELSE state = $4 END
    ORDER BY e.ends_on, e.id LIMIT $5";

/// The fence (OFFSET 0) has a page of students found before their looks are read.
const DISCLOSED: &str = "
    SELECT page.student, min(a.at) AS first_at, max(a.at) AS last_at, count(DISTINCT a.id) AS looks,
           array_agg(DISTINCT category) AS categories, written.number AS written
    FROM (SELECT DISTINCT student FROM accesses WHERE agreement = $1 AND ($3::uuid IS NULL OR student > $3)
          ORDER BY student LIMIT $4 OFFSET 0) page
    JOIN accesses a ON a.agreement = $1 AND a.student = page.student
    CROSS JOIN LATERAL unnest(a.categories) category
    CROSS JOIN LATERAL (SELECT count(*) AS number FROM entries e
                        WHERE e.student = page.student AND e.author_role = 'partner_staff'
                          AND EXISTS (SELECT FROM staff_roles r WHERE r.staff = e.author AND r.partner = $2)) written
    GROUP BY page.student, written.number ORDER BY page.student";

#[async_trait]
impl Destructions for PgAgreements {
    async fn destructions(&self, wanted: &DestructionsWanted, page: &Page) -> Result<Vec<(Destruction, After)>, Error> {
        let after = page.after.as_ref().map(|after| cursor::day(&after.0)).transpose()?;
        let id = page.after.as_ref().map(|after| after.1);
        let (days, state) = (i32::from(wanted.days), wanted.state.map(<&str>::from));
        let rows = self.rows(ENDED, &[&days, &after, &id, &state, &i64::from(page.limit)]).await?;
        let line = |row: &Row| {
            let ended = destruction(row)?;
            let place = After(ended.ended_on.to_string(), ended.agreement.uuid());
            Ok((ended, place))
        };
        rows.iter().map(line).collect()
    }

    async fn disclosed(
        &self,
        partner: PartnerId,
        agreement: AgreementId,
        page: &Page,
    ) -> Result<Vec<(DisclosedStudent, After)>, Error> {
        let after = page.after.as_ref().map(|after| after.1);
        let limit = i64::from(page.limit);
        let rows = self.rows(DISCLOSED, &[&agreement.uuid(), &partner.uuid(), &after, &limit]).await?;
        let line = |row: &Row| {
            let student = row.get::<_, Uuid>("student");
            let disclosed = DisclosedStudent {
                student: student.into(),
                first_at: row.get("first_at"),
                last_at: row.get("last_at"),
                looks: number(row, "looks")?,
                categories: codes::<BTreeSet<DataCategory>>(row, "categories")?,
                written: number(row, "written")?,
            };
            Ok((disclosed, After(String::new(), student)))
        };
        rows.iter().map(line).collect()
    }

    async fn certify(
        &self,
        partner: PartnerId,
        agreement: AgreementId,
        certificate: &DestructionCertificate,
        by: StaffId,
    ) -> Result<(), Error> {
        let sql = "WITH ended AS (
                       SELECT id, ends_on < today AS ended, $3::date <= today AS done
                       FROM sharing_agreements, LATERAL (SELECT (now() AT TIME ZONE 'America/New_York')::date AS today) t
                       WHERE partner = $1 AND id = $2),
                   added AS (
                       INSERT INTO destruction_certificates
                              (agreement, destroyed_on, certified_by, method, note, recorded_by)
                       SELECT id, $3, $4::text, $5::text, $6::text, $7::uuid FROM ended WHERE ended AND done
                       ON CONFLICT DO NOTHING RETURNING 1)
                   SELECT ended, done, EXISTS (SELECT FROM added) OR EXISTS (
                       SELECT FROM destruction_certificates
                       WHERE (agreement, destroyed_on, certified_by, method, coalesce(note, ''))
                           = ($2, $3, $4, $5, coalesce($6, ''))) FROM ended";
        let method = <&str>::from(certificate.method);
        let (certified_by, note) = (certificate.certified_by.reveal(), certificate.note.as_ref().map(Personal::reveal));
        let (partner, agreement, by) = (partner.uuid(), agreement.uuid(), by.uuid());
        let values: super::Values<'_> =
            &[&partner, &agreement, &certificate.destroyed_on, &certified_by, &method, &note, &by];
        match self.rows(sql, values).await?.first().map(|row| (row.get(0), row.get(1), row.get(2))) {
            None => Err(Error::NotFound),
            Some((false, _, _)) => Err(SharingError::StillInForce.into()),
            Some((_, false, _)) => Err(SharingError::DestructionInFuture.into()),
            Some((_, _, false)) => Err(SharingError::CertifiedOtherwise.into()),
            Some((true, true, true)) => Ok(()),
        }
    }
}

fn destruction(row: &Row) -> Result<Destruction, Error> {
    let personal = |words: Option<String>| words.map(Personal::try_from).transpose().map_err(Error::unavailable);
    let state: DestructionState = row.get::<_, &str>("state").parse().map_err(Error::unavailable)?;
    let certificate = match (personal(row.get("certified_by"))?, row.get::<_, Option<NaiveDate>>("destroyed_on")) {
        (Some(certified_by), Some(destroyed_on)) => Some(DestructionCertificate {
            destroyed_on,
            certified_by,
            method: row.get::<_, &str>("method").parse().map_err(Error::unavailable)?,
            note: personal(row.get("note"))?,
        }),
        _ => None,
    };
    Ok(Destruction {
        agreement: row.get::<_, Uuid>("id").into(),
        partner: row.get::<_, Uuid>("partner").into(),
        partner_name: row.get("partner_name"),
        ended_on: row.get("ends_on"),
        due_on: row.get("due_on"),
        state,
        students: number(row, "students")?,
        certificate,
        recorded_by: row.get::<_, Option<Uuid>>("recorded_by").map(Into::into),
    })
}

fn number(row: &Row, column: &str) -> Result<u32, Error> {
    u32::try_from(row.get::<_, i64>(column)).map_err(Error::unavailable)
}
