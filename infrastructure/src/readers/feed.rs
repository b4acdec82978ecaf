//! What a reader does with a page of the log.
use application::Error;
use async_trait::async_trait;
use deadpool_postgres::Transaction;

use crate::log::reader::Page;

/// What a reader does with a page of the log: the effect goes into the transaction in which the reader's place moves.
#[async_trait]
pub trait Feed: Send + Sync {
    /// What the reader is called.
    fn name(&self) -> &'static str;

    /// The version of what it keeps: what was kept by an earlier one is counted again from the beginning of the log.
    fn version(&self) -> i32;

    /// The tables of what it keeps, by generation; none where that is not to be made again.
    fn tables(&self) -> &'static [&'static str];

    /// Takes in a page, for one generation of what it keeps.
    async fn take(&self, transaction: &Transaction<'_>, generation: i32, page: &Page) -> Result<(), Error>;
}
