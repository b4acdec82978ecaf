//! Why a batch was not written, told apart by what the writer does then.
use application::Error;
use deadpool_postgres::PoolError;
use tokio_postgres::error::SqlState;

use crate::{DatabaseError, database::failed};

#[derive(Debug, Clone)]
pub enum Trouble {
    /// The connection broke: whether the batch was written is not known.
    Lost(DatabaseError),
    /// Something is not as it was when a decision fell. Nothing was written.
    Contested,
    /// The database cannot or will not. Nothing was written.
    Failed(DatabaseError),
}

impl From<tokio_postgres::Error> for Trouble {
    fn from(error: tokio_postgres::Error) -> Self {
        match error.code() {
            Some(
                &SqlState::T_R_SERIALIZATION_FAILURE | &SqlState::T_R_DEADLOCK_DETECTED | &SqlState::UNIQUE_VIOLATION,
            ) => Self::Contested,
            // It ends the session, and with it the transaction.
            Some(&SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT) => Self::Lost(error.into()),
            _ => Self::from(DatabaseError::from(error)),
        }
    }
}

impl From<DatabaseError> for Trouble {
    fn from(error: DatabaseError) -> Self {
        match error {
            DatabaseError::ConnectionLost | DatabaseError::Unreachable | DatabaseError::NotNow => Self::Lost(error),
            error => Self::Failed(error),
        }
    }
}

impl From<PoolError> for Trouble {
    fn from(error: PoolError) -> Self {
        Self::from(DatabaseError::from(error))
    }
}

impl Trouble {
    /// What one of the commands is answered with.
    pub fn error(&self) -> Error {
        match self {
            Self::Contested => Error::Conflict,
            Self::Lost(error) | Self::Failed(error) => failed(error.clone()),
        }
    }
}
