//! The figures of the connection pool, for whoever asks how the service is doing.
use deadpool_postgres::Pool;
use metrics::gauge;

const CONNECTIONS: &str = "database_connections";

/// Sets the gauges as `pool` is now.
pub fn show_connections(pool: &Pool) {
    let status = pool.status();
    gauge!(CONNECTIONS, "state" => "open").set(status.size as f64);
    gauge!(CONNECTIONS, "state" => "free").set(status.available as f64);
    gauge!(CONNECTIONS, "state" => "awaited").set(status.waiting as f64);
}
