//! Schools, students, staff and partners: read by whom they concern, and kept by hand where no system does it.
mod after_agreements;
mod agreements;
mod answers;
mod calendar;
mod enrolments;
mod find_students;
mod partners;
mod roles;
mod schools;
mod sharing;
mod staff;
mod students;

use std::sync::Arc;

use application::{
    Error, Principal,
    access::reference::{RecordAct, StudentTies, decide_staff},
    reference::{KeepReference, ReadReference, StaffRecord, Student},
    sharing::{Agreements, Destructions},
};
use chrono::NaiveDate;
use domain::{SchoolId, StaffId, StudentId};
use utoipa_actix_web::service_config::ServiceConfig;

pub use answers::{Done, Granted, Put, put};

use crate::Cases;

/// Reference data, as the operations ask and keep it.
#[derive(Clone)]
pub struct Reference {
    /// Questions.
    pub read: Arc<dyn ReadReference>,
    /// Changes by hand.
    pub keep: Arc<dyn KeepReference>,
    /// Agreements with partners.
    pub agreements: Arc<dyn Agreements>,
    /// What becomes of data once they have ended.
    pub destructions: Arc<dyn Destructions>,
    /// How many days after an agreement's end its partner has to certify that it holds nothing any more.
    pub destruction_days: u16,
}

/// The operations on reference data.
pub fn routes(config: &mut ServiceConfig) {
    schools::routes(config);
    calendar::routes(config);
    students::routes(config);
    config.service(find_students::find_students);
    staff::routes(config);
    roles::routes(config);
    agreements::routes(config);
    partners::routes(config);
    sharing::routes(config);
    after_agreements::routes(config);
}

/// The operations on the reference data of one student.
pub fn routes_of_student(config: &mut ServiceConfig) {
    students::routes_of_student(config);
    enrolments::routes_of_student(config);
}

impl Cases {
    /// The date at a school.
    async fn today_at(&self, school: SchoolId) -> Result<NaiveDate, Error> {
        Ok(self.calendars.of(school).await?.today(self.clock.now()))
    }
}

impl Reference {
    /// How a student is tied to schools and people; `record` is what is known of the student, if anything is.
    async fn ties(
        &self,
        cases: &Cases,
        principal: &Principal,
        id: StudentId,
        record: Option<&Student>,
    ) -> Result<StudentTies, Error> {
        let schools = schools_of(cases, record).await?;
        let mut case = cases.read.ties(id).await?.map(|(ties, _)| ties);
        cases.share(principal, &mut case.iter_mut().collect::<Vec<_>>()).await?;
        Ok(StudentTies { schools, case })
    }

    /// How a student is tied to schools and people, for who asks about the student.
    pub async fn ties_of(&self, cases: &Cases, principal: &Principal, id: StudentId) -> Result<StudentTies, Error> {
        let record = self.read.student(id).await?;
        self.ties(cases, principal, id, record.as_ref()).await
    }

    /// The schools that a student attends or will attend, and the one attended last; none where none is known.
    pub async fn attended(&self, cases: &Cases, id: StudentId) -> Result<Vec<SchoolId>, Error> {
        schools_of(cases, self.read.student(id).await?.as_ref()).await
    }

    /// A member of staff, as far as the caller may know of them.
    pub(crate) async fn colleague(
        &self,
        cases: &Cases,
        principal: &Principal,
        id: StaffId,
    ) -> Result<StaffRecord, Error> {
        let record = self.read.staff_member(id).await?.ok_or(Error::NotFound)?;
        decide_staff(principal, RecordAct::Read, (id, &record.roles), cases.clock.now().date_naive())?;
        Ok(record)
    }
}

async fn schools_of(cases: &Cases, record: Option<&Student>) -> Result<Vec<SchoolId>, Error> {
    let enrolments = record.map(|student| student.enrolments.as_slice()).unwrap_or_default();
    let mut schools: Vec<SchoolId> = enrolments.first().map(|latest| latest.school).into_iter().collect();
    for enrolment in enrolments {
        let today = cases.today_at(enrolment.school).await?;
        if enrolment.exited_on.is_none_or(|last| last >= today) && !schools.contains(&enrolment.school) {
            schools.push(enrolment.school);
        }
    }
    Ok(schools)
}
