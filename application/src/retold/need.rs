//! Needs and strengths, told once more.
use serde_json::json;

use super::{again, kind::Kind, said};

again! {
    NeedIdentified is about a need: |e, tale, told| {
        tale.write(e.need, Kind::Need, json!({"need": e.details, "status": "open"}), told);
    }, format!("Need identified: {}", said(e.details.category)), e.details.description;

    NeedResolved is about a need: |e, tale, told| {
        tale.set(e.need, told, "status", "resolved");
        tale.set(e.need, told, "resolution", &e.resolution.note);
    }, "Need resolved", e.resolution.note;

    StrengthNoted is about a strength: |e, tale, told| {
        tale.write(e.strength, Kind::Strength, json!({"strength": e.details}), told);
    }, "Strength noted", e.details.description;
}
