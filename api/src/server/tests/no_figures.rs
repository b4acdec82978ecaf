//! A server that has counted nothing, for tests of what stands before the figures.
use std::sync::Arc;

use application::{
    Error,
    figures::{CellRow, Compartment, Freshness, Progress, ReadFigures, Scope, Views},
};
use async_trait::async_trait;
use chrono::NaiveDate;
use domain::{SchoolId, StaffId};

use crate::Figures;

struct Nothing;

pub fn no_figures() -> Figures {
    Figures { read: Arc::new(Nothing), freshness: Arc::new(Nothing) }
}

#[async_trait]
impl ReadFigures for Nothing {
    async fn of_school(&self, _: SchoolId, _: &[Compartment], _: NaiveDate) -> Result<(Vec<CellRow>, Progress), Error> {
        Ok((vec![], Progress::default()))
    }

    async fn of_staff(&self, _: StaffId, _: &Scope, _: NaiveDate) -> Result<(Vec<CellRow>, Progress), Error> {
        Ok((vec![], Progress::default()))
    }
}

#[async_trait]
impl Freshness for Nothing {
    async fn wait_for(&self, _: Views, position: u64) -> Result<(), Error> {
        if position == 0 { Ok(()) } else { Err(Error::Behind) }
    }
}
