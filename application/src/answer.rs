//! What is answered: the views as one person may see them today.
mod amendment_line;
mod beside;
mod case_summary;
mod caseload;
mod change;
mod early_warning;
mod effects;
mod entry;
mod figures;
mod indicators;
mod outcomes;
mod override_line;
mod progress;
mod school_bands;
mod school_outcomes;
mod school_years;
mod support_plan;
mod timeline;
mod tracking;
mod witness;

pub use amendment_line::AmendmentLine;
pub use beside::StatementBeside;
pub use case_summary::CaseSummary;
pub use caseload::CaseloadLine;
pub use change::ChangeItem;
pub use early_warning::{EarlyWarning, Signal, Watch, Watched};
pub use effects::Effects;
pub use entry::{Entry, Listed, Withheld};
pub use figures::{DueState, Figure, SchoolFigures, StaffActivity, Waiting, first_of_weeks};
pub use indicators::{StudentIndicators, UnderPolicy};
pub use outcomes::{
    Freshness, GoalOnAxis, InterventionOnAxis, ReferralOnAxis, StudentOutcomes, SuspensionOnAxis, WeekOfAttendance,
};
pub use override_line::OverrideLine;
pub use progress::Aimline;
pub use school_bands::{BandCounts, SchoolBands};
pub use school_outcomes::{BandsOnAxis, CoursesOnAxis, KnownOfSchool, SchoolOutcomes, SchoolSources, WeekAtSchool};
pub use school_years::{ChronicAbsence, SchoolYears, YearOfSchool};
pub use support_plan::{Contacts, FollowUpInPlan, GoalInPlan, InterventionInPlan, ReferralInPlan, SupportPlan};
pub use timeline::TimelineItem;
pub use tracking::{DosageSoFar, GoalProgress, InterventionTracking, Told, look_at_goals};

use beside::Beside;
use witness::Witness;

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

use chrono::NaiveDate;
use domain::{
    EntryId, SchoolCalendar, StaffId, Visibility,
    case::{DataCategory, HandedOver},
};

use crate::{
    Principal,
    access::{self, Act, Basis, Disclosure, Ground, Operation, Sight, Ties, allowed, next_with, next_with_case},
    attachments::Attachment,
    view::{CaseFile, CaseStatus, Content, Kind, Record},
};

/// Fewer students than these are not told of to who works across schools.
const FEW: u32 = domain::effect::FEWEST as u32;

/// Who looks at a case, and from which day.
#[derive(Debug, Clone)]
pub struct Reader {
    /// Who really looks.
    staff: StaffId,
    /// Through whose eyes, where not their own.
    seen_as: Option<StaffId>,
    basis: Option<Basis>,
    access_override: Option<EntryId>,
    disclosure: Option<Disclosure>,
    witness: Witness,
    beside: Beside,
    sight: Sight,
    acts: Vec<Act>,
    acts_in_compartment: Vec<Act>,
    /// The calendar of the student's school.
    pub calendar: Arc<SchoolCalendar>,
    /// The day at the school.
    pub today: NaiveDate,
}

impl Reader {
    /// `principal`, looking at a case with those `ties` on that day.
    pub fn new(principal: &Principal, ties: &Ties, calendar: Arc<SchoolCalendar>, today: NaiveDate) -> Self {
        let acts = |visibility| allowed(principal, ties, visibility);
        let (acts, acts_in_compartment) = (acts(Visibility::Team), acts(Visibility::MentalHealth));
        let asker = principal.asker();
        let basis = access::decide_read(asker, ties).ok();
        let overrides = basis.is_some_and(|basis| basis.ground == Ground::Override);
        let mut of_student = asker.overrides.iter().filter(|(student, _)| Some(*student) == ties.student);
        Self {
            staff: asker.staff,
            seen_as: principal.behind.as_ref().map(|_| principal.staff),
            basis,
            access_override: of_student.next().filter(|_| overrides).map(|(_, id)| *id),
            disclosure: Disclosure::of(principal, ties),
            witness: Witness::default(),
            beside: Beside::default(),
            sight: Sight::of(principal, ties),
            acts,
            acts_in_compartment,
            calendar,
            today,
        }
    }

    /// Whether the reader may read what `record` says.
    pub fn opens(&self, record: &Record) -> bool {
        let opens = self.sight.shows(record);
        if opens {
            self.witness.opened(record);
        }
        opens
    }

    /// Whether the reader may read what an attachment is evidence of, as it was attached.
    pub fn opens_evidence(&self, attachment: &Attachment) -> bool {
        let Attachment { visibility, attached_by, attached_as, .. } = *attachment;
        let opens = self.sight.opens(visibility, attached_by, attached_as, (Kind::Consent, None));
        if opens {
            let compartment = visibility == Visibility::MentalHealth;
            self.witness.saw(Kind::Consent.category(), compartment);
        }
        opens
    }

    /// Takes note that it was shown that something stands in the mental-health compartment.
    pub fn saw_compartment(&self) {
        self.witness.saw(DataCategory::MentalHealth, true);
    }

    /// Takes note that data of that kind were shown, which stand in no entry of their own.
    pub fn saw(&self, category: DataCategory) {
        self.witness.saw(category, false);
    }

    /// Whether the reader may know data of that kind, where it does not stand in an entry of its own.
    pub fn knows(&self, category: DataCategory) -> bool {
        self.sight.knows(category)
    }

    /// Whether the reader sees nothing but what concerns a partner.
    pub fn is_partner_only(&self) -> bool {
        self.sight.is_partner_only()
    }

    /// A mark of everything beside the version that the reader's answers depend on: the day, and what they may see and do.
    pub fn look(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (&self.sight, &self.acts, &self.acts_in_compartment, self.today).hash(&mut hasher);
        hasher.finish()
    }

    /// What the reader may do next with an entry of that visibility.
    pub fn next_with(&self, file_open: bool, content: &Content, visibility: Visibility) -> Vec<Operation> {
        let next = if file_open { next_with(content) } else { &[] };
        let acts = if visibility == Visibility::MentalHealth { &self.acts_in_compartment } else { &self.acts };
        next.iter().copied().filter(|operation| acts.contains(&operation.act())).collect()
    }

    /// What the reader may do next with the case.
    pub fn next_with_case(&self, file: &CaseFile) -> Vec<Operation> {
        let has_plan = file.records.values().any(|r| r.content.kind() == Kind::Plan && !r.content.is_ended());
        let next = next_with_case(file.status, has_plan).into_iter();
        next.filter(|operation| self.acts.contains(&operation.act())).collect()
    }
}

impl Ties {
    /// The ties of a case, as its file knows them: all but what is shared with partners, which hangs on the day.
    pub fn of_file(file: &CaseFile) -> Self {
        let open = file.records.values().map(|record| &record.content).filter(|content| !content.is_ended());
        let mentors = open.filter(|c| c.kind() == Kind::MentorAssignment).filter_map(Content::owner);
        Self { handed_over: file.handed_over().collect(), ..Self::at(file.student, file.school, mentors) }
    }
}

impl CaseFile {
    /// Which mentors may read the notes of which others that are for these and their supervisor.
    pub fn handed_over(&self) -> impl Iterator<Item = HandedOver> {
        let open = self.records.values().filter_map(|record| match &record.content {
            Content::MentorAssignment(open) if open.end.is_none() => Some(open),
            _ => None,
        });
        open.flat_map(|open| open.handover.notes_of.iter().map(|&of| HandedOver { to: open.assignment.mentor, of }))
    }

    /// Whether the case is open.
    pub fn is_open(&self) -> bool {
        self.status == CaseStatus::Open
    }
}
