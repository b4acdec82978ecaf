//! `throughline serve`
use std::{io::Write, net::TcpListener, sync::Arc, time::Duration};

use anyhow::{Context, ensure};
use api::{Certificate, CertificateFiles, Gate, Limits, Metrics, Origins, Rates, Server, Telemetry, only_on_loopback};
use application::SystemClock;
use clap::Args;
use infrastructure::{
    Bell, LEAST_DAYS, OUTBOX_DAYS, PgReady, PgStaff, Readers, Wire, comparing_schools, drawing_consequences,
    extending_log, forgetting_requests, letting_go_of_attachments, show_connections, show_lag, trimming_outbox,
};
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::{
    Common,
    callers::{Accepted, Callers},
    cases::{AMENDMENT_DAYS, DESTRUCTION_DAYS, changes, feeds, figures, outcomes, use_cases},
    demo, erase,
    listen::{addresses, end_stalled, listen},
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
    /// How many days the outbox keeps what it has; the log keeps it for good
    #[arg(long, env = "THROUGHLINE_KEEP_OUTBOX_DAYS", default_value_t = OUTBOX_DAYS, value_name = "DAYS",
          value_parser = clap::value_parser!(u16).range(1..=3650))]
    keep_outbox_days: u16,
    /// Within how many days a family's request for amendment (34 CFR 99.20) is to be decided
    #[arg(long, env = "THROUGHLINE_AMENDMENT_DAYS", default_value_t = AMENDMENT_DAYS, value_name = "DAYS",
          value_parser = clap::value_parser!(u16).range(1..=365))]
    amendment_days: u16,
    /// How many days after an agreement's end its partner has to certify that it holds nothing any more
    #[arg(long, env = "THROUGHLINE_DESTRUCTION_DAYS", default_value_t = DESTRUCTION_DAYS, value_name = "DAYS",
          value_parser = clap::value_parser!(u16).range(1..=3650))]
    destruction_days: u16,
    #[command(flatten)]
    limits: Limits,
    #[command(flatten)]
    origins: Origins,
    #[command(flatten)]
    certificate: CertificateFiles,
}

impl Serve {
    /// Serves until it is asked to stop.
    pub async fn run(self, common: &Common) -> anyhow::Result<()> {
        let _telemetry = Telemetry::begin(common.log_format)?;
        let listeners = listen(&self.listen)?;
        end_stalled(&listeners, Duration::from_secs(self.limits.stall_seconds.into()))?;
        let certificate = self.certificate.clone().open()?;
        let accepted = self.callers.accepted(self.demo)?;
        ensure!(
            accepted == Accepted::Dev || cfg!(not(feature = "undecided")),
            "this program was built to be measured: it decides nothing, and takes development tokens only"
        );
        if accepted == Accepted::Dev {
            only_on_loopback(&addresses(&listeners)?)?;
        }
        let store = Store::own(common).await?;
        let served = self.serve(&store, listeners, &accepted, certificate).await;
        store.database.stop().await;
        served
    }

    async fn serve(
        &self,
        store: &Store,
        listeners: Vec<TcpListener>,
        accepted: &Accepted,
        certificate: Option<Arc<Certificate>>,
    ) -> anyhow::Result<()> {
        let pool = store.database.pool();
        let keyring = store.keyring().await?;
        rebuild::if_older(pool).await?;
        erase::if_restored(store, keyring.clone()).await?;
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
        let rates = Rates::per_minute(self.limits.requests, self.limits.attempts);
        tokio::spawn(rates.clone().keep_up());
        let scheme = if certificate.is_some() { "https" } else { "http" };
        if let Some(certificate) = &certificate {
            tokio::spawn(renewing(certificate.clone(), signal(SignalKind::hangup())?));
        }
        let bell = Bell::default();
        let (cases, reference) = use_cases(pool, keyring.clone(), &bell, Arc::new(SystemClock)).await?;
        let cases = api::Cases { amendment_days: self.amendment_days, ..cases };
        let reference = api::Reference { destruction_days: self.destruction_days, ..reference };
        let (commands, register) = (cases.commands.clone(), cases.register.clone());
        let server = Server {
            cases,
            reference,
            figures: figures(pool, &bell),
            outcomes: outcomes(pool),
            changes: changes(pool, &bell),
            gate: Gate { verifier, staff: Arc::new(PgStaff::new(pool.clone())), register, rates },
            dev_issuer: dev_issuer.clone(),
            ready: Arc::new(PgReady::new(pool.clone())),
            limits: self.limits,
            origins: self.origins.clone(),
            certificate,
            metrics,
        };
        let bound = addresses(&listeners)?;
        let serving = server.serve(listeners, asked_to_stop()?)?;
        let _wire = Wire::lay(store.database.config().clone(), bell.clone());
        let _upkeep = [
            forgetting_requests(pool.clone(), self.keep_keys_days),
            trimming_outbox(pool.clone(), self.keep_outbox_days),
            extending_log(pool.clone()),
            letting_go_of_attachments(pool.clone()),
            drawing_consequences(pool.clone(), commands),
            comparing_schools(pool.clone()),
            keyring.letting_go(),
        ];
        let readers = Readers::start(pool, &bell, feeds());
        let address = format!("{scheme}://{}", bound.first().context("no address")?);
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

/// Reads the certificate anew whenever it is asked to.
async fn renewing(certificate: Arc<Certificate>, mut asked: Signal) {
    while asked.recv().await.is_some() {
        match certificate.renew() {
            Ok(()) => tracing::info!("the certificate was read anew"),
            Err(cause) => tracing::error!(%cause, "the certificate stays as it was"),
        }
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
