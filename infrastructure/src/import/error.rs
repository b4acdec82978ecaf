//! Why an import as a whole came to nothing: nothing of it is stored then.
use std::path::PathBuf;

use crate::DatabaseError;

/// An import that stored nothing.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file cannot be read as what it should be.
    #[error("{file}, line {line}: {what}; nothing of this import is stored")]
    Malformed {
        /// The file.
        file: String,
        /// The line at which reading stopped.
        line: u64,
        /// What is wrong. Names elements and columns, never their content.
        what: String,
    },
    /// The directory or archive cannot be used.
    #[error("{}: {what}", path.display())]
    Unusable {
        /// What was named.
        path: PathBuf,
        /// Why it is of no use.
        what: String,
    },
    /// Another import is at work.
    #[error("another import is running; try again when it has ended")]
    Busy,
    /// It was told to stop.
    #[error("the import was stopped; nothing of it is stored")]
    Stopped,
    /// A file cannot be read or written.
    #[error("{}: {cause}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        cause: std::io::Error,
    },
    /// What was imported is stored, but not all of it reached the students' cases.
    #[error("{0}; what was imported is stored, and importing again goes on where this ended")]
    Cases(application::Error),
    /// The database failed.
    #[error("{0}; nothing of this import is stored")]
    Database(DatabaseError),
}

impl From<tokio_postgres::Error> for ImportError {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Database(error.into())
    }
}

impl From<deadpool_postgres::PoolError> for ImportError {
    fn from(error: deadpool_postgres::PoolError) -> Self {
        Self::Database(error.into())
    }
}

impl ImportError {
    pub(crate) fn file(path: impl Into<PathBuf>, cause: std::io::Error) -> Self {
        Self::File { path: path.into(), cause }
    }

    pub(crate) fn unusable(path: impl Into<PathBuf>, what: impl Into<String>) -> Self {
        Self::Unusable { path: path.into(), what: what.into() }
    }
}
