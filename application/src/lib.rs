//! What can be done and asked, and the ports that it takes.
mod commands;
mod document;
mod error;
mod journal;
mod metadata;
mod personal;
mod principal;
mod read;
mod ready;
mod signing_key;
mod staff;

pub mod access;
pub mod answer;
pub mod attachments;
pub mod changes;
pub mod demo;
pub mod effects;
pub mod figures;
pub mod histories;
pub mod indicators;
pub mod reference;
pub mod register;
pub mod retold;
pub mod review;
pub mod school_years;
pub mod sealing;
pub mod served;
pub mod sharing;
pub mod simulate;
pub mod view;

pub use commands::{Commands, Move, Order, Past, Recounted, Task};
pub use document::{Document, FetchDocument};
pub use error::Error;
pub use journal::{
    Calendars, Clock, Decided, Earlier, Found, Happening, Journal, Loaded, Part, Project, Receipt, Request,
    SystemClock, Table,
};
pub use metadata::Metadata;
pub use personal::Personal;
pub use principal::{HeldRole, Principal};
pub use read::*;
pub use ready::Ready;
pub use signing_key::KeepSigningKey;
pub use staff::{Staff, StaffMember, StaffWanted};
