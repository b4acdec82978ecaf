//! `GET /dev/.well-known/…`: what the development issuer publishes, as any OpenID provider does.
use std::sync::Arc;

use actix_web::{HttpResponse, web::Data};
use serde_json::json;

use super::{DevIssuer, ISSUER};

/// Where the issuer's keys are.
pub async fn openid_configuration() -> HttpResponse {
    HttpResponse::Ok().json(json!({
        "issuer": ISSUER,
        "jwks_uri": format!("{ISSUER}/.well-known/jwks.json"),
        "id_token_signing_alg_values_supported": ["ES256"],
        "subject_types_supported": ["public"],
        "response_types_supported": ["id_token"],
    }))
}

/// The keys themselves.
pub async fn jwks(issuer: Data<Arc<DevIssuer>>) -> HttpResponse {
    HttpResponse::Ok().json(issuer.keys())
}
