//! Keys: those of students in the database, wrapped by a master key that is anywhere but there.
mod check;
mod keyring;
mod master_keys;
mod rotate;
mod succession;
mod token;
mod token_keys;
mod under_masters;

pub use check::{WrongMasterKey, check};
pub use keyring::PgKeyring;
pub use master_keys::{MasterKeys, UnusableKeys};
pub use rotate::rotate;
pub use succession::Succession;
pub use token::{Token, UnusableToken};
pub use token_keys::TokenKeys;
pub use under_masters::{UnderMaster, under_masters};
