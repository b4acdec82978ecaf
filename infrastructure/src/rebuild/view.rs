//! What can be made again from the log.
use std::{fmt, str::FromStr};

use application::Table;
use strum::VariantArray;

use crate::{FiguresFeed, OutboxFeed, ServedFeed, readers::Feed};

/// What can be made again from the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum View {
    /// A table that is written with the events.
    Written(Table),
    /// What the reader of figures keeps: what counts on each case, the figures of schools and the activity of staff.
    Figures,
    /// What the reader of who is served keeps.
    Served,
}

impl View {
    /// All there are.
    #[must_use]
    pub fn all() -> Vec<Self> {
        Table::VARIANTS.iter().copied().map(Self::Written).chain([Self::Figures, Self::Served]).collect()
    }

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Written(table) => table.into(),
            Self::Figures => FiguresFeed.name(),
            Self::Served => ServedFeed.name(),
        }
    }

    /// The reader that keeps it, where one does.
    #[must_use]
    pub fn feed(self) -> Option<&'static dyn Feed> {
        match self {
            Self::Written(_) => None,
            Self::Figures => Some(&FiguresFeed),
            Self::Served => Some(&ServedFeed),
        }
    }

    /// The version that this code makes.
    #[must_use]
    pub fn version(self) -> i32 {
        match self {
            Self::Written(table) => table.version(),
            Self::Figures => FiguresFeed.version(),
            Self::Served => ServedFeed.version(),
        }
    }
}

impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for View {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let name = name.replace('-', "_");
        if name == OutboxFeed.name() {
            return Err("the outbox is not made again: what was delivered from it would be sent twice".to_owned());
        }
        let known = || Self::all().into_iter().map(Self::name).collect::<Vec<_>>().join(", ");
        let found = Self::all().into_iter().find(|view| view.name() == name);
        found.ok_or_else(|| format!("the views are {}", known()))
    }
}

/// What is to be made again: what is asked for, else what is older, else all.
pub fn wanted(asked: &[View], older: &[View]) -> Vec<View> {
    let mut wanted = match (asked, older) {
        ([], []) => View::all(),
        ([], older) => older.to_vec(),
        (asked, _) => asked.to_vec(),
    };
    wanted.sort();
    wanted.dedup();
    wanted
}

/// Those of them that are written with the events.
pub fn tables(views: &[View]) -> Vec<Table> {
    let table = |view: &View| match view {
        View::Written(table) => Some(*table),
        View::Figures | View::Served => None,
    };
    views.iter().filter_map(table).collect()
}
