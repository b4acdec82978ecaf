//! A table whose rows come some at a time: nothing holds all of it.
use application::Error;
use futures::{
    Stream, StreamExt,
    stream::{self, BoxStream},
};

use super::{
    Sheet,
    encode::{Rows, table},
    form::Form,
};

/// A table that can be exported.
pub struct Table {
    sheet: &'static Sheet,
    rows: BoxStream<'static, Result<Rows, Error>>,
}

/// Some bytes of a table, and how many rows they tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// How many rows.
    pub rows: usize,
}

impl Table {
    /// A table of those rows.
    pub fn new(sheet: &'static Sheet, rows: impl Stream<Item = Result<Rows, Error>> + Send + 'static) -> Self {
        Self { sheet, rows: rows.boxed() }
    }

    /// Its name.
    pub fn name(&self) -> &'static str {
        self.sheet.name
    }

    /// What is written of it, piece by piece; it is whole once nothing more comes and nothing failed.
    ///
    /// # Errors
    /// [`Error::Unavailable`] where it cannot be begun.
    pub fn written(self, form: Form) -> Result<impl Stream<Item = Result<Piece, Error>> + Send, Error> {
        let state = (self.rows, Some(table(form, self.sheet)?));
        Ok(stream::try_unfold(state, |(mut rows, table)| async move {
            let Some(mut table) = table else { return Ok(None) };
            Ok(match rows.next().await.transpose()? {
                Some(next) => Some((Piece { bytes: table.rows(&next)?, rows: next.len() }, (rows, Some(table)))),
                None => Some((Piece { bytes: table.end()?, rows: 0 }, (rows, None))),
            })
        }))
    }
}
