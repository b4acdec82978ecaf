//! Brings a district's own data in as reference data: read as a stream, staged, compared, merged in one transaction.
//!
//! Every kind of row is a declaration ([`Kind`]): where its columns stand in the source and in which table they land.
//! Reading ([`ed_fi`], [`one_roster`]), staging, merging and reporting know nothing of single kinds.
mod assume;
mod batch;
mod build;
mod derive;
mod error;
mod files;
mod kind;
mod lines;
mod load;
mod merge;
mod merge_sql;
mod names;
mod progress;
mod reading;
mod record;
mod rejects;
mod report;
mod run;
mod settled;
mod stage;
mod store;
mod value;

pub mod ed_fi;
pub mod interventions;
pub mod one_roster;
pub mod plain_csv;

pub use error::ImportError;
pub use interventions::{InterventionToRecord, interventions_to_record};
pub use kind::{Column, Holds, Identity, Kind, Target};
pub use progress::{NoProgress, Progress};
pub(crate) use record::importer;
pub use record::{Recorded, record};
pub use rejects::{Refused, also};
pub use report::{KindReport, Report};
pub use run::Options;
