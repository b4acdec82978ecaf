//! The register of accesses in PostgreSQL.
use std::{collections::HashMap, sync::Arc};

use application::{
    After, Error, Page,
    register::{Access, Accesses, DistrictAccess, Register},
};
use async_trait::async_trait;
use deadpool_postgres::Pool;
use domain::{StaffId, StudentId};
use tokio_postgres::Row;
use uuid::Uuid;

use crate::{
    DatabaseError, cursor,
    database::{codes, failed, rows},
    gather::Gather,
};

mod district;

/// Looks that come together are written together: many readers wait for one commit, not each for one of its own.
const WRITE: &str = "
    INSERT INTO accesses (student, id, at, staff, role, operation, categories, compartment, basis, partner, purposes,
                          agreement, consent, override, seen_as)
    SELECT student, id, at, staff, role, operation, string_to_array(categories, ','), compartment, basis, partner,
           string_to_array(purposes, ','), agreement, consent, override, seen_as
    FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::bool[],
                $9::text[], $10::uuid[], $11::text[], $12::uuid[], $13::uuid[], $14::uuid[], $15::uuid[])
         AS w (student, id, at, staff, role, operation, categories, compartment, basis, partner, purposes, agreement,
               consent, override, seen_as)";

/// What one request has shown, by an id of its own.
#[derive(Clone)]
struct Shown(Uuid, Arc<[Access]>);

impl PartialEq for Shown {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl Eq for Shown {}
impl std::hash::Hash for Shown {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

/// The table `accesses`.
#[derive(Clone)]
pub struct PgRegister {
    pool: Pool,
    write: Gather<Shown, ()>,
}

impl PgRegister {
    /// Reads and writes through `pool`.
    #[must_use]
    pub fn new(pool: Pool) -> Self {
        let to = pool.clone();
        let write = Gather::by(move |shown: Vec<Shown>| {
            let pool = to.clone();
            async move {
                write(&pool, shown.iter().flat_map(|shown| shown.1.iter())).await?;
                Ok(shown.into_iter().map(|shown| (shown, ())).collect::<HashMap<_, _>>())
            }
        });
        Self { pool, write }
    }
}

async fn write(pool: &Pool, all: impl Iterator<Item = &Access>) -> Result<(), DatabaseError> {
    let all: Vec<&Access> = all.collect();
    fn each<'a, T>(all: &[&'a Access], value: impl Fn(&'a Access) -> T) -> Vec<T> {
        all.iter().map(|access| value(access)).collect()
    }
    let codes = |codes: Vec<&'static str>| codes.join(",");
    let client = pool.get().await?;
    let statement = client.prepare_cached(WRITE).await?;
    client
        .execute(
            &statement,
            &[
                &each(&all, |access| access.student.uuid()),
                &each(&all, |access| access.id),
                &each(&all, |access| access.at),
                &each(&all, |access| access.staff.uuid()),
                &each(&all, |access| <&'static str>::from(access.role)),
                &each(&all, |access| access.operation.as_str()),
                &each(&all, |access| codes(access.categories.iter().map(Into::into).collect())),
                &each(&all, |access| access.compartment),
                &each(&all, |access| access.basis.as_str()),
                &each(&all, |access| access.partner.map(|partner| partner.uuid())),
                &each(&all, |access| codes(access.purposes.iter().map(Into::into).collect())),
                &each(&all, |access| access.agreement.map(|agreement| agreement.uuid())),
                &each(&all, |access| access.consent.map(|consent| consent.uuid())),
                &each(&all, |access| access.access_override.map(|entry| entry.uuid())),
                &each(&all, |access| access.seen_as.map(|staff| staff.uuid())),
            ],
        )
        .await?;
    Ok(())
}

#[async_trait]
impl Register for PgRegister {
    async fn write_down(&self, accesses: Vec<Access>) -> Result<(), Error> {
        let written = self.write.ask(Shown(Uuid::now_v7(), accesses.into())).await.map_err(failed)?;
        written.ok_or_else(|| failed(DatabaseError::ConnectionLost))
    }

    async fn of_student(
        &self,
        student: StudentId,
        which: Accesses,
        page: &Page,
    ) -> Result<Vec<(Access, After)>, Error> {
        let select = "SELECT a.*, p.name AS partner_name, onward.parties AS onward
                      FROM accesses a LEFT JOIN partners p ON p.id = a.partner
                      LEFT JOIN LATERAL (
                          SELECT json_agg(json_build_object('name', o.name, 'interest', o.interest)
                                          ORDER BY o.since, o.id)::text AS parties
                          FROM onward_parties o
                          WHERE o.agreement = a.agreement
                            AND (a.at AT TIME ZONE 'America/New_York')::date BETWEEN o.since AND coalesce(o.until, 'infinity')
                      ) onward ON true
                      WHERE student = $1 AND ($2 OR a.partner IS NOT NULL)
                        AND ($3::timestamptz IS NULL OR (at, a.id) < ($3, $4))
                      ORDER BY at DESC, a.id DESC LIMIT $5";
        let after = page.after.as_ref().map(|after| cursor::time(&after.0)).transpose()?;
        let id = page.after.as_ref().map(|after| after.1);
        let (all, limit) = (which == Accesses::All, i64::from(page.limit));
        let rows = rows(&self.pool, select, &[&student.uuid(), &all, &after, &id, &limit]).await?;
        let line = |row: &Row| {
            let access = access(row)?;
            let place = After(access.at.to_rfc3339(), access.id);
            Ok((access, place))
        };
        rows.iter().map(line).collect()
    }

    async fn write_down_of_district(&self, access: DistrictAccess) -> Result<(), Error> {
        district::write(&self.pool, &access).await
    }

    async fn of_district(&self, by: Option<StaffId>, page: &Page) -> Result<Vec<(DistrictAccess, After)>, Error> {
        district::read(&self.pool, by, page).await
    }
}

fn access(row: &Row) -> Result<Access, Error> {
    let id = |column| row.get::<_, Option<Uuid>>(column);
    Ok(Access {
        id: row.get("id"),
        student: row.get::<_, Uuid>("student").into(),
        at: row.get("at"),
        staff: row.get::<_, Uuid>("staff").into(),
        seen_as: id("seen_as").map(Into::into),
        role: row.get::<_, &str>("role").parse().map_err(Error::unavailable)?,
        operation: row.get("operation"),
        categories: codes(row, "categories")?,
        compartment: row.get("compartment"),
        basis: row.get("basis"),
        partner: id("partner").map(Into::into),
        partner_name: row.get("partner_name"),
        purposes: codes(row, "purposes")?,
        agreement: id("agreement").map(Into::into),
        consent: id("consent").map(Into::into),
        access_override: id("override").map(Into::into),
        onward: row.get::<_, Option<&str>>("onward").map(crate::sharing::read).transpose()?.unwrap_or_default(),
    })
}
