//! Wrapping all keys anew under another master key. The log is not touched: what it holds is sealed under what is wrapped.
use application::sealing::{KeyService, Wrapped};
use deadpool_postgres::Pool;
use uuid::Uuid;

use super::{WrongMasterKey, check, keyring::place};
use crate::DatabaseError;

/// So many students' keys are wrapped in one transaction.
const BATCH: i64 = 500;

/// Wraps every key that another master key wraps under the current one, and says how many students' there were. Cut off,
/// it goes on where it was; servers that have both keys go on meanwhile.
///
/// # Errors
/// Where a key does not unwrap, or the database does not answer.
pub async fn rotate(pool: &Pool, service: &dyn KeyService) -> Result<u64, WrongMasterKey> {
    let mut client = pool.get().await.map_err(DatabaseError::from)?;
    let mut wrapped = 0;
    loop {
        let batch = client.transaction().await?;
        let select = "SELECT student, master, case_key, compartment_key FROM student_keys WHERE master <> $1
                      ORDER BY student LIMIT $2 FOR UPDATE";
        let rows = batch.query(select, &[&service.current(), &BATCH]).await?;
        for row in &rows {
            let student: Uuid = row.get("student");
            let anew = async |column, which| {
                let before = Wrapped { master: row.get("master"), bytes: row.get(column) };
                let place = place(student, which);
                service.wrap(&place, &service.unwrap(&place, &before).await?).await
            };
            let (case, compartment) = (anew("case_key", 1).await?, anew("compartment_key", 2).await?);
            let update = "UPDATE student_keys SET master = $2, case_key = $3, compartment_key = $4 WHERE student = $1";
            batch.execute(update, &[&student, &case.master, &case.bytes, &compartment.bytes]).await?;
        }
        batch.commit().await?;
        wrapped += rows.len() as u64;
        if rows.is_empty() {
            break;
        }
    }
    // Last: until here the store opens with either.
    let renewed = check::renewed(service).await?;
    let update = "UPDATE installation SET master_key = $1, master_check = $2";
    client.execute(update, &[&renewed.master, &renewed.bytes]).await?;
    Ok(wrapped)
}
