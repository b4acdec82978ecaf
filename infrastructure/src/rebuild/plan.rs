//! What is to be rebuilt, and how far that has come.
use application::Table;
use deadpool_postgres::{ClientWrapper, Pool};
use strum::VariantArray;

use super::{RebuildError, shadow};
use crate::{DatabaseError, log::live_views};

/// Names the one rebuild among a database's advisory locks: "Rebuild ".
const LOCK: i64 = i64::from_be_bytes(*b"Rebuild ");

/// How the live views stand to this code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// They are of its versions.
    Current,
    /// Some are older, and have to be rebuilt before anything is written.
    Older(Vec<Table>),
    /// One is newer: this code is not to be used any more.
    Newer(Table),
}

/// How the live views stand to this code.
///
/// # Errors
/// When the database does not answer.
pub async fn standing(pool: &Pool) -> Result<Standing, DatabaseError> {
    let client = pool.get().await?;
    standing_of(&client).await
}

async fn standing_of(client: &ClientWrapper) -> Result<Standing, DatabaseError> {
    let live = live_views::live(client).await?;
    let version = |table: Table| live.get(<&str>::from(table)).copied().unwrap_or_default();
    let newer = Table::VARIANTS.iter().find(|table| version(**table) > table.version());
    let older: Vec<_> = Table::VARIANTS.iter().copied().filter(|table| version(*table) < table.version()).collect();
    Ok(match newer {
        Some(newer) => Standing::Newer(*newer),
        None if older.is_empty() => Standing::Current,
        None => Standing::Older(older),
    })
}

/// A table that is rebuilt.
#[derive(Debug)]
pub struct View {
    pub table: Table,
    pub columns: Vec<String>,
    /// Whether the live rows come from the same fold, so that they must be the same.
    pub comparable: bool,
}

/// What is to be done.
#[derive(Debug)]
pub struct Plan {
    pub views: Vec<View>,
    /// Whether all streams have been folded once, and the indexes made.
    pub indexed: bool,
}

impl Plan {
    /// Goes on with what was left unfinished, where that is the same; else begins.
    pub async fn make(client: &ClientWrapper, views: &[Table]) -> Result<Self, RebuildError> {
        if !client.query_one("SELECT pg_try_advisory_lock($1)", &[&LOCK]).await?.get::<_, bool>(0) {
            return Err(RebuildError::UnderWay);
        }
        let older = match standing_of(client).await? {
            Standing::Newer(table) => return Err(RebuildError::Newer(<&str>::from(table).to_owned())),
            Standing::Older(older) => older,
            Standing::Current => vec![],
        };
        let mut wanted: Vec<Table> = match (views, &*older) {
            ([], []) => Table::VARIANTS.to_vec(),
            ([], older) => older.to_vec(),
            (views, _) => views.to_vec(),
        };
        wanted.sort();
        wanted.dedup();
        let indexed = match shadow::under_way(client, &wanted).await? {
            Some(indexed) => indexed,
            None => {
                shadow::begin(client, &wanted).await?;
                false
            }
        };
        let mut views = vec![];
        for table in wanted {
            let columns = shadow::columns(client, table).await?;
            views.push(View { table, columns, comparable: !older.contains(&table) });
        }
        Ok(Self { views, indexed })
    }

    /// The tables.
    pub fn tables(&self) -> Vec<Table> {
        self.views.iter().map(|view| view.table).collect()
    }

    pub fn view(&self, table: Table) -> Option<&View> {
        self.views.iter().find(|view| view.table == table)
    }
}
