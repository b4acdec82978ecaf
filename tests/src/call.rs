//! A request on its way.
use std::{
    future::{Future, IntoFuture},
    pin::Pin,
};

use reqwest::{Body, Method, RequestBuilder, Response};
use serde_json::Value;
use uuid::Uuid;

use crate::Answer;

/// A request, sent when it is awaited. A write gets a key of its own unless it is given one.
pub struct Call {
    request: RequestBuilder,
    key: Option<Uuid>,
}

impl Call {
    /// A request as it would be sent.
    pub fn new(method: &Method, request: RequestBuilder) -> Self {
        Self { request, key: (method != Method::GET).then(Uuid::now_v7) }
    }

    /// With a JSON body.
    #[must_use]
    pub fn json(self, body: Value) -> Self {
        Self { request: self.request.json(&body), ..self }
    }

    /// With these bytes for a body.
    #[must_use]
    pub fn bytes(self, body: impl Into<Vec<u8>>) -> Self {
        Self { request: self.request.body(body.into()), ..self }.header("content-type", "application/json")
    }

    /// With a file of that kind for a body.
    #[must_use]
    pub fn file(self, kind: &str, bytes: &[u8]) -> Self {
        Self { request: self.request.body(bytes.to_vec()), ..self }.header("content-type", kind)
    }

    /// With a JSON body that comes bit by bit.
    #[must_use]
    pub fn streamed(self, body: Body) -> Self {
        Self { request: self.request.body(body), ..self }.header("content-type", "application/json")
    }

    /// With a header.
    #[must_use]
    pub fn header(self, name: &'static str, value: impl ToString) -> Self {
        Self { request: self.request.header(name, value.to_string()), ..self }
    }

    /// Under this `Idempotency-Key`.
    #[must_use]
    pub fn key(self, key: Uuid) -> Self {
        Self { key: Some(key), ..self }
    }

    /// Without an `Idempotency-Key`.
    #[must_use]
    pub fn without_key(self) -> Self {
        Self { key: None, ..self }
    }

    /// Only if the case is at this version.
    #[must_use]
    pub fn if_match(self, version: u64) -> Self {
        self.header("if-match", format!("\"{version}\""))
    }

    /// Sends it, and returns once the answer begins.
    pub async fn open(self) -> reqwest::Result<Response> {
        let request = match self.key {
            Some(key) => self.request.header("idempotency-key", key.to_string()),
            None => self.request,
        };
        request.send().await
    }

    /// Sends it; fails where no answer comes.
    pub async fn send(self) -> reqwest::Result<Answer> {
        Answer::read(self.open().await?).await
    }
}

impl IntoFuture for Call {
    type Output = Answer;
    type IntoFuture = Pin<Box<dyn Future<Output = Answer> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async { self.send().await.expect("an answer") })
    }
}
