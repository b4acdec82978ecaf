//! A case told once more from its first event: the rows that its views ought to have.
//!
//! This is the reference that the views are checked against, so it shares nothing with them but the events: it takes
//! a whole stream as a list, keeps everything in plain JSON, changes nothing in place on disk and is never fast first.
//! Where the two differ one of them is wrong.
mod access_override;
mod amendment;
mod announced;
mod cells;
mod consent;
mod count;
mod follow_up;
mod goal;
mod intervention;
mod kind;
mod life;
mod mentor;
mod need;
mod note;
mod plan;
mod referral;
mod repair;
mod rows;
mod serving;
mod tale;
mod thing;
mod timeline;

use chrono::{DateTime, NaiveDate, Utc};
use domain::{StudentId, case::CaseEvent, on_case_event};
use serde_json::Value;
use uuid::Uuid;

use crate::{Metadata, Table};
pub use announced::Announced;
use announced::History;
pub use cells::Cell;
pub use count::Counts;
pub use serving::Serves;
use tale::Tale;

/// An event as it stands in the log.
#[derive(Debug, Clone)]
pub struct Told {
    /// Its place in the stream, from 1.
    pub version: u64,
    /// Its own id.
    pub id: Uuid,
    /// What happened.
    pub event: CaseEvent,
    /// When it happened, as it is stored.
    pub occurred_at: DateTime<Utc>,
    /// Who, why and when.
    pub metadata: Metadata,
}

impl Told {
    fn today(&self) -> NaiveDate {
        self.metadata.recorded_at.with_timezone(&self.metadata.zone).date_naive()
    }
}

/// A row that a view ought to have.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Of which table.
    pub table: Table,
    /// The columns by name.
    pub columns: Value,
}

/// A case, told from its first event to the last of `events`.
#[derive(Debug)]
pub struct Retold<'e> {
    events: &'e [Told],
    tale: Tale,
    history: History,
}

/// The case of `student`, after all of its events.
pub fn retell(student: StudentId, events: &[Told]) -> Retold<'_> {
    let (mut tale, mut history) = (Tale::new(student), History::default());
    for told in events {
        on_case_event!(&told.event, fact => fact.retell(&mut tale, told));
        tale.settle();
        history.take(told, &tale);
    }
    Retold { events, tale, history }
}

impl Retold<'_> {
    /// All rows of all views; none of a student who was erased.
    pub fn rows(&self) -> Vec<Row> {
        if self.events.iter().any(|told| matches!(told.event, CaseEvent::CaseErased(_))) {
            return vec![];
        }
        let line = |told: &Told| on_case_event!(&told.event, fact => timeline::row(self.tale.student, told, fact));
        let mut rows: Vec<_> = self.events.iter().map(line).collect();
        if let Some(last) = self.events.last() {
            rows.extend(self.tale.rows(last.version));
        }
        rows
    }
}

/// An event, told for the second time.
trait Retell {
    /// What it changes.
    fn retell(&self, tale: &mut Tale, told: &Told);
    /// What kind of entry it is about.
    fn about(&self) -> &'static str;
    /// Its line in the timeline.
    fn headline(&self) -> String;
    /// What was said with it.
    fn words(&self) -> Value;
}

macro_rules! again {
    ($($event:ident is about a $about:ident: |$e:ident, $tale:ident, $told:ident| $what:block, $headline:expr, $words:expr;)+) => {$(
        impl $crate::retold::Retell for domain::case::$event {
            fn retell(&self, $tale: &mut $crate::retold::tale::Tale, $told: &$crate::retold::Told) {
                let $e = self;
                let _ = ($e, $told);
                $what
            }

            fn about(&self) -> &'static str {
                stringify!($about)
            }

            fn headline(&self) -> String {
                let $e = self;
                let _ = $e;
                $headline.into()
            }

            fn words(&self) -> serde_json::Value {
                let $e = self;
                let _ = $e;
                serde_json::json!($words)
            }
        }
    )+};
}
use again;

/// The same in a sentence.
fn said(value: impl serde::Serialize) -> String {
    word(value).replace('_', " ")
}

/// Whether the whole staff of a school may know of what has that visibility.
fn is_for_school(visibility: impl serde::Serialize) -> bool {
    ["team", "school"].contains(&word(visibility).as_str())
}

/// A value as the word that stands for it.
fn word(value: impl serde::Serialize) -> String {
    serde_json::json!(value).as_str().unwrap_or_default().to_owned()
}
