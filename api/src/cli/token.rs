//! `throughline token`
use std::{io::Write, time::Duration};

use anyhow::Context;
use api::DevIssuer;
use application::{HeldRole, Personal};
use clap::Args;
use domain::Role;
use infrastructure::{NewStaff, PgKeepSigningKey, PgStaff};

use super::{
    Common,
    role::{At, role},
    store::Store,
};

/// Record a member of staff and print a development token for them.
#[derive(Debug, Args)]
pub struct Token {
    /// The role that the person holds
    #[arg(long = "as", value_name = "ROLE", value_parser = role)]
    role: Role,
    #[command(flatten)]
    at: At,
    /// The subject of the token [default: made from role and place]
    #[arg(long, value_name = "SUBJECT")]
    subject: Option<String>,
    /// How long the token is good
    #[arg(long, env = "THROUGHLINE_TOKEN_VALID_FOR", default_value = "12h", value_parser = humantime::parse_duration)]
    valid_for: Duration,
}

impl Token {
    /// Records the person, then prints the token alone, so that it can be put to use at once.
    pub async fn run(self, common: &Common) -> anyhow::Result<()> {
        let store = Store::beside(common).await?;
        let token = self.token(&store).await;
        store.database.stop().await;
        Ok(writeln!(std::io::stdout(), "{}", token?)?)
    }

    async fn token(&self, store: &Store) -> anyhow::Result<String> {
        let staff = PgStaff::new(store.database.pool().clone());
        let role = self.at.held(&staff, self.role).await?;
        let subject = self.subject.clone().unwrap_or_else(|| usual_subject(&role));
        let words = role.role.to_string().replace('_', " ");
        let new = NewStaff {
            subject: subject.clone(),
            given_name: Personal::try_from("Development").map_err(anyhow::Error::msg)?,
            family_name: Personal::try_from(words.as_str()).map_err(anyhow::Error::msg)?,
            role,
        };
        staff.enter(&new).await.context("cannot record the member of staff")?;
        let issuer = DevIssuer::open(&PgKeepSigningKey::new(store.database.pool().clone())).await?;
        issuer.token(&subject, self.valid_for)
    }
}

fn usual_subject(held: &HeldRole) -> String {
    let school = held.school.map(|id| id.to_string());
    let place = school.or_else(|| held.partner.map(|id| id.to_string())).unwrap_or_else(|| "district".to_owned());
    format!("dev:{}:{place}", held.role)
}
