//! Rows as JSON, and where two of them part.
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::{Map, Value, json};
use tokio_postgres::{
    Row,
    types::{FromSql, Type},
};
use uuid::Uuid;

/// A row as the application writes it: by column, in the same words.
pub fn columns(row: &Row) -> Map<String, Value> {
    let value = |(at, column): (usize, &tokio_postgres::Column)| {
        let value = match *column.type_() {
            Type::BOOL => of::<bool>(row, at),
            Type::INT2 => of::<i16>(row, at),
            Type::INT4 => of::<i32>(row, at),
            Type::INT8 => of::<i64>(row, at),
            Type::UUID => of::<Uuid>(row, at),
            Type::UUID_ARRAY => of::<Vec<Uuid>>(row, at),
            Type::DATE => of::<NaiveDate>(row, at),
            Type::DATE_ARRAY => of::<Vec<NaiveDate>>(row, at),
            Type::TIMESTAMPTZ => of::<DateTime<Utc>>(row, at),
            Type::JSON | Type::JSONB => of::<Value>(row, at),
            _ if column.name() == "body" => row.get::<_, Option<&str>>(at).map_or(Value::Null, document),
            _ => of::<String>(row, at),
        };
        (column.name().to_owned(), value)
    };
    row.columns().iter().enumerate().map(value).collect()
}

/// What a document says; one that cannot be read equals nothing that is expected.
fn document(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| json!("not JSON"))
}

fn of<'a, T: FromSql<'a> + serde::Serialize>(row: &'a Row, at: usize) -> Value {
    // What is of no known type equals nothing that is expected.
    row.try_get::<_, Option<T>>(at).map_or_else(|_| json!("of another type"), |value| json!(value))
}

/// The path to the first place where two values differ, the empty one where that is all of them.
pub fn first_difference(expected: &Value, found: &Value) -> Option<String> {
    match (expected, found) {
        (Value::Object(a), Value::Object(b)) => {
            let names = a.keys().chain(b.keys().filter(|name| !a.contains_key(*name)));
            names.into_iter().find_map(|name| match (a.get(name), b.get(name)) {
                (Some(a), Some(b)) => first_difference(a, b).map(|rest| format!("/{name}{rest}")),
                _ => Some(format!("/{name}")),
            })
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let pairs = a.iter().zip(b).enumerate();
            pairs.into_iter().find_map(|(at, (a, b))| Some(format!("/{at}{}", first_difference(a, b)?)))
        }
        // jsonb writes numbers in its own way.
        (Value::Number(a), Value::Number(b)) if a.as_f64() == b.as_f64() => None,
        (a, b) => (a != b).then(String::new),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_difference_is_named_by_its_path() {
        let a = json!({"a": [1, {"b": 2.0}], "c": null});
        assert_eq!(first_difference(&a, &json!({"a": [1, {"b": 2}], "c": null})), None);
        assert_eq!(first_difference(&a, &json!({"a": [1, {"b": 3}], "c": null})).as_deref(), Some("/a/1/b"));
        assert_eq!(first_difference(&a, &json!({"a": [1], "c": null})).as_deref(), Some("/a"));
        assert_eq!(first_difference(&a, &json!({"a": [1, {"b": 2}]})).as_deref(), Some("/c"));
    }
}
