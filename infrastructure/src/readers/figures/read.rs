//! Questions about figures, answered from one snapshot together with how far they count.
use application::{
    Error,
    figures::{CellRow, Compartment, Measure, Progress, ReadFigures, Scope},
};
use async_trait::async_trait;
use chrono::NaiveDate;
use deadpool_postgres::Pool;
use domain::{SchoolId, StaffId};
use strum::VariantArray;
use tokio_postgres::{Row, types::ToSql};
use uuid::Uuid;

use crate::{DatabaseError, database::failed};

const OF_SCHOOL: &str = "SELECT r.position, r.recorded_at, f.*
    FROM readers r LEFT JOIN LATERAL (
      SELECT measure, code, tier, day, sum(number)::bigint AS number, sum(minutes)::bigint AS minutes
      FROM school_figures f
      WHERE f.generation = r.generation AND f.school = $1 AND f.compartment = ANY($2)
      AND (f.day >= $3 OR f.measure = ANY($4))
      GROUP BY measure, code, tier, day
    ) f ON true
    WHERE r.name = 'figures' AND r.live ORDER BY f.measure, f.day, f.code, f.tier";

const OF_STAFF: &str = "SELECT r.position, r.recorded_at, f.*
    FROM readers r LEFT JOIN LATERAL (
      SELECT measure, code, tier, day, sum(number)::bigint AS number, sum(minutes)::bigint AS minutes
      FROM staff_activity f
      WHERE f.generation = r.generation AND f.staff = $1
      AND (f.compartment = ANY($2) OR (f.school, f.compartment) IN (SELECT * FROM unnest($3::uuid[], $4::text[])))
      AND (f.day >= $5 OR f.measure = ANY($6))
      GROUP BY measure, code, tier, day
    ) f ON true
    WHERE r.name = 'figures' AND r.live ORDER BY f.measure, f.day, f.code, f.tier";

/// Figures in PostgreSQL.
#[derive(Debug, Clone)]
pub struct PgFigures(Pool);

impl PgFigures {
    /// Reads through `pool`.
    #[must_use]
    pub fn new(pool: Pool) -> Self {
        Self(pool)
    }

    async fn read(&self, select: &str, values: &[&(dyn ToSql + Sync)]) -> Result<(Vec<CellRow>, Progress), Error> {
        let client = self.0.get().await.map_err(failed)?;
        let select = client.prepare_cached(select).await.map_err(failed)?;
        let rows = client.query(&select, values).await.map_err(failed)?;
        let progress = rows.first().map_or_else(Progress::default, |row| Progress {
            position: row.get::<_, i64>("position") as u64,
            recorded_at: row.get("recorded_at"),
        });
        Ok((rows.iter().filter_map(cell).collect::<Result<_, _>>()?, progress))
    }
}

#[async_trait]
impl ReadFigures for PgFigures {
    async fn of_school(
        &self,
        school: SchoolId,
        compartments: &[Compartment],
        from: NaiveDate,
    ) -> Result<(Vec<CellRow>, Progress), Error> {
        self.read(OF_SCHOOL, &[&school.uuid(), &codes(compartments), &from, &standing()]).await
    }

    async fn of_staff(
        &self,
        staff: StaffId,
        scope: &Scope,
        from: NaiveDate,
    ) -> Result<(Vec<CellRow>, Progress), Error> {
        let (anywhere, at): (&[Compartment], &[(SchoolId, Compartment)]) = match scope {
            Scope::Anywhere(compartments) => (compartments, &[]),
            Scope::At(places) => (&[], places),
        };
        let schools: Vec<Uuid> = at.iter().map(|(school, _)| school.uuid()).collect();
        let compartments: Vec<&str> = at.iter().map(|(_, compartment)| compartment.into()).collect();
        let values: [&(dyn ToSql + Sync); 6] =
            [&staff.uuid(), &codes(anywhere), &schools, &compartments, &from, &standing()];
        self.read(OF_STAFF, &values).await
    }
}

fn codes(compartments: &[Compartment]) -> Vec<&'static str> {
    compartments.iter().map(Into::into).collect()
}

/// The measures that tell how things stand, whenever they began.
fn standing() -> Vec<&'static str> {
    Measure::VARIANTS.iter().filter(|measure| measure.stands()).map(Into::into).collect()
}

/// The cell in a row; a row that tells only how far it is counted has none.
fn cell(row: &Row) -> Option<Result<CellRow, Error>> {
    let measure: &str = row.get::<_, Option<&str>>("measure")?;
    let Ok(measure) = measure.parse() else { return Some(Err(failed(DatabaseError::Unreadable))) };
    Some(Ok(CellRow {
        measure,
        code: row.get("code"),
        tier: row.get::<_, i16>("tier") as u8,
        day: row.get("day"),
        number: row.get::<_, i64>("number") as u64,
        minutes: row.get::<_, i64>("minutes") as u64,
    }))
}
