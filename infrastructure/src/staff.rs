//! Staff records, and the roles that are in force at this moment.
pub(crate) mod agreement;
mod appoint;
mod enter;
mod on_a_day;

pub use appoint::{Named, NotDone};
pub use enter::{NewStaff, Place};

use application::{Error, HeldRole, Staff, StaffMember, StaffWanted, reference::ConfidentialityAgreement};
use async_trait::async_trait;
use chrono::NaiveDate;
use deadpool_postgres::Pool;
use domain::StaffId;
use tokio_postgres::Row;
use uuid::Uuid;

use crate::{
    database::{failed, rows},
    gather::{Gather, Rows},
    sharing::{in_force, read},
};

/// A role is in force by the date where it is held: at the school, or else in the district.
macro_rules! members {
    ($named:literal) => { concat!(
    "
    SELECT staff.subject, staff.id, staff.given_name || ' ' || staff.family_name, held.role, held.school, held.partner,
           shared.sharing, opened.overrides, signed.*
    FROM staff",
    agreement::signed_last!(),
    "
    LEFT JOIN LATERAL (
        SELECT role, school, partner FROM staff_roles LEFT JOIN schools ON schools.id = school
        WHERE staff = staff.id
          AND daterange(since, until) @> (now() AT TIME ZONE coalesce(time_zone, 'America/New_York'))::date
    ) held ON true",
    in_force!(),
    "
    LEFT JOIN LATERAL (
        SELECT json_agg(json_build_array(student, entry))::text AS overrides FROM entries
        WHERE kind = 'access_override' AND author = staff.id AND changed_at > now() - interval '8 hours'
          AND (body::json -> 'content' ->> 'until')::timestamptz > now()
    ) opened ON true
    WHERE ",
    $named,
    " AND (ended_on IS NULL OR ended_on > (now() AT TIME ZONE 'America/New_York')::date)
    ORDER BY held.role, held.school, held.partner"
    ) };
}

const BY_SUBJECT: &str = members!("subject = ANY($1::text[])");
const BY_ID: &str = members!("staff.id = $1");

/// Staff records in PostgreSQL.
#[derive(Clone)]
pub struct PgStaff {
    pool: Pool,
    by_subject: Gather<String, Rows>,
}

impl PgStaff {
    /// Reads through `pool`.
    #[must_use]
    pub fn new(pool: Pool) -> Self {
        Self { by_subject: Gather::by_select(&pool, BY_SUBJECT), pool }
    }
}

#[async_trait]
impl Staff for PgStaff {
    async fn by_subject(&self, subject: &str) -> Result<Option<StaffMember>, Error> {
        let rows = self.by_subject.ask(subject.to_owned()).await.map_err(failed)?;
        rows.map_or(Ok(None), |rows| member(&rows))
    }

    async fn by_id(&self, id: StaffId) -> Result<Option<StaffMember>, Error> {
        member(&rows(&self.pool, BY_ID, &[&id.uuid()]).await?)
    }

    async fn on(&self, day: NaiveDate, wanted: &StaffWanted) -> Result<Vec<StaffMember>, Error> {
        on_a_day::who(&self.pool, day, wanted).await
    }
}

fn member(rows: &[Row]) -> Result<Option<StaffMember>, Error> {
    let Some(first) = rows.first() else { return Ok(None) };
    let name = first.get::<_, String>(2).try_into().map_err(Error::unavailable)?;
    let roles = rows.iter().filter_map(|row| held(row).transpose()).collect::<Result<Vec<_>, _>>()?;
    let agreement = ConfidentialityAgreement::of(agreement::signed(first), roles.iter().map(|held| held.role));
    let mut sharing = vec![];
    for row in rows {
        sharing.extend(row.get::<_, Option<&str>>("sharing").map(read::<Vec<_>>).transpose()?.unwrap_or_default());
    }
    let overrides = first.get::<_, Option<&str>>("overrides").map(read).transpose()?.unwrap_or_default();
    Ok(Some(StaffMember { id: first.get::<_, Uuid>(1).into(), name, roles, agreement, sharing, overrides }))
}

fn held(row: &Row) -> Result<Option<HeldRole>, Error> {
    let Some(role) = row.get::<_, Option<String>>(3) else { return Ok(None) };
    let role = role.parse().map_err(|_| Error::unavailable("a staff record holds a role that nobody knows"))?;
    let (school, partner) = (row.get::<_, Option<Uuid>>(4), row.get::<_, Option<Uuid>>(5));
    Ok(Some(HeldRole { role, school: school.map(Into::into), partner: partner.map(Into::into) }))
}
