//! `throughline staff`
use std::io::Write;

use anyhow::bail;
use application::Personal;
use clap::{Args, Subcommand};
use domain::{Role, StaffId};
use infrastructure::{Named, NewStaff, PgStaff};

use super::{
    Common,
    role::{At, role},
    store::Store,
};

/// Enter people on the staff, and with what they sign in: for whoever has the server's machine.
#[derive(Debug, Args)]
pub struct Staff {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Enter somebody new who holds a role from today on, such as the first privacy officer
    Add(Add),
    /// Say with which subject somebody signs in who is on the staff
    Bind(Bind),
}

#[derive(Debug, Args)]
struct Add {
    /// The given name
    #[arg(long, value_name = "NAME", value_parser = text)]
    given_name: Personal,
    /// The family name
    #[arg(long, value_name = "NAME", value_parser = text)]
    family_name: Personal,
    /// The subject by which the identity provider knows the person
    #[arg(long, value_name = "SUBJECT", value_parser = text)]
    subject: Personal,
    /// The role that the person holds
    #[arg(long, value_name = "ROLE", value_parser = role)]
    role: Role,
    #[command(flatten)]
    at: At,
    /// One more privacy officer, where there is one
    #[arg(long)]
    another: bool,
}

#[derive(Debug, Args)]
struct Bind {
    /// Who, by the id of the staff record or the e-mail address at work
    #[arg(long, value_name = "ID", value_parser = named)]
    staff: Named,
    /// The subject by which the identity provider knows the person
    #[arg(long, value_name = "SUBJECT", value_parser = text)]
    subject: Personal,
    /// Replace the subject with which the person signs in now
    #[arg(long)]
    instead: bool,
}

impl Staff {
    /// Does it, then prints the id of the staff record.
    pub async fn run(self, common: &Common) -> anyhow::Result<()> {
        let store = Store::beside(common).await?;
        let staff = PgStaff::new(store.database.pool().clone());
        let done = match self.what {
            What::Add(add) => add.run(&staff).await,
            What::Bind(bind) => {
                let bound = staff.bind(&bind.staff, bind.subject.reveal(), bind.instead).await;
                bound.map_err(anyhow::Error::from)
            }
        };
        store.database.stop().await;
        Ok(writeln!(std::io::stdout(), "{}", done?)?)
    }
}

impl Add {
    async fn run(self, staff: &PgStaff) -> anyhow::Result<StaffId> {
        if self.another && self.role != Role::PrivacyOfficer {
            bail!("--another is for privacy officers");
        }
        let role = self.at.held(staff, self.role).await?;
        let Self { given_name, family_name, subject, .. } = self;
        let new = NewStaff { subject: subject.reveal().to_owned(), given_name, family_name, role };
        Ok(staff.appoint(&new, self.another).await?)
    }
}

fn text(text: &str) -> Result<Personal, String> {
    text.try_into().map_err(|why: &str| why.to_owned())
}

fn named(text: &str) -> Result<Named, String> {
    match text.parse::<StaffId>() {
        Ok(id) => Ok(Named::Id(id)),
        Err(_) if text.contains('@') => Ok(Named::EMail(text.to_owned())),
        Err(_) => Err("neither an id nor an e-mail address".to_owned()),
    }
}
