//! The store behind actix-web: `POST /students/{student}/contacts`.
use std::io::Write;

use actix_web::{
    App, HttpResponse, HttpServer,
    error::ErrorInternalServerError,
    post,
    web::{Data, Json, Path},
};
use load::rival::Rival;
use serde_json::Value;

use crate::store::Store;

/// Serves on a free port, and says which.
pub async fn serve(store: Store) -> anyhow::Result<()> {
    let app = move || App::new().app_data(Data::new(store.clone())).service(log_contact);
    let server = HttpServer::new(app).bind("127.0.0.1:0")?;
    for address in server.addrs() {
        writeln!(std::io::stdout(), "address {address}")?;
    }
    std::io::stdout().flush()?;
    Ok(server.run().await?)
}

#[post("/students/{student}/contacts")]
async fn log_contact(store: Data<Store>, student: Path<u64>, contact: Json<Value>) -> actix_web::Result<HttpResponse> {
    store.append(*student, &contact).await.map_err(ErrorInternalServerError)?;
    Ok(HttpResponse::Created().finish())
}
