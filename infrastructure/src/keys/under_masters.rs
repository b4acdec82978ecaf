//! Whether the keys of all students open.
use std::collections::BTreeMap;

use application::sealing::{KeyService, Wrapped};
use deadpool_postgres::Pool;
use uuid::Uuid;

use super::{WrongMasterKey, keyring::place};
use crate::DatabaseError;

/// So many students' keys are read at once.
const BATCH: i64 = 2_000;

/// The keys under one master key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnderMaster {
    /// Its name.
    pub master: String,
    /// Of how many students there are keys.
    pub students: u64,
    /// Of how many they do not open.
    pub closed: u64,
}

/// Opens the keys of all students, and says by master key how many there are.
///
/// # Errors
/// Where the database does not answer.
pub async fn under_masters(pool: &Pool, service: &dyn KeyService) -> Result<Vec<UnderMaster>, WrongMasterKey> {
    let client = pool.get().await.map_err(DatabaseError::from)?;
    let select = "SELECT student, master, case_key, compartment_key FROM student_keys
                  WHERE student > $1 ORDER BY student LIMIT $2";
    let (mut found, mut after) = (BTreeMap::<String, (u64, u64)>::new(), Uuid::nil());
    loop {
        let rows = client.query(select, &[&after, &BATCH]).await?;
        for row in &rows {
            after = row.get("student");
            let opens = async |column, which| {
                let wrapped = Wrapped { master: row.get("master"), bytes: row.get(column) };
                service.unwrap(&place(after, which), &wrapped).await.is_ok()
            };
            let both = opens("case_key", 1).await && opens("compartment_key", 2).await;
            let (students, closed) = found.entry(row.get("master")).or_default();
            *students += 1;
            *closed += u64::from(!both);
        }
        if rows.is_empty() {
            let under = |(master, (students, closed))| UnderMaster { master, students, closed };
            return Ok(found.into_iter().map(under).collect());
        }
    }
}
