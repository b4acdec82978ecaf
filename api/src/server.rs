//! Puts the pieces of the server together.
mod arrival;
mod certificate;
mod guard;
mod health;
mod limits;
mod metrics;
mod origins;
mod root_span;
mod routes;

pub use certificate::{Certificate, CertificateFiles};
pub use health::{show_liveness, show_readiness};
pub use limits::Limits;
pub use metrics::{Metrics, show_metrics};
pub use origins::Origins;

use std::{io, net::TcpListener, sync::Arc, time::Duration};

use actix_web::{
    App, Error, HttpServer,
    body::MessageBody,
    dev::{self, ServiceFactory, ServiceRequest, ServiceResponse},
    middleware::{Compress, from_fn},
    web::{self, Data, PathConfig},
};
use application::Ready;
use tracing_actix_web::TracingLogger;
use utoipa_actix_web::AppExt;

use crate::{
    Cases, Changes, Figures, Outcomes, Reference,
    auth::{DevIssuer, Gate, PATH, jwks, openid_configuration},
    contract::{openapi, routes},
    docs::{ContractText, pages},
    params::bad_path,
};

use arrival::arrive;
use guard::guard;
use root_span::RootSpan;
pub use routes::reads;
use routes::{Routes, nothing_here};

/// Everything that serving takes.
#[derive(Clone)]
pub struct Server {
    /// Who may come in.
    pub gate: Gate,
    /// What can be done to cases, and asked about them.
    pub cases: Cases,
    /// Schools, students, staff and partners.
    pub reference: Reference,
    /// What is counted over many cases.
    pub figures: Figures,
    /// Indicators and policies.
    pub outcomes: Outcomes,
    /// What happens, as it happens.
    pub changes: Changes,
    /// The development issuer, if there is one here.
    pub dev_issuer: Option<Arc<DevIssuer>>,
    /// What `/readyz` asks.
    pub ready: Arc<dyn Ready>,
    /// How much is accepted.
    pub limits: Limits,
    /// Whose pages may call from a browser.
    pub origins: Origins,
    /// The certificate under which TLS is spoken, if it is.
    pub certificate: Option<Arc<Certificate>>,
    /// What `/metrics` shows.
    pub metrics: Metrics,
}

impl Server {
    /// Serves on `listeners` until a signal (or `stop`) asks it to drain.
    pub fn serve(
        self,
        listeners: Vec<TcpListener>,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> io::Result<dev::Server> {
        let limits = self.limits;
        let contract = Shared::declared();
        let ends = self.changes.ends();
        let stop = async move {
            stop.await;
            ends.end();
        };
        let tls = self.certificate.clone().map(Certificate::tls).transpose().map_err(io::Error::other)?;
        let server = HttpServer::new(move || app(&self, &contract))
            .keep_alive(Duration::from_secs(limits.keep_alive_seconds))
            .client_request_timeout(Duration::from_secs(limits.header_seconds))
            .tls_handshake_timeout(Duration::from_secs(limits.header_seconds))
            .max_connections(limits.connections)
            .shutdown_timeout(limits.drain_seconds)
            .shutdown_signal(stop);
        let listen = |server: HttpServer<_, _, _, _>, listener| match &tls {
            Some(tls) => server.listen_rustls_0_23(listener, tls.clone()),
            None => server.listen(listener),
        };
        Ok(listeners.into_iter().try_fold(server, listen)?.run())
    }
}

/// What is worked out once for all workers.
#[derive(Clone)]
pub struct Shared {
    contract: Data<ContractText>,
    routes: Data<Routes>,
}

impl Shared {
    /// From the contract.
    pub fn declared() -> Self {
        let contract = openapi();
        let text = contract.to_json().unwrap_or_default();
        Self { routes: Data::new(Routes::of(&contract)), contract: Data::new(ContractText(text)) }
    }
}

/// The application of one worker.
pub fn app(
    server: &Server,
    shared: &Shared,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody + use<>>,
        Error = Error,
        InitError = (),
    > + use<>,
> {
    let issuer = server.dev_issuer.clone();
    App::new()
        .into_utoipa_app()
        .app_data(Data::new(server.gate.clone()))
        .app_data(Data::new(server.cases.clone()))
        .app_data(Data::new(server.reference.clone()))
        .app_data(Data::new(server.figures.clone()))
        .app_data(Data::new(server.outcomes.clone()))
        .app_data(Data::new(server.changes.clone()))
        .app_data(Data::new(server.ready.clone()))
        .app_data(Data::new(server.limits))
        .app_data(Data::new(server.metrics.clone()))
        .app_data(shared.contract.clone())
        .app_data(shared.routes.clone())
        .app_data(PathConfig::default().error_handler(bad_path))
        .configure(routes)
        .default_service(web::route().to(nothing_here))
        .into_app()
        .configure(pages)
        .configure(|config| dev_issuer(config, issuer))
        .wrap(from_fn(guard))
        .wrap(Compress::default())
        .wrap(TracingLogger::<RootSpan>::new())
        .wrap(server.origins.asked())
        .wrap(from_fn(arrive))
}

fn dev_issuer(config: &mut web::ServiceConfig, issuer: Option<Arc<DevIssuer>>) {
    let Some(issuer) = issuer else { return };
    let published = web::scope(&format!("{PATH}/.well-known"))
        .route("/openid-configuration", web::get().to(openid_configuration))
        .route("/jwks.json", web::get().to(jwks));
    config.app_data(Data::new(issuer)).service(published);
}

#[cfg(test)]
mod tests;
