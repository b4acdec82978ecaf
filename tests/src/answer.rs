//! What the server answered.
use reqwest::header::HeaderMap;
use serde_json::Value;
use uuid::Uuid;

/// An answer, whole.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body; null where there is none.
    pub body: Value,
}

impl Answer {
    /// Reads the answer whole.
    pub async fn read(response: reqwest::Response) -> reqwest::Result<Self> {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await?;
        let body = serde_json::from_str(&text).unwrap_or(if text.is_empty() { Value::Null } else { text.into() });
        Ok(Self { status, headers, body })
    }

    /// The same, where it has this status.
    ///
    /// # Panics
    /// Where it has another.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{:#}", self.body);
        self
    }

    /// A header; empty where it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The version with which its `ETag` leads.
    #[track_caller]
    pub fn version(&self) -> u64 {
        let tag = self.header("etag").trim_matches('"');
        tag.split('-').next().and_then(|version| version.parse().ok()).expect("an ETag with a version")
    }

    /// The entry that its `Location` names.
    #[track_caller]
    pub fn entry(&self) -> Uuid {
        self.header("location").rsplit('/').next().and_then(|id| id.parse().ok()).expect("the Location of an entry")
    }

    /// The name of the problem, where it is one.
    pub fn problem(&self) -> &str {
        if self.header("content-type") != "application/problem+json" {
            return "";
        }
        self.body["type"].as_str().and_then(|name| name.strip_prefix("/problems/")).unwrap_or_default()
    }

    /// Expects a problem of this status and name.
    #[track_caller]
    pub fn refused(self, status: u16, problem: &str) -> Self {
        assert_eq!((self.status, self.problem()), (status, problem), "{:#}", self.body);
        self
    }

    /// The items of a list.
    #[track_caller]
    pub fn items(&self) -> &[Value] {
        self.body["items"].as_array().expect("a list")
    }

    /// The body without what differs from request to request.
    pub fn without_instance(mut self) -> Value {
        if let Some(body) = self.body.as_object_mut() {
            body.remove("instance");
        }
        self.body
    }
}
