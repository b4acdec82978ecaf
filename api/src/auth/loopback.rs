//! Keeps the development issuer away from the network.
use std::net::SocketAddr;

/// The development issuer was asked for where others could reach it.
#[derive(Debug, thiserror::Error)]
#[error(
    "The development issuer gives a token to whoever runs `throughline token`, so it works on loopback addresses only, \
     and {0} is not one. Listen on 127.0.0.1 or [::1], or leave out --dev-issuer and --demo."
)]
pub struct NotLoopback(SocketAddr);

/// Refuses addresses that others can reach.
pub fn only_on_loopback(addresses: &[SocketAddr]) -> Result<(), NotLoopback> {
    match addresses.iter().find(|address| !address.ip().to_canonical().is_loopback()) {
        Some(reachable) => Err(NotLoopback(*reachable)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_will_do() {
        let checked = |address: &str| only_on_loopback(&[address.parse().expect("an address")]).is_ok();
        assert!(["127.0.0.1:8080", "127.8.9.1:1", "[::1]:8080"].into_iter().all(checked));
        assert!(!["0.0.0.0:8080", "[::]:8080", "192.168.1.4:8080"].into_iter().any(checked));
    }
}
