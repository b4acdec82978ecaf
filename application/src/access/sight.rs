//! Which entries somebody may read of a case that they may read, and put right.
use std::collections::BTreeSet;

use domain::{PartnerId, Role, StaffId, Visibility, case::DataCategory};

use super::{
    Ties, bases,
    engine::{self, About, EntryAct, Same, Tie},
    sharing, tie,
};
use crate::{
    HeldRole, Principal,
    view::{Kind, Record},
};

/// What one role opens of a case.
#[derive(Debug, Clone, PartialEq, Hash)]
struct Seeing {
    tie: Tie,
    partner: Option<PartnerId>,
    /// The kinds of data that are shared with the partner.
    shared: BTreeSet<DataCategory>,
    /// Whose notes for the supervisor were handed over to the reader.
    notes_of: BTreeSet<StaffId>,
}

/// What one person sees of one case.
#[derive(Debug, Clone, PartialEq, Hash)]
pub struct Sight {
    reader: StaffId,
    roles: Vec<Seeing>,
    is_partner_only: bool,
    /// What who looks through the reader's eyes sees themselves.
    behind: Option<Box<Self>>,
}

impl Sight {
    /// What `principal` sees of a case with those `ties`.
    pub fn of(principal: &Principal, ties: &Ties) -> Self {
        let seeing = |held: &HeldRole| Seeing {
            tie: tie(principal, held, ties),
            partner: held.partner,
            notes_of: handed_over(principal.staff, ties),
            shared: sharing::of(principal, held, ties).map(|sharing| sharing.categories).unwrap_or_default(),
        };
        let roles = principal.roles.iter().map(seeing).collect();
        let is_partner_only = bases(principal, ties).iter().all(|basis| basis.role == Role::PartnerStaff);
        let behind = principal.behind.as_ref().map(|behind| Box::new(Self::of(behind, ties)));
        Self { reader: principal.staff, roles, is_partner_only, behind }
    }

    /// Whether an entry opens: `author` wrote it in `role`, for those who `visibility` names, about `partner`.
    pub(crate) fn opens(
        &self,
        visibility: Visibility,
        author: StaffId,
        role: Role,
        (kind, partner): (Kind, Option<PartnerId>),
    ) -> bool {
        self.may(EntryAct::Read, visibility, (author, role), (kind, partner))
    }

    /// Whether what `record` says opens.
    pub fn shows(&self, record: &Record) -> bool {
        let about = (record.content.kind(), record.content.partner());
        self.opens(record.visibility, record.author, record.author_role, about)
    }

    /// Whether `record` is the reader's to put right.
    pub fn repairs(&self, record: &Record) -> bool {
        let author = (record.author, record.author_role);
        self.may(EntryAct::Repair, record.visibility, author, (record.content.kind(), record.content.partner()))
    }

    fn may(
        &self,
        act: EntryAct,
        visibility: Visibility,
        (author, author_role): (StaffId, Role),
        (kind, partner): (Kind, Option<PartnerId>),
    ) -> bool {
        let seen_by = |behind: &Self| behind.may(act, visibility, (author, author_role), (kind, partner));
        if !self.behind.as_deref().is_none_or(seen_by) {
            return false;
        }
        let own = author == self.reader;
        let category = shared_as(kind);
        self.roles.iter().any(|seeing| {
            let partner = Same::of(partner, |partner| seeing.partner == Some(partner));
            let shared = category.is_some_and(|category| seeing.shared.contains(&category));
            let handed_over = seeing.notes_of.contains(&author);
            engine::entry(seeing.tie, act, About { visibility, own, author_role, partner, shared, handed_over })
        })
    }

    /// Whether the reader may know data of that kind: partners where it is shared with them, others as the case is
    /// open to them.
    pub fn knows(&self, category: DataCategory) -> bool {
        let knows = !self.is_partner_only || self.roles.iter().any(|seeing| seeing.shared.contains(&category));
        knows && self.behind.as_ref().is_none_or(|behind| behind.knows(category))
    }

    /// Whether the reader belongs to a partner only, and so sees nothing of the case but what concerns the partner.
    pub fn is_partner_only(&self) -> bool {
        self.is_partner_only || self.behind.as_ref().is_some_and(|behind| behind.is_partner_only())
    }
}

