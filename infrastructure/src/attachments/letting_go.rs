//! Attachments that no event names within a day are let go of.
use std::time::Duration;

use application::Error;
use deadpool_postgres::Pool;

use crate::{Upkeep, database::failed};

/// How often to look.
const LOOK: Duration = Duration::from_secs(3600);

/// Those that are named by a consent are marked, and never looked at again; the others go, with their parts.
const LET_GO: &str = "
    WITH old AS (
        SELECT student, id, EXISTS (
            SELECT FROM entries e WHERE e.student = a.student AND e.kind = 'consent' AND strpos(e.body, a.id::text) > 0
        ) AS named
        FROM attachments a WHERE NOT a.named AND touched_at < now() - make_interval(hours => $1) FOR UPDATE SKIP LOCKED),
    marked AS (
        UPDATE attachments a SET named = true FROM old
        WHERE old.named AND (a.student, a.id) = (old.student, old.id)),
    parts AS (
        DELETE FROM attachment_parts p USING old WHERE NOT old.named AND (p.student, p.attachment) = (old.student, old.id)),
    gone AS (
        DELETE FROM attachments a USING old WHERE NOT old.named AND (a.student, a.id) = (old.student, old.id)
        RETURNING 1)
    SELECT count(*) FROM gone";

/// Lets go, hour by hour, of attachments that no event has named for a day.
#[must_use]
pub fn letting_go_of_attachments(pool: Pool) -> Upkeep {
    Upkeep::every(LOOK, "let go of attachments", move || {
        let pool = pool.clone();
        async move {
            let gone = let_go(&pool, 24).await?;
            if gone > 0 {
                tracing::info!(gone, "let go of attachments that nothing names");
            }
            Ok::<_, Error>(())
        }
    })
}

/// Lets go of attachments that no event has named for so many hours, and says how many there were.
///
/// # Errors
/// [`Error::Unavailable`] where the database does not answer.
pub async fn let_go(pool: &Pool, hours: i32) -> Result<i64, Error> {
    let client = pool.get().await.map_err(failed)?;
    let row = client.query_one(LET_GO, &[&hours]).await.map_err(failed)?;
    Ok(row.get(0))
}
