//! What is stated of every made-up district.
/// How often things happen, in percent: what is stated of the district, and tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shares {
    /// Of the students, those with a case.
    pub cases: u32,
    /// Of three planned contacts in a week of term, those that are tried.
    pub contacts: u32,
    /// Of those, the ones that are made.
    pub contacts_made: u32,
    /// Of the sessions, those to which the student does not come.
    pub absences: u32,
    /// Of the cases, those with a referral in each year.
    pub referrals: u32,
    /// Of the referrals, those after which the student got the help, wholly or in part.
    pub referrals_helped: u32,
    /// Of the referrals, those that the partner rejects.
    pub referrals_rejected: u32,
    /// Of the referrals, those that nobody ever answers.
    pub referrals_unanswered: u32,
}

impl Shares {
    /// The shares of every made-up district.
    pub const STATED: Self = Self {
        cases: 5,
        contacts: 90,
        contacts_made: 80,
        absences: 13,
        referrals: 40,
        referrals_helped: 60,
        referrals_rejected: 10,
        referrals_unanswered: 15,
    };
}
