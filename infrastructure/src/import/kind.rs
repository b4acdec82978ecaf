//! How one kind of row is declared: where its columns stand in the source, in which table they land.

/// One kind of row of a source.
#[derive(Debug)]
pub struct Kind {
    /// What it is called in reports: the source's own word.
    pub name: &'static str,
    /// The elements (Ed-Fi) or the file (OneRoster) that hold it.
    pub elements: &'static [&'static str],
    /// Only rows in which this field has one of these values are of this kind.
    pub only: Option<(&'static str, &'static [&'static str])>,
    /// The table in which it lands.
    pub table: &'static str,
    /// Rows that others refer to have an id of ours and a name in the source.
    pub identity: Option<Identity>,
    /// Everything else.
    pub columns: &'static [Column],
    /// The columns that make a row the same row. Empty: its identity does.
    pub key: &'static [&'static str],
    /// What a second row with the same key is called in the rejects.
    pub duplicate: &'static str,
    /// The date column that a row "to be deleted" fills: nothing is ever deleted.
    pub ends: Option<&'static str>,
}

/// How rows of a kind are named in the source.
#[derive(Debug)]
pub struct Identity {
    /// The name space, as in `external_ids.kind`.
    pub kind: &'static str,
    /// The fields that make up the name.
    pub from: &'static [&'static str],
}

/// One column of a kind.
#[derive(Debug)]
pub struct Column {
    /// Its name in the table.
    pub name: &'static str,
    /// The field or fields it is read from. Several make up a reference, or are alternatives of a list.
    pub from: &'static [&'static str],
    /// What it holds.
    pub holds: Holds,
    /// Whether a row without it is of no use.
    pub required: bool,
}

/// What a column holds.
#[derive(Debug, Clone, Copy)]
pub enum Holds {
    /// Text, also a descriptor's URI.
    Text,
    /// Texts, in the source's order.
    Texts,
    /// A day.
    Date,
    /// A time of day.
    Time,
    /// A whole number.
    Whole,
    /// A decimal number.
    Decimal,
    /// True or false.
    Truth,
    /// The id of another row.
    Refers(Target),
    /// Texts that name other rows, kept for what is derived from them: staged, not stored.
    Staged,
}

/// What a reference points at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Target {
    /// The name space, as in `external_ids.kind`.
    pub kind: &'static str,
    /// The table that must have it; `None`: any that shares the name space.
    pub table: Option<&'static str>,
}

impl Kind {
    /// A kind with nothing but a name, elements and a table; the rest by `..`.
    pub const fn new(name: &'static str, elements: &'static [&'static str], table: &'static str) -> Self {
        Self { name, elements, only: None, table, identity: None, columns: &[], key: &[], duplicate: "row", ends: None }
    }

    /// The temporary table in which it is staged.
    pub(crate) fn stage(&self) -> String {
        format!("stage_{}", self.name.to_lowercase().replace(['.', ' ', '-'], "_"))
    }
}

impl Column {
    /// A column that may be missing.
    pub const fn may(name: &'static str, from: &'static [&'static str], holds: Holds) -> Self {
        Self { name, from, holds, required: false }
    }

    /// A column without which the row is of no use.
    pub const fn must(name: &'static str, from: &'static [&'static str], holds: Holds) -> Self {
        Self { name, from, holds, required: true }
    }

    /// Why a row is of no use whose reference to `target` leads nowhere.
    pub(crate) fn leads_nowhere(&self, target: Target) -> String {
        format!("{}: names no {} that is known", self.field(), target.kind.replace('_', " "))
    }

    /// What a person looks for in the file when told of a fault: the reference, or the field's path.
    pub(crate) fn field(&self) -> String {
        match self.holds {
            Holds::Refers(_) => reference(self.from).unwrap_or_else(|| self.from.join(" + ")),
            _ => self.from.join(" or "),
        }
    }
}

/// The innermost `…Reference` element that holds all of `paths`.
pub(crate) fn reference(paths: &[&str]) -> Option<String> {
    let parents: Vec<Vec<&str>> = paths.iter().map(|p| p.split('/').rev().skip(1).collect()).collect();
    let forward: Vec<Vec<&str>> = parents.into_iter().map(|p| p.into_iter().rev().collect()).collect();
    let first = forward.first()?;
    let shared = (0..first.len()).take_while(|&i| forward.iter().all(|p| p.get(i) == first.get(i))).count();
    let last = first[..shared].iter().rposition(|segment| segment.ends_with("Reference"))?;
    Some(first[..=last].join("/"))
}

#[cfg(test)]
mod tests {
    use super::reference;

    #[test]
    fn a_reference_is_the_innermost_element_that_holds_all_its_parts() {
        let one = ["StudentReference/StudentIdentity/StudentUniqueId"];
        assert_eq!(reference(&one).as_deref(), Some("StudentReference"));
        let two = [
            "DisciplineIncidentReference/DisciplineIncidentIdentity/SchoolReference/SchoolIdentity/SchoolId",
            "DisciplineIncidentReference/DisciplineIncidentIdentity/IncidentIdentifier",
        ];
        assert_eq!(reference(&two).as_deref(), Some("DisciplineIncidentReference"));
        assert_eq!(reference(&["orgSourcedId"]), None);
    }
}
