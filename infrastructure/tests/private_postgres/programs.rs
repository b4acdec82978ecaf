//! PostgreSQL's programs from an archive.
use std::process::Command;

use super::*;

#[tokio::test]
async fn programs_come_from_a_local_archive() -> Tested {
    let directory = directory()?;
    let archive = directory.path().join("postgresql.tar.gz");
    pack(&archive)?;
    let data = directory.path().join("data");
    let told = Options { archive: Some(archive.display().to_string()), ..options(&data) };
    for _ in 0..2 {
        let postgres = PrivatePostgres::start(told.clone()).await?;
        let program = fs::read_link(format!("/proc/{}/exe", pid(&postgres)?));
        assert!(program.map_or(true, |path| path.starts_with(directory.path())), "the unpacked one runs");
        client(&postgres).await?.query_one("SELECT 1", &[]).await?;
        postgres.stop().await;
    }
    Ok(())
}

#[tokio::test]
async fn an_archive_of_something_else_is_refused() -> Tested {
    let directory = directory()?;
    let archive = directory.path().join("broken.tar.gz");
    fs::write(&archive, "no archive")?;
    let told = Options { archive: Some(archive.display().to_string()), ..options(directory.path()) };
    let refused = refusal(told).await?;
    assert!(matches!(refused, StartError::Archive { .. }), "{refused}");
    Ok(())
}

/// An archive of the installed PostgreSQL, wrapped in one directory as the published ones are.
fn pack(archive: &Path) -> Tested {
    let config = |what| -> anyhow::Result<PathBuf> {
        let answer = Command::new(installed().join("pg_config")).arg(what).output()?;
        Ok(String::from_utf8(answer.stdout)?.trim().into())
    };
    let compressed = flate2::write::GzEncoder::new(fs::File::create(archive)?, flate2::Compression::fast());
    let mut tar = tar::Builder::new(compressed);
    for name in ["postgres", "initdb"] {
        tar.append_path_with_name(installed().join(name), Path::new("wrapped/bin").join(name))?;
    }
    for file in fs::read_dir(config("--pkglibdir")?)?.flatten().filter(|file| file.path().is_file()) {
        tar.append_path_with_name(file.path(), Path::new("wrapped/lib").join(file.file_name()))?;
    }
    tar.append_dir_all("wrapped/share", config("--sharedir")?)?;
    tar.into_inner()?.finish()?;
    Ok(())
}
