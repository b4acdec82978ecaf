//! What people read: the contract, its page, and a first page that leads to both.
use actix_web::{
    HttpResponse, get,
    http::header::{CACHE_CONTROL, CONTENT_TYPE},
    web::{self, Data, ServiceConfig},
};
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::problem::PublicProblems;

/// The contract as it is served, written once.
pub struct ContractText(pub String);

/// Show this contract.
///
/// OpenAPI 3.1, as the code declares it. The same for people is at `/docs/`.
#[utoipa::path(
    tag = "service",
    security(()),
    responses(
        (status = 200, description = "OpenAPI 3.1", body = Object, content_type = "application/json",
            example = json!({"openapi": "3.1.0"})),
        PublicProblems,
    ),
)]
#[get("/openapi.json")]
pub async fn show_contract(contract: Data<ContractText>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/json"))
        .insert_header((CACHE_CONTROL, "no-cache"))
        .body(contract.0.clone())
}

/// The pages, which are no operations of the contract.
pub fn pages(config: &mut ServiceConfig) {
    let page = Config::from("/openapi.json").try_it_out_enabled(true).persist_authorization(false);
    config
        .route("/", web::get().to(first_page))
        .route("/docs", web::get().to(async || web::Redirect::to("/docs/").see_other()))
        .service(SwaggerUi::new("/docs/{_:.*}").config(page));
}

async fn first_page() -> HttpResponse {
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(include_str!("docs/first_page.html"))
}
