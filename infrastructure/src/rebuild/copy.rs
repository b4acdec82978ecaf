//! Rows on their way into a table, as text, so that any view's columns will do.
use std::{collections::BTreeMap, io::Cursor, pin::pin};

use deadpool_postgres::ClientWrapper;
use futures::SinkExt;
use serde_json::Value;

use super::plan::View;
use crate::DatabaseError;

/// Copies `rows` into the shadow of `view`.
pub async fn copy(client: &ClientWrapper, view: &View, rows: BTreeMap<String, Value>) -> Result<(), DatabaseError> {
    if rows.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = view.columns.iter().map(|column| &*column.name).collect();
    let into = format!("COPY rebuild.{} ({}) FROM STDIN", <&str>::from(view.table), names.join(", "));
    let mut text = String::new();
    for row in rows.values() {
        line(&mut text, view, row);
    }
    let mut sink = pin!(client.copy_in::<_, Cursor<Vec<u8>>>(&into).await?);
    sink.send(Cursor::new(text.into_bytes())).await?;
    sink.finish().await?;
    Ok(())
}

fn line(text: &mut String, view: &View, row: &Value) {
    for (at, column) in view.columns.iter().enumerate() {
        if at > 0 {
            text.push('\t');
        }
        match row.get(&column.name) {
            None | Some(Value::Null) => text.push_str("\\N"),
            Some(value) if column.is_json => escape(text, &value.to_string()),
            Some(Value::String(value)) => escape(text, value),
            // Ids and days: nothing that an array would quote.
            Some(Value::Array(values)) => {
                let values: Vec<_> = values.iter().map(|value| value.as_str().unwrap_or_default()).collect();
                escape(text, &format!("{{{}}}", values.join(",")));
            }
            Some(value) => text.push_str(&value.to_string()),
        }
    }
    text.push('\n');
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
