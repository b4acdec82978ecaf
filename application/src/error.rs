//! The ways in which a use case fails.
use cqrs_es::AggregateError;
use domain::{Kind, Reject};

type Source = Box<dyn std::error::Error + Send + Sync>;

/// Why a use case failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A rule said no.
    #[error("{message}")]
    Rejected {
        /// The kind of refusal.
        kind: Kind,
        /// A stable code for clients.
        code: &'static str,
        /// One sentence for people.
        message: String,
    },
    /// Nothing by that name, or nothing that the caller may know of.
    #[error("not found")]
    NotFound,
    /// The caller may know of it, but not do this.
    #[error("{reason}")]
    Forbidden {
        /// Why not, in one sentence.
        reason: &'static str,
    },
    /// Somebody else was faster, again and again.
    #[error("changed by someone else meanwhile")]
    Conflict,
    /// The caller wanted to change another version than the present one.
    #[error("the case is at version {current} by now")]
    Stale {
        /// The present version.
        current: u64,
    },
    /// The idempotency key was used for something else.
    #[error("this Idempotency-Key was used for another request")]
    KeyReused,
    /// What the caller wrote cannot be seen here yet.
    #[error("not there yet")]
    Behind,
    /// A cursor that no list gave out.
    #[error("the cursor is not one that this list gave out")]
    BadCursor,
    /// More is asked than can be done: nothing was, and a moment later it may be.
    #[error("too much is waiting to be written")]
    Busy,
    /// Something that we depend on failed.
    #[error("unavailable")]
    Unavailable(#[source] Source),
}

impl Error {
    /// Something that we depend on failed.
    pub fn unavailable(source: impl Into<Source>) -> Self {
        Self::Unavailable(source.into())
    }
}

impl<E: Reject> From<AggregateError<E>> for Error {
    fn from(error: AggregateError<E>) -> Self {
        match error {
            AggregateError::UserError(e) => rejected(&e),
            AggregateError::AggregateConflict => Self::Conflict,
            AggregateError::DatabaseConnectionError(e)
            | AggregateError::DeserializationError(e)
            | AggregateError::UnexpectedError(e) => Self::Unavailable(e),
        }
    }
}

/// A rule's refusal.
pub(crate) fn rejected(error: &impl Reject) -> Error {
    Error::Rejected { kind: error.kind(), code: error.code(), message: error.to_string() }
}
