//! Takes the addresses to listen on, before anything else is started.
use std::{
    net::{SocketAddr, TcpListener, ToSocketAddrs},
    time::Duration,
};

use anyhow::{Context, bail};
use socket2::SockRef;

/// Listens on everything that `address` stands for.
pub fn listen(address: &str) -> anyhow::Result<Vec<TcpListener>> {
    let addresses: Vec<SocketAddr> = address
        .to_socket_addrs()
        .with_context(|| format!("{address} is not an address such as 127.0.0.1:8080"))?
        .collect();
    if addresses.is_empty() {
        bail!("{address} stands for no address");
    }
    addresses.iter().map(|one| TcpListener::bind(one).with_context(|| format!("cannot listen on {one}"))).collect()
}

/// Ends connections whose other end takes nothing for so long, though there is something for it.
pub fn end_stalled(listeners: &[TcpListener], after: Duration) -> anyhow::Result<()> {
    #[cfg(target_os = "linux")]
    for listener in listeners {
        // Connections have it from their listener.
        SockRef::from(listener).set_tcp_user_timeout(Some(after))?;
    }
    Ok(())
}

/// The addresses that are listened on.
pub fn addresses(listeners: &[TcpListener]) -> anyhow::Result<Vec<SocketAddr>> {
    listeners.iter().map(|listener| Ok(listener.local_addr()?)).collect()
}
