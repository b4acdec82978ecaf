//! Keys: those of students in the database, wrapped by a master key that is anywhere but there.
mod check;
mod keyring;
mod master_keys;
mod rotate;

pub use check::{WrongMasterKey, check};
pub use keyring::PgKeyring;
pub use master_keys::{MasterKeys, UnusableKeys};
pub use rotate::rotate;
