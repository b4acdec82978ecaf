//! Legal holds: what is kept for a court or a claim is not erased, whatever its age.
use deadpool_postgres::Pool;
use domain::{StaffId, StudentId};

use crate::erasure::{NotErased, is_privacy_officer};

/// Keeps all that there is of `student` until it is released, as `by` says for that `reason`. Said again it changes nothing.
///
/// # Errors
/// [`NotErased::NotTheirs`], or where the database does not answer.
pub async fn hold(pool: &Pool, student: StudentId, by: StaffId, reason: &str) -> Result<(), NotErased> {
    let client = pool.get().await.map_err(crate::DatabaseError::from)?;
    is_privacy_officer(&**client, by).await?;
    let hold = "INSERT INTO legal_holds (student, held_by, reason) VALUES ($1, $2, $3)
                ON CONFLICT (student) DO UPDATE SET (held_by, held_at, reason, released_by, released_at)
                    = (excluded.held_by, now(), excluded.reason, NULL, NULL) WHERE legal_holds.released_at IS NOT NULL";
    client.execute(hold, &[&student.uuid(), &by.uuid(), &reason]).await?;
    Ok(())
}

/// Releases a hold, and says whether there was one.
///
/// # Errors
/// [`NotErased::NotTheirs`], or where the database does not answer.
pub async fn release(pool: &Pool, student: StudentId, by: StaffId) -> Result<bool, NotErased> {
    let client = pool.get().await.map_err(crate::DatabaseError::from)?;
    is_privacy_officer(&**client, by).await?;
    let release = "UPDATE legal_holds SET (released_by, released_at) = ($2, now())
                   WHERE student = $1 AND released_at IS NULL";
    Ok(client.execute(release, &[&student.uuid(), &by.uuid()]).await? > 0)
}
