//! The address of an OpenID provider.
use std::{fmt, str::FromStr};

use url::{Host, Url};

/// An issuer, by the name under which it stands in tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issuer {
    name: String,
    on_loopback: bool,
}

/// What cannot be an issuer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoIssuer {
    /// It is no URL, or one with a part that an issuer does not have.
    #[error("an issuer is a URL such as https://login.example.org/district, without query, fragment or password")]
    NoUrl,
    /// Others could read and change what it says on its way.
    #[error("an issuer is reached over https; http is for loopback addresses only")]
    InClear,
}

impl Issuer {
    /// Whether it is on this machine, and without TLS.
    pub fn is_on_loopback(&self) -> bool {
        self.on_loopback
    }

    /// Its name.
    pub fn as_str(&self) -> &str {
        &self.name
    }

    /// Where it says what it publishes, as OpenID Connect Discovery has it.
    pub(super) fn discovery(&self) -> String {
        format!("{}/.well-known/openid-configuration", self.name.trim_end_matches('/'))
    }

    /// Whether what is at `address` can be trusted as far as the issuer itself.
    pub(super) fn trusts(&self, address: &str) -> bool {
        Url::parse(address).is_ok_and(|url| url.scheme() == "https" || (self.on_loopback && is_on_loopback(&url)))
    }
}

impl FromStr for Issuer {
    type Err = NoIssuer;

    fn from_str(text: &str) -> Result<Self, NoIssuer> {
        let url = Url::parse(text).map_err(|_| NoIssuer::NoUrl)?;
        let more = url.query().is_some() || url.fragment().is_some() || url.password().is_some();
        if more || !url.username().is_empty() || !url.has_host() {
            return Err(NoIssuer::NoUrl);
        }
        let on_loopback = is_on_loopback(&url);
        if url.scheme() != "https" && !on_loopback {
            return Err(NoIssuer::InClear);
        }
        // As it was written: in tokens it is compared letter by letter.
        Ok(Self { name: text.to_owned(), on_loopback })
    }
}

impl fmt::Display for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// Whether what is there is on this machine, and without TLS.
pub fn is_on_loopback(url: &Url) -> bool {
    let here = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    url.scheme() == "http" && here
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_in_clear_is_believed_on_this_machine_only() {
        for good in
            ["https://login.example.org", "http://127.0.0.1:3000/realms/a", "http://[::1]:1", "http://localhost"]
        {
            assert_eq!(good.parse::<Issuer>().map(|issuer| issuer.to_string()), Ok(good.to_owned()));
        }
        for clear in
            ["http://login.example.org", "http://10.0.0.1", "http://localhost.example.org", "ftp://example.org"]
        {
            assert_eq!(clear.parse::<Issuer>(), Err(NoIssuer::InClear), "{clear}");
        }
        for odd in
            ["login.example.org", "https://a.example/?b", "https://a.example/#b", "https://u:p@a.example", "https:///"]
        {
            assert_eq!(odd.parse::<Issuer>(), Err(NoIssuer::NoUrl), "{odd}");
        }
    }

    #[test]
    fn its_documents_are_as_safe_as_itself() {
        let (far, near): (Issuer, Issuer) =
            ("https://a.example/".parse().expect("a URL"), "http://127.0.0.1:1".parse().expect("a URL"));
        assert_eq!(far.discovery(), "https://a.example/.well-known/openid-configuration");
        assert!(far.trusts("https://keys.example/1") && near.trusts("http://127.0.0.1:2/keys"));
        assert!(!far.trusts("http://127.0.0.1:2/keys") && !near.trusts("http://a.example/keys"));
        assert!(!far.trusts("file:///etc/passwd"));
    }
}