fn handed_over(reader: StaffId, ties: &Ties) -> BTreeSet<StaffId> {
    ties.handed_over.iter().filter(|one| one.to == reader).map(|one| one.of).collect()
}

/// The kind of data as which partners get an entry that is not about them; no other they get as such.
pub fn shared_as(kind: Kind) -> Option<DataCategory> {
    let shown = !matches!(
        kind,
        Kind::Case
            | Kind::MentorAssignment
            | Kind::Referral
            | Kind::Consent
            | Kind::FollowUp
            | Kind::AccessOverride
            | Kind::Amendment
    );
    shown.then(|| kind.category())
}

/// Whether who reads every case of a school as `reader` reads what others wrote there in the role of `author`, for
/// those who `visibility` names.
pub(crate) fn reads(reader: Role, visibility: Visibility, author: Role) -> bool {
    let tie = Tie { role: reader, school: Same::Yes, mentors: false, partner: Same::Missing, overrides: false };
    let (own, partner, shared, handed_over) = (false, Same::Missing, false, false);
    let about = About { visibility, own, author_role: author, partner, shared, handed_over };
    engine::entry(tie, EntryAct::Read, about)
}

#[cfg(test)]
mod tests {
    use domain::{
        SchoolId,
        case::{Purpose, Shared},
    };
    use uuid::Uuid;

    use super::*;
    use crate::sharing::AgreementInForce;

    fn sight(role: Role) -> Sight {
        let school = Some(Uuid::from_u128(100).into());
        let staff = Uuid::from_u128(1).into();
        let principal = Principal::new(staff, vec![HeldRole { role, school, partner: None }]);
        Sight::of(&principal, &Ties { school, mentors: vec![staff], ..Ties::default() })
    }

    fn opens(role: Role, visibility: Visibility, author: Role) -> bool {
        sight(role).opens(visibility, Uuid::from_u128(2).into(), author, (Kind::Note, None))
    }

    #[test]
    fn mental_health_opens_to_its_managers_only() {
        assert!(opens(Role::MentalHealthManager, Visibility::MentalHealth, Role::MentalHealthManager));
        for role in [Role::CommunitySchoolDirector, Role::Principal, Role::SchoolStaff, Role::SuccessMentor] {
            assert!(!opens(role, Visibility::MentalHealth, Role::MentalHealthManager));
        }
    }

    #[test]
    fn what_is_for_author_and_supervisor_opens_to_these_two() {
        let by_mentor = |reader| opens(reader, Visibility::AuthorAndSupervisor, Role::SuccessMentor);
        assert!(by_mentor(Role::CommunitySchoolDirector));
        assert!(
            !by_mentor(Role::Principal) && !by_mentor(Role::MentalHealthManager) && !by_mentor(Role::SuccessMentor)
        );
        let own = sight(Role::SuccessMentor).opens(
            Visibility::AuthorAndSupervisor,
            Uuid::from_u128(1).into(),
            Role::SuccessMentor,
            (Kind::Note, None),
        );
        assert!(own);
    }

    #[test]
    fn an_entry_is_put_right_by_its_author_or_by_who_leads() {
        let repairs = |role, visibility, author: u128| {
            let author = (Uuid::from_u128(author).into(), Role::SuccessMentor);
            sight(role).may(EntryAct::Repair, visibility, author, (Kind::Note, None))
        };
        assert!(repairs(Role::SuccessMentor, Visibility::Team, 1));
        assert!(!repairs(Role::SuccessMentor, Visibility::Team, 2));
        assert!(repairs(Role::CommunitySchoolDirector, Visibility::Team, 2));
        assert!(!repairs(Role::CommunitySchoolDirector, Visibility::MentalHealth, 2));
        assert!(repairs(Role::MentalHealthManager, Visibility::MentalHealth, 2));
        assert!(!repairs(Role::MentalHealthManager, Visibility::Team, 2));
    }

    fn clinic() -> PartnerId {
        Uuid::from_u128(9).into()
    }

