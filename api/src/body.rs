//! The body of a request, read strictly: first as JSON, then by its schema, then as what it is.
mod json;
mod schema;
mod sentence;

use std::{future::Future, pin::Pin, time::Duration};

use actix_web::{
    FromRequest, HttpMessage, HttpRequest,
    dev::Payload,
    error::PayloadError,
    web::{Bytes, BytesMut, Data},
};
use futures::StreamExt;
use serde::de::DeserializeOwned;
use utoipa::ToSchema;

use crate::{
    Problem,
    problem::{self, Fault},
    server::Limits,
};

pub use schema::{compile, conform};
pub use sentence::sentence;

/// A body that has the form of `T`; whatever does not is refused with everything that is wrong, all at once.
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<T: DeserializeOwned + ToSchema + 'static> FromRequest for Body<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let limits = request.app_data::<Data<Limits>>().map(|limits| *limits.get_ref()).unwrap_or_default();
        let is_json = is_json(request);
        let payload = payload.take();
        Box::pin(async move {
            if !is_json {
                return Err(problem::UNSUPPORTED_MEDIA_TYPE.into());
            }
            parse(&collect(payload, limits).await?).map(Self)
        })
    }
}

fn is_json(request: &HttpRequest) -> bool {
    let Ok(Some(kind)) = request.mime_type() else { return false };
    kind.essence_str() == "application/json" && kind.get_param("charset").is_none_or(|charset| charset == "utf-8")
}

/// The bytes of a body, as far as `limits` lets them come.
pub async fn collect(mut payload: Payload, limits: Limits) -> Result<Bytes, Problem> {
    let reading = async {
        let mut body = BytesMut::new();
        while let Some(chunk) = payload.next().await {
            let chunk = chunk.map_err(|error| match error {
                PayloadError::Overflow => Problem::from(problem::TOO_LARGE),
                _ => problem::BAD_REQUEST.into(),
            })?;
            if body.len() + chunk.len() > limits.body {
                return Err(problem::TOO_LARGE.into());
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body.freeze())
    };
    let in_time = tokio::time::timeout(Duration::from_secs(limits.body_seconds), reading).await;
    in_time.map_err(|_| Problem::from(problem::TIMED_OUT_SENDING))?
}

/// Reads `bytes` as a `T`.
pub fn parse<T: DeserializeOwned + ToSchema + 'static>(bytes: &[u8]) -> Result<T, Problem> {
    let value = json::read(bytes).map_err(|why| Problem::from(problem::UNREADABLE).detail(why))?;
    conform::<T>(&value).map_err(|faults| Problem::from(problem::INVALID_BODY).errors(faults))?;
    serde_path_to_error::deserialize(value).map_err(|error| {
        let fault = Fault::at(pointer(error.path()), "is not a value that can stand here");
        Problem::from(problem::INVALID_BODY).errors(vec![fault])
    })
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter().fold(String::new(), |pointer, segment| match segment {
        Segment::Seq { index } => format!("{pointer}/{index}"),
        Segment::Map { key } => format!("{pointer}/{}", escape(key)),
        Segment::Enum { .. } | Segment::Unknown => pointer,
    })
}

/// A name as a step of a JSON pointer (RFC 6901).
pub fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests;
