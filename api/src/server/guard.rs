//! Whatever goes wrong below, the answer is a problem: time runs out, code panics, the framework refuses.
use std::{panic::AssertUnwindSafe, time::Duration};

use actix_web::{
    Error, ResponseError,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header::{ALLOW, CONTENT_TYPE, HeaderValue, RETRY_AFTER},
    middleware::Next,
    web::Data,
};
use futures::FutureExt;

use super::Limits;
use crate::{
    Problem,
    problem::{self, Known, MEDIA_TYPE},
};

/// The middleware nearest to the operations.
pub async fn guard(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let limits = request.app_data::<Data<Limits>>().map(|limits| *limits.get_ref()).unwrap_or_default();
    let serving = AssertUnwindSafe(next.call(request)).catch_unwind();
    match tokio::time::timeout(Duration::from_secs(limits.request_seconds), serving).await {
        Err(_) => Err(Problem::from(problem::TIMED_OUT).header(RETRY_AFTER, HeaderValue::from_static("1")).into()),
        Ok(Err(_)) => Err(Problem::from(problem::INTERNAL).into()),
        Ok(Ok(Err(error))) if error.as_error::<Problem>().is_some() => Err(error),
        Ok(Ok(Err(error))) => Err(Problem::from(Known::of(error.as_response_error().status_code())).into()),
        Ok(Ok(Ok(answer))) => Ok(as_problem(answer.map_into_boxed_body())),
    }
}

/// The same, as a problem where it is the framework's own refusal.
pub fn as_problem(answer: ServiceResponse) -> ServiceResponse {
    let status = answer.status();
    let failed = status.is_client_error() || status.is_server_error();
    let kind = answer.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if !failed || kind == Some(MEDIA_TYPE) {
        return answer;
    }
    let mut problem = Problem::named(status, Known::of(status).code, Known::of(status).title);
    for name in [ALLOW, RETRY_AFTER] {
        if let Some(value) = answer.headers().get(&name) {
            problem = problem.header(name, value.clone());
        }
    }
    let (request, _) = answer.into_parts();
    ServiceResponse::new(request, problem.error_response())
}
