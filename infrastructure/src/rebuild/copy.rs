//! Rows on their way into a table, as text, so that any view's columns will do.
use std::{borrow::Cow, collections::HashMap, io::Cursor, pin::pin};

use application::view::Row;
use deadpool_postgres::ClientWrapper;
use futures::SinkExt;
use serde_json::value::RawValue;

use super::plan::View;
use crate::DatabaseError;

/// Copies `rows` into the shadow of `view`.
pub async fn copy(
    client: &ClientWrapper,
    view: &View,
    rows: impl ExactSizeIterator<Item = Row>,
) -> Result<(), DatabaseError> {
    if rows.len() == 0 {
        return Ok(());
    }
    let columns: Vec<&str> = view.columns.iter().map(|column| &*column.name).collect();
    let into = format!("COPY rebuild.{} ({}) FROM STDIN", <&str>::from(view.table), columns.join(", "));
    let mut text = String::new();
    for row in rows {
        line(&mut text, view, &row)?;
    }
    let mut sink = pin!(client.copy_in::<_, Cursor<Vec<u8>>>(&into).await?);
    sink.send(Cursor::new(text.into_bytes())).await?;
    sink.finish().await?;
    Ok(())
}

fn line(text: &mut String, view: &View, row: &Row) -> Result<(), DatabaseError> {
    let row = serde_json::to_string(row)?;
    let row: HashMap<&str, &RawValue> = serde_json::from_str(&row)?;
    for (at, column) in view.columns.iter().enumerate() {
        if at > 0 {
            text.push('\t');
        }
        match row.get(&*column.name).map_or("null", |value| value.get()) {
            "null" => text.push_str("\\N"),
            string if string.starts_with('"') => escape(text, &serde_json::from_str::<Cow<'_, str>>(string)?),
            // Ids and days: nothing that an array would quote.
            array if column.is_array => {
                escape(text, &format!("{{{}}}", serde_json::from_str::<Vec<&str>>(array)?.join(",")));
            }
            // A document is kept as it is.
            other => escape(text, other),
        }
    }
    text.push('\n');
    Ok(())
}

/// COPY's own escapes.
fn escape(text: &mut String, value: &str) {
    for char in value.chars() {
        match char {
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            char => text.push(char),
        }
    }
}
