//! A role, and the place at which it is held, as a command line says it.
use anyhow::bail;
use application::HeldRole;
use clap::Args;
use domain::Role;
use infrastructure::{PgStaff, Place};
use strum::IntoEnumIterator;
use uuid::Uuid;

const SHOWN: i64 = 10;

/// The place at which a role is held.
#[derive(Debug, Args)]
pub struct At {
    /// The school at which it is held, by name or id [default: the only one there is]
    #[arg(long, value_name = "SCHOOL")]
    school: Option<String>,
    /// The partner with which it is held, by name or id [default: the only one there is]
    #[arg(long, value_name = "PARTNER")]
    partner: Option<String>,
}

/// A role by its name.
pub fn role(text: &str) -> Result<Role, String> {
    let known = || Role::iter().map(|role| role.to_string()).collect::<Vec<_>>().join(", ");
    text.replace('-', "_").parse().map_err(|_| format!("the roles are {}", known()))
}

impl At {
    /// `role`, held where the line says.
    pub async fn held(&self, staff: &PgStaff, role: Role) -> anyhow::Result<HeldRole> {
        let (school, partner) = match role {
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
        Ok(HeldRole { role, school, partner })
    }
}

fn only(found: Vec<Place>, what: &str, named: Option<&str>) -> anyhow::Result<Uuid> {
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
