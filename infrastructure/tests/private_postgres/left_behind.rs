//! What a killed owner leaves behind is taken over.
use std::{
    os::unix::{fs::MetadataExt, process::CommandExt},
    process::{Child, Command, Stdio},
};

use super::*;

#[tokio::test]
async fn the_directory_of_a_killed_owner_is_taken_over() -> Tested {
    let directory = directory()?;
    let mut owner = Command::new(std::env::current_exe()?)
        .args(["--ignored", "--exact", "left_behind::an_owner_that_is_going_to_be_killed"])
        .env("OWNED_DIRECTORY", directory.path())
        .stdout(Stdio::null())
        .spawn()?;
    let ready = directory.path().join("ready");
    for _ in 0..400 {
        if ready.exists() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(ready.exists(), "the owner did not start");
    assert!(
        matches!(refusal(options(directory.path())).await?, StartError::SecondInstance { pid: Some(pid), .. } if pid == owner.id())
    );
    owner.kill()?;
    owner.wait()?;

    let postgres = PrivatePostgres::start(options(directory.path())).await?;
    let kept = client(&postgres).await?.query_one("SELECT count(*) FROM kept", &[]).await?;
    assert_eq!(kept.get::<_, i64>(0), 1);
    postgres.stop().await;
    Ok(())
}

#[tokio::test]
#[ignore = "run by the_directory_of_a_killed_owner_is_taken_over"]
async fn an_owner_that_is_going_to_be_killed() -> Tested {
    let Some(directory) = std::env::var_os("OWNED_DIRECTORY").map(PathBuf::from) else { return Ok(()) };
    let postgres = PrivatePostgres::start(options(&directory)).await?;
    client(&postgres).await?.batch_execute("CREATE TABLE kept AS SELECT 1 AS one").await?;
    fs::write(directory.join("ready"), "")?;
    tokio::time::sleep(Duration::from_secs(60)).await;
    Ok(())
}

#[tokio::test]
async fn a_postgres_left_behind_is_stopped_first() -> Tested {
    let directory = directory()?;
    PrivatePostgres::start(options(directory.path())).await?.stop().await;
    // One without the parent-death signal, as on a machine that lacks it.
    let cluster = directory.path().join("postgres").canonicalize()?;
    let owner = fs::metadata(&cluster)?;
    let mut left_behind = Command::new(installed().join("postgres"));
    left_behind.arg("-D").arg(&cluster).args(["-c", "listen_addresses=", "-k"]);
    left_behind.arg(directory.path().join("run"));
    left_behind.current_dir("/").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if rustix::process::geteuid().is_root() {
        left_behind.uid(owner.uid()).gid(owner.gid());
    }
    let mut left_behind = left_behind.spawn()?;
    let pid = left_behind.id();
    let reaper = std::thread::spawn(move || left_behind.wait());
    let socket = directory.path().join("run/.s.PGSQL.5432");
    for _ in 0..200 {
        if socket.exists() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }

    let postgres = PrivatePostgres::start(options(directory.path())).await?;
    gone(pid).await?;
    assert!(reaper.join().expect("no panic")?.success(), "it was stopped in order");
    client(&postgres).await?.query_one("SELECT 1", &[]).await?;
    postgres.stop().await;
    Ok(())
}

#[tokio::test]
async fn an_interrupted_creation_is_begun_anew() -> Tested {
    let directory = directory()?;
    let unfinished = directory.path().join("postgres.unfinished");
    fs::create_dir(&unfinished)?;
    fs::write(unfinished.join("PG_VERSION"), "15")?;
    let postgres = PrivatePostgres::start(options(directory.path())).await?;
    assert!(!unfinished.exists());
    postgres.stop().await;
    Ok(())
}

/// A data directory that was in use, and a process of whoever PostgreSQL runs as.
async fn used(program: &mut Command) -> anyhow::Result<(TempDir, PathBuf, Child)> {
    let directory = directory()?;
    let data = directory.path().join("data");
    PrivatePostgres::start(options(&data)).await?.stop().await;
    let owner = fs::metadata(data.join("postgres"))?.uid();
    Ok((directory, data, program.uid(owner).spawn()?))
}

/// Starts on a directory in which a PostgreSQL that ended suddenly left the number of `other`.
async fn start_after(directory: &Path, other: u32) -> Result<PrivatePostgres, StartError> {
    let (cluster, socket) = (directory.join("postgres"), directory.join("run"));
    let left = format!("{other}\n{}\n1\n5432\n{}\n", cluster.display(), socket.display());
    for file in [cluster.join("postmaster.pid"), socket.join(".s.PGSQL.5432.lock")] {
        fs::write(file, &left).expect("a file");
    }
    PrivatePostgres::start(options(directory)).await
}

#[tokio::test]
async fn a_number_that_is_another_process_now_does_not_stop_the_start() -> Tested {
    let (_directory, data, mut other) = used(Command::new("sleep").arg("60")).await?;
    let started = start_after(&data, other.id()).await;
    other.kill()?;
    other.wait()?;
    started?.stop().await;
    Ok(())
}

#[tokio::test]
async fn one_that_is_dead_and_that_nobody_has_buried_is_waited_for() -> Tested {
    let (_directory, data, mut dead) = used(&mut Command::new("true")).await?;
    let number = dead.id();
    let buried = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_secs(2));
        dead.wait()
    });
    let started = start_after(&data, number).await;
    assert!(buried.is_finished(), "its number was taken as long as it was not buried");
    started?.stop().await;
    Ok(())
}
