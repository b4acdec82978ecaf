//! Agreements with partners in PostgreSQL.
use application::{
    After, Error, Page,
    reference::{Kept, ReferenceError},
    sharing::{
        Agreements, OnwardPartyToKeep, Renewal, SharingAgreement, SharingError, SharingState, SharingStep,
        SharingStepToTake, SharingTerms,
    },
};
use async_trait::async_trait;
use chrono::NaiveDate;
use deadpool_postgres::Pool;
use domain::{AgreementId, PartnerId, StaffId};
use serde::{Serialize, de::DeserializeOwned};
use tokio_postgres::{Row, types::ToSql};
use uuid::Uuid;

use crate::{
    cursor,
    database::{codes, failed},
};

mod destructions;
mod onward;

/// What an agreement in force says, as [`AgreementInForce`](application::sharing::AgreementInForce) is read, by `id`.
macro_rules! as_in_force {
    () => {
        "SELECT json_agg(json_build_object('id', id, 'partner', partner, 'categories', categories, 'purposes', purposes,
                                           'schools', schools, 'students', students) ORDER BY id)::text AS sharing
        FROM sharing_agreements a"
    };
}
pub(crate) use as_in_force;

/// To be joined where a partner is `held.partner`: the agreements that are in force by the district's date.
macro_rules! in_force {
    () => {
        concat!(
            "
    LEFT JOIN LATERAL (
        ",
            $crate::sharing::as_in_force!(),
            "
        WHERE a.partner = held.partner AND NOT suspended
          AND (now() AT TIME ZONE 'America/New_York')::date BETWEEN starts_on AND ends_on
    ) shared ON true"
        )
    };
}
pub(crate) use in_force;

const ONE: &str = "
    SELECT a.*, (now() AT TIME ZONE 'America/New_York')::date AS today,
           (SELECT json_agg(json_strip_nulls(json_build_object('change', change, 'ends_on', s.ends_on,
                'reason', reason, 'by', by, 'at', at)) ORDER BY step)::text
            FROM sharing_steps s WHERE s.agreement = a.id) AS history,
           (SELECT json_agg(json_strip_nulls(json_build_object('id', o.id, 'name', name, 'interest', interest,
                'since', since, 'until', until, 'recorded_by', recorded_by)) ORDER BY since, o.id)::text
            FROM onward_parties o WHERE o.agreement = a.id) AS onward
    FROM sharing_agreements a WHERE partner = $1";

/// Agreements in PostgreSQL.
#[derive(Clone)]
pub struct PgAgreements(Pool);

