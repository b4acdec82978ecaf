//! Requests for amendment, as the views tell them.
use chrono::NaiveDate;
use domain::{
    EntryId, Text, Visibility,
    case::{
        AmendmentAgreed, AmendmentRefusal, AmendmentRefused, AmendmentRequest, AmendmentRequested, AmendmentStatus,
        AmendmentWithdrawal, AmendmentWithdrawn, Hearing, HearingHeld, HearingOutcome, Repaired, Statement,
        StatementAttached,
    },
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Entered, code, spoken, unfold};

/// A request for amendment as it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AmendmentRecord {
    /// The entry that the family asks to be amended.
    pub about: EntryId,
    /// What it asks.
    pub request: AmendmentRequest,
    /// Who may read the entry, and so this.
    pub visibility: Visibility,
    /// Where the request stands.
    pub status: AmendmentStatus,
    /// The day by which it is to be decided.
    pub decide_by: NaiveDate,
    /// How the entry was put right, where it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreement: Option<AgreementReached>,
    /// Why it was refused, and when the family was told of its right to a hearing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<AmendmentRefusal>,
    /// The hearing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hearing: Option<Hearing>,
    /// The family's statement, which stands beside the entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<Statement>,
    /// How it was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawal: Option<AmendmentWithdrawal>,
}

/// What the school did as the family asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AgreementReached {
    /// How the entry was put right.
    pub repaired: Repaired,
    /// Why.
    pub note: Text,
}

impl Entered for AmendmentRecord {
    fn status(&self) -> String {
        code(&self.status)
    }

    fn visibility(&self) -> Visibility {
        self.visibility
    }

    fn is_ended(&self) -> bool {
        // A statement stays in the file, to stand beside the entry for as long as that is kept.
        matches!(self.status, AmendmentStatus::Agreed | AmendmentStatus::Withdrawn)
    }

    fn occurred_on(&self) -> Option<NaiveDate> {
        self.request.on
    }

    fn parent(&self) -> Option<Uuid> {
        Some(self.about.uuid())
    }

    fn due_on(&self) -> Option<NaiveDate> {
        let is_due = matches!(self.status, AmendmentStatus::Requested | AmendmentStatus::Ordered);
        is_due.then_some(self.decide_by)
    }
}

unfold! {
    AmendmentRequested as Amendment: |e, file, now| {
        let (about, visibility, decide_by) = (e.about, e.visibility, e.decide_by);
        file.write(e.amendment, now, AmendmentRecord {
            about,
            request: e.request.clone(),
            visibility,
            status: AmendmentStatus::Requested,
            decide_by,
            agreement: None,
            refusal: None,
            hearing: None,
            statement: None,
            withdrawal: None,
        });
    }, says format!("Amendment requested, to be decided by {}", e.decide_by), Some(&e.request.asked);

    AmendmentAgreed as Amendment: |e, file, now| {
        file.change(e.amendment, now, |record: &mut AmendmentRecord| {
            record.status = AmendmentStatus::Agreed;
            record.agreement = Some(AgreementReached { repaired: e.repaired, note: e.note.clone() });
        });
    }, says format!("Amendment agreed to: {}", spoken(&e.repaired)), Some(&e.note);

    AmendmentRefused as Amendment: |e, file, now| {
        file.change(e.amendment, now, |record: &mut AmendmentRecord| {
            record.status = AmendmentStatus::Refused;
            record.refusal = Some(e.refusal.clone());
        });
    }, says "Amendment refused; the family may ask for a hearing".into(), Some(&e.refusal.reason);

    HearingHeld as Amendment: |e, file, now| {
        file.change(e.amendment, now, |record: &mut AmendmentRecord| {
            record.status = match e.hearing.outcome {
                HearingOutcome::ToBeAmended => AmendmentStatus::Ordered,
                HearingOutcome::Stands => AmendmentStatus::Upheld,
            };
            record.hearing = Some(e.hearing.clone());
        });
    }, says format!("Hearing held: {}", spoken(&e.hearing.outcome)), Some(&e.hearing.findings);

    StatementAttached as Amendment: |e, file, now| {
        file.change(e.amendment, now, |record: &mut AmendmentRecord| {
            record.status = AmendmentStatus::Stated;
            record.statement = Some(e.statement.clone());
        });
    }, says "Statement of the family put beside the entry".into(), Some(&e.statement.text);

    AmendmentWithdrawn as Amendment: |e, file, now| {
        file.change(e.amendment, now, |record: &mut AmendmentRecord| {
            record.status = AmendmentStatus::Withdrawn;
            record.withdrawal = Some(e.withdrawal.clone());
        });
    }, says "Request for amendment taken back".into(), e.withdrawal.reason.as_ref();
}
