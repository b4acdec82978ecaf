//! Starts the real server on a database of its own, and speaks to it over HTTP only.
mod answer;
mod binary;
mod call;
mod days;
mod district;
pub mod faults;
mod large;
mod person;
mod reference;
mod school;
mod server;
mod student;
mod token;

pub use answer::Answer;
pub use binary::throughline;
pub use call::Call;
pub use days::{ago, ahead, today};
pub use district::District;
pub use large::{Large, Scan};
pub use person::Person;
pub use school::School;
pub use server::{Server, command, serve};
pub use student::{Student, fresh};
pub use token::Key;
