//! What was read of more than one student, in the table `district_accesses`.
use application::{
    After, Error, Page,
    register::{DistrictAccess, Exported},
};
use deadpool_postgres::Pool;
use domain::StaffId;
use tokio_postgres::Row;
use uuid::Uuid;

use crate::{cursor, database::rows};

const WRITE: &str = "
    INSERT INTO district_accesses (id, at, staff, os_user, seen_as, operation, request, school_year, what, asked, form,
                                   lines)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

pub async fn write(pool: &Pool, access: &DistrictAccess) -> Result<(), Error> {
    let DistrictAccess { id, at, staff, os_user, seen_as, operation, request, school_year, exported } = access;
    let [staff, seen_as] = [staff, seen_as].map(|who| who.map(|staff| staff.uuid()));
    let exported = exported.as_ref();
    let (what, form) = (exported.map(|it| &it.what), exported.map(|it| &it.form));
    let asked = exported.and_then(|it| it.asked.as_ref());
    let lines = exported.and_then(|it| it.lines).map(|lines| i64::try_from(lines).unwrap_or(i64::MAX));
    rows(
        pool,
        WRITE,
        &[id, at, &staff, os_user, &seen_as, operation, request, school_year, &what, &asked, &form, &lines],
    )
    .await?;
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
    found.iter().map(line).collect()
}

fn line(row: &Row) -> Result<(DistrictAccess, After), Error> {
    let staff = |column| row.get::<_, Option<Uuid>>(column).map(Into::into);
    let access = DistrictAccess {
        id: row.get("id"),
        at: row.get("at"),
        staff: staff("staff"),
        os_user: row.get("os_user"),
        seen_as: staff("seen_as"),
        operation: row.get("operation"),
        request: row.get("request"),
        school_year: row.get("school_year"),
        exported: exported(row)?,
    };
    let place = After(access.at.to_rfc3339(), access.id);
    Ok((access, place))
}

fn exported(row: &Row) -> Result<Option<Exported>, Error> {
    let Some(what) = row.get("what") else { return Ok(None) };
    let lines = row.get::<_, Option<i64>>("lines").map(u64::try_from).transpose().map_err(Error::unavailable)?;
    Ok(Some(Exported { what, asked: row.get("asked"), form: row.get("form"), lines }))
}
