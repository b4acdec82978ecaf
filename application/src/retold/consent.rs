//! Consents, told once more.
use serde_json::{Value, json};

use super::{again, kind::Kind, said};

again! {
    ConsentGiven is about a consent: |e, tale, told| {
        tale.write(e.consent, Kind::Consent, json!({"status": "given", "terms": e.terms}), told);
    }, format!("Consent given for {}", said(e.terms.purpose)), Value::Null;

    ConsentRefused is about a consent: |e, tale, told| {
        tale.write(e.consent, Kind::Consent, json!({"status": "refused", "refusal": e.refusal}), told);
    }, format!("Consent refused for {}", said(e.refusal.purpose)), e.refusal.note;

    ConsentWithdrawn is about a consent: |e, tale, told| {
        tale.set(e.consent, told, "status", "withdrawn");
        tale.set(e.consent, told, "withdrawal", &e.withdrawal);
    }, "Consent withdrawn", e.withdrawal.reason;
}
