//! What a student's referrals let partners know.
use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{OpenReferral, ReferralStatus};
use crate::{
    ConsentId, PartnerId, ReferralId,
    case::{Case, DataCategory, Purpose},
};

/// What one referral, which was sent and is not over, shares with its partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// The partner.
    pub partner: PartnerId,
    /// The referral.
    pub referral: ReferralId,
    /// What the service is for.
    pub purpose: Purpose,
    /// The kinds of data; where there are none, the partner knows of the referral alone.
    pub categories: BTreeSet<DataCategory>,
    /// The consent by which they are shared.
    pub consent: Option<ConsentId>,
}

impl Case {
    /// What is shared on that day: nothing by a referral whose consent was withdrawn or has expired.
    pub fn shared(&self, today: NaiveDate) -> impl Iterator<Item = Shared> {
        let sent = self.referrals.iter().filter(|(_, open)| open.status != ReferralStatus::Draft);
        sent.filter_map(move |(&referral, open)| {
            let OpenReferral { partner, purpose, ref shares, .. } = *open;
            let consent = self.consent_to_share(open, partner, today).ok()?;
            Some(Shared { partner, referral, purpose, categories: shares.clone(), consent })
        })
    }
}

#[cfg(test)]
mod tests {
    use cqrs_es::Aggregate;

    use super::{super::given::*, *};
    use crate::case::{CaseEvent, ConsentWithdrawal, ConsentWithdrawn, given::*};

    fn shared(past: Vec<CaseEvent>, day: u32) -> Vec<Shared> {
        let mut case = Case::default();
        past.into_iter().for_each(|event| Aggregate::apply(&mut case, event));
        case.shared(march(day)).collect()
    }

    #[test]
    fn a_referral_shares_from_when_it_is_sent_and_as_long_as_the_consent_holds() {
        let sent = and(sharing(), requested_now(Some(consent())));
        assert_eq!(shared(sharing(), 2), []);
        let [only] = shared(sent.clone(), 2).try_into().expect("one referral");
        assert_eq!((only.referral, only.consent), (referral(), Some(consent())));
        assert_eq!(only.categories, [DataCategory::Attendance].into());
        let withdrawal = ConsentWithdrawal { by: text("Maria Lopez"), on: None, reason: None, evidence: vec![] };
        assert_eq!(shared(and(sent.clone(), ConsentWithdrawn { consent: consent(), withdrawal }), 2), []);
        assert_eq!(shared(sent, 31).len(), 1);
    }

    #[test]
    fn a_referral_that_shares_nothing_is_known_to_its_partner_without_a_consent() {
        let [only] = shared(requested(), 2).try_into().expect("one referral");
        assert_eq!((only.consent, only.categories.len()), (None, 0));
    }

    #[test]
    fn what_is_over_shares_nothing() {
        assert_eq!(shared(rejected(), 2), []);
    }
}
