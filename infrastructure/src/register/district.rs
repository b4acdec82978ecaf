//! What was read of more than one student, in the table `district_accesses`.
use application::{After, Error, Page, register::DistrictAccess};
use deadpool_postgres::Pool;
use domain::StaffId;
use tokio_postgres::Row;
use uuid::Uuid;

use crate::{cursor, database::rows};

pub async fn write(pool: &Pool, access: &DistrictAccess) -> Result<(), Error> {
    let insert = "INSERT INTO district_accesses (id, at, staff, seen_as, operation, request, school_year)
                  VALUES ($1, $2, $3, $4, $5, $6, $7)";
    let DistrictAccess { id, at, staff, seen_as, operation, request, school_year } = access;
    let seen_as = seen_as.map(|staff| staff.uuid());
    rows(pool, insert, &[id, at, &staff.uuid(), &seen_as, operation, request, school_year]).await?;
    Ok(())
}

pub async fn read(pool: &Pool, by: Option<StaffId>, page: &Page) -> Result<Vec<(DistrictAccess, After)>, Error> {
    let after = page.after.as_ref().map(|after| cursor::time(&after.0)).transpose()?;
    let (id, limit) = (page.after.as_ref().map(|after| after.1), i64::from(page.limit));
    let found = match by.map(|staff| staff.uuid()) {
        Some(staff) => {
            let select = "SELECT * FROM district_accesses
                          WHERE staff = $1 AND ($2::timestamptz IS NULL OR (at, id) < ($2, $3))
                          ORDER BY at DESC, id DESC LIMIT $4";
            rows(pool, select, &[&staff, &after, &id, &limit]).await?
        }
        None => {
            let select = "SELECT * FROM district_accesses WHERE $1::timestamptz IS NULL OR (at, id) < ($1, $2)
                          ORDER BY at DESC, id DESC LIMIT $3";
            rows(pool, select, &[&after, &id, &limit]).await?
        }
    };
    Ok(found.iter().map(line).collect())
}

fn line(row: &Row) -> (DistrictAccess, After) {
    let access = DistrictAccess {
        id: row.get("id"),
        at: row.get("at"),
        staff: row.get::<_, Uuid>("staff").into(),
        seen_as: row.get::<_, Option<Uuid>>("seen_as").map(Into::into),
        operation: row.get("operation"),
        request: row.get("request"),
        school_year: row.get("school_year"),
    };
    let place = After(access.at.to_rfc3339(), access.id);
    (access, place)
}
