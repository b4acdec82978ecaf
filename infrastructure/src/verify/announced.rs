//! What the outbox says of each event beside what stands in the log: about which entry, at which school, for whom.
use std::collections::BTreeMap;

use application::retold::Retold;
use deadpool_postgres::ClientWrapper;
use tokio_postgres::Row;
use uuid::Uuid;

use super::{Finding, Place, outbox::OUTBOX};
use crate::DatabaseError;

/// Rows of the outbox, by position.
pub type Rows = BTreeMap<i64, Row>;

/// What the outbox has of these events.
pub async fn kept(client: &ClientWrapper, events: &[Row]) -> Result<Rows, DatabaseError> {
    let positions: Vec<i64> = events.iter().map(|event| event.get("position")).collect();
    let select = "SELECT position, entry, school, visibility FROM outbox WHERE position = ANY ($1)";
    let rows = client.query(&client.prepare_cached(select).await?, &[&positions]).await?;
    Ok(rows.into_iter().map(|row| (row.get("position"), row)).collect())
}

/// Compares what is kept of a case's events.
pub fn compare(stream: Uuid, told: &Retold<'_>, events: &[&Row], kept: &Rows, findings: &mut Vec<Finding>) {
    for (announced, event) in told.announced().iter().zip(events) {
        let position: i64 = event.get("position");
        let Some(row) = kept.get(&position) else { continue };
        let school = announced.schools.contains(&row.get("school"));
        let visibility = announced.visibilities.iter().any(|known| known == row.get::<_, &str>("visibility"));
        let same = [("entry", announced.entry == row.get("entry")), ("school", school), ("visibility", visibility)];
        let differs: Vec<_> = same.into_iter().filter(|(_, same)| !same).map(|(column, _)| column).collect();
        if !differs.is_empty() {
            let place = Place { table: OUTBOX, of: stream, key: Some(format!("position {position}")) };
            findings.push(Finding::Differs(place, differs.join(", ")));
        }
    }
}
