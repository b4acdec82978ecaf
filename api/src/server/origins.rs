//! Whose pages may call from a browser: those of an allow-list, and nobody's where there is none.
use std::str::FromStr;

use actix_cors::Cors;
use actix_web::{
    http::{
        Method,
        header::{
            ALLOW, AUTHORIZATION, CONTENT_TYPE, ETAG, HeaderName, IF_MATCH, IF_NONE_MATCH, LINK, LOCATION, RETRY_AFTER,
            WWW_AUTHENTICATE,
        },
    },
    middleware::Condition,
};
use clap::Args;
use url::Url;

use crate::{
    auth::is_on_loopback,
    headers::{CONSISTENCY_TOKEN, IDEMPOTENCY_KEY, VIEW_AS},
    request_id::X_REQUEST_ID,
};

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");
const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");
/// How long a browser may rely on what it was told, in seconds.
const REMEMBERED: usize = 3600;

/// The origins whose pages may call.
#[derive(Debug, Clone, Default, Args)]
pub struct Origins {
    /// Let pages of this origin call from a browser, such as https://cases.example.org; can be given again, or several
    /// with commas between
    #[arg(long = "allow-origin", env = "THROUGHLINE_ALLOW_ORIGIN", value_delimiter = ',', value_name = "ORIGIN")]
    allowed: Vec<Origin>,
}

/// Where a page comes from: scheme, host and port.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Origin(String);

/// What is no origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
enum NoOrigin {
    /// It is something else, or more.
    #[error(
        "an origin is scheme, host and port as a browser sends them, such as https://cases.example.org, and no more"
    )]
    Unknown,
    /// Others could put their own page in its place.
    #[error("an origin is one of https; http is for loopback addresses only")]
    InClear,
}

impl FromStr for Origin {
    type Err = NoOrigin;

    fn from_str(text: &str) -> Result<Self, NoOrigin> {
        let url = Url::parse(text).map_err(|_| NoOrigin::Unknown)?;
        if url.origin().ascii_serialization() != text || text.contains('*') {
            return Err(NoOrigin::Unknown);
        }
        if url.scheme() == "https" || is_on_loopback(&url) { Ok(Self(text.to_owned())) } else { Err(NoOrigin::InClear) }
    }
}

impl Origins {
    /// The middleware that answers browsers which ask whether a page may call.
    ///
    /// Callers say who they are by a token that the page holds; nothing that the browser adds by itself is asked for.
    pub(super) fn asked(&self) -> Condition<Cors> {
        let read = [AUTHORIZATION, CONTENT_TYPE, IDEMPOTENCY_KEY, IF_MATCH, IF_NONE_MATCH, CONSISTENCY_TOKEN, VIEW_AS];
        let read = read.into_iter().chain([X_REQUEST_ID, LAST_EVENT_ID, TRACEPARENT]);
        let shown = [ETAG, LOCATION, LINK, ALLOW, RETRY_AFTER, WWW_AUTHENTICATE, CONSISTENCY_TOKEN, X_REQUEST_ID];
        let cors = Cors::default()
            .allowed_methods([Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::DELETE])
            .allowed_headers(read)
            .expose_headers(shown)
            .max_age(REMEMBERED);
        let cors = self.allowed.iter().fold(cors, |cors, Origin(origin)| cors.allowed_origin(origin));
        Condition::new(!self.allowed.is_empty(), cors)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_what_browsers_send_and_over_https_but_on_this_machine() {
        for good in ["https://cases.example.org", "https://cases.example.org:8443", "http://localhost:5173"] {
            assert_eq!(good.parse(), Ok(Origin(good.to_owned())));
        }
        for odd in
            ["*", "null", "cases.example.org", "https://cases.example.org/", "https://a.example/b", "https://*.a"]
        {
            assert_eq!(odd.parse::<Origin>(), Err(NoOrigin::Unknown), "{odd}");
        }
        assert_eq!("http://cases.example.org".parse::<Origin>(), Err(NoOrigin::InClear));
    }
}
