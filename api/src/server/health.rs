//! `GET /livez` and `GET /readyz`
use std::sync::Arc;

use actix_web::{
    get,
    web::{Data, Json},
};
use application::Ready;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    auth::Gate,
    problem::{Problem, PublicProblems},
};

/// How the service is.
#[derive(Debug, Serialize, ToSchema)]
#[schema(examples(json!({"status": "ok"})))]
pub struct Health {
    /// Always `ok`; anything else is a problem.
    status: &'static str,
}

const OK: Json<Health> = Json(Health { status: "ok" });

/// Say that the process lives.
///
/// Says nothing of what it stands on; a supervisor restarts a process that does not answer here.
#[utoipa::path(
    tag = "service",
    security(()),
    responses((status = 200, description = "It lives", body = Health), PublicProblems),
)]
#[get("/livez")]
pub async fn show_liveness() -> Json<Health> {
    OK
}

/// Say whether requests can be served.
///
/// Asks the database, and whether the identity provider's keys are known. A load balancer sends requests elsewhere while the answer is a problem.
#[utoipa::path(
    tag = "service",
    security(()),
    responses((status = 200, description = "They can", body = Health), PublicProblems),
)]
#[get("/readyz")]
pub async fn show_readiness(ready: Data<Arc<dyn Ready>>, gate: Data<Gate>) -> Result<Json<Health>, Problem> {
    ready.ready().await?;
    gate.ready()?;
    Ok(OK)
}
