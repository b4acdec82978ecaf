//! Erasing a student: what is known by name is removed, what was said can be read by nobody any more.
mod again;
mod ask;
mod carry_out;
mod ledger;
mod scrub;
mod tables;

pub use again::again;
pub use ask::ask;
pub(crate) use ask::is_privacy_officer;
pub use carry_out::carry_out;
pub use ledger::{Entry, Ledger};
pub use scrub::scrub;
pub use tables::{ERASED, KEPT};

use application::Error;

use crate::DatabaseError;

/// Why a student was not erased.
#[derive(Debug, thiserror::Error)]
pub enum NotErased {
    /// Whoever asks is no privacy officer today.
    #[error("only a privacy officer has a student erased: {0} holds no such role today")]
    NotTheirs(uuid::Uuid),
    /// Nobody knows of the student.
    #[error("nothing is known of a student {0}")]
    NobodyThere(uuid::Uuid),
    /// It was not asked for.
    #[error("nobody has asked for the erasure of {0} yet: ask first, then confirm")]
    NotAsked(uuid::Uuid),
    /// It is kept for a court or a claim.
    #[error("{0} is under a legal hold: release it first")]
    Held(uuid::Uuid),
    /// The ledger cannot be read or written.
    #[error("the erasure ledger cannot be read or written: {0}")]
    Ledger(#[from] std::io::Error),
    /// A line of the ledger is none.
    #[error("line {0} of the erasure ledger cannot be read")]
    Line(usize),
    /// The database did not answer.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// The case could not be changed.
    #[error(transparent)]
    Case(#[from] Error),
}

impl From<tokio_postgres::Error> for NotErased {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Database(error.into())
    }
}
