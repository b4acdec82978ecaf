//! Server-sent events as they are written (WHATWG HTML, 9.2).
use actix_web::web::Bytes;
use application::{answer::ChangeItem, changes::Change};

use crate::Problem;

/// How long a client waits before it comes back, in milliseconds.
const COME_BACK: u32 = 3_000;

/// What a stream begins with: the place to go on from, before there is anything to tell.
pub fn begin(position: u64) -> Bytes {
    format!("retry: {COME_BACK}\nid: {position}\n\n").into()
}

/// That there is nothing to tell up to `position`; no event to a client, but the place to go on from.
pub fn nothing(position: u64) -> Bytes {
    format!(": nothing new\nid: {position}\n\n").into()
}

/// A change.
pub fn change(change: &Change) -> String {
    let item = serde_json::to_string(&ChangeItem::from(change)).unwrap_or_default();
    format!("id: {}\nevent: change\ndata: {item}\n\n", change.position)
}

/// That this is the end, and why.
pub fn end(problem: &Problem) -> Bytes {
    let problem = serde_json::to_string(problem).unwrap_or_default();
    format!("event: end\ndata: {problem}\n\n").into()
}
