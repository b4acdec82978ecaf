//! Overrides, told once more.
use serde_json::json;

use super::{again, kind::Kind};

again! {
    AccessOverridden is about a access_override: |e, tale, told| {
        let says = json!({"details": e.details, "by": e.by, "until": e.until, "status": "unreviewed"});
        tale.write(e.access_override, Kind::AccessOverride, says, told);
    }, "Case opened in an emergency", e.details.reason;

    OverrideReviewed is about a access_override: |e, tale, told| {
        tale.set(e.access_override, told, "status", "reviewed");
        tale.set(e.access_override, told, "review", &e.review);
    }, "Override reviewed", e.review.note;
}
