//! `throughline token`
use std::{io::Write, time::Duration};

use anyhow::{Context, bail};
use api::DevIssuer;
use application::HeldRole;
use clap::Args;
use domain::{Role, Text};
use infrastructure::{NewStaff, PgKeepSigningKey, PgStaff, Place};
use strum::IntoEnumIterator;

use super::{Common, store::Store};

const SHOWN: i64 = 10;

/// Record a member of staff and print a development token for them.
#[derive(Debug, Args)]
pub struct Token {
    /// The role that the person holds
    #[arg(long = "as", value_name = "ROLE", value_parser = role)]
    role: Role,
    /// The school at which it is held, by name or id [default: the only one there is]
    #[arg(long, value_name = "SCHOOL")]
    school: Option<String>,
    /// The partner with which it is held, by name or id [default: the only one there is]
    #[arg(long, value_name = "PARTNER")]
    partner: Option<String>,
    /// The subject of the token [default: made from role and place]
    #[arg(long, value_name = "SUBJECT")]
    subject: Option<String>,
    /// How long the token is good
    #[arg(long, env = "THROUGHLINE_TOKEN_VALID_FOR", default_value = "12h", value_parser = humantime::parse_duration)]
    valid_for: Duration,
}

fn role(text: &str) -> Result<Role, String> {
    let known = || Role::iter().map(|role| role.to_string()).collect::<Vec<_>>().join(", ");
    text.replace('-', "_").parse().map_err(|_| format!("the roles are {}", known()))
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
        let role = self.held(&staff).await?;
        let subject = self.subject.clone().unwrap_or_else(|| usual_subject(&role));
        let words = role.role.to_string().replace('_', " ");
        let new = NewStaff {
            subject: subject.clone(),
            given_name: Text::try_from("Development").map_err(anyhow::Error::msg)?,
            family_name: Text::try_from(words.as_str()).map_err(anyhow::Error::msg)?,
            role,
        };
        staff.enter(&new).await.context("cannot record the member of staff")?;
        let issuer = DevIssuer::open(&PgKeepSigningKey::new(store.database.pool().clone())).await?;
        issuer.token(&subject, self.valid_for)
    }

    async fn held(&self, staff: &PgStaff) -> anyhow::Result<HeldRole> {
        let (school, partner) = match self.role {
            Role::SuccessMentor
            | Role::CommunitySchoolDirector
            | Role::Principal
            | Role::SchoolStaff
            | Role::MentalHealthManager => {
                let found = staff.schools(self.school.as_deref(), SHOWN).await?;
                (Some(only(found, "school", self.school.as_deref())?.into()), None)
            }
            Role::PartnerStaff => {
                let found = staff.partners(self.partner.as_deref(), SHOWN).await?;
                (None, Some(only(found, "partner", self.partner.as_deref())?.into()))
            }
            Role::ProgramManager | Role::PrivacyOfficer | Role::Service => (None, None),
        };
        Ok(HeldRole { role: self.role, school, partner })
    }
}

fn only(found: Vec<Place>, what: &str, named: Option<&str>) -> anyhow::Result<uuid::Uuid> {
    match (found.as_slice(), named) {
        ([one], _) => Ok(one.id),
        ([], Some(named)) => bail!("there is no {what} called {named}"),
        ([], None) => bail!("there is no {what} yet; import a district's files or serve --demo first"),
        (several, _) => {
            let names: Vec<_> = several.iter().map(|place| format!("  {}  {}", place.id, place.name)).collect();
            bail!("say which with --{what}, by name or id, for instance:\n{}", names.join("\n"))
        }
    }
}

fn usual_subject(held: &HeldRole) -> String {
    let school = held.school.map(|id| id.to_string());
    let place = school.or_else(|| held.partner.map(|id| id.to_string())).unwrap_or_else(|| "district".to_owned());
    format!("dev:{}:{place}", held.role)
}