    /// A worker of a clinic to which a student was referred, with these kinds of data agreed on and consented to.
    fn worker(agreed: &[DataCategory], consented: &[DataCategory]) -> Sight {
        let held = HeldRole { role: Role::PartnerStaff, school: None, partner: Some(clinic()) };
        let agreement = AgreementInForce {
            partner: clinic(),
            categories: agreed.iter().copied().collect(),
            purposes: [Purpose::MentalHealth].into(),
            schools: [SchoolId::default()].into(),
            ..AgreementInForce::default()
        };
        let shared = Shared {
            partner: clinic(),
            referral: Default::default(),
            purpose: Purpose::MentalHealth,
            categories: consented.iter().copied().collect(),
            consent: None,
        };
        let worker = Principal { agreements: vec![agreement], ..Principal::new(Uuid::from_u128(1).into(), vec![held]) };
        let ties = Ties { school: Some(SchoolId::default()), shared: vec![shared], ..Ties::default() };
        Sight::of(&worker, &ties)
    }

    #[test]
    fn a_clinic_sees_what_was_sent_to_it() {
        let other: PartnerId = Uuid::from_u128(8).into();
        let opens = |partner| {
            let manager = (Uuid::from_u128(2).into(), Role::MentalHealthManager);
            worker(&[], &[]).opens(Visibility::MentalHealth, manager.0, manager.1, (Kind::Referral, partner))
        };
        assert!(opens(Some(clinic())));
        assert!(!opens(Some(other)) && !opens(None));
    }

    #[test]
    fn a_partner_sees_the_kinds_of_data_that_agreement_and_consent_cover() {
        use DataCategory::{CaseNotes, SupportPlan};
        let opens = |sight: Sight, visibility, kind| {
            sight.opens(visibility, Uuid::from_u128(2).into(), Role::SuccessMentor, (kind, None))
        };
        let both = || worker(&[SupportPlan, CaseNotes], &[SupportPlan]);
        assert!(opens(both(), Visibility::Team, Kind::Goal));
        assert!(!opens(both(), Visibility::Team, Kind::Note));
        assert!(!opens(worker(&[CaseNotes], &[SupportPlan]), Visibility::Team, Kind::Goal));
        for hidden in [Visibility::School, Visibility::AuthorAndSupervisor, Visibility::MentalHealth] {
            assert!(!opens(both(), hidden, Kind::Goal));
        }
        assert!(!opens(both(), Visibility::Team, Kind::FollowUp));
    }

    #[test]
    fn the_next_mentor_reads_the_notes_that_the_supervisor_has_handed_over() {
        let (next, before, third): (StaffId, StaffId, StaffId) =
            (Uuid::from_u128(1).into(), Uuid::from_u128(2).into(), Uuid::from_u128(3).into());
        let held = HeldRole { role: Role::SuccessMentor, school: None, partner: None };
        let mentor = Principal::new(next, vec![held]);
        let handed_over = vec![domain::case::HandedOver { to: next, of: before }];
        let ties = Ties { mentors: vec![next], handed_over, ..Ties::default() };
        let opens = |ties: &Ties, visibility, author, role| {
            Sight::of(&mentor, ties).opens(visibility, author, role, (Kind::Note, None))
        };
        let (notes, mentors) = (Visibility::AuthorAndSupervisor, Role::SuccessMentor);
        assert!(opens(&ties, notes, before, mentors));
        assert!(!opens(&Ties { handed_over: vec![], ..ties.clone() }, notes, before, mentors), "not decided");
        assert!(!opens(&ties, notes, third, mentors), "somebody else's");
        assert!(!opens(&ties, notes, before, Role::Principal), "written in another role");
        assert!(
            !opens(&ties, Visibility::School, before, mentors)
                && !opens(&ties, Visibility::MentalHealth, before, mentors)
        );
        assert!(!opens(&Ties { mentors: vec![], ..ties.clone() }, notes, before, mentors), "no mentor any more");
    }

    #[test]
    fn a_mentor_reads_what_is_for_the_team_not_what_is_for_the_school() {
        assert!(opens(Role::SuccessMentor, Visibility::Team, Role::Principal));
        assert!(!opens(Role::SuccessMentor, Visibility::School, Role::Principal));
    }
}
