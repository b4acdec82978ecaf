//! Started, stopped, killed and started again.
use infrastructure::{Database, Limits, Source};

use super::*;

#[tokio::test]
async fn what_was_written_is_there_after_a_restart() -> Tested {
    let directory = directory()?;
    let durable = Options { durable: true, ..options(directory.path()) };
    let postgres = PrivatePostgres::start(durable.clone()).await?;
    let first = pid(&postgres)?;
    let sql = client(&postgres).await?;
    sql.batch_execute("CREATE TABLE kept (word text); INSERT INTO kept VALUES ('here')").await?;
    for (setting, value) in [("fsync", "on"), ("synchronous_commit", "on"), ("listen_addresses", "")] {
        assert_eq!(sql.query_one(&format!("SHOW {setting}"), &[]).await?.get::<_, String>(0), value, "{setting}");
    }
    assert_eq!(sql.query_one("SHOW server_encoding", &[]).await?.get::<_, String>(0), "UTF8");
    drop(sql);
    postgres.stop().await;
    gone(first).await?;

    let postgres = PrivatePostgres::start(durable).await?;
    let kept = client(&postgres).await?.query_one("SELECT word FROM kept", &[]).await?;
    assert_eq!(kept.get::<_, String>(0), "here");
    postgres.stop().await;
    Ok(())
}

#[tokio::test]
async fn a_killed_postgres_is_started_again_and_the_pool_recovers() -> Tested {
    let directory = directory()?;
    let database = Database::open(Source::Private(options(directory.path())), &Limits::default()).await?;
    let mut health = database.health().expect("our own");
    let Health::Up { pid: first } = *health.borrow_and_update() else { anyhow::bail!("not up") };
    kill(first)?;
    let up_again = health.wait_for(|now| matches!(now, Health::Up { pid } if *pid != first));
    tokio::time::timeout(Duration::from_secs(30), up_again).await??;
    let client = database.pool().get().await?;
    assert_eq!(client.query_one("SELECT 1", &[]).await?.get::<_, i32>(0), 1);
    drop(client);
    database.stop().await;
    assert_eq!(*health.borrow(), Health::Stopped);
    Ok(())
}

#[tokio::test]
async fn a_second_instance_is_refused_while_a_command_beside_may_use_the_first() -> Tested {
    let directory = directory()?;
    let postgres = PrivatePostgres::start(options(directory.path())).await?;
    let refused = refusal(options(directory.path())).await?;
    assert!(refused.to_string().contains(&format!("(process {})", std::process::id())), "{refused}");

    let beside = PrivatePostgres::attach_or_start(options(directory.path())).await?;
    assert!(beside.health().is_none());
    client(&beside).await?.query_one("SELECT 1", &[]).await?;
    beside.stop().await;
    client(&postgres).await?.query_one("SELECT 1", &[]).await?;

    postgres.stop().await;
    let alone = PrivatePostgres::attach_or_start(options(directory.path())).await?;
    assert!(alone.health().is_some());
    alone.stop().await;
    Ok(())
}

#[tokio::test]
async fn a_dropped_owner_frees_the_directory() -> Tested {
    let directory = directory()?;
    let postgres = PrivatePostgres::start(options(directory.path())).await?;
    let pid = pid(&postgres)?;
    drop(postgres);
    gone(pid).await
}

#[tokio::test]
async fn a_deep_directory_gets_a_short_socket() -> Tested {
    let directory = directory()?;
    let deep = directory.path().join("deep/".repeat(25));
    let postgres = PrivatePostgres::start(options(&deep)).await?;
    client(&postgres).await?.query_one("SELECT 1", &[]).await?;
    let socket = postgres.socket_directory().to_owned();
    assert_eq!(fs::metadata(&socket)?.permissions().mode() & 0o777, 0o700);
    postgres.stop().await;
    fs::remove_dir(socket)?;
    Ok(())
}

#[tokio::test]
async fn postgres_logs_neither_rows_nor_statements() -> Tested {
    let directory = directory()?;
    let postgres = PrivatePostgres::start(options(directory.path())).await?;
    let sql = client(&postgres).await?;
    sql.batch_execute("CREATE TABLE named (name text UNIQUE); INSERT INTO named VALUES ('Rosalind')").await?;
    assert!(sql.execute("INSERT INTO named VALUES ($1)", &[&"Rosalind"]).await.is_err());
    assert!(sql.batch_execute("SELECT 'Rosalind'::int").await.is_err());
    assert!(sql.batch_execute("SELECT Rosalind FROM named").await.is_err());
    postgres.stop().await;
    let log = fs::read_to_string(directory.path().join("postgres.log"))?;
    assert!(log.contains("ready to accept connections"), "{log}");
    assert!(!log.to_lowercase().contains("rosalind"), "{log}");
    Ok(())
}
