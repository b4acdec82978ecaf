//! The fields read of one row become a staged row, or all the reasons why they cannot.
use std::collections::HashMap;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::{
    kind::{Holds, Kind, reference},
    value::Value,
};

/// Marks a reference by the document's own id; no XML text can hold this character.
pub(crate) const BY_ID: char = '\u{1}';

/// Where each field of a kind goes, worked out once.
pub(crate) struct Plan {
    pub(crate) kind: &'static Kind,
    slots: HashMap<String, usize>,
    identity: Vec<usize>,
    columns: Vec<(Vec<usize>, Option<usize>)>,
}

/// One row as staged.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) line: i64,
    pub(crate) xml_id: Option<String>,
    pub(crate) external_id: Option<String>,
    pub(crate) hash: Vec<u8>,
    pub(crate) ended: Option<NaiveDate>,
    pub(crate) values: Vec<Value>,
}

/// The texts of one row, slot by slot.
pub(crate) type Fields = Vec<Vec<String>>;

impl Plan {
    pub(crate) fn new(kind: &'static Kind) -> Self {
        let mut slots = HashMap::new();
        let mut slot = |path: &str| {
            let next = slots.len();
            *slots.entry(path.to_owned()).or_insert(next)
        };
        let identity = kind.identity.iter().flat_map(|i| i.from).map(|path| slot(path)).collect();
        let columns = kind
            .columns
            .iter()
            .map(|column| {
                let from = column.from.iter().map(|path| slot(path)).collect();
                let by_id = match column.holds {
                    Holds::Refers(_) => reference(column.from).map(|r| slot(&format!("{r}/@ref"))),
                    _ => None,
                };
                (from, by_id)
            })
            .collect();
        if let Some((field, _)) = kind.only {
            slot(field);
        }
        Self { kind, slots, identity, columns }
    }

    /// The slot of a field, if any column wants it.
    pub(crate) fn slot(&self, path: &str) -> Option<usize> {
        self.slots.get(path).copied()
    }

    /// Every field that some column wants, with its slot.
    pub(crate) fn slots(&self) -> impl Iterator<Item = (&str, usize)> {
        self.slots.iter().map(|(path, &slot)| (path.as_str(), slot))
    }

    /// Empty fields for a new row.
    pub(crate) fn fields(&self) -> Fields {
        vec![Vec::new(); self.slots.len()]
    }

    /// Whether the row is of this kind at all.
    pub(crate) fn takes(&self, fields: &Fields) -> bool {
        self.kind.only.is_none_or(|(field, values)| {
            self.slot(field).and_then(|slot| fields[slot].first()).is_some_and(|v| values.contains(&v.as_str()))
        })
    }

    /// Builds the row; a row that `ended` needs nothing but its identity.
    pub(crate) fn build(
        &self,
        line: u64,
        xml_id: Option<String>,
        fields: &Fields,
        ended: Option<NaiveDate>,
    ) -> Result<Row, String> {
        let mut faults = Vec::new();
        let external_id = self.kind.identity.as_ref().and_then(|identity| {
            let name = joined(&self.identity, fields);
            if name.is_none() {
                faults.push(format!("{}: missing", identity.from.join(" + ")));
            }
            name
        });
        let mut hash = Sha256::new();
        hash.update([u8::from(ended.is_some())]);
        let mut values = Vec::with_capacity(self.columns.len());
        for (column, (from, by_id)) in self.kind.columns.iter().zip(&self.columns) {
            let texts: Vec<&str> = match column.holds {
                Holds::Texts | Holds::Staged => {
                    from.iter().flat_map(|&s| fields[s].iter().map(String::as_str)).collect()
                }
                _ => Vec::new(),
            };
            let value = match column.holds {
                Holds::Texts | Holds::Staged => all(&texts, column.holds),
                Holds::Refers(_) => by_id
                    .and_then(|slot| fields[slot].first())
                    .map(|id| format!("{BY_ID}{id}"))
                    .or_else(|| joined(from, fields))
                    .map_or(Ok(Value::Null), |name| Value::read(&name, column.holds)),
                _ => from
                    .iter()
                    .find_map(|&s| fields[s].first())
                    .map_or(Ok(Value::Null), |t| Value::read(t, column.holds)),
            };
            match value {
                Ok(Value::Null) if column.required && ended.is_none() => {
                    faults.push(format!("{}: missing", column.field()));
                }
                Ok(value) => {
                    digest(&mut hash, &value);
                    values.push(value);
                }
                Err(reason) => faults.push(format!("{}: {reason}", column.field())),
            }
        }
        if !faults.is_empty() {
            return Err(faults.join("; "));
        }
        let hash = hash.finalize()[..16].to_vec();
        Ok(Row { line: i64::try_from(line).unwrap_or(i64::MAX), xml_id, external_id, hash, ended, values })
    }
}

/// One name of one or more parts; a part with the separator in it cannot pass for two.
fn joined(slots: &[usize], fields: &Fields) -> Option<String> {
    let parts: Option<Vec<&String>> = slots.iter().map(|&slot| fields[slot].first()).collect();
    let parts = parts?;
    match parts.as_slice() {
        [only] => Some((*only).clone()),
        many => Some(many.iter().map(|p| p.replace('\\', "\\\\").replace('|', "\\|")).collect::<Vec<_>>().join("|")),
    }
}

fn all(texts: &[&str], holds: Holds) -> Result<Value, &'static str> {
    for text in texts {
        Value::read(text, holds)?;
    }
    Ok(Value::Texts(texts.iter().map(|&t| t.to_owned()).collect()))
}

/// Each value by its kind, length and bytes, so that no two rows of different content look alike.
pub(crate) fn digest(hash: &mut Sha256, value: &Value) {
    let mut put = |tag: u8, bytes: &[u8]| {
        hash.update([tag]);
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    };
    match value {
        Value::Null => put(0, &[]),
        Value::Text(v) => put(1, v.as_bytes()),
        Value::Texts(v) => {
            put(2, &(v.len() as u64).to_be_bytes());
            v.iter().for_each(|text| put(1, text.as_bytes()));
        }
        Value::Date(v) => put(3, v.to_string().as_bytes()),
        Value::Time(v) => put(4, v.to_string().as_bytes()),
        Value::Whole(v) => put(5, &v.to_be_bytes()),
        Value::Truth(v) => put(6, &[u8::from(*v)]),
        Value::Id(v) => put(7, v.as_bytes()),
    }
}
