//! What is stored with every event beside its own fields: who, as what, why, when, by which command.
use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use domain::{Role, SchoolCalendar, StaffId, policy::PolicyVersion};
use uuid::Uuid;

use crate::{Error, access::Basis};

/// The circumstances of a command, as they go through cqrs-es with its events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Metadata {
    /// The command, named by the client's key.
    pub command: Uuid,
    /// Who acted.
    pub by: StaffId,
    /// In which role.
    pub role: Role,
    /// On which ground.
    pub basis: String,
    /// For whom, where the actor was a service.
    pub on_behalf_of: Option<StaffId>,
    /// When the command was decided.
    pub recorded_at: DateTime<Utc>,
    /// The time zone of the student's school, in which days are meant.
    pub zone: Tz,
}

impl Metadata {
    /// The circumstances of a command of `by`, on `basis`.
    pub fn new(command: Uuid, by: StaffId, basis: Basis, at: DateTime<Utc>, zone: Tz) -> Self {
        Self { command, by, role: basis.role, basis: basis.to_string(), on_behalf_of: None, recorded_at: at, zone }
    }

    /// The same, done by the server itself because that policy says so.
    #[must_use]
    pub fn under(self, policy: Option<&PolicyVersion>) -> Self {
        match policy {
            Some(policy) => Self { basis: format!("{}(policy {policy})", self.basis), ..self },
            None => self,
        }
    }

    /// When something happened: at the start of the day that is told, or when it was recorded.
    pub fn occurred_at(&self, on: Option<NaiveDate>) -> DateTime<Utc> {
        let calendar = SchoolCalendar::new(self.zone, []);
        let told = on.filter(|&day| day != calendar.today(self.recorded_at));
        told.map_or(self.recorded_at, |day| calendar.start_of(day))
    }
}

impl From<&Metadata> for HashMap<String, String> {
    fn from(metadata: &Metadata) -> Self {
        let mut map = Self::from([
            ("command".to_owned(), metadata.command.to_string()),
            ("by".to_owned(), metadata.by.to_string()),
            ("role".to_owned(), metadata.role.to_string()),
            ("basis".to_owned(), metadata.basis.clone()),
            ("recorded_at".to_owned(), metadata.recorded_at.to_rfc3339()),
            ("zone".to_owned(), metadata.zone.to_string()),
        ]);
        map.extend(metadata.on_behalf_of.map(|staff| ("on_behalf_of".to_owned(), staff.to_string())));
        map
    }
}

impl TryFrom<&HashMap<String, String>> for Metadata {
    type Error = Error;

    fn try_from(map: &HashMap<String, String>) -> Result<Self, Error> {
        fn read<T: std::str::FromStr>(map: &HashMap<String, String>, name: &'static str) -> Result<T, Error> {
            let read = map.get(name).and_then(|value| value.parse().ok());
            read.ok_or_else(|| Error::unavailable(format!("an event's {name} cannot be read")))
        }
        Ok(Self {
            command: read(map, "command")?,
            by: read(map, "by")?,
            role: read(map, "role")?,
            basis: read(map, "basis")?,
            on_behalf_of: map.contains_key("on_behalf_of").then(|| read(map, "on_behalf_of")).transpose()?,
            recorded_at: read(map, "recorded_at")?,
            zone: read(map, "zone")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Ground;

    #[test]
    fn it_comes_back_as_it_went() {
        let basis = Basis::of(Ground::MentorOf, Role::SuccessMentor);
        let at = "2026-03-02T14:00:00.123456Z".parse().expect("a time");
        let metadata = Metadata::new(Uuid::from_u128(7), Uuid::from_u128(1).into(), basis, at, Tz::America__New_York);
        let metadata = Metadata { on_behalf_of: Some(Uuid::from_u128(2).into()), ..metadata };
        assert_eq!(Metadata::try_from(&HashMap::from(&metadata)).expect("metadata"), metadata);
    }
}
