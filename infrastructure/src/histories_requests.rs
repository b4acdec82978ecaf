//! Requests for case histories in PostgreSQL.
use application::{
    After, Error, Page, Personal,
    histories::{HistoriesDecision, HistoriesError, HistoriesRequest, HistoriesRequests, HistoriesState},
};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use deadpool_postgres::Pool;
use domain::{StaffId, indicator::SchoolYear};
use tokio_postgres::Row;
use uuid::Uuid;

use crate::{cursor, database::rows};

const ASK: &str = "
    WITH asked AS (INSERT INTO case_history_requests (id, requested_by, purpose, school_year) VALUES ($1, $2, $3, $4)
                   ON CONFLICT DO NOTHING RETURNING 1)
    SELECT EXISTS (SELECT FROM asked) OR EXISTS (
        SELECT FROM case_history_requests WHERE (id, requested_by, purpose, school_year) = ($1, $2, $3, $4))";

/// Whoever asked decides only where there is no other privacy officer today.
const DECIDE: &str = "
    WITH asked AS (
        SELECT r.*, r.requested_by = $2 AND EXISTS (
            SELECT FROM staff_roles held JOIN staff ON staff.id = held.staff,
                        LATERAL (SELECT (now() AT TIME ZONE 'America/New_York')::date AS today) t
            WHERE held.role = 'privacy_officer' AND held.staff <> $2 AND daterange(held.since, held.until) @> today
              AND (staff.ended_on IS NULL OR staff.ended_on > today)) AS anothers
        FROM case_history_requests r WHERE id = $1),
    decided AS (
        UPDATE case_history_requests r SET decided_by = $2, decided_at = now(), agreed = $3,
               until = CASE WHEN $3 THEN now() + make_interval(days => $4) END
        FROM asked WHERE r.id = $1 AND r.decided_at IS NULL AND NOT asked.anothers RETURNING 1)
    SELECT decided_at IS NULL AND anothers AS anothers,
           withdrawn_at IS NOT NULL AS withdrawn,
           EXISTS (SELECT FROM decided) OR (decided_by, agreed) IS NOT DISTINCT FROM ($2, $3) AS done
    FROM asked";

const WITHDRAW: &str = "
    UPDATE case_history_requests SET withdrawn_by = $2, withdrawn_at = now()
    WHERE id = $1 AND agreed AND withdrawn_at IS NULL AND until > now()";

/// The requests for case histories in their table.
#[derive(Clone)]
pub struct PgHistoriesRequests(Pool);

impl PgHistoriesRequests {
    /// Reads and writes through `pool`.
    #[must_use]
    pub fn new(pool: Pool) -> Self {
        Self(pool)
    }
}

#[async_trait]
impl HistoriesRequests for PgHistoriesRequests {
    async fn ask(&self, id: Uuid, by: StaffId, purpose: &Personal, year: SchoolYear) -> Result<(), Error> {
        let year = i16::from(year);
        let asked = rows(&self.0, ASK, &[&id, &by.uuid(), &purpose.reveal(), &year]).await?;
        match asked.first().map(|row| row.get(0)) {
            Some(true) => Ok(()),
            _ => Err(Error::KeyReused),
        }
    }

    async fn decide(&self, id: Uuid, by: StaffId, decision: HistoriesDecision) -> Result<(), Error> {
        let days = i32::from(decision.days);
        let decided = rows(&self.0, DECIDE, &[&id, &by.uuid(), &decision.agreed, &days]).await?;
        match decided.first().map(|row| (row.get("anothers"), row.get("withdrawn"), row.get("done"))) {
            None => Err(Error::NotFound),
            Some((true, _, _)) => Err(HistoriesError::AnotherOfficerDecides.into()),
            Some((_, true, _)) => Err(HistoriesError::HistoriesWithdrawn.into()),
            Some((_, _, false)) => Err(HistoriesError::HistoriesDecided.into()),
            Some((_, _, true)) => Ok(()),
        }
    }

    async fn withdraw(&self, id: Uuid, by: StaffId) -> Result<(), Error> {
        rows(&self.0, WITHDRAW, &[&id, &by.uuid()]).await.map(drop)
    }

    async fn request(&self, id: Uuid) -> Result<Option<HistoriesRequest>, Error> {
        let select = "SELECT *, until <= now() AS lapsed FROM case_history_requests WHERE id = $1";
        rows(&self.0, select, &[&id]).await?.first().map(request).transpose()
    }

    async fn requests(&self, page: &Page) -> Result<Vec<(HistoriesRequest, After)>, Error> {
        let select = "SELECT *, until <= now() AS lapsed FROM case_history_requests
                      WHERE $1::timestamptz IS NULL OR (requested_at, id) < ($1, $2)
                      ORDER BY requested_at DESC, id DESC LIMIT $3";
        let after = page.after.as_ref().map(|after| cursor::time(&after.0)).transpose()?;
        let id = page.after.as_ref().map(|after| after.1);
        let line = |row: &Row| {
            let request = request(row)?;
            let place = After(request.requested_at.to_rfc3339(), request.request);
            Ok((request, place))
        };
        rows(&self.0, select, &[&after, &id, &i64::from(page.limit)]).await?.iter().map(line).collect()
    }
}

fn request(row: &Row) -> Result<HistoriesRequest, Error> {
    let withdrawn_at: Option<DateTime<Utc>> = row.get("withdrawn_at");
    let state = match (row.get("agreed"), row.get::<_, Option<bool>>("lapsed")) {
        (None, _) => HistoriesState::Waiting,
        (Some(false), _) => HistoriesState::Refused,
        (Some(true), _) if withdrawn_at.is_some() => HistoriesState::Withdrawn,
        (Some(true), Some(true)) => HistoriesState::Lapsed,
        (Some(true), _) => HistoriesState::Agreed,
    };
    Ok(HistoriesRequest {
        request: row.get("id"),
        requested_by: row.get::<_, Uuid>("requested_by").into(),
        requested_at: row.get("requested_at"),
        purpose: row.get::<_, String>("purpose").try_into().map_err(Error::unavailable)?,
        school_year: row.get("school_year"),
        state,
        decided_by: row.get::<_, Option<Uuid>>("decided_by").map(Into::into),
        decided_at: row.get("decided_at"),
        until: row.get("until"),
        withdrawn_by: row.get::<_, Option<Uuid>>("withdrawn_by").map(Into::into),
        withdrawn_at,
    })
}
