//! What happens on a case may change what follows from what was told before: then the student is looked at.
use application::Error;
use async_trait::async_trait;
use deadpool_postgres::Transaction;
use uuid::Uuid;

use crate::{
    database::failed,
    readers::{Feed, Page},
};

/// A case to write bands on, another school by whose days they are counted, a mentor to call home, a call that was none.
const TELLING: &[&str] = &[
    "CaseOpened",
    "CaseReopened",
    "SchoolChanged",
    "MentorAssigned",
    "EntryCorrected",
    "EntryRetracted",
    "EntryMovedToStudent",
];

/// Has students looked at whose case was opened, went to another school or got a mentor.
#[derive(Debug, Clone, Copy, Default)]
pub struct LooksFeed;

#[async_trait]
impl Feed for LooksFeed {
    fn name(&self) -> &'static str {
        "looks"
    }

    fn version(&self) -> i32 {
        1
    }

    /// Who was looked at is not looked at again.
    fn tables(&self) -> &'static [&'static str] {
        &[]
    }

    async fn take(&self, transaction: &Transaction<'_>, _: i32, page: &Page) -> Result<(), Error> {
        let telling =
            page.events.iter().filter(|event| event.kind() == "case" && TELLING.contains(&event.event_type()));
        let students: Vec<Uuid> = telling.map(|event| event.stream()).collect();
        if students.is_empty() {
            return Ok(());
        }
        let insert = "INSERT INTO to_look_at (student) SELECT DISTINCT student FROM unnest($1::uuid[]) student";
        let insert = transaction.prepare_cached(insert).await.map_err(failed)?;
        transaction.execute(&insert, &[&students]).await.map_err(failed)?;
        Ok(())
    }
}
