//! The case itself, told once more.
use serde_json::{Value, json};

use super::{again, said};

again! {
    CaseOpened is about a case: |e, tale, told| {
        tale.say("school", e.school);
        tale.say("tier", e.tier);
        tale.say("reason", &e.reason);
        tale.say("opened_on", told.today());
    }, format!("Case opened at tier {}", json!(e.tier)), e.reason;

    SchoolChanged is about a case: |e, tale, told| {
        tale.say("school", e.to);
        tale.move_along(told);
    }, format!("Went to another school on {}", e.on), Value::Null;

    TierChanged is about a case: |e, tale, told| {
        tale.say("tier", e.to);
    }, format!("Tier changed from {} to {}", json!(e.from), json!(e.to)), e.reason;

    RiskBandChanged is about a case: |e, tale, told| {
        tale.bands.insert(e.policy.clone(), json!(e.band));
    }, format!("Risk band {} under {}", said(e.band), e.policy), Value::Null;

    CaseClosed is about a case: |e, tale, told| {
        tale.say("status", "closed");
        tale.say("closed", (told.metadata.recorded_at, e.reason));
    }, format!("Case closed: {}", said(e.reason)), e.note;

    CaseReopened is about a case: |e, tale, told| {
        tale.say("status", "open");
        tale.head.remove("closed");
    }, "Case reopened", e.reason;

    CaseErased is about a case: |_e, _tale, _told| {
        // Of an erased student nothing is told at all: see the rows.
    }, "Case erased", Value::Null;
}
