//! Consents: given, refused, withdrawn.
use domain::{
    ConsentId,
    case::{Consent, ConsentRefusal, ConsentWithdrawal, GiveConsent, RefuseConsent, WithdrawConsent},
};

use super::declare::changes;

changes! { in "consents";
    /// Record that consent was given.
    give_consent: GiveConsent, post "/consents", body Consent => Created;
        |consent| GiveConsent(consent)
    /// Record that consent was refused.
    refuse_consent: RefuseConsent, post "/consent-refusals", body ConsentRefusal => Created;
        |refusal| RefuseConsent(refusal)
    /// Record that a consent was withdrawn.
    withdraw_consent: WithdrawConsent, post "/consents/{consent}/withdrawal",
        path "consent": ConsentId, body ConsentWithdrawal => Changed;
        |consent, withdrawal| WithdrawConsent { consent, withdrawal }
}
