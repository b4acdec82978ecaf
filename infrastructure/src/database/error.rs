//! What went wrong with the database, in words that quote no row and no password.
use application::Error;
use deadpool_postgres::{PoolError, TimeoutType};
use tokio_postgres::error::{DbError, SqlState};

use crate::log::live_views::OTHER_VIEWS;

/// A failure of the database, told apart by what can be done about it.
#[derive(Debug, Clone, thiserror::Error)]
pub enum DatabaseError {
    /// `DATABASE_URL` is no address.
    #[error("DATABASE_URL is not readable; it looks like postgres://user:password@host:5432/database")]
    AddressUnreadable,
    /// The address asks for an encrypted connection.
    #[error(
        "DATABASE_URL asks for TLS, which is not supported yet; use sslmode=prefer on a network you trust, or a unix socket"
    )]
    TlsWanted,
    /// Nobody answers there.
    #[error("the database cannot be reached; is it running, and is DATABASE_URL right?")]
    Unreachable,
    /// The connection broke.
    #[error("the connection to the database was lost")]
    ConnectionLost,
    /// It is starting, recovering or shutting down.
    #[error("the database is starting or stopping; try again in a moment")]
    NotNow,
    /// User or password are wrong.
    #[error("the database refused the user or the password in DATABASE_URL")]
    AuthenticationFailed,
    /// The server has no such database.
    #[error("the database named in DATABASE_URL does not exist; create it with createdb")]
    DatabaseMissing,
    /// The server has no connection left.
    #[error("the database has no free connection; raise its max_connections or lower ours")]
    TooManyConnections,
    /// All connections of ours are busy.
    #[error("all connections to the database are busy")]
    Busy,
    /// The disk is full.
    #[error("the database's disk is full; free some space")]
    DiskFull,
    /// The server takes no writes.
    #[error("the database only takes reads; is it a standby?")]
    ReadOnly,
    /// The views were rebuilt by a newer server.
    #[error("the live views are of another version than this server's, which writes no more; start the newer one")]
    OtherViews,
    /// A statement took longer than it may.
    #[error("the database took too long")]
    TimedOut,
    /// Anything else it said, by its code.
    #[error("the database refused with SQLSTATE {sqlstate}{}", constraint.as_ref().map(|it| format!(" on {it}")).unwrap_or_default())]
    Refused {
        /// The five characters of PostgreSQL's error code.
        sqlstate: String,
        /// The constraint that was in the way.
        constraint: Option<String>,
    },
    /// What came back could not be understood.
    #[error("the database's answer could not be read")]
    Unreadable,
}

impl DatabaseError {
    /// Whether trying again, without changing anything, may help.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::Unreachable
                | Self::ConnectionLost
                | Self::NotNow
                | Self::TooManyConnections
                | Self::Busy
                | Self::DiskFull
                | Self::ReadOnly
                | Self::TimedOut
        )
    }
}

impl From<&DbError> for DatabaseError {
    fn from(error: &DbError) -> Self {
        let code = error.code();
        let any = |codes: &[SqlState]| codes.contains(code);
        if any(&[SqlState::INVALID_PASSWORD, SqlState::INVALID_AUTHORIZATION_SPECIFICATION]) {
            Self::AuthenticationFailed
        } else if any(&[SqlState::INVALID_CATALOG_NAME]) {
            Self::DatabaseMissing
        } else if any(&[SqlState::TOO_MANY_CONNECTIONS]) {
            Self::TooManyConnections
        } else if any(&[SqlState::DISK_FULL]) {
            Self::DiskFull
        } else if any(&[SqlState::CANNOT_CONNECT_NOW]) {
            Self::NotNow
        } else if any(&[SqlState::ADMIN_SHUTDOWN, SqlState::CRASH_SHUTDOWN]) || code.code().starts_with("08") {
            Self::ConnectionLost
        } else if any(&[SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT, SqlState::QUERY_CANCELED]) {
            Self::TimedOut
        } else if code.code() == OTHER_VIEWS {
            Self::OtherViews
        } else if any(&[SqlState::READ_ONLY_SQL_TRANSACTION]) {
            Self::ReadOnly
        } else {
            Self::Refused { sqlstate: code.code().to_owned(), constraint: error.constraint().map(str::to_owned) }
        }
    }
}

impl From<&tokio_postgres::Error> for DatabaseError {
    fn from(error: &tokio_postgres::Error) -> Self {
        if let Some(said) = error.as_db_error() {
            return said.into();
        }
        if error.is_closed() {
            return Self::ConnectionLost;
        }
        let mut cause = std::error::Error::source(error);
        while let Some(inner) = cause {
            if let Some(io) = inner.downcast_ref::<std::io::Error>() {
                use std::io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof};
                let broken = matches!(io.kind(), BrokenPipe | ConnectionAborted | ConnectionReset | UnexpectedEof);
                return if broken { Self::ConnectionLost } else { Self::Unreachable };
            }
            cause = inner.source();
        }
        // The only other failure that has no cause and no code is that of a password which the address lacks.
        if error.to_string().contains("config") { Self::AuthenticationFailed } else { Self::Unreadable }
    }
}

impl From<tokio_postgres::Error> for DatabaseError {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::from(&error)
    }
}

impl From<serde_json::Error> for DatabaseError {
    /// What a document holds is quoted by the words of its parser.
    fn from(_: serde_json::Error) -> Self {
        Self::Unreadable
    }
}

impl From<PoolError> for DatabaseError {
    fn from(error: PoolError) -> Self {
        match error {
            PoolError::Timeout(TimeoutType::Wait) => Self::Busy,
            PoolError::Timeout(_) => Self::Unreachable,
            PoolError::Backend(error) | PoolError::PostCreateHook(deadpool_postgres::HookError::Backend(error)) => {
                error.into()
            }
            PoolError::Closed => Self::ConnectionLost,
            PoolError::NoRuntimeSpecified | PoolError::PostCreateHook(_) => Self::Unreachable,
        }
    }
}

/// A failure as the use cases pass it on, to be logged as it is.
pub fn failed(error: impl Into<DatabaseError>) -> Error {
    Error::unavailable(error.into())
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;

    use super::*;

    #[test]
    fn a_document_that_cannot_be_read_is_not_quoted() {
        let error = serde_json::from_str::<u8>("\"lives with an aunt\"").expect_err("no number");
        assert!(error.to_string().contains("aunt"));
        let failed = failed(error);
        assert!(!failed.source().expect("a cause").to_string().contains("aunt"));
    }
}
