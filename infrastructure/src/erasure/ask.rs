//! The first step: a privacy officer asks.
use chrono::{DateTime, Utc};
use deadpool_postgres::Pool;
use domain::{StaffId, StudentId};
use tokio_postgres::GenericClient;
use uuid::Uuid;

use super::NotErased;
use crate::DatabaseError;

/// Writes down that `by` asks for the erasure of `student`, and says since when it is asked for. Nothing is removed yet.
///
/// # Errors
/// [`NotErased::NotTheirs`], [`NotErased::NobodyThere`], [`NotErased::Held`], or where the database does not answer.
pub async fn ask(pool: &Pool, student: StudentId, by: StaffId) -> Result<DateTime<Utc>, NotErased> {
    let client = pool.get().await.map_err(DatabaseError::from)?;
    is_privacy_officer(&**client, by).await?;
    let known = "SELECT EXISTS (SELECT FROM students WHERE id = $1) OR EXISTS (SELECT FROM streams WHERE stream = $1)
                     OR EXISTS (SELECT FROM enrolments WHERE student = $1)";
    if !client.query_one(known, &[&student.uuid()]).await?.get::<_, bool>(0) {
        return Err(NotErased::NobodyThere(student.uuid()));
    }
    is_free(&**client, student).await?;
    let insert = "INSERT INTO erasures (student, asked_by) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    client.execute(insert, &[&student.uuid(), &by.uuid()]).await?;
    let asked = client.query_one("SELECT asked_at FROM erasures WHERE student = $1", &[&student.uuid()]).await?;
    Ok(asked.get(0))
}

/// Refuses a student under a legal hold.
pub(super) async fn is_free(client: &impl GenericClient, student: StudentId) -> Result<(), NotErased> {
    let held = "SELECT EXISTS (SELECT FROM legal_holds WHERE student = $1 AND released_at IS NULL)";
    match client.query_one(held, &[&student.uuid()]).await?.get(0) {
        true => Err(NotErased::Held(student.uuid())),
        false => Ok(()),
    }
}

/// Refuses whoever is no privacy officer today.
pub(crate) async fn is_privacy_officer(client: &impl GenericClient, by: StaffId) -> Result<(), NotErased> {
    let holds = "SELECT EXISTS (SELECT FROM staff_roles WHERE staff = $1 AND role = 'privacy_officer'
                 AND since <= current_date AND (until IS NULL OR until > current_date))";
    let by: Uuid = by.uuid();
    match client.query_one(holds, &[&by]).await?.get(0) {
        true => Ok(()),
        false => Err(NotErased::NotTheirs(by)),
    }
}
