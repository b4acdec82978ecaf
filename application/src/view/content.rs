//! What an entry says, by its kind.
use chrono::NaiveDate;
use derive_more::{From, TryInto};
use domain::{PartnerId, StaffId, Visibility, case::DataCategory};
use serde::{Deserialize, Serialize};
use strum::{Display, EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;
use uuid::Uuid;

use super::*;

/// What lists, queues and rules need to know of any entry, whatever its kind.
pub trait Entered {
    /// Where it stands in its own life, as a code.
    fn status(&self) -> String;
    /// Who may read it.
    fn visibility(&self) -> Visibility;
    /// Whether its life is over.
    fn is_ended(&self) -> bool;
    /// Whether the case file keeps it, or only its own row.
    fn is_kept(&self) -> bool {
        true
    }
    /// The day on which it happened, where it was told later.
    fn occurred_on(&self) -> Option<NaiveDate> {
        None
    }
    /// The entry to which it belongs.
    fn parent(&self) -> Option<Uuid> {
        None
    }
    /// Who has to act.
    fn owner(&self) -> Option<StaffId> {
        None
    }
    /// The partner concerned.
    fn partner(&self) -> Option<PartnerId> {
        None
    }
    /// The day by which something is due.
    fn due_on(&self) -> Option<NaiveDate> {
        None
    }
}

macro_rules! contents {
    ($($(#[$doc:meta])* $kind:ident($record:ty)),+ $(,)?) => {
        /// What an entry says.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema, From, TryInto)]
        #[try_into(ref_mut, ref)]
        #[serde(tag = "kind", rename_all = "snake_case")]
        pub enum Content {
            $($(#[$doc])* $kind($record)),+
        }

        /// What kind of entry it is.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, Display, EnumString,
            IntoStaticStr, VariantArray,
        )]
        #[serde(rename_all = "snake_case")]
        #[strum(serialize_all = "snake_case")]
        pub enum Kind {
            /// The case itself.
            Case,
            $($(#[$doc])* $kind),+
        }

        impl Content {
            /// What kind of entry it is.
            pub fn kind(&self) -> Kind {
                match self { $(Self::$kind(_) => Kind::$kind),+ }
            }

            fn entered(&self) -> &dyn Entered {
                match self { $(Self::$kind(record) => record),+ }
            }
        }
    };
}

contents! {
    /// A need.
    Need(NeedRecord),
    /// A strength.
    Strength(StrengthRecord),
    /// A support plan.
    Plan(PlanRecord),
    /// A goal.
    Goal(GoalRecord),
    /// A measurement of progress.
    Progress(ProgressRecord),
    /// An intervention.
    Intervention(InterventionRecord),
    /// A session of an intervention.
    Session(SessionRecord),
    /// A mentor's assignment.
    MentorAssignment(MentorAssignmentRecord),
    /// A contact.
    Contact(ContactRecord),
    /// A referral.
    Referral(ReferralRecord),
    /// A consent, given or refused.
    Consent(ConsentRecord),
    /// A follow-up.
    FollowUp(FollowUpRecord),
    /// A note.
    Note(NoteRecord),
    /// An override of access in an emergency.
    AccessOverride(OverrideRecord),
    /// A family's request to amend an entry.
    Amendment(AmendmentRecord),
}

impl Kind {
    /// The kind of data that such an entry is, as agreements and consents name it.
    pub const fn category(self) -> DataCategory {
        match self {
            Self::Contact | Self::Note => DataCategory::CaseNotes,
            _ => DataCategory::SupportPlan,
        }
    }
}

macro_rules! delegate {
    ($($(#[$doc:meta])* $name:ident -> $what:ty),+ $(,)?) => {
        impl Content {
            $($(#[$doc])* pub fn $name(&self) -> $what { self.entered().$name() })+
        }
    };
}

delegate! {
    /// Where it stands in its own life, as a code.
    status -> String,
    /// Who may read it.
    visibility -> Visibility,
    /// Whether its life is over.
    is_ended -> bool,
    /// Whether the case file keeps it, or only its own row.
    is_kept -> bool,
    /// The day on which it happened, where it was told later.
    occurred_on -> Option<NaiveDate>,
    /// The entry to which it belongs.
    parent -> Option<Uuid>,
    /// Who has to act.
    owner -> Option<StaffId>,
    /// The partner concerned.
    partner -> Option<PartnerId>,
    /// The day by which something is due.
    due_on -> Option<NaiveDate>,
}
