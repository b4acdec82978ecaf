//! Under which key of the student's something is sealed: it follows from who may read it afterwards.
use domain::{
    Visibility,
    case::{Case, CaseEvent},
};
use uuid::Uuid;

use crate::{
    Error, Happening, Loaded, Metadata, Project,
    sealing::{Sealed, StudentKeys},
    view::Row,
};

/// Seals events each of which puts an entry where it then stands: corrected, shown to others, moved to this case.
pub(super) fn seal_as_they_leave(
    keys: &StudentKeys,
    loaded: &Loaded<Case>,
    events: Vec<CaseEvent>,
    metadata: &Metadata,
) -> Result<Vec<Sealed<CaseEvent>>, Error> {
    let seal = |event: CaseEvent| {
        let visibility = visibility_after(loaded, &event, metadata);
        keys.seal(event, visibility)
    };
    events.into_iter().map(seal).collect()
}

/// Who may read the entry that `event` is about, once it happened.
fn visibility_after(loaded: &Loaded<Case>, event: &CaseEvent, metadata: &Metadata) -> Visibility {
    let mut file = loaded.document.clone();
    let happening = Happening { stream: loaded.stream, version: loaded.version + 1, id: Uuid::nil(), event, metadata };
    let visibility = |row: &Row| match row {
        Row::Entry(row) if Some(row.entry.uuid()) == event.entry() => Some(row.visibility),
        _ => None,
    };
    Case::project(&mut file, &happening).iter().find_map(visibility).unwrap_or_default()
}
