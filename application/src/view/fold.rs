//! How the views take in an event.
use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    Role, StaffId, StudentId, Text,
    case::{Case, CaseEvent},
    on_case_event,
};
use serde::Serialize;
use uuid::Uuid;

use super::{CaseFile, CaseFileRow, CaseRow, EntryRow, Kind, Record, Row, TimelineRow};
use crate::{Happening, Project, Table};

/// An event of a case as the views take it in: what changes in the file, and what the timeline says.
pub trait Unfold {
    /// Takes the event into the file.
    fn unfold(&self, file: &mut CaseFile, moment: &Moment);

    /// What kind of entry it is about.
    fn about(&self) -> Kind;

    /// What happened, in codes and figures: nothing that names a person or quotes one.
    fn headline(&self) -> String;

    /// What was said with it.
    fn words(&self) -> Option<&Text>;
}

/// Writes down for several events at once what changes in the file, what the timeline says, and which words go with it.
macro_rules! unfold {
    ($($event:ident as $kind:ident: |$e:ident, $file:ident, $now:ident| $change:block, says $headline:expr, $words:expr;)+) => {$(
        impl $crate::view::Unfold for $event {
            fn unfold(&self, $file: &mut $crate::view::CaseFile, $now: &$crate::view::Moment) {
                let $e = self;
                let _ = $e;
                $change
            }

            fn about(&self) -> $crate::view::Kind {
                $crate::view::Kind::$kind
            }

            fn headline(&self) -> String {
                let $e = self;
                let _ = $e;
                $headline
            }

            fn words(&self) -> Option<&domain::Text> {
                let $e = self;
                let _ = $e;
                $words
            }
        }
    )+};
}
pub(super) use unfold;

/// The code by which a value is known outside.
pub fn code(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|code| code.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The same in a sentence.
pub(super) fn spoken(value: &impl Serialize) -> String {
    code(value).replace('_', " ")
}

/// When something happened, by whom, and where it stands in the stream.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// Whose case.
    pub student: StudentId,
    /// The version of the stream with it.
    pub version: u64,
    /// Who did it.
    pub by: StaffId,
    /// In which role.
    pub role: Role,
    /// When it was recorded.
    pub at: DateTime<Utc>,
    /// The day at the school when it was recorded.
    pub today: NaiveDate,
}

impl Moment {
    /// The moment of a happening.
    pub fn of(happening: &Happening<'_, CaseEvent>) -> Self {
        let metadata = happening.metadata;
        Self {
            student: happening.stream.into(),
            version: happening.version,
            by: metadata.by,
            role: metadata.role,
            at: metadata.recorded_at,
            today: metadata.recorded_at.with_timezone(&metadata.zone).date_naive(),
        }
    }
}

impl Project for Case {
    type Document = CaseFile;

    const DOCUMENTS: Table = Table::CaseFiles;

    fn occurred_on(event: &CaseEvent) -> Option<NaiveDate> {
        event.occurred_on()
    }

    fn project(file: &mut CaseFile, happening: &Happening<'_, CaseEvent>) -> Vec<Row> {
        let moment = Moment::of(happening);
        on_case_event!(happening.event, fact => fact.unfold(file, &moment));
        if file.erased {
            return vec![];
        }
        let mut rows = vec![Row::Timeline(Box::new(TimelineRow::of(happening, &moment)))];
        let entry = |record: &Record| Row::Entry(Box::new(EntryRow::of(record)));
        rows.extend(file.changed_records().iter().map(entry));
        rows
    }

    fn document_rows(file: &CaseFile, stream: Uuid, version: u64) -> Vec<Row> {
        if file.erased {
            return vec![];
        }
        let whole = Row::CaseFile(CaseFileRow::of(file, stream, version));
        vec![whole, Row::Caseload(CaseRow::of(file, version))]
    }
}
