//! The questions that can be asked about schools, students, staff and partners, as a port.
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::{PartnerId, SchoolId, StaffId, StudentId};

use super::{ConfidentialityAgreement, Partner, School, SchoolCalendarDays, StaffRecord, Student, StudentLine};
use crate::{After, Error, Page, Personal};

/// Which students a list holds: those enrolled at one of `schools` on `day`, and `students` wherever they are.
#[derive(Debug, Clone)]
pub struct StudentsWanted {
    /// Everybody enrolled at one of these.
    pub schools: Vec<SchoolId>,
    /// And these, by themselves.
    pub students: Vec<StudentId>,
    /// Of all of them only who is at this school.
    pub at: Option<SchoolId>,
    /// Only who has, for each word of it, a name that begins so.
    pub name: Option<Personal>,
    /// The day that counts.
    pub day: NaiveDate,
}

/// Questions about reference data. Lists come with the place of each row, by which the next page goes on; the places of
/// people are their ids, never their names.
#[async_trait]
pub trait ReadReference: Send + Sync {
    /// A school.
    async fn school(&self, id: SchoolId) -> Result<Option<School>, Error>;

    /// Schools by name: those of `among`, or all where nothing is said.
    async fn schools(&self, among: Option<&[SchoolId]>, page: &Page) -> Result<Vec<(School, After)>, Error>;

    /// What is known of a school's days from `from` to `to`, both included; `None` where there is no such school.
    async fn school_days(
        &self,
        school: SchoolId,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Option<SchoolCalendarDays>, Error>;

    /// A student.
    async fn student(&self, id: StudentId) -> Result<Option<Student>, Error>;

    /// Students by family name, then given name.
    async fn students(&self, wanted: &StudentsWanted, page: &Page) -> Result<Vec<(StudentLine, After)>, Error>;

    /// A member of staff, with all roles, past ones included.
    async fn staff_member(&self, id: StaffId) -> Result<Option<StaffRecord>, Error>;

    /// How it stands with somebody's confidentiality agreement; `None` where there is nobody by that id.
    async fn agreement(&self, id: StaffId) -> Result<Option<ConfidentialityAgreement>, Error>;

    /// Who holds a role at a school on `day`, by family name; with the roles held there that day.
    async fn staff_of(&self, school: SchoolId, day: NaiveDate, page: &Page)
    -> Result<Vec<(StaffRecord, After)>, Error>;

    /// A partner.
    async fn partner(&self, id: PartnerId) -> Result<Option<Partner>, Error>;

    /// All partners, by name.
    async fn partners(&self, page: &Page) -> Result<Vec<(Partner, After)>, Error>;
}
