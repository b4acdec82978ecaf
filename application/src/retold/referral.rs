//! Referrals, told once more.
use serde_json::{Value, json};

use super::{again, kind::Kind, said};

again! {
    ReferralDrafted is about a referral: |e, tale, told| {
        let says = json!({"referral": e.draft, "partner": e.draft.partner, "status": "draft"});
        tale.write(e.referral, Kind::Referral, says, told);
    }, format!("Referral drafted for {}", said(e.draft.purpose)), e.draft.reason;

    ReferralRequested is about a referral: |e, tale, told| {
        tale.set(e.referral, told, "status", "requested");
        tale.set(e.referral, told, "remark", Value::Null);
        tale.set(e.referral, told, "consent", e.consent);
        tale.set(e.referral, told, "requested_on", told.today());
        tale.set(e.referral, told, "respond_by", e.respond_by);
        tale.set(e.referral, told, "surfaces_on", e.surfaces_on);
    }, format!("Referral sent, answer due by {}", e.respond_by), Value::Null;

    ReferralAccepted is about a referral: |e, tale, told| {
        tale.set(e.referral, told, "status", "accepted");
        tale.set(e.referral, told, "remark", &e.acceptance.note);
    }, "Referral accepted", e.acceptance.note;

    ReferralRejected is about a referral: |e, tale, told| {
        tale.set(e.referral, told, "status", "rejected");
        tale.set(e.referral, told, "remark", &e.rejection.note);
    }, format!("Referral rejected: {}", said(e.rejection.reason)), e.rejection.note;

    ServiceStarted is about a referral: |e, tale, told| {
        tale.set(e.referral, told, "status", "in_progress");
        tale.set(e.referral, told, "remark", &e.start.note);
        tale.set(e.referral, told, "service_started_on", e.start.on);
    }, format!("Service started on {}", e.start.on), e.start.note;

    ReferralPutOnHold is about a referral: |e, tale, told| {
        tale.change(e.referral, told, |referral| {
            let from = referral.says.get("status").cloned();
            referral.set("held_from", from);
            referral.set("status", "on_hold");
            referral.set("remark", &e.reason);
        });
    }, "Referral put on hold", e.reason;

    ReferralResumed is about a referral: |e, tale, told| {
        tale.change(e.referral, told, |referral| {
            let from = referral.says.remove("held_from").unwrap_or(json!("accepted"));
            referral.set("status", from);
            referral.set("remark", &e.reason);
        });
    }, "Referral resumed", e.reason;

    ReferralForwarded is about a referral: |e, tale, told| {
        tale.set(e.referral, told, "status", "requested");
        tale.set(e.referral, told, "remark", &e.forwarding.reason);
        tale.set(e.referral, told, "partner", e.forwarding.partner);
        tale.set(e.referral, told, "consent", e.consent);
        tale.set(e.referral, told, "requested_on", told.today());
        tale.set(e.referral, told, "respond_by", e.respond_by);
        tale.set(e.referral, told, "surfaces_on", e.surfaces_on);
    }, format!("Referral forwarded to another partner, answer due by {}", e.respond_by), e.forwarding.reason;

    ReferralCompleted is about a referral: |e, tale, told| {
        tale.set(e.referral, told, "status", "completed");
        tale.set(e.referral, told, "remark", &e.completion.note);
        tale.set(e.referral, told, "outcome", e.completion.outcome);
    }, format!("Referral completed: {}", said(e.completion.outcome)), e.completion.note;

    ReferralFailed is about a referral: |e, tale, told| {
        tale.set(e.referral, told, "status", "failed");
        tale.set(e.referral, told, "remark", &e.failure.note);
    }, format!("Referral failed: {}", said(e.failure.reason)), e.failure.note;

    ReferralCancelled is about a referral: |e, tale, told| {
        tale.set(e.referral, told, "status", "cancelled");
        tale.set(e.referral, told, "remark", &e.cancellation.note);
    }, format!("Referral cancelled by {}: {}", said(e.cancellation.by), said(e.cancellation.reason)),
        e.cancellation.note;
}
