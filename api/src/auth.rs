//! Who calls: from the bearer token to a member of staff with the roles in force.
mod caller;
mod dev_issuer;
mod discovery;
mod gate;
mod issuer;
mod keys;
mod loopback;
#[cfg(test)]
mod minted;
mod provider;
mod rates;
mod verifier;

pub use caller::Caller;
#[cfg(test)]
pub use dev_issuer::fresh_key;
pub use dev_issuer::{AUDIENCE, DevIssuer, ISSUER, PATH};
pub use discovery::{jwks, openid_configuration};
pub use gate::{Gate, authenticate, bearer};
pub use issuer::{Issuer, NoIssuer, is_on_loopback};
pub use keys::Keys;
pub use loopback::{NotLoopback, only_on_loopback};
pub use provider::{Pace, Provider};
pub use rates::Rates;
pub use verifier::{Refused, Verifier};
