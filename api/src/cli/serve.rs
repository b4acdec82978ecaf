//! `throughline serve`
use std::{io::Write, net::TcpListener, sync::Arc};

use anyhow::Context;
use api::{Gate, Limits, Metrics, Server, Telemetry, only_on_loopback};
use application::SystemClock;
use clap::Args;
use infrastructure::{
    Bell, LEAST_DAYS, PgReady, PgStaff, Readers, Wire, announcing_bands, extending_log, forgetting_requests,
    show_connections, show_lag,
};
use tokio::signal::unix::{SignalKind, signal};

use super::{
    Common,
    callers::{Accepted, Callers},
    cases::{feeds, figures, outcomes, use_cases},
    demo,
    listen::{addresses, listen},
    rebuild,
    store::Store,
};

/// Serve the API.
#[derive(Debug, Args)]
pub struct Serve {
    /// Where to listen
    #[arg(long, env = "THROUGHLINE_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDR:PORT")]
    listen: String,
    #[command(flatten)]
    callers: Callers,
    /// Fill an empty store with a made-up school and a year of support; implies --dev-issuer
    #[arg(long, env = "THROUGHLINE_DEMO")]
    demo: bool,
    /// How many days an Idempotency-Key is remembered, at least 30
    #[arg(long, env = "THROUGHLINE_KEEP_KEYS_DAYS", default_value_t = LEAST_DAYS, value_name = "DAYS",
          value_parser = clap::value_parser!(u16).range(i64::from(LEAST_DAYS)..))]
    keep_keys_days: u16,
    #[command(flatten)]
    limits: Limits,
}

impl Serve {
    /// Serves until it is asked to stop.
    pub async fn run(self, common: &Common) -> anyhow::Result<()> {
        let _telemetry = Telemetry::begin(common.log_format)?;
        let listeners = listen(&self.listen)?;
        let accepted = self.callers.accepted(self.demo)?;
        if accepted == Accepted::Dev {
            only_on_loopback(&addresses(&listeners)?)?;
        }
        let store = Store::own(common).await?;
        let served = self.serve(&store, listeners, &accepted).await;
        store.database.stop().await;
        served
    }

    async fn serve(&self, store: &Store, listeners: Vec<TcpListener>, accepted: &Accepted) -> anyhow::Result<()> {
        let pool = store.database.pool();
        let keyring = store.keyring().await?;
        rebuild::if_older(pool).await?;
        if self.demo {
            tokio::select! {
                filled = demo::fill(pool, keyring.clone()) => filled?,
                () = asked_to_stop()? => return say("Stopped.\n"),
            }
        }
        let (verifier, dev_issuer) = accepted.verifier(pool).await?;
        let watched = pool.clone();
        let metrics = Metrics::install(move || {
            show_connections(&watched);
            show_lag();
        })?;
        tokio::spawn(metrics.clone().keep_up());
        let bell = Bell::default();
        let (cases, reference) = use_cases(pool, keyring, &bell, Arc::new(SystemClock)).await?;
        let commands = cases.commands.clone();
        let server = Server {
            cases,
            reference,
            figures: figures(pool, &bell),
            outcomes: outcomes(pool),
            gate: Gate { verifier, staff: Arc::new(PgStaff::new(pool.clone())) },
            dev_issuer: dev_issuer.clone(),
            ready: Arc::new(PgReady::new(pool.clone())),
            limits: self.limits,
            metrics,
        };
        let bound = addresses(&listeners)?;
        let serving = server.serve(listeners, asked_to_stop()?)?;
        let _wire = Wire::lay(store.database.config().clone(), bell.clone());
        let _upkeep = [
            forgetting_requests(pool.clone(), self.keep_keys_days),
            extending_log(pool.clone()),
            announcing_bands(pool.clone(), commands),
        ];
        let readers = Readers::start(pool, &bell, feeds());
        let address = format!("http://{}", bound.first().context("no address")?);
        say(&format!(
            "Throughline {}\n  \
             store       {}\n  \
             tables      {}\n  \
             address     {address}\n  \
             contract    {address}/openapi.json\n  \
             for people  {address}/docs/\n  \
             callers     {}\n",
            env!("CARGO_PKG_VERSION"),
            store.place,
            store.tables,
            accepted.described(),
        ))?;
        if let Some(issuer) = dev_issuer.filter(|_| self.demo) {
            demo::show(&issuer, &address)?;
        }
        let served = serving.await;
        readers.stop().await;
        served?;
        say("Stopped.\n")
    }
}

fn asked_to_stop() -> anyhow::Result<impl Future<Output = ()> + Send + 'static> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping: answering what was asked, accepting nothing new");
    })
}

fn say(words: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(words.as_bytes())?;
    Ok(out.flush()?)
}
