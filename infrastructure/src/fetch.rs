//! Documents over HTTP.
use std::{sync::Arc, time::Duration};

use application::{Document, Error, FetchDocument};
use async_trait::async_trait;
use tokio::task::spawn_blocking;
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};

/// Larger than any list of keys.
const LARGEST: u64 = 1 << 20;
/// From the first packet to the last.
const PATIENCE: Duration = Duration::from_secs(10);

/// There is no certificate of an authority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it holds no certificate in PEM")]
pub struct NoAuthority;

/// Fetches documents with an HTTP client.
#[derive(Clone)]
pub struct HttpFetch(Arc<ureq::Agent>);

impl HttpFetch {
    /// Over HTTPS alone, through the proxy of the environment if there is one.
    #[must_use]
    pub fn over_https() -> Self {
        Self::with(ureq::Agent::config_builder().https_only(true))
    }

    /// Over HTTPS alone, from whoever has a certificate of one of these authorities, which `pem` holds; no public authority
    /// is trusted beside them.
    ///
    /// # Errors
    /// Where `pem` holds no certificate, or something that is none.
    pub fn trusting(pem: &[u8]) -> Result<Self, NoAuthority> {
        let mut authorities = vec![];
        for item in parse_pem(pem) {
            if let PemItem::Certificate(certificate) = item.map_err(|_| NoAuthority)? {
                authorities.push(certificate);
            }
        }
        if authorities.is_empty() {
            return Err(NoAuthority);
        }
        let tls = TlsConfig::builder().root_certs(RootCerts::new_with_certs(&authorities)).build();
        Ok(Self::with(ureq::Agent::config_builder().https_only(true).tls_config(tls)))
    }

    /// From this machine, without TLS.
    #[must_use]
    pub fn on_loopback() -> Self {
        Self::with(ureq::Agent::config_builder().proxy(None))
    }

    fn with(config: ureq::config::ConfigBuilder<ureq::typestate::AgentScope>) -> Self {
        // A document is where it is said to be, or nowhere.
        let config = config.max_redirects(0).timeout_global(Some(PATIENCE));
        let config = config.user_agent(concat!("throughline/", env!("CARGO_PKG_VERSION")));
        Self(Arc::new(config.build().into()))
    }

    fn get(&self, address: &str) -> Result<Document, ureq::Error> {
        let request = self.0.get(address).header("accept", "application/json").header("cache-control", "no-cache");
        let mut answer = request.call()?;
        if answer.status() != 200 {
            return Err(ureq::Error::StatusCode(answer.status().as_u16()));
        }
        let said = answer.headers().get_all("cache-control").iter().filter_map(|value| value.to_str().ok());
        let fresh_for = fresh_for(said.flat_map(|value| value.split(',')));
        let body = answer.body_mut().with_config().limit(LARGEST).read_to_vec()?;
        Ok(Document { body, fresh_for })
    }
}

#[async_trait]
impl FetchDocument for HttpFetch {
    async fn fetch(&self, address: &str) -> Result<Document, Error> {
        let (fetch, address) = (self.clone(), address.to_owned());
        let fetched = spawn_blocking(move || fetch.get(&address)).await.map_err(Error::unavailable)?;
        fetched.map_err(Error::unavailable)
    }
}

/// What `Cache-Control` says about keeping it (RFC 9111).
fn fresh_for<'a>(directives: impl Iterator<Item = &'a str>) -> Option<Duration> {
    let mut longest = None;
    for directive in directives {
        let directive = directive.trim().to_ascii_lowercase();
        if directive == "no-store" || directive == "no-cache" {
            return Some(Duration::ZERO);
        }
        let seconds = directive.strip_prefix("max-age=").and_then(|age| age.trim_matches('"').parse().ok());
        longest = seconds.map(Duration::from_secs).or(longest);
    }
    longest
}

#[cfg(test)]
mod tests {
    use std::{
        io::{Read, Write},
        net::TcpListener,
        thread,
    };

    use super::*;

    /// Answers one request with `answer`; the address at which it does.
    fn once(answer: &'static str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}/keys", listener.local_addr().expect("an address"));
        thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("a caller");
            let mut request = [0; 4096];
            assert_ne!(stream.read(&mut request).expect("a request"), 0);
            stream.write_all(answer.as_bytes()).expect("an answer");
        });
        address
    }

    #[tokio::test]
    async fn a_document_comes_with_how_long_it_may_be_kept() {
        let address = once("HTTP/1.1 200 OK\r\nCache-Control: public, max-age=\"90\"\r\nContent-Length: 2\r\n\r\n{}");
        let fetched = HttpFetch::on_loopback().fetch(&address).await.expect("a document");
        assert_eq!((fetched.body.as_slice(), fetched.fresh_for), (&b"{}"[..], Some(Duration::from_secs(90))));
    }

    #[tokio::test]
    async fn anything_but_a_document_is_a_failure() {
        for answer in [
            "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}",
            "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 204 No Content\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n{}",
            "nothing of the kind",
        ] {
            let fetched = HttpFetch::on_loopback().fetch(&once(answer)).await;
            assert!(matches!(fetched, Err(Error::Unavailable(_))), "{answer}");
        }
    }

    #[tokio::test]
    async fn nothing_is_fetched_in_clear_where_that_was_not_asked_for() {
        let address = once("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        assert!(HttpFetch::over_https().fetch(&address).await.is_err());
    }

    #[test]
    fn an_authority_is_a_certificate() {
        for none in ["", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "certificate"] {
            assert_eq!(HttpFetch::trusting(none.as_bytes()).map(|_| ()), Err(NoAuthority), "{none}");
        }
    }

    #[test]
    fn what_must_not_be_kept_is_not() {
        let said = |header: &'static str| fresh_for(header.split(','));
        assert_eq!(said("private"), None);
        assert_eq!(said("max-age=60, no-cache"), Some(Duration::ZERO));
        assert_eq!(said("Max-Age=60, must-revalidate"), Some(Duration::from_secs(60)));
        assert_eq!(said("max-age=soon"), None);
    }
}
