//! What becomes of a request for amendment, where the entry stays as it is.
use domain::{
    AmendmentId,
    case::{AmendmentRefusal, AmendmentWithdrawal, AttachStatement, RefuseAmendment, Statement, WithdrawAmendment},
};

use crate::cases::declare::changes;

changes! { in "amendments";
    /// Refuse what the family asks for.
    ///
    /// With the reason, and the day on which the family was told of it and of its right to a hearing.
    refuse_amendment: RefuseAmendment, post "/amendments/{amendment}/refusal",
        path "amendment": AmendmentId, body AmendmentRefusal => Changed;
        |amendment, refusal| RefuseAmendment { amendment, refusal }
    /// Put the family's statement beside the entry that stands.
    ///
    /// Once it was refused, after a hearing or without one. Whoever sees the entry sees the statement from then on, for as
    /// long as the entry is kept (34 CFR 99.21).
    attach_statement: AttachStatement, post "/amendments/{amendment}/statement",
        path "amendment": AmendmentId, body Statement => Changed;
        |amendment, statement| AttachStatement { amendment, statement }
    /// Write down that the family takes its request back.
    withdraw_amendment: WithdrawAmendment, post "/amendments/{amendment}/withdrawal",
        path "amendment": AmendmentId, body AmendmentWithdrawal => Changed;
        |amendment, withdrawal| WithdrawAmendment { amendment, withdrawal }
}
