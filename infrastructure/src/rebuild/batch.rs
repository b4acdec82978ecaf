//! A batch of streams, folded by the live projection into the shadow.
use std::collections::BTreeMap;

use application::{Project, Table, view::Row};
use deadpool_postgres::ClientWrapper;
use domain::case::Case;
use uuid::Uuid;

use super::{RebuildError, copy, plan::Plan, walk::Stream};
use crate::log::{
    CASE,
    replay::{COLUMNS, Past},
};

/// Folds `streams` and commits their rows together with how far they have come; returns how many events that were.
pub async fn fold(client: &ClientWrapper, plan: &Plan, streams: &[Stream]) -> Result<u64, RebuildError> {
    client.batch_execute("BEGIN").await?;
    let events = within(client, plan, streams).await?;
    client.batch_execute("COMMIT").await?;
    Ok(events)
}

/// The same, in a transaction that is open.
pub async fn within(client: &ClientWrapper, plan: &Plan, streams: &[Stream]) -> Result<u64, RebuildError> {
    let ids: Vec<Uuid> = streams.iter().map(|stream| stream.id).collect();
    let before: Vec<Uuid> = streams.iter().filter(|stream| stream.is_there).map(|stream| stream.id).collect();
    let select = format!("SELECT {COLUMNS} FROM log WHERE stream = ANY($1) AND kind = $2 ORDER BY stream, version");
    let events = client.query(&client.prepare_cached(&select).await?, &[&ids, &CASE]).await?;
    if !before.is_empty() {
        for view in &plan.views {
            let delete = format!("DELETE FROM rebuild.{} WHERE student = ANY($1)", <&str>::from(view.table));
            client.execute(&client.prepare_cached(&delete).await?, &[&before]).await?;
        }
    }
    let mut folded = Folded::default();
    for event in &events {
        let past = Past::read(event).map_err(|_| RebuildError::Unreadable(event.get("stream")))?;
        folded.take(plan, past);
    }
    folded.close(plan);
    for view in &plan.views {
        let rows = folded.rows.remove(&view.table).unwrap_or_default().into_values();
        copy::copy(client, view, rows).await?;
    }
    let versions: Vec<i64> = ids.iter().map(|id| folded.versions.get(id).copied().unwrap_or_default() as i64).collect();
    let reached = "INSERT INTO rebuild.streams (stream, version) SELECT * FROM unnest($1::uuid[], $2::bigint[])
                   ON CONFLICT (stream) DO UPDATE SET version = excluded.version";
    client.execute(&client.prepare_cached(reached).await?, &[&ids, &versions]).await?;
    Ok(events.len() as u64)
}

/// Rows by table and key: of two for one key the later one stands.
#[derive(Default)]
struct Folded {
    rows: BTreeMap<Table, BTreeMap<(Uuid, Uuid), Row>>,
    versions: BTreeMap<Uuid, u64>,
    stream: Uuid,
    document: <Case as Project>::Document,
}

impl Folded {
    fn take(&mut self, plan: &Plan, past: Past<Case>) {
        if past.stream != self.stream {
            self.close(plan);
            self.stream = past.stream;
        }
        self.versions.insert(past.stream, past.version);
        let rows = Case::project(&mut self.document, &past.happening());
        self.keep(plan, rows);
    }

    /// The stream is over: its document becomes rows.
    fn close(&mut self, plan: &Plan) {
        let document = std::mem::take(&mut self.document);
        if document.erased {
            let erased = self.stream;
            self.rows.values_mut().for_each(|rows| rows.retain(|(student, _), _| *student != erased));
        } else if let Some(version) = self.versions.get(&self.stream) {
            let rows = Case::document_rows(&document, self.stream, *version);
            self.keep(plan, rows);
        }
    }

    fn keep(&mut self, plan: &Plan, rows: Vec<Row>) {
        for row in rows.into_iter().filter(|row| plan.view(row.table()).is_some()) {
            self.rows.entry(row.table()).or_default().insert(row.key(), row);
        }
    }
}
