//! What everybody stores.
use serde_json::{Value, json};

/// A contact with what somebody would write about it: some 400 bytes.
#[must_use]
pub fn contact(on: &str) -> Value {
    json!({
        "on": on, "outcome": "made", "medium": "phone", "with": "family", "minutes": 10,
        "note": "Her mother works nights and mornings are hard; the older brother can walk her to the bus stop from next \
                 Monday on. She asked about the after-school club on Tuesdays and whether a late bus still runs. I \
                 said that I would find out and call back before Friday."
    })
}
