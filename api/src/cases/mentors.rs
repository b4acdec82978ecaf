//! Mentors and their contacts.
use domain::{
    MentorAssignmentId,
    case::{AssignmentEnd, Contact, EndMentorAssignment, HandOverNotes, Handover, LogContact},
};

use super::declare::changes;

changes! { in "mentors";
    /// End a mentor's assignment.
    end_mentor_assignment: EndMentorAssignment, post "/mentor-assignments/{assignment}/end",
        path "assignment": MentorAssignmentId, body AssignmentEnd => Changed;
        |assignment, end| EndMentorAssignment { assignment, end }
    /// Decide whose notes a mentor may read that are for their author and the supervisor: those of the mentors before.
    hand_over_notes: HandOverNotes, post "/mentor-assignments/{assignment}/handover",
        path "assignment": MentorAssignmentId, body Handover => Changed;
        |assignment, handover| HandOverNotes { assignment, handover }
    /// Log a contact with the student or the family, or an attempt at one.
    log_contact: LogContact, post "/contacts", body Contact => Created; |contact| LogContact(contact)
}
