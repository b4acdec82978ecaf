//! One thing that is not as it should be, named without a word of what stands there.
use std::fmt;

use uuid::Uuid;

/// Where something is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The table.
    pub table: &'static str,
    /// Whose it is: the stream's, which is the student's where that is a case, a school's, or a member of staff's.
    pub of: Uuid,
    /// What singles the row out among theirs: a version, an entry, a cell.
    pub key: Option<String>,
}

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// A version is missing, or is there twice.
    Gap(Place),
    /// An event's hash does not fit the event or the one before it.
    Chain(Place),
    /// An event stands in the log before the one that it follows.
    Order(Place),
    /// An event cannot be read.
    Unreadable(Place),
    /// A row differs.
    Differs(Place, String),
    /// A row is missing.
    Missing(Place),
    /// A row is there that should not be.
    Surplus(Place),
    /// A view is of another version than this code's, so that nothing can be said of its rows.
    OtherVersion(&'static str),
    /// The next position to be drawn has been used.
    PositionReused,
    /// A request was answered with a position that was never drawn.
    NoSuchPosition(u64, Uuid),
    /// A reader is ahead of the log, so that it would pass over what is written next.
    Ahead(String),
    /// Events that were there are no more.
    Cut(Place),
    /// An event is another than it was.
    Changed(Place),
    /// Events stand now where none stood.
    Added(Place),
    /// The log is not the one that the head was made of; which streams differ cannot be said without its list.
    OtherLog,
    /// The head was signed by somebody else.
    OtherSigner,
}

impl Place {
    pub(crate) fn event(stream: Uuid, version: u64) -> Self {
        Self { table: "events", of: stream, key: Some(format!("version {version}")) }
    }

    pub(crate) fn stream(stream: Uuid) -> Self {
        Self { table: "streams", of: stream, key: None }
    }
}

impl Finding {
    /// Whether it is a row of one of these tables.
    pub(crate) fn is_of(&self, tables: &[&str]) -> bool {
        match self {
            Self::Differs(place, _) | Self::Missing(place) | Self::Surplus(place) => tables.contains(&place.table),
            _ => false,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.table, self.of)?;
        self.key.iter().try_for_each(|key| write!(f, ", {key}"))
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gap(place) => write!(f, "{place}: does not follow the version before it"),
            Self::Chain(place) => write!(f, "{place}: its hash does not fit"),
            Self::Order(place) => write!(f, "{place}: stands before the event that it follows"),
            Self::Unreadable(place) => write!(f, "{place}: cannot be read"),
            Self::Differs(place, column) => write!(f, "{place}: {column} differs"),
            Self::Missing(place) => write!(f, "{place}: missing"),
            Self::Surplus(place) => write!(f, "{place}: surplus"),
            Self::OtherVersion(view) => write!(f, "{view}: of another version than this server's; rebuild"),
            Self::PositionReused => f.write_str("positions: the next one has been used"),
            Self::NoSuchPosition(position, key) => {
                write!(f, "requests of key {key}: position {position} was never drawn")
            }
            Self::Ahead(reader) => write!(f, "readers, {reader}: further than the log"),
            Self::Cut(place) => write!(f, "{place}: was there when the head was signed"),
            Self::Changed(place) => write!(f, "{place}: is not what it was when the head was signed"),
            Self::Added(place) => write!(f, "{place}: was not there when the head was signed"),
            Self::OtherLog => f.write_str("events: not those of which the head was signed"),
            Self::OtherSigner => f.write_str("the head was signed with another key than this installation's"),
        }
    }
}
