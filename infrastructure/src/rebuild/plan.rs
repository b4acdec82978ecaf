//! Which tables are to be folded anew, and how far that has come.
use application::Table;
use deadpool_postgres::ClientWrapper;

use super::{
    RebuildError,
    shadow::{self, Column},
};

/// A table that is rebuilt.
#[derive(Debug)]
pub struct View {
    pub table: Table,
    pub columns: Vec<Column>,
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
    pub async fn make(client: &ClientWrapper, wanted: Vec<Table>, older: &[Table]) -> Result<Self, RebuildError> {
        let indexed = match shadow::under_way(client, &wanted).await? {
            Some(indexed) => indexed,
            None => {
                shadow::begin(client, &wanted).await?;
                false
            }
        };
        let mut views = vec![];
        for table in wanted {
            let columns = shadow::columns(&**client, &format!("rebuild.{}", <&str>::from(table))).await?;
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
