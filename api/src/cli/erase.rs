//! `throughline erase`
use std::{io::Write, sync::Arc};

use anyhow::{Context, bail};
use api::Telemetry;
use application::{SystemClock, sealing::Keyring};
use clap::Args;
use domain::{StaffId, StudentId};
use infrastructure::{
    Pool,
    erasure::{Ledger, again, ask, carry_out, scrub},
};

use super::{Common, cases::commands, store::Store};

/// Erase a student for good: names and numbers are removed, what was said can be read by nobody any more.
///
/// A privacy officer asks first and confirms then, naming the student again. The log stays as it is, and still verifies.
#[derive(Debug, Args)]
pub struct Erase {
    /// The student
    #[arg(value_name = "STUDENT", required_unless_present_any = ["again", "scrub"])]
    student: Option<StudentId>,
    /// The privacy officer who asks or confirms, by the id of the staff record
    #[arg(long, value_name = "STAFF", requires = "student")]
    by: Option<StaffId>,
    /// Confirm what was asked for: the student once more
    #[arg(long, value_name = "STUDENT", requires = "by")]
    confirm: Option<StudentId>,
    /// Erase again whoever the ledger names, after a backup came back
    #[arg(long, conflicts_with = "student")]
    again: bool,
    /// Write the tables anew, so that what was removed leaves the files, too
    #[arg(long, conflicts_with_all = ["student", "again"])]
    scrub: bool,
}

impl Erase {
    /// Does it, and says what came of it.
    pub async fn run(self, common: &Common) -> anyhow::Result<()> {
        let _telemetry = Telemetry::begin(common.log_format)?;
        let store = Store::beside(common).await?;
        let said = self.erase(&store).await;
        store.database.stop().await;
        Ok(std::io::stdout().write_all(said?.as_bytes())?)
    }

    async fn erase(&self, store: &Store) -> anyhow::Result<String> {
        let pool = store.database.pool();
        if self.scrub {
            scrub(pool).await?;
            return Ok("What was removed has left the tables and the write-ahead log.\n".to_owned());
        }
        let Some(ledger) = &store.ledger else {
            bail!("say where the erasure ledger is, beside the database and its backups: THROUGHLINE_ERASURE_LEDGER")
        };
        let Some(student) = self.student else {
            let erased = erased_again(pool, store.keyring().await?, ledger).await?;
            return Ok(format!("erased again: {erased} students\n"));
        };
        let by = self.by.context("say with --by which privacy officer asks or confirms")?;
        match self.confirm {
            None => {
                let since = ask(pool, student, by).await?;
                Ok(format!(
                    "Asked for since {}. Nothing is removed yet. To erase the student for good:\n\
                     throughline erase {student} --by {by} --confirm {student}\n",
                    since.format("%Y-%m-%d %H:%M UTC"),
                ))
            }
            Some(again) if again != student => bail!("--confirm names another student"),
            Some(_) => {
                let commands = commands(pool, store.keyring().await?).await?(Arc::new(SystemClock));
                carry_out(pool, &commands, ledger, student, by).await?;
                Ok(format!(
                    "{student} is erased. `throughline erase --scrub` in a quiet hour has it leave the files, too; backups \
                     from before still hold it.\n"
                ))
            }
        }
    }
}

/// Erases again whom the ledger names and the store has again.
async fn erased_again(pool: &Pool, keyring: Arc<dyn Keyring>, ledger: &Ledger) -> anyhow::Result<usize> {
    let commands = commands(pool, keyring).await?(Arc::new(SystemClock));
    Ok(again(pool, &commands, ledger).await?)
}

/// The same at the start of a server, before it listens: it may have been started on a backup.
pub async fn if_restored(store: &Store, keyring: Arc<dyn Keyring>) -> anyhow::Result<()> {
    let Some(ledger) = &store.ledger else { return Ok(()) };
    if ledger.entries()?.is_empty() {
        return Ok(());
    }
    let erased = erased_again(store.database.pool(), keyring, ledger).await?;
    if erased > 0 {
        tracing::warn!(students = erased, "erased again whom a backup had brought back");
    }
    Ok(())
}
