//! What stands in the way is named.
use super::*;

#[tokio::test]
async fn an_older_data_directory_is_refused_with_both_versions() -> Tested {
    let directory = directory()?;
    fs::create_dir(directory.path().join("postgres"))?;
    fs::write(directory.path().join("postgres/PG_VERSION"), "9\n")?;
    let words = refusal(options(directory.path())).await?.to_string();
    assert!(words.contains("written by PostgreSQL 9, but only version "), "{words}");
    assert!(words.contains("install version 9 with `"), "{words}");
    Ok(())
}

#[tokio::test]
async fn a_directory_of_something_else_is_left_alone() -> Tested {
    let directory = directory()?;
    fs::create_dir(directory.path().join("postgres"))?;
    fs::write(directory.path().join("postgres/diary"), "")?;
    assert!(matches!(refusal(options(directory.path())).await?, StartError::NotADataDirectory(_)));
    Ok(())
}

#[tokio::test]
async fn a_directory_closed_to_postgres_is_named() -> Tested {
    if !rustix::process::geteuid().is_root() {
        return Ok(());
    }
    let closed = tempfile::Builder::new().permissions(fs::Permissions::from_mode(0o700)).tempdir()?;
    let refused = refusal(options(&closed.path().join("data"))).await?;
    assert!(matches!(&refused, StartError::NotReachable { directory, .. } if directory == closed.path()), "{refused}");
    Ok(())
}

#[tokio::test]
async fn a_full_disk_is_called_that() -> Tested {
    let directory = directory()?;
    let programs = directory.path().join("bin");
    fs::create_dir(&programs)?;
    script(&programs.join("postgres"), "echo 'postgres (PostgreSQL) 17.1'")?;
    script(&programs.join("initdb"), "echo 'could not write to file: No space left on device' >&2; exit 1")?;
    let told = Options { binaries: Some(programs.clone()), ..options(directory.path()) };
    let refused = refusal(told.clone()).await?;
    assert!(matches!(refused, StartError::DiskFull(_)), "{refused}");

    let full = "[ \"$1\" = --version ] && exec echo 'postgres (PostgreSQL) 17.1'
        echo 'PANIC:  could not write to file: No space left on device' >&2; exit 1";
    script(&programs.join("postgres"), full)?;
    script(&programs.join("initdb"), "exit 0")?;
    let refused = refusal(told).await?;
    assert!(matches!(refused, StartError::DiskFull(_)), "{refused}");
    Ok(())
}

fn script(path: &Path, text: &str) -> Tested {
    fs::write(path, format!("#!/bin/sh\n{text}\n"))?;
    Ok(fs::set_permissions(path, fs::Permissions::from_mode(0o755))?)
}
