//! One stream of the log: its versions, its chain, its head and its state.
use application::retold::Told;
use cqrs_es::Aggregate;
use domain::case::Case;
use serde_json::Value;
use tokio_postgres::Row;
use uuid::Uuid;

use super::{Finding, Place, head::Heads, rows::first_difference};
use crate::log::{CASE, chain::Link, replay};

/// Checks a stream and returns its events, if all of them can be read.
pub fn check(
    stream: Uuid,
    kind: &str,
    head: Option<&Row>,
    events: &[&Row],
    findings: &mut Vec<Finding>,
) -> Option<Vec<Told>> {
    let (mut before, mut position, mut expected) = (vec![], 0, 1);
    for event in events {
        let (version, at) = (event.get::<_, i64>("version"), event.get::<_, i64>("position"));
        let place = || Place::event(stream, version.unsigned_abs());
        if version != expected {
            findings.push(Finding::Gap(place()));
        }
        if at <= position {
            findings.push(Finding::Order(place()));
        }
        let chain: Vec<u8> = event.get("chain");
        if link(event).hash(&before) != chain {
            findings.push(Finding::Chain(place()));
        }
        (before, position, expected) = (chain, at, version + 1);
    }
    let Some(head) = head else {
        findings.push(Finding::Missing(Place::stream(stream)));
        return None;
    };
    if head.get::<_, i64>("version") != expected - 1 {
        findings.push(Finding::Differs(Place::stream(stream), "version".to_owned()));
    }
    if head.get::<_, Vec<u8>>("chain") != before {
        findings.push(Finding::Differs(Place::stream(stream), "chain".to_owned()));
    }
    (kind == CASE).then(|| fold(stream, head, events, findings)).flatten()
}

fn fold(stream: Uuid, head: &Row, events: &[&Row], findings: &mut Vec<Finding>) -> Option<Vec<Told>> {
    let mut told = Vec::with_capacity(events.len());
    for event in events {
        match read(event) {
            Some(event) => told.push(event),
            None => {
                let version = event.get::<_, i64>("version").unsigned_abs();
                findings.push(Finding::Unreadable(Place::event(stream, version)));
            }
        }
    }
    if told.len() < events.len() {
        return None;
    }
    let mut case = Case::default();
    told.iter().for_each(|told| case.apply(told.event.clone()));
    let expected = serde_json::to_value(&case).unwrap_or_default();
    let kept = serde_json::from_str::<Value>(head.get("state")).unwrap_or_default();
    if let Some(path) = first_difference(&expected, &kept) {
        findings.push(Finding::Differs(Place::stream(stream), format!("state{path}")));
    }
    Some(told)
}

/// The event in a row of the log, if it can be read.
pub fn read(event: &Row) -> Option<Told> {
    Some(Told {
        version: event.get::<_, i64>("version").unsigned_abs(),
        id: event.get("id"),
        event: serde_json::from_str(event.get("payload")).ok()?,
        occurred_at: event.get("occurred_at"),
        metadata: replay::metadata(event).ok()?,
    })
}

fn link(event: &Row) -> Link<'_> {
    Link {
        kind: event.get("kind"),
        stream: event.get("stream"),
        version: event.get::<_, i64>("version").unsigned_abs(),
        id: event.get("id"),
        event_type: event.get("type"),
        type_version: event.get("type_version"),
        payload: event.get("payload"),
        occurred_at: event.get("occurred_at"),
        recorded_at: event.get("recorded_at"),
        actor: event.get("actor"),
        role: event.get("role"),
        on_behalf_of: event.get("on_behalf_of"),
        basis: event.get("basis"),
        zone: event.get("zone"),
        command: event.get("command"),
    }
}

/// The head of a stream, among its events up to a position where one is given; none of one that had not begun.
pub fn head(stream: Uuid, kind: &str, events: &[&Row], position: Option<u64>) -> Option<Heads> {
    let then =
        |event: &&&Row| position.is_none_or(|position| event.get::<_, i64>("position").unsigned_abs() <= position);
    let last = events.iter().rev().find(then)?;
    let version = last.get::<_, i64>("version").unsigned_abs();
    Some(Heads { stream, kind: kind.to_owned(), version, chain: last.get("chain") })
}
