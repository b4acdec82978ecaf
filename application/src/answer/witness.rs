//! What a reader was shown while an answer was made, so that it can be written down.
use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, Utc};
use domain::{StudentId, Visibility, case::DataCategory};
use uuid::Uuid;

use super::Reader;
use crate::{register::Access, view::Record};

/// Takes note of what opens.
#[derive(Debug, Clone, Default)]
pub(super) struct Witness(Arc<Mutex<Seen>>);

#[derive(Debug, Default)]
struct Seen {
    categories: BTreeSet<DataCategory>,
    compartment: bool,
}

impl Witness {
    /// An entry opened.
    pub(super) fn opened(&self, record: &Record) {
        let compartment = record.visibility == Visibility::MentalHealth;
        self.saw(if compartment { DataCategory::MentalHealth } else { record.content.kind().category() }, compartment);
    }

    /// Data of that kind were shown.
    pub(super) fn saw(&self, category: DataCategory, compartment: bool) {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.categories.insert(category);
        seen.compartment |= compartment;
    }
}

impl Reader {
    /// What is to be written down of what the reader was shown by `operation`: nothing where the school's own staff saw
    /// what is not in the compartment, with their own eyes.
    pub fn to_write_down(&self, student: StudentId, operation: &str, at: DateTime<Utc>) -> Option<Access> {
        let basis = self.basis?;
        let seen = self.witness.0.lock().unwrap_or_else(PoisonError::into_inner);
        let outside = self.disclosure.as_ref();
        let wanted = outside.is_some() || seen.compartment || self.access_override.is_some() || self.seen_as.is_some();
        (wanted && !seen.categories.is_empty()).then(|| Access {
            id: Uuid::now_v7(),
            student,
            at,
            staff: self.staff,
            seen_as: self.seen_as,
            role: basis.role,
            operation: operation.to_owned(),
            categories: seen.categories.clone(),
            compartment: seen.compartment,
            basis: <&str>::from(basis.ground).to_owned(),
            partner: outside.map(|outside| outside.partner),
            partner_name: None,
            purposes: outside.map(|outside| outside.purposes.clone()).unwrap_or_default(),
            agreement: outside.map(|outside| outside.agreement),
            consent: outside.and_then(|outside| outside.consent),
            access_override: self.access_override,
            onward: vec![],
        })
    }
}
