//! The line of one event.
use cqrs_es::DomainEvent;
use domain::{StudentId, case::Fact};
use serde_json::json;

use super::{Retell, Row, Told};
use crate::Table;

/// The row of the timeline.
pub fn row(student: StudentId, told: &Told, fact: &(impl Retell + Fact)) -> Row {
    let metadata = &told.metadata;
    let columns = json!({
        "student": student, "version": told.version, "event": told.id, "type": told.event.event_type(),
        "about": fact.about(), "entry": fact.entry(), "occurred_at": told.occurred_at,
        "recorded_at": metadata.recorded_at, "author": metadata.by, "author_role": metadata.role,
        "headline": fact.headline(), "words": fact.words(),
    });
    Row { table: Table::Timeline, columns }
}
