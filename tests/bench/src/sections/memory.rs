//! What the server holds in memory: at rest, and under many clients.
use std::{sync::Arc, time::Duration};

use load::Span;

use crate::{
    bench::Bench,
    http::{Ask, askers},
    questions::LogContact,
    report::Report,
    throughline::{DATABASE, binary, serve},
};

/// The clients of the target.
const CLIENTS: usize = 256;

/// Starts a server anew, looks, lets 256 clients log contacts, and looks again.
pub async fn measure(bench: &Bench, report: &mut Report) -> anyhow::Result<()> {
    let (cluster, options) = (&bench.cluster, &bench.options);
    let district = bench.throughline().await?.district.clone();
    let server = serve(&binary(options)?, &cluster.url(DATABASE))?;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let idle = server.megabytes()?;
    let ask: Arc<dyn Ask> = Arc::new(LogContact { district, hot: 0.0 });
    let load = tokio::spawn(load::run(askers(&server.address, &ask, CLIENTS).await?, Span::seconds(options.seconds)));
    let mut most = idle;
    while !load.is_finished() {
        most = most.max(server.megabytes()?);
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    load.await??;
    report.section("Memory", "Resident memory of the server process, without PostgreSQL.");
    report.line(&format!(
        "| at rest | most, under {CLIENTS} clients |\n| ---: | ---: |\n| {idle:.0} MB | {most:.0} MB |"
    ));
    report.at_most("memory at rest, MB", 20.0, idle);
    report.at_most("memory under 256 clients, MB", 80.0, most);
    Ok(())
}
