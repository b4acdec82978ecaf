//! An agreement that is in force today, as decisions need it.
use std::collections::BTreeSet;

use domain::{
    AgreementId, PartnerId, SchoolId, StudentId,
    case::{DataCategory, Purpose},
};
use serde::{Deserialize, Serialize};

/// What a partner's staff may see today, about whom and what for, as far as the agreement goes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreementInForce {
    /// The agreement.
    pub id: AgreementId,
    /// With whom.
    pub partner: PartnerId,
    /// The kinds of data.
    pub categories: BTreeSet<DataCategory>,
    /// What for.
    pub purposes: BTreeSet<Purpose>,
    /// All students of these schools.
    pub schools: BTreeSet<SchoolId>,
    /// These students.
    pub students: BTreeSet<StudentId>,
}

impl AgreementInForce {
    /// Whether it lets the partner know of that student, of that school, for that purpose.
    pub fn covers(&self, purpose: Purpose, school: Option<SchoolId>, student: Option<StudentId>) -> bool {
        self.purposes.contains(&purpose)
            && (school.is_some_and(|school| self.schools.contains(&school))
                || student.is_some_and(|student| self.students.contains(&student)))
    }
}
