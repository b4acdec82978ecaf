//! Stock cqrs-es with postgres-es, to compare with: `serve`, and what every rival does.
mod case;
mod serve;
mod store;

use anyhow::Context;
use load::rival::Rival;
use postgres_es::default_postgress_pool;

use crate::store::Store;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let url = std::env::var("DATABASE_URL").context("DATABASE_URL")?;
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        // By SQL: through the framework it would take an hour.
        ["prepare", students, events] => {
            let pool = default_postgress_pool(&url).await;
            Ok(store::prepare(&pool, students.parse()?, events.parse()?, &load::contact("2026-03-02")).await?)
        }
        ["serve"] => serve::serve(Store::open(&url).await?).await,
        _ => load::rival::main::<Store>().await,
    }
}
