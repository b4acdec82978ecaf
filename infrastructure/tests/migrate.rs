//! A database is brought up to date once, however many ask for it, and never by an older program.
use std::{
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use infrastructure::{
    Database, DatabaseError, Limits, MigrateError, OpenError, Source, migrate,
    private_postgres::{Options, PrivatePostgres, ephemeral::EphemeralPostgres},
};

type Tested = anyhow::Result<()>;

async fn open(postgres: &PrivatePostgres, name: &str) -> Result<Database, OpenError> {
    Database::open(Source::Url(postgres.url(name)), &Limits::default()).await
}

async fn empty(postgres: &PrivatePostgres) -> anyhow::Result<Database> {
    let admin = open(postgres, "postgres").await?;
    admin.pool().get().await?.batch_execute("CREATE DATABASE empty TEMPLATE template0").await?;
    Ok(open(postgres, "empty").await?)
}

async fn applied(database: &Database) -> anyhow::Result<i64> {
    let count = "SELECT count(*) FROM refinery_schema_history";
    Ok(database.pool().get().await?.query_one(count, &[]).await?.get(0))
}

#[tokio::test]
async fn four_instances_that_start_together_migrate_once() -> Tested {
    let ephemeral = EphemeralPostgres::start().await?;
    let database = empty(ephemeral.postgres()).await?;
    let pool = database.pool();
    let (a, b, c, d) = tokio::join!(migrate(pool), migrate(pool), migrate(pool), migrate(pool));
    let mut counts = [a?, b?, c?, d?];
    counts.sort_unstable();
    assert_eq!(counts[..3], [0, 0, 0]);
    assert_eq!(i64::try_from(counts[3])?, applied(&database).await?);
    assert!(counts[3] > 0);
    Ok(())
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_refused() -> Tested {
    let ephemeral = EphemeralPostgres::start().await?;
    let fresh = ephemeral.fresh_database().await?;
    let database = Database::open(Source::Url(fresh.url().into()), &Limits::default()).await?;
    let newer = "INSERT INTO refinery_schema_history VALUES (9999, 'later', '2030-01-01T00:00:00Z', '1')";
    database.pool().get().await?.batch_execute(newer).await?;
    let refused = migrate(database.pool()).await;
    assert!(matches!(refused, Err(MigrateError::NewerDatabase { database: 9999, .. })), "{refused:?}");
    Ok(())
}

/// One list of exports, and what was there before.
const EXPORTS: [&str; 3] = [
    include_str!("../migrations/V35__district_accesses.sql"),
    include_str!("../migrations/V36__exported.sql"),
    include_str!("../migrations/V39__one_list_of_exports.sql"),
];

#[tokio::test]
async fn what_the_command_had_exported_is_in_the_list_of_all_exports() -> Tested {
    let ephemeral = EphemeralPostgres::start().await?;
    let database = empty(ephemeral.postgres()).await?;
    let client = database.pool().get().await?;
    let [accesses, exported, one_list] = EXPORTS;
    client.batch_execute(accesses).await?;
    client.batch_execute(exported).await?;
    let before = "INSERT INTO district_accesses (id, at, staff, operation)
                  VALUES (gen_random_uuid(), '2026-03-02T14:00:00Z', gen_random_uuid(), 'list_caseload');
                  INSERT INTO exported (at, os_user, what, asked, form, lines)
                  VALUES ('2026-03-02T13:00:00Z', 'nightly', 'school_bands', '2026, all schools', 'csv', 12)";
    client.batch_execute(before).await?;
    client.batch_execute(one_list).await?;
    let listed =
        "SELECT concat_ws(' ', os_user, operation, what, asked, form, lines) FROM district_accesses ORDER BY at";
    let listed: Vec<String> = client.query(listed, &[]).await?.iter().map(|row| row.get(0)).collect();
    assert_eq!(listed, ["nightly export school_bands 2026, all schools csv 12", "list_caseload"]);
    for wrong in [
        "(id, operation) VALUES (gen_random_uuid(), 'nobody')",
        "(id, staff, os_user, operation, what, form) VALUES (gen_random_uuid(), gen_random_uuid(), 'both', 'export', '', '')",
        "(id, os_user, operation) VALUES (gen_random_uuid(), 'nightly', 'exported nothing')",
    ] {
        assert!(client.batch_execute(&format!("INSERT INTO district_accesses {wrong}")).await.is_err(), "{wrong}");
    }
    let changed = client.execute("UPDATE district_accesses SET os_user = 'another'", &[]).await?;
    assert_eq!(changed, 0, "a row is never changed");
    Ok(())
}

#[tokio::test]
async fn an_edited_migration_is_refused() -> Tested {
    let ephemeral = EphemeralPostgres::start().await?;
    let fresh = ephemeral.fresh_database().await?;
    let database = Database::open(Source::Url(fresh.url().into()), &Limits::default()).await?;
    let edit = "UPDATE refinery_schema_history SET checksum = '1' WHERE version = (SELECT min(version) FROM refinery_schema_history)";
    database.pool().get().await?.batch_execute(edit).await?;
    let refused = migrate(database.pool()).await;
    assert!(matches!(refused, Err(MigrateError::Edited(_))), "{refused:?}");
    Ok(())
}

#[tokio::test]
async fn fresh_databases_are_migrated_and_apart() -> Tested {
    let ephemeral = EphemeralPostgres::start().await?;
    let (one, other) = (ephemeral.fresh_database().await?, ephemeral.fresh_database().await?);
    let first = Database::open(Source::Url(one.url().into()), &Limits::default()).await?;
    let second = Database::open(Source::Url(other.url().into()), &Limits::default()).await?;
    assert!(applied(&first).await? > 0);
    first.pool().get().await?.batch_execute("CREATE TABLE only_here ()").await?;
    assert!(second.pool().get().await?.query("SELECT FROM only_here", &[]).await.is_err());
    let directory = ephemeral.postgres().socket_directory().parent().map(ToOwned::to_owned).expect("a parent");
    drop(ephemeral);
    vanishes(&directory).await
}

#[tokio::test]
async fn tests_that_are_killed_leave_nothing() -> Tested {
    let told = tempfile::NamedTempFile::new()?;
    let mut killed = Command::new(std::env::current_exe()?)
        .args(["--ignored", "--exact", "a_test_that_is_going_to_be_killed"])
        .env("TELL_DIRECTORY", told.path())
        .stdout(Stdio::null())
        .spawn()?;
    let mut directory = String::new();
    for _ in 0..400 {
        directory = std::fs::read_to_string(told.path())?;
        if !directory.is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(Path::new(&directory).join("postgres/postmaster.pid").exists(), "{directory}");
    killed.kill()?;
    killed.wait()?;
    vanishes(Path::new(&directory)).await
}

#[tokio::test]
#[ignore = "run by tests_that_are_killed_leave_nothing"]
async fn a_test_that_is_going_to_be_killed() -> Tested {
    let Some(tell) = std::env::var_os("TELL_DIRECTORY") else { return Ok(()) };
    let ephemeral = EphemeralPostgres::start().await?;
    let directory = ephemeral.postgres().socket_directory().parent().expect("a parent");
    std::fs::write(tell, directory.as_os_str().as_encoded_bytes())?;
    tokio::time::sleep(Duration::from_secs(60)).await;
    Ok(())
}

async fn vanishes(directory: &Path) -> Tested {
    for _ in 0..100 {
        if !directory.exists() {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    anyhow::bail!("{} stays", directory.display())
}

#[tokio::test]
async fn what_is_wrong_with_an_address_is_said_without_its_password() -> Tested {
    let ephemeral = EphemeralPostgres::start().await?;
    let missing = open(ephemeral.postgres(), "nowhere").await.map(drop);
    assert!(matches!(missing, Err(OpenError::Database(DatabaseError::DatabaseMissing))), "{missing:?}");
    for (url, expected) in [
        ("postgres://u:s3cret@127.0.0.1:1/d", "cannot be reached"),
        ("postgres://u:s3cret@127.0.0.1:x/d", "not readable"),
        ("postgres://u:s3cret@127.0.0.1/d?sslmode=require", "TLS"),
    ] {
        let Err(refused) = Database::open(Source::Url(url.into()), &Limits::default()).await else {
            anyhow::bail!("opened {url}")
        };
        let words = format!("{refused} {refused:?}");
        assert!(words.contains(expected) && !words.contains("s3cret"), "{words}");
    }
    Ok(())
}

#[tokio::test]
async fn the_limits_hold_on_every_connection() -> Tested {
    let ephemeral = EphemeralPostgres::start().await?;
    let fresh = ephemeral.fresh_database().await?;
    let limits = Limits { statement: Duration::from_millis(50), connections: 1, ..Limits::default() };
    let limits = Limits { wait: Duration::from_millis(50), ..limits };
    let database = Database::open(Source::Url(fresh.url().into()), &limits).await?;
    let client = database.pool().get().await?;
    let slow = client.batch_execute("SELECT pg_sleep(5)").await.map_err(DatabaseError::from);
    assert!(matches!(slow, Err(DatabaseError::TimedOut)), "{slow:?}");
    let busy = database.pool().get().await.map(drop).map_err(DatabaseError::from);
    assert!(matches!(busy, Err(DatabaseError::Busy)), "{busy:?}");
    let name = client.query_one("SHOW application_name", &[]).await?;
    assert_eq!(name.get::<_, String>(0), "throughline");
    Ok(())
}

#[tokio::test]
async fn an_ended_session_is_a_lost_connection() -> Tested {
    let ephemeral = EphemeralPostgres::start().await?;
    let fresh = ephemeral.fresh_database().await?;
    let database = Database::open(Source::Url(fresh.url().into()), &Limits::default()).await?;
    let client = database.pool().get().await?;
    let ended = client.batch_execute("SELECT pg_terminate_backend(pg_backend_pid())").await;
    assert!(matches!(ended.map_err(DatabaseError::from), Err(DatabaseError::ConnectionLost)));
    tokio::time::sleep(Duration::from_millis(100)).await;
    let again = client.batch_execute("SELECT 1").await;
    assert!(matches!(again.map_err(DatabaseError::from), Err(DatabaseError::ConnectionLost)));
    drop(client);
    database.pool().get().await?.batch_execute("SELECT 1").await?;
    Ok(())
}

#[test]
fn a_default_directory_is_absolute_or_here() {
    let directory = Options::default_data_directory();
    assert!(directory.ends_with("throughline") || directory.ends_with("throughline-data"));
}
