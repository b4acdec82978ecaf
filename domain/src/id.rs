//! One typed identifier for each thing we name.
use derive_more::{Display, From, FromStr, Into};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Display, From, FromStr, Into, Serialize,
            Deserialize, ToSchema,
        )]
        #[serde(transparent)]
        #[schema(value_type = Uuid, format = Uuid)]
        pub struct $name(Uuid);

        impl $name {
            /// The identifier as a plain UUID.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }
    )+};
}

ids! {
    /// A student; also the name of the stream of the student's case.
    StudentId,
    /// A school.
    SchoolId,
    /// A member of staff, of a school, a partner or the district.
    StaffId,
    /// A partner organisation.
    PartnerId,
    /// An agreement with a partner on which data may be shared.
    AgreementId,
    /// Anything written down on a case: a need, a session, a contact, a note, …
    EntryId,
    /// A need.
    NeedId,
    /// A strength.
    StrengthId,
    /// A support plan.
    PlanId,
    /// A goal.
    GoalId,
    /// A measurement of a goal's progress.
    ProgressId,
    /// An intervention.
    InterventionId,
    /// A session of an intervention.
    SessionId,
    /// A mentor's assignment to a student.
    MentorAssignmentId,
    /// A contact with a student or the family.
    ContactId,
    /// A referral to a partner.
    ReferralId,
    /// A consent, given or refused.
    ConsentId,
    /// A follow-up.
    FollowUpId,
    /// A note.
    NoteId,
    /// An override of access.
    OverrideId,
    /// A file that was attached to what is kept of a student.
    AttachmentId,
    /// A family's request to amend what is kept of a student.
    AmendmentId,
}
