//! Needs and strengths.
use domain::{
    NeedId,
    case::{IdentifyNeed, Need, NeedResolution, NoteStrength, ResolveNeed, Strength},
};

use super::declare::changes;

changes! { in "needs and strengths";
    /// Write down what the student needs.
    identify_need: IdentifyNeed, post "/needs", body Need => Created; |need| IdentifyNeed(need)
    /// Say that a need was met.
    resolve_need: ResolveNeed, post "/needs/{need}/resolution",
        path "need": NeedId, body NeedResolution => Changed; |need, resolution| ResolveNeed { need, resolution }
    /// Write down what the student is good at.
    note_strength: NoteStrength, post "/strengths", body Strength => Created;
        |strength| NoteStrength(strength)
}
