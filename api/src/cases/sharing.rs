//! What is shared today with the partners for whom somebody works.
use application::{
    Error, Principal,
    access::{Ties, shared},
    reference::district_day,
};
use domain::StudentId;

use super::Cases;

impl Cases {
    /// Adds to the ties of cases what is shared with the caller's partners; who works for none asks for nothing.
    pub async fn share(&self, principal: &Principal, ties: &mut [&mut Ties]) -> Result<(), Error> {
        let of = |one: &Principal| one.agreements.iter().map(|agreement| agreement.partner).collect::<Vec<_>>();
        let partners = [of(principal), of(principal.asker())].concat();
        let students: Vec<StudentId> = ties.iter().filter_map(|ties| ties.student).collect();
        if partners.is_empty() || students.is_empty() {
            return Ok(());
        }
        let records = self.read.sharing(&students, &partners).await?;
        let today = district_day(self.clock.now());
        for ties in ties {
            // A student may be there more than once: with each of their entries on a page.
            ties.shared = shared(records.iter().filter(|record| Some(record.student) == ties.student), today);
        }
        Ok(())
    }
}
