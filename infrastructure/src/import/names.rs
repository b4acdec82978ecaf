//! The names that a source gives to rows, and the ids that they have here: asked for once, then known.
use std::collections::HashMap;

use deadpool_postgres::Transaction;
use uuid::Uuid;

use super::{
    ImportError,
    build::Row,
    kind::{Holds, Kind, Target},
    value::Value,
};

/// The names of one source that were asked for so far; `None` for one that nobody has.
pub(crate) struct Names {
    source: &'static str,
    known: HashMap<Target, HashMap<String, Option<Uuid>>>,
}

impl Names {
    pub(crate) fn of(source: &'static str) -> Self {
        Self { source, known: HashMap::new() }
    }

    /// Puts ids in the place of the names that `rows` refer by; with each row the reason why it cannot be used, if there is one.
    pub(crate) async fn look_up(
        &mut self,
        tx: &Transaction<'_>,
        kind: &Kind,
        rows: Vec<Row>,
    ) -> Result<Vec<(Row, Option<String>)>, ImportError> {
        let mut rows: Vec<_> = rows.into_iter().map(|row| (row, None)).collect();
        for (place, column) in kind.columns.iter().enumerate() {
            let Holds::Refers(target) = column.holds else { continue };
            self.learn(tx, target, rows.iter().map(|(row, _)| &row.values[place])).await?;
            let Some(known) = self.known.get(&target) else { continue };
            for (row, reason) in &mut rows {
                let Value::Text(name) = &row.values[place] else { continue };
                row.values[place] = match known.get(name).copied().flatten() {
                    Some(id) => Value::Id(id),
                    None => {
                        let fault = column.leads_nowhere(target);
                        *reason =
                            Some(reason.take().map_or_else(|| fault.clone(), |r: String| format!("{r}; {fault}")));
                        Value::Null
                    }
                };
            }
        }
        Ok(rows)
    }

    /// Asks for the names in `values` that are not known yet.
    async fn learn(
        &mut self,
        tx: &Transaction<'_>,
        target: Target,
        values: impl Iterator<Item = &Value>,
    ) -> Result<(), ImportError> {
        let known = self.known.entry(target).or_default();
        let mut unknown = Vec::new();
        for value in values {
            if let Value::Text(name) = value
                && !known.contains_key(name)
            {
                known.insert(name.clone(), None);
                unknown.push(name.as_str());
            }
        }
        if unknown.is_empty() {
            return Ok(());
        }
        let exists = |table| format!("CROSS JOIN LATERAL (SELECT FROM {table} WHERE id = x.id OFFSET 0) t");
        let exists = target.table.map(exists).unwrap_or_default();
        // The fences (OFFSET 0) have each looked up by its key: of tables that a load has just filled PostgreSQL knows no
        // figures, and would rather go through them.
        let sql = format!(
            "SELECT name, x.id FROM unnest($3::text[]) name
             CROSS JOIN LATERAL (SELECT id FROM external_ids
                                 WHERE source = $1 AND kind = $2 AND external_id = name OFFSET 0) x {exists}"
        );
        let sql = tx.prepare_cached(&sql).await?;
        for row in tx.query(&sql, &[&self.source, &target.kind, &unknown]).await? {
            known.insert(row.get(0), Some(row.get(1)));
        }
        Ok(())
    }
}
