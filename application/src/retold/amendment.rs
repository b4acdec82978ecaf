//! Requests for amendment, told once more.
use serde_json::json;

use super::{again, kind::Kind, said, word};

again! {
    AmendmentRequested is about a amendment: |e, tale, told| {
        let says = json!({
            "about": e.about, "request": e.request, "visibility": e.visibility, "status": "requested",
            "decide_by": e.decide_by
        });
        tale.write(e.amendment, Kind::Amendment, says, told);
    }, format!("Amendment requested, to be decided by {}", e.decide_by), e.request.asked;

    AmendmentAgreed is about a amendment: |e, tale, told| {
        tale.set(e.amendment, told, "status", "agreed");
        tale.set(e.amendment, told, "agreement", json!({"repaired": e.repaired, "note": e.note}));
    }, format!("Amendment agreed to: {}", said(e.repaired)), e.note;

    AmendmentRefused is about a amendment: |e, tale, told| {
        tale.set(e.amendment, told, "status", "refused");
        tale.set(e.amendment, told, "refusal", &e.refusal);
    }, "Amendment refused; the family may ask for a hearing", e.refusal.reason;

    HearingHeld is about a amendment: |e, tale, told| {
        let found = if word(e.hearing.outcome) == "stands" { "upheld" } else { "ordered" };
        tale.set(e.amendment, told, "status", found);
        tale.set(e.amendment, told, "hearing", &e.hearing);
    }, format!("Hearing held: {}", said(e.hearing.outcome)), e.hearing.findings;

    StatementAttached is about a amendment: |e, tale, told| {
        tale.set(e.amendment, told, "status", "stated");
        tale.set(e.amendment, told, "statement", &e.statement);
    }, "Statement of the family put beside the entry", e.statement.text;

    AmendmentWithdrawn is about a amendment: |e, tale, told| {
        tale.set(e.amendment, told, "status", "withdrawn");
        tale.set(e.amendment, told, "withdrawal", &e.withdrawal);
    }, "Request for amendment taken back", e.withdrawal.reason;
}
