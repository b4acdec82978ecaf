//! Notes, told once more.
use serde_json::json;

use super::{again, kind::Kind};

again! {
    NoteAdded is about a note: |e, tale, told| {
        tale.write(e.note, Kind::Note, json!({"note": e.details}), told);
    }, "Note added", e.details.text;
}
