//! The confidentiality agreement that people sign each year, and without which no record opens to them.
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::America::New_York;
use domain::{Role, StaffId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How it stands with somebody's agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AgreementState {
    /// It is in force.
    InForce,
    /// It was signed, but a year ago or more.
    Lapsed,
    /// It was never signed.
    Unsigned,
    /// There is nobody to sign: services act for people who have.
    NotNeeded,
}

/// Somebody's confidentiality agreement: the one signed last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "state": "in_force", "signed": {
        "signed_on": "2026-09-01", "lapses_on": "2027-09-01", "text_version": "2026-27",
        "recorded_by": "0192a000-0000-7000-8000-000000000011"
    }
}))]
pub struct ConfidentialityAgreement {
    /// How it stands today.
    pub state: AgreementState,
    /// What was signed last, if anything was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub signed: Option<Signed>,
}

/// What somebody signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "signed_on": "2026-09-01", "lapses_on": "2027-09-01", "text_version": "2026-27",
    "recorded_by": "0192a000-0000-7000-8000-000000000011"
}))]
pub struct Signed {
    /// The day on which it was signed.
    pub signed_on: NaiveDate,
    /// The first day on which it is in force no more: a year later.
    pub lapses_on: NaiveDate,
    /// The version of the text.
    pub text_version: String,
    /// Who recorded it: the person, or who had it before them on paper.
    pub recorded_by: StaffId,
}

/// One's own signature, of today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"text_version": "2026-27"}))]
pub struct AgreementToSign {
    /// The version of the text that one has read.
    #[schema(min_length = 1, max_length = 40, pattern = r"^[A-Za-z0-9._-]+$")]
    pub text_version: String,
}

/// A colleague's signature, on paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"text_version": "2026-27", "signed_on": "2026-09-01"}))]
pub struct AgreementToRecord {
    /// The version of the text that was signed.
    #[schema(min_length = 1, max_length = 40, pattern = r"^[A-Za-z0-9._-]+$")]
    pub text_version: String,
    /// The day on which it was signed.
    pub signed_on: NaiveDate,
}

impl ConfidentialityAgreement {
    /// How it stands with somebody who holds `roles`, and has `signed`, which is in force or not.
    pub fn of(signed: Option<(Signed, bool)>, roles: impl IntoIterator<Item = Role>) -> Self {
        let mut roles = roles.into_iter().peekable();
        let serves = roles.peek().is_some() && roles.all(|role| role == Role::Service);
        let state = match &signed {
            _ if serves => AgreementState::NotNeeded,
            None => AgreementState::Unsigned,
            Some((_, true)) => AgreementState::InForce,
            Some((_, false)) => AgreementState::Lapsed,
        };
        Self { state, signed: signed.map(|(signed, _)| signed) }
    }

    /// Whether it stands in the way of anything.
    pub fn is_missing(&self) -> bool {
        matches!(self.state, AgreementState::Lapsed | AgreementState::Unsigned)
    }
}

/// The date in the district, by which agreements are signed and lapse.
pub fn district_day(now: DateTime<Utc>) -> NaiveDate {
    now.with_timezone(&New_York).date_naive()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(in_force: Option<bool>, roles: &[Role]) -> AgreementState {
        let day = NaiveDate::default();
        let (text_version, recorded_by) = ("1".to_owned(), StaffId::default());
        let signed = Signed { signed_on: day, lapses_on: day, text_version, recorded_by };
        ConfidentialityAgreement::of(in_force.map(|in_force| (signed, in_force)), roles.iter().copied()).state
    }

    #[test]
    fn only_who_is_a_service_and_nothing_else_need_not_sign() {
        assert_eq!(state(None, &[Role::Service]), AgreementState::NotNeeded);
        assert_eq!(state(None, &[Role::Service, Role::Principal]), AgreementState::Unsigned);
        assert_eq!(state(None, &[]), AgreementState::Unsigned);
        assert_eq!(state(Some(true), &[Role::Principal]), AgreementState::InForce);
        assert_eq!(state(Some(false), &[Role::PrivacyOfficer]), AgreementState::Lapsed);
    }
}
