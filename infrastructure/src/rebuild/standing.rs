//! How what is live stands to this code.
use std::collections::BTreeMap;

use deadpool_postgres::{ClientWrapper, Pool};

use super::View;
use crate::{DatabaseError, log::live_views};

/// How the live views stand to this code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// They are of its versions.
    Current,
    /// Some are older, and have to be rebuilt before anything is written.
    Older(Vec<View>),
    /// One is newer: this code is not to be used any more.
    Newer(View),
}

/// How the live views stand to this code.
///
/// # Errors
/// When the database does not answer.
pub async fn standing(pool: &Pool) -> Result<Standing, DatabaseError> {
    let client = pool.get().await?;
    of(&client).await
}

pub async fn of(client: &ClientWrapper) -> Result<Standing, DatabaseError> {
    let mut live: BTreeMap<String, i32> = live_views::live(client).await?;
    for view in View::all().into_iter().filter(|view| view.feed().is_some()) {
        let kept = "SELECT version FROM readers WHERE name = $1 AND live";
        let kept = client.query_opt(kept, &[&view.name()]).await?;
        // What nobody has begun to count is counted by the reader in its own time.
        live.insert(view.name().to_owned(), kept.map_or(view.version(), |row| row.get(0)));
    }
    let version = |view: &View| live.get(view.name()).copied().unwrap_or_default();
    let newer = View::all().into_iter().find(|view| version(view) > view.version());
    let older: Vec<_> = View::all().into_iter().filter(|view| version(view) < view.version()).collect();
    Ok(match newer {
        Some(newer) => Standing::Newer(newer),
        None if older.is_empty() => Standing::Current,
        None => Standing::Older(older),
    })
}