type Values<'a> = &'a [&'a (dyn ToSql + Sync)];

impl PgAgreements {
    /// Reads and writes through `pool`.
    #[must_use]
    pub fn new(pool: Pool) -> Self {
        Self(pool)
    }

    async fn rows(&self, sql: &str, values: Values<'_>) -> Result<Vec<Row>, Error> {
        let client = self.0.get().await.map_err(failed)?;
        let statement = client.prepare_cached(sql).await.map_err(failed)?;
        client.query(&statement, values).await.map_err(told)
    }
}

#[async_trait]
impl Agreements for PgAgreements {
    async fn sign(
        &self,
        partner: PartnerId,
        id: AgreementId,
        terms: &SharingTerms,
        by: StaffId,
    ) -> Result<Kept, Error> {
        terms.check()?;
        let (categories, purposes) = terms.sets();
        let categories: Vec<&str> = categories.into_iter().map(Into::into).collect();
        let purposes: Vec<&str> = purposes.into_iter().map(Into::into).collect();
        let schools: Vec<Uuid> = terms.schools.iter().map(|school| school.uuid()).collect();
        let students: Vec<Uuid> = terms.students.iter().map(|student| student.uuid()).collect();
        let signatories = json(&terms.signatories)?;
        // Whoever repeats it, after a renewal or not, says the same as was said first.
        let sql = "WITH known AS (SELECT NOT EXISTS (
                       SELECT FROM unnest($5::uuid[]) id WHERE NOT EXISTS (SELECT FROM schools s WHERE s.id = id.id)
                       UNION ALL
                       SELECT FROM unnest($6::uuid[]) id WHERE NOT EXISTS (SELECT FROM students s WHERE s.id = id.id)
                   ) AS all),
                   signed AS (
                       INSERT INTO sharing_agreements
                              (id, partner, categories, purposes, schools, students, starts_on, ends_on, signatories)
                       SELECT $1::uuid, $2::uuid, $3::text[], $4::text[], $5, $6, $7::date, $8::date, $9::text
                       FROM known WHERE known.all ON CONFLICT (id) DO NOTHING RETURNING 1),
                   step AS (
                       INSERT INTO sharing_steps (agreement, step, change, ends_on, by)
                       SELECT $1, 1, 'signed', $8, $10::uuid FROM signed)
                   SELECT known.all, EXISTS (SELECT FROM signed), EXISTS (
                       SELECT FROM sharing_agreements a JOIN sharing_steps s ON s.agreement = a.id AND step = 1
                       WHERE (a.id, partner, categories, purposes, schools, students, starts_on, s.ends_on, signatories)
                           = ($1, $2, $3, $4, $5, $6, $7, $8, $9))
                   FROM known";
        let (id, partner, by) = (id.uuid(), partner.uuid(), by.uuid());
        let values: Values<'_> = &[
            &id,
            &partner,
            &categories,
            &purposes,
            &schools,
            &students,
            &terms.starts_on,
            &terms.ends_on,
            &signatories,
            &by,
        ];
        let rows = self.rows(sql, values).await?;
        let told = rows.first().map(|row| (row.get(0), row.get(1), row.get(2)));
        match told.unwrap_or_default() {
            (_, true, _) => Ok(Kept::Created),
            (_, _, true) => Ok(Kept::Changed),
            (false, ..) => Err(SharingError::NamesNobody.into()),
            _ => Err(Error::KeyReused),
        }
    }

    async fn change(
        &self,
        partner: PartnerId,
        id: AgreementId,
        step: &SharingStepToTake,
        by: StaffId,
    ) -> Result<(), Error> {
        let (change, suspended, ends_on, reason) = match step {
            SharingStepToTake::Renew(Renewal { ends_on }) => ("renewed", None, Some(*ends_on), None),
            SharingStepToTake::Suspend(reason) => ("suspended", Some(true), None, Some(reason.reveal())),
            SharingStepToTake::Reinstate(reason) => ("reinstated", Some(false), None, Some(reason.reveal())),
        };
        let sql = "WITH was AS (SELECT * FROM sharing_agreements WHERE partner = $1 AND id = $2 FOR UPDATE),
                   changed AS (
                       UPDATE sharing_agreements a
                       SET suspended = coalesce($3::bool, was.suspended), ends_on = coalesce($4::date, was.ends_on)
                       FROM was WHERE a.id = was.id
                         AND (coalesce($3, was.suspended) <> was.suspended OR coalesce($4, was.ends_on) > was.ends_on)
                       RETURNING a.ends_on),
                   step AS (
                       INSERT INTO sharing_steps (agreement, step, change, ends_on, reason, by)
                       SELECT $2, (SELECT max(step) + 1 FROM sharing_steps WHERE agreement = $2), $5::text, ends_on,
                              $6::text, $7::uuid FROM changed)
                   SELECT coalesce($4, was.ends_on) < was.ends_on FROM was";
        let values: Values<'_> = &[&partner.uuid(), &id.uuid(), &suspended, &ends_on, &change, &reason, &by.uuid()];
        match self.rows(sql, values).await?.first().map(|row| row.get(0)) {
            None => Err(Error::NotFound),
            Some(true) => Err(SharingError::EndsEarlier.into()),
            Some(false) => Ok(()),
        }
    }

    async fn keep_onward(
        &self,
        partner: PartnerId,
        id: AgreementId,
        party: (Uuid, &OnwardPartyToKeep),
        by: StaffId,
    ) -> Result<Kept, Error> {
        onward::keep(self, partner, id, party, by).await
    }

    async fn agreement(&self, partner: PartnerId, id: AgreementId) -> Result<Option<SharingAgreement>, Error> {
        let rows = self.rows(&format!("{ONE} AND a.id = $2"), &[&partner.uuid(), &id.uuid()]).await?;
        rows.first().map(agreement).transpose()
    }

    async fn agreements(&self, partner: PartnerId, page: &Page) -> Result<Vec<(SharingAgreement, After)>, Error> {
        let sql =
            format!("{ONE} AND ($2::date IS NULL OR (ends_on, id) < ($2, $3)) ORDER BY ends_on DESC, id DESC LIMIT $4");
        let after = page.after.as_ref().map(|after| cursor::day(&after.0)).transpose()?;
        let id = page.after.as_ref().map(|after| after.1);
        let rows = self.rows(&sql, &[&partner.uuid(), &after, &id, &i64::from(page.limit)]).await?;
        let line = |row: &Row| {
            let agreement = agreement(row)?;
            let place = After(agreement.terms.ends_on.to_string(), agreement.id.uuid());
            Ok((agreement, place))
        };
        rows.iter().map(line).collect()
    }
}

fn agreement(row: &Row) -> Result<SharingAgreement, Error> {
    let (starts_on, ends_on, today): (NaiveDate, NaiveDate, NaiveDate) =
        (row.get("starts_on"), row.get("ends_on"), row.get("today"));
    let state = match row.get("suspended") {
        _ if today > ends_on => SharingState::Expired,
        true => SharingState::Suspended,
        false if today < starts_on => SharingState::Upcoming,
        false => SharingState::InForce,
    };
    let ids = |column| row.get::<_, Vec<Uuid>>(column);
    let terms = SharingTerms {
        categories: codes(row, "categories")?,
        purposes: codes(row, "purposes")?,
        schools: ids("schools").into_iter().map(Into::into).collect(),
        students: ids("students").into_iter().map(Into::into).collect(),
        starts_on,
        ends_on,
        signatories: read(row.get("signatories"))?,
    };
    let history: Vec<SharingStep> = row.get::<_, Option<&str>>("history").map(read).transpose()?.unwrap_or_default();
    let (id, partner) = (row.get::<_, Uuid>("id").into(), row.get::<_, Uuid>("partner").into());
    let onward = row.get::<_, Option<&str>>("onward").map(read).transpose()?.unwrap_or_default();
    Ok(SharingAgreement { id, partner, terms, state, history, onward })
}

/// Values kept as JSON.
pub(crate) fn read<T: DeserializeOwned>(json: &str) -> Result<T, Error> {
    serde_json::from_str(json).map_err(Error::unavailable)
}

fn json(value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(Error::unavailable)
}

/// A partner that is not there is a rule; anything else is a failure.
fn told(error: tokio_postgres::Error) -> Error {
    match error.as_db_error().and_then(|said| said.constraint()) {
        Some("sharing_agreements_partner_fkey") => ReferenceError::NoSuchPartner.into(),
        _ => failed(error),
    }
}
