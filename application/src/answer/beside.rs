//! What the family has stated beside entries: whoever sees the entry sees it, too (34 CFR 99.21).
use std::{collections::HashMap, sync::Arc};

use chrono::NaiveDate;
use domain::{EntryId, Text};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Reader;
use crate::view::{Content, Record};

/// A statement of the family about an entry that stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct StatementBeside {
    /// The request for amendment that was refused.
    pub amendment: EntryId,
    /// What the family says.
    pub text: Text,
    /// Who made the statement.
    pub by: Text,
    /// The day on which it was made.
    pub on: NaiveDate,
}

/// The statements beside the entries of a case, by entry.
#[derive(Debug, Clone, Default)]
pub(super) struct Beside(Arc<HashMap<EntryId, Vec<StatementBeside>>>);

impl Reader {
    /// The same reader, to whom the statements among `records` are shown beside the entries that they are about.
    #[must_use]
    pub fn beside<'r>(mut self, records: impl IntoIterator<Item = &'r Record>) -> Self {
        let mut all: HashMap<_, Vec<_>> = HashMap::new();
        for record in records {
            if let Content::Amendment(asked) = &record.content
                && let Some(statement) = &asked.statement
            {
                let on = statement.on.unwrap_or(record.occurred_on);
                let (text, by) = (statement.text.clone(), statement.by.clone());
                let beside = StatementBeside { amendment: record.entry, text, by, on };
                all.entry(asked.about).or_default().push(beside);
            }
        }
        self.beside = Beside(Arc::new(all));
        self
    }

    /// What the family has stated beside `entry`.
    pub fn statements(&self, entry: EntryId) -> Vec<StatementBeside> {
        self.beside.0.get(&entry).cloned().unwrap_or_default()
    }
}
