//! What people see: folds over the events of a case, kept as rows.
mod case_file;
mod case_row;
mod content;
mod fold;
mod record;
mod row;
mod timeline;

mod access_override;
mod amendment;
mod consent;
mod follow_up;
mod goal;
mod intervention;
mod life;
mod mentor;
mod need;
mod note;
mod plan;
mod referral;
mod repair;

pub use access_override::{OverrideRecord, OverrideStatus};
pub use amendment::{AgreementReached, AmendmentRecord};
pub use case_file::{CaseFile, CaseStatus};
pub use case_row::CaseRow;
pub use consent::{ConsentRecord, ConsentStatus};
pub use content::{Content, Entered, Kind};
pub use fold::{Moment, Unfold, code};
pub use follow_up::{FollowUpRecord, FollowUpStatus};
pub use goal::{GoalRecord, Measured, ProgressRecord};
pub use intervention::{Delivered, InterventionRecord, Pause, SessionRecord};
pub use mentor::{ContactRecord, MentorAssignmentRecord};
pub use need::{NeedRecord, StrengthRecord};
pub use note::NoteRecord;
pub use plan::PlanRecord;
pub use record::{Record, Standing};
pub use referral::ReferralRecord;
pub use row::{CaseFileRow, EntryRow, Row};
pub use timeline::TimelineRow;

use fold::{spoken, unfold};
