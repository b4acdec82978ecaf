//! What follows from a school's CSV files: which days it has submitted.
use crate::import::derive::{Derivation, submitted};

pub(super) const DERIVATIONS: &[Derivation] = &[
    Derivation { name: Some("days submitted"), needs: &["attendance"], sql: || submitted("resolved_attendance") },
    Derivation {
        name: Some("days submitted"),
        needs: &["section_attendance"],
        sql: || submitted("resolved_section_attendance"),
    },
];
