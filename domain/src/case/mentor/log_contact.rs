//! Logging a contact.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Contact;
use crate::{
    ContactId, Decide, Stamp, Visibility,
    case::{Case, CaseError, CaseEvent, Fact, ensure_past},
};

/// Log a contact, or the attempt at one.
#[derive(Debug, Clone)]
pub struct LogContact(pub Contact);

/// A contact was logged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContactLogged {
    /// The contact.
    pub contact: ContactId,
    /// What the contact was.
    pub details: Contact,
}

impl Decide<Case> for LogContact {
    fn decide(&self, case: &Case, stamp: &Stamp) -> Result<Vec<CaseEvent>, CaseError> {
        case.ensure_open()?;
        ensure_past(self.0.on, stamp.today(), CaseError::ContactInFuture)?;
        let logged = ContactLogged { contact: stamp.id.into(), details: self.0.clone() }.into();
        Ok([vec![logged], case.calls_made_by(&self.0, stamp.id.into())].concat())
    }

    fn visibility(&self) -> Visibility {
        self.0.visibility
    }
}

impl Fact for ContactLogged {
    fn apply(self, case: &mut Case) {
        case.remember_contact(&self.details);
    }

    fn entry(&self) -> Option<Uuid> {
        Some(self.contact.uuid())
    }

    fn occurred_on(&self) -> Option<NaiveDate> {
        Some(self.details.on)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{ContactOutcome, ContactWith, Medium, given::*};

    fn contact(on: NaiveDate) -> Contact {
        Contact {
            on,
            outcome: ContactOutcome::Made,
            medium: Medium::Phone,
            with: ContactWith::Family,
            minutes: Some(10.try_into().expect("minutes")),
            note: Some(text("mornings are hard")),
            visibility: Default::default(),
        }
    }

    #[test]
    fn a_contact_is_logged() {
        let logged = ContactLogged { contact: created(), details: contact(march(2)) };
        given([opened()]).when(LogContact(contact(march(2)))).then_expect_events(vec![logged.into()]);
    }

    #[test]
    fn a_contact_is_not_logged_in_advance() {
        given([opened()]).when(LogContact(contact(march(3)))).then_expect_error(CaseError::ContactInFuture);
    }

    #[test]
    fn a_closed_case_takes_no_contact() {
        given(closed()).when(LogContact(contact(march(2)))).then_expect_error(CaseError::CaseClosed);
    }
}
