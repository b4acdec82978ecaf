//! A store is brought back from a dump, from a copy of its files, or by the standby that takes over.
use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use anyhow::{Context, ensure};
use infrastructure::{
    Database,
    private_postgres::{Health, Options, PrivatePostgres, USER, ephemeral::EphemeralPostgres},
    verify::Asked,
};
use tempfile::TempDir;
use tokio::time::{sleep, timeout};
use uuid::Uuid;

use crate::{
    findings::findings,
    support::{Instance, Store, open},
};

type Tested = anyhow::Result<()>;

/// One of PostgreSQL's programs, as whoever owns `cluster` where one is given.
fn program(name: &str, cluster: Option<&Path>) -> anyhow::Result<Command> {
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|it| it.path().join("bin"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut places = debian.chain(std::env::split_paths(&path).collect::<Vec<_>>());
    let found = places.find(|place| place.join("pg_basebackup").exists()).context("PostgreSQL's programs")?.join(name);
    let owner = cluster
        .map(fs::metadata)
        .transpose()?
        .filter(|owner| owner.uid() != fs::metadata("/proc/self").map_or(0, |us| us.uid()));
    let Some(owner) = owner else { return Ok(Command::new(found)) };
    let mut command = Command::new("setpriv");
    command.args([format!("--reuid={}", owner.uid()), format!("--regid={}", owner.gid()), "--clear-groups".into()]);
    command.arg(found).current_dir("/");
    Ok(command)
}

fn run(command: &mut Command) -> Tested {
    let done = command.output()?;
    ensure!(done.status.success(), "{command:?}: {}", String::from_utf8_lossy(&done.stderr));
    Ok(())
}

/// A directory that PostgreSQL's own account may write to.
fn directory(postgres: &PrivatePostgres) -> anyhow::Result<TempDir> {
    let open = fs::Permissions::from_mode(0o755);
    let directory = tempfile::Builder::new().prefix("throughline-").permissions(open).tempdir()?;
    let owner = fs::metadata(postgres.socket_directory())?;
    std::os::unix::fs::chown(directory.path(), Some(owner.uid()), Some(owner.gid()))?;
    Ok(directory)
}

fn base_backup(of: &PrivatePostgres, to: &Path, more: &[&str]) -> Tested {
    let mut backup = program("pg_basebackup", Some(of.socket_directory()))?;
    backup.arg("-h").arg(of.socket_directory()).args(["-U", USER, "--checkpoint=fast", "-D"]).arg(to).args(more);
    run(&mut backup)
}

/// What must be the same again: the order of all events, and what is counted.
async fn figures(database: &Database) -> anyhow::Result<Vec<String>> {
    let client = database.pool().get().await?;
    let mut figures = vec![];
    for figure in [
        "SELECT encode(sha256(convert_to(string_agg(concat_ws(' ', position, stream, version), ',' ORDER BY position), 'UTF8')), 'hex') FROM events",
        "SELECT string_agg(concat_ws(' ', status, tier, n), ',' ORDER BY status, tier) FROM (SELECT status, tier, count(*) AS n FROM caseload GROUP BY 1, 2) c",
        "SELECT string_agg(concat_ws(' ', kind, status, n), ',' ORDER BY kind, status) FROM (SELECT kind, status, count(*) AS n FROM entries GROUP BY 1, 2) e",
        "SELECT count(*)::text FROM requests",
    ] {
        figures.push(client.query_one(figure, &[]).await?.get(0));
    }
    Ok(figures)
}

/// The store that came back is the one that was signed, and goes on at positions that were never used.
async fn is_back(database: &Database, before: &[String], head: &Path) -> Tested {
    assert_eq!(figures(database).await?, before);
    let asked = Asked { against: Some(head.to_owned()), ..Asked::default() };
    assert_eq!(findings(database.pool(), &asked).await?.1, Vec::<String>::new());
    let client = database.pool().get().await?;
    let last: i64 = client.query_one("SELECT max(position) FROM events", &[]).await?.get(0);
    let student = Instance::on(database.pool()).await.open().await?;
    let next = "SELECT position FROM events WHERE stream = $1";
    assert!(client.query_one(next, &[&student.uuid()]).await?.get::<_, i64>(0) > last);
    assert_eq!(findings(database.pool(), &asked).await?.1, Vec::<String>::new());
    Ok(())
}

async fn signed(store: &Store, directory: &TempDir) -> anyhow::Result<PathBuf> {
    let head = directory.path().join("head.json");
    findings(store.pool(), &Asked { head: Some(head.clone()), against: None }).await?;
    Ok(head)
}

#[tokio::test]
async fn a_dump_comes_up_in_a_fresh_cluster_as_it_was() -> Tested {
    let store = Store::told(6).await;
    let (kept, before) = (TempDir::new()?, figures(&store.database).await?);
    let (head, dump) = (signed(&store, &kept).await?, kept.path().join("throughline.dump"));
    let name: String = store.ask("SELECT current_database()::text").await;
    let mut dumped = program("pg_dump", None)?;
    dumped.arg("-h").arg(store.postgres.postgres().socket_directory());
    run(dumped.args(["-U", USER, "-Fc", "-f"]).arg(&dump).arg(name))?;

    let fresh = EphemeralPostgres::start().await?;
    let admin = open(&fresh.postgres().url("postgres")).await;
    admin.pool().get().await?.batch_execute("CREATE DATABASE restored").await?;
    let mut restored = program("pg_restore", None)?;
    restored.arg("-h").arg(fresh.postgres().socket_directory());
    run(restored.args(["-U", USER, "--exit-on-error", "-d", "restored"]).arg(&dump))?;
    is_back(&open(&fresh.postgres().url("restored")).await, &before, &head).await
}

#[tokio::test]
async fn a_copy_of_the_files_comes_up_as_it_was() -> Tested {
    let store = Store::told(6).await;
    let kept = directory(store.postgres.postgres())?;
    let (safe, before) = (TempDir::new()?, figures(&store.database).await?);
    let head = signed(&store, &safe).await?;
    base_backup(store.postgres.postgres(), &kept.path().join("postgres"), &[])?;
    let name: String = store.ask("SELECT current_database()::text").await;

    let options = Options { durable: false, releases: None, ..Options::new(kept.path().to_owned()) };
    let copy = PrivatePostgres::start(options).await?;
    let database = open(&copy.url(&name)).await;
    is_back(&database, &before, &head).await?;
    database.stop().await;
    copy.stop().await;
    Ok(())
}

/// A PostgreSQL that follows another, ended with the value.
struct Standby {
    files: PathBuf,
    directory: TempDir,
}

impl Standby {
    fn of(primary: &PrivatePostgres) -> anyhow::Result<Self> {
        let directory = directory(primary)?;
        let files = directory.path().join("postgres");
        base_backup(primary, &files, &["-R", "-C", "-S", "standby"])?;
        let standby = Self { files, directory };
        let socket = format!(
            "-c listen_addresses= -c unix_socket_directories={} -c max_connections=200",
            standby.socket().display()
        );
        run(standby.control()?.arg("-l").arg(standby.files.join("log")).arg("-o").arg(socket).args(["-w", "start"]))?;
        Ok(standby)
    }

    fn socket(&self) -> &Path {
        self.directory.path()
    }

    fn url(&self, database: &str) -> String {
        format!("host='{}' user={USER} dbname={database}", self.socket().display())
    }

    fn control(&self) -> anyhow::Result<Command> {
        let mut control = program("pg_ctl", Some(&self.files))?;
        control.arg("-D").arg(&self.files);
        Ok(control)
    }

    fn promote(&self) -> Tested {
        run(self.control()?.args(["-w", "promote"]))
    }
}

impl Drop for Standby {
    fn drop(&mut self) {
        let stopped = self.control().and_then(|mut control| run(control.args(["-m", "immediate", "-w", "stop"])));
        drop(stopped);
    }
}

#[tokio::test]
async fn a_standby_that_takes_over_has_everything_that_was_acknowledged() -> Tested {
    let store = Store::told(2).await;
    let primary = store.postgres.postgres();
    let standby = Standby::of(primary)?;
    store.say("ALTER SYSTEM SET synchronous_standby_names = '*'").await;
    store.say("SELECT pg_reload_conf()").await;
    let replicated = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'";
    while store.ask::<i64>(replicated).await == 0 {
        sleep(Duration::from_millis(50)).await;
    }

    let instance = store.instance().await;
    let writers = (0..4).map(|_| {
        let instance = instance.clone();
        tokio::spawn(async move {
            let mut acknowledged: Vec<(Uuid, u64)> = vec![];
            // What is not acknowledged in time is unknown, and is nothing that could be lost.
            let Ok(Ok(student)) = timeout(Duration::from_secs(20), instance.open()).await else { return acknowledged };
            while let Ok(Ok(receipt)) = timeout(Duration::from_secs(3), instance.note(student)).await {
                acknowledged.push((student.uuid(), receipt.version));
            }
            acknowledged
        })
    });
    let writers: Vec<_> = writers.collect();
    sleep(Duration::from_secs(2)).await;
    // The primary is gone from one moment to the next; what its owner starts again meets a standby that is none.
    let Some(Health::Up { pid }) = primary.health().map(|health| health.borrow().clone()) else {
        anyhow::bail!("the primary is down")
    };
    rustix::process::kill_process(
        rustix::process::Pid::from_raw(i32::try_from(pid)?).context("a process")?,
        rustix::process::Signal::KILL,
    )?;
    standby.promote()?;
    let mut acknowledged = vec![];
    for writer in writers {
        acknowledged.extend(writer.await?);
    }
    ensure!(acknowledged.len() > 4, "hardly anything was written: {acknowledged:?}");

    let name = store_name(&standby).await?;
    let database = open(&standby.url(&name)).await;
    let client = database.pool().get().await?;
    for (student, version) in acknowledged {
        let there = "SELECT EXISTS (SELECT FROM events WHERE stream = $1 AND version = $2)";
        assert!(
            client.query_one(there, &[&student, &(version as i64)]).await?.get::<_, bool>(0),
            "{student} {version}"
        );
    }
    assert_eq!(findings(database.pool(), &Asked::default()).await?.1, Vec::<String>::new());
    drop(client);
    database.stop().await;
    Ok(())
}

/// The database in which the store is, asked of the standby since the primary may be gone.
async fn store_name(standby: &Standby) -> anyhow::Result<String> {
    let admin = open(&standby.url("postgres")).await;
    let name = "SELECT datname::text FROM pg_database WHERE datname LIKE 'fresh_%'";
    let name = admin.pool().get().await?.query_one(name, &[]).await?.get(0);
    admin.stop().await;
    Ok(name)
}
