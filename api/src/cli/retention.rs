//! `throughline retention` and `throughline hold`
use std::{fmt::Write as _, io::Write as _, path::PathBuf, sync::Arc};

use anyhow::{Context, bail};
use api::Telemetry;
use application::{SystemClock, reference::district_day};
use chrono::Utc;
use clap::Args;
use domain::{StaffId, StudentId};
use infrastructure::{
    erasure::{ask, carry_out},
    retention::{Due, RetentionPolicy, due, hold, release},
};

use super::{Common, cases::commands, store::Store};

/// List the closed cases whose time is over, have their erasure asked for, and confirm it.
///
/// Without --by nothing is changed. A privacy officer asks for the erasure of all that are due with --by, and confirms what
/// was asked for with --confirm. What is under a legal hold, has an open request for amendment or an override that nobody
/// has reviewed is left.
#[derive(Debug, Args)]
pub struct Retention {
    /// The retention policy, a TOML file; New York's LGS-1, six years, if nothing is said
    #[arg(long, env = "THROUGHLINE_RETENTION_POLICY", value_name = "FILE")]
    policy: Option<PathBuf>,
    /// The privacy officer who asks or confirms, by the id of the staff record
    #[arg(long, value_name = "STAFF")]
    by: Option<StaffId>,
    /// Erase what is due and was asked for before
    #[arg(long, requires = "by")]
    confirm: bool,
}

/// Keep all that there is of a student for a court or a claim, whatever its age, or release it.
#[derive(Debug, Args)]
pub struct Hold {
    /// The student
    #[arg(value_name = "STUDENT")]
    student: StudentId,
    /// The privacy officer who says so, by the id of the staff record
    #[arg(long, value_name = "STAFF")]
    by: StaffId,
    /// Why: the matter, without a word about the student
    #[arg(long, value_name = "REASON", required_unless_present = "release")]
    reason: Option<String>,
    /// Release it
    #[arg(long, conflicts_with = "reason")]
    release: bool,
}

impl Retention {
    /// Does it, and says what came of it.
    pub async fn run(self, common: &Common) -> anyhow::Result<()> {
        let _telemetry = Telemetry::begin(common.log_format)?;
        let store = Store::beside(common).await?;
        let said = self.keep(&store).await;
        store.database.stop().await;
        Ok(std::io::stdout().write_all(said?.as_bytes())?)
    }

    async fn keep(&self, store: &Store) -> anyhow::Result<String> {
        let pool = store.database.pool();
        let policy = self.policy.as_deref().map(RetentionPolicy::read).transpose()?;
        let policy = policy.unwrap_or_else(RetentionPolicy::usual);
        let all = due(pool, &policy, district_day(Utc::now())).await?;
        let mut said = format!(
            "{}, {} ({}): {} years after closing, {} after leaving school\n",
            policy.name, policy.jurisdiction, policy.source, policy.years_after_closing, policy.years_after_leaving,
        );
        for one in &all {
            writeln!(said, "{}", line(one))?;
        }
        let free: Vec<&Due> = all.iter().filter(|one| one.kept.is_none()).collect();
        writeln!(said, "due: {}, kept all the same: {}", free.len(), all.len() - free.len())?;
        let Some(by) = self.by else { return Ok(said) };
        if !self.confirm {
            for one in free.iter().filter(|one| !one.asked) {
                ask(pool, one.student, by).await?;
            }
            writeln!(said, "Asked for. Nothing is removed yet. To erase them for good: --by {by} --confirm")?;
            return Ok(said);
        }
        let Some(ledger) = &store.ledger else {
            bail!("say where the erasure ledger is, beside the database and its backups: THROUGHLINE_ERASURE_LEDGER")
        };
        let commands = commands(pool, store.keyring().await?).await?(Arc::new(SystemClock));
        let (mut erased, mut waiting) = (0, 0);
        for one in free {
            if !one.asked {
                waiting += 1;
                continue;
            }
            carry_out(pool, &commands, ledger, one.student, by).await?;
            erased += 1;
        }
        writeln!(said, "erased: {erased}, not asked for yet: {waiting}")?;
        Ok(said)
    }
}

impl Hold {
    /// Does it, and says what came of it.
    pub async fn run(self, common: &Common) -> anyhow::Result<()> {
        let _telemetry = Telemetry::begin(common.log_format)?;
        let store = Store::beside(common).await?;
        let said = self.say(&store).await;
        store.database.stop().await;
        Ok(std::io::stdout().write_all(said?.as_bytes())?)
    }

    async fn say(&self, store: &Store) -> anyhow::Result<String> {
        let (pool, student) = (store.database.pool(), self.student);
        if self.release {
            let held = release(pool, student, self.by).await?;
            return Ok(format!("{student} {}\n", if held { "is released" } else { "was not held" }));
        }
        let reason = self.reason.as_deref().context("say why with --reason")?;
        hold(pool, student, self.by, reason).await?;
        Ok(format!("{student} is held: nothing of it is erased until it is released.\n"))
    }
}

fn line(due: &Due) -> String {
    let left = due.left_on.map(|day| format!(", left {day}")).unwrap_or_default();
    let kept = due.kept.map(|kept| format!(", kept: {kept}")).unwrap_or_default();
    let asked = if due.asked { ", asked for" } else { "" };
    format!("{}  closed {}{left}{kept}{asked}", due.student, due.closed_on)
}
