//! What is said of a student is sealed under keys of the student's own.
mod key_service;
mod keyring;
mod keys;
mod opening;
mod sealed;

pub use key_service::{KeyService, Wrapped};
pub use keyring::Keyring;
pub use keys::StudentKeys;
pub use opening::{Opened, Opening};
pub use sealed::Sealed;
