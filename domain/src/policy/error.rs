//! The rules of policies, by the name of their breach.
use strum::{EnumIter, IntoStaticStr};

use crate::{Kind, Reject};

/// A broken rule. Its kebab-case name is the problem type that clients see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, IntoStaticStr, EnumIter)]
#[strum(serialize_all = "kebab-case")]
pub enum PolicyError {
    /// A threshold with two bounds, or none.
    #[error("a threshold has either at_least or at_most")]
    ThresholdWithoutOneBound,
    /// Days of presence that are not to count.
    #[error("only absences can be left out of the count")]
    PresenceNotCounted,
    /// A call home for a day on which the student was there.
    #[error("only absences ask for a call home")]
    CallHomeForPresence,
    /// A case for every student who is on track.
    #[error("a policy opens cases from a band of risk on, not for who is on track")]
    CaseForEverybody,
    /// Another policy under the same name and version.
    #[error("this version of the policy says something else already; write a later one")]
    PolicyVersionTaken,
    /// No policy of that name, or no such version of it.
    #[error("there is no such policy")]
    NoSuchPolicy,
}

impl PolicyError {
    /// Every rule that there is.
    pub fn all() -> impl Iterator<Item = Self> {
        <Self as strum::IntoEnumIterator>::iter()
    }
}

impl Reject for PolicyError {
    fn kind(&self) -> Kind {
        match self {
            Self::ThresholdWithoutOneBound
            | Self::PresenceNotCounted
            | Self::CallHomeForPresence
            | Self::CaseForEverybody => Kind::Invalid,
            Self::PolicyVersionTaken => Kind::Conflict,
            Self::NoSuchPolicy => Kind::NotFound,
        }
    }

    fn code(&self) -> &'static str {
        self.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        case::Band,
        indicator::Mark,
        policy::{CallHome, PolicyName, PolicyVersion, presets},
    };

    #[test]
    fn a_threshold_has_one_bound() {
        let (_, mut policy) = presets().into_iter().next().expect("a preset");
        policy.thresholds[0].at_most = Some(3);
        assert_eq!(policy.check(), Err(PolicyError::ThresholdWithoutOneBound));
        (policy.thresholds[0].at_least, policy.thresholds[0].at_most) = (None, None);
        assert_eq!(policy.check(), Err(PolicyError::ThresholdWithoutOneBound));
    }

    #[test]
    fn presence_always_counts() {
        let (_, mut policy) = presets().into_iter().next().expect("a preset");
        policy.not_counted = [Mark::Tardy].into();
        assert_eq!(policy.check(), Err(PolicyError::PresenceNotCounted));
    }

    #[test]
    fn only_an_absence_asks_for_a_call_home() {
        let (_, mut policy) = presets().into_iter().next().expect("a preset");
        policy.call_home = Some(CallHome { absences: [Mark::Excused, Mark::Tardy].into(), within_school_days: 3 });
        assert_eq!(policy.check(), Err(PolicyError::CallHomeForPresence));
    }

    #[test]
    fn a_policy_opens_no_case_for_who_is_on_track() {
        let (_, mut policy) = presets().into_iter().next().expect("a preset");
        policy.opens_case_from = Some(Band::OnTrack);
        assert_eq!(policy.check(), Err(PolicyError::CaseForEverybody));
    }

    #[test]
    fn a_version_is_written_with_its_name() {
        let version: PolicyVersion = "nysed-2025@2".parse().expect("a version");
        assert_eq!(version.to_string(), "nysed-2025@2");
        for wrong in ["nysed-2025", "nysed-2025@", "nysed-2025@0", "@1", "Nysed@1", "a b@1"] {
            assert!(wrong.parse::<PolicyVersion>().is_err(), "{wrong}");
        }
        assert!("x".repeat(61).parse::<PolicyName>().is_err());
    }

    #[test]
    fn each_breach_has_a_name() {
        let names: Vec<_> = PolicyError::all().map(|rule| rule.code()).collect();
        let expected = [
            "threshold-without-one-bound",
            "presence-not-counted",
            "call-home-for-presence",
            "case-for-everybody",
            "policy-version-taken",
            "no-such-policy",
        ];
        assert_eq!(names, expected);
    }
}
