//! `throughline key`
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use application::sealing::KeyService;
use clap::{Args, Subcommand};
use infrastructure::{
    Pool,
    keys::{MasterKeys, check, rotate, under_masters},
};

use super::{
    Common,
    store::{Master, Store},
};

/// Make, keep and change the master key, under which the keys of all students are wrapped.
///
/// Without it nothing that was said opens again: keep a copy where the database's backups are not.
#[derive(Debug, Args)]
pub struct Key {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Write a new master key to the file that --master-key-file names, or make one in the security module
    Create,
    /// Copy the master key to another file
    Backup {
        /// The file, which must not exist yet
        #[arg(value_name = "FILE")]
        to: PathBuf,
    },
    /// Say whether the master key is the one of the store, and opens the keys of all its students
    Check,
    /// Put a new master key before the present one; then restart the servers, then run `key rotate`
    Renew,
    /// Wrap the keys of all students under the first master key. The log is not touched
    Rotate,
}

impl Key {
    /// Does it, and says what came of it.
    pub async fn run(self, common: &Common) -> anyhow::Result<()> {
        let said = match self.what {
            What::Create => create(common),
            What::Backup { to } => backup(common, &to),
            What::Renew => renew(common),
            What::Check | What::Rotate => {
                let store = Store::beside(common).await?;
                let keys = Master::of(common).service();
                let said = async {
                    let (pool, keys) = (store.database.pool(), keys?);
                    check(pool, &*keys).await?;
                    if let What::Rotate = self.what {
                        wrap_anew(pool, &*keys).await
                    } else {
                        say_check(pool, &*keys).await
                    }
                };
                let said = said.await;
                store.database.stop().await;
                said
            }
        };
        Ok(std::io::stdout().write_all(said?.as_bytes())?)
    }
}

fn create(common: &Common) -> anyhow::Result<String> {
    if let Some(token) = Master::of(common).token()? {
        return Ok(format!("master key {} is in the security module\n", token.create()?));
    }
    let Some(file) = &common.master_key_file else { bail!("say with --master-key-file where it is to be written") };
    let keys = MasterKeys::generate();
    keys.create(file).with_context(|| file.display().to_string())?;
    Ok(format!("master key {} is in {}\n", keys.current(), file.display()))
}

fn backup(common: &Common, to: &Path) -> anyhow::Result<String> {
    let keys = Master::of(common).keys()?;
    keys.create(to).with_context(|| to.display().to_string())?;
    Ok(format!("master key {} is in {}, too\n", keys.current(), to.display()))
}

/// Written beside it and put in its place at once, so that there is always a whole file.
fn renew(common: &Common) -> anyhow::Result<String> {
    let (Master::File(file) | Master::Own(file)) = Master::of(common) else {
        bail!(
            "the master key is named in a setting: put a new one before it there (the key itself with a space between \
             them, the label of one that `throughline key create` has made in the security module with a comma)"
        );
    };
    let keys = MasterKeys::read(&file).with_context(|| file.display().to_string())?.succeeded();
    let beside = file.with_extension("new");
    keys.create(&beside).with_context(|| beside.display().to_string())?;
    fs::rename(&beside, &file).with_context(|| file.display().to_string())?;
    Ok(format!(
        "master key {} stands before the others in {}: restart the servers, then run `throughline key rotate`\n",
        keys.current(),
        file.display()
    ))
}

async fn wrap_anew(pool: &Pool, keys: &dyn KeyService) -> anyhow::Result<String> {
    let wrapped = rotate(pool, keys).await?;
    Ok(format!(
        "the keys of {wrapped} students are wrapped under {} now; the keys behind it open older backups only\n",
        keys.current()
    ))
}

async fn say_check(pool: &Pool, keys: &dyn KeyService) -> anyhow::Result<String> {
    let (mut said, mut closed) = (format!("the master key of this store is {}\n", keys.current()), 0);
    for under in under_masters(pool, keys).await? {
        said += &format!("wrapped under {}: {} students\n", under.master, under.students);
        closed += under.closed;
    }
    if closed > 0 {
        bail!("the keys of {closed} students do not open with it");
    }
    Ok(said + "All of them open.\n")
}
