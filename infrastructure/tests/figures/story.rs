//! Chance commands on a few cases at two schools, by several people, over some weeks.
mod loops;
mod repair;

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use application::{
    Clock, Commands, Error, HeldRole, Order, Principal, Task,
    access::{Act, Operation},
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{
    Decide, Role, SchoolId, StudentId,
    case::{Case, *},
};
use infrastructure::{
    PgCalendars, PgCases, PgJournal,
    keys::{MasterKeys, PgKeyring},
};
use rand::{RngExt, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::Store;

const STUDENTS: u128 = 5;
const PARTNERS: [Uuid; 2] = [Uuid::from_u128(21), Uuid::from_u128(22)];
const SCHOOLS: [Uuid; 2] = [Uuid::from_u128(100), Uuid::from_u128(101)];

/// Places among the people.
const DIRECTOR: usize = 0;
const MANAGER: usize = 2;

struct Calendar(AtomicI64);

impl Clock for Calendar {
    fn now(&self) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(self.0.load(Ordering::Relaxed))
    }
}

pub struct Story<'s> {
    store: &'s Store,
    commands: Commands,
    clock: Arc<Calendar>,
    people: Vec<Arc<Principal>>,
    dice: ChaCha8Rng,
}

/// What the rules of the domain accept from JSON.
fn value<T: DeserializeOwned>(json: Value) -> anyhow::Result<T> {
    Ok(serde_json::from_value(json)?)
}

fn text() -> Value {
    json!("as it was")
}

impl<'s> Story<'s> {
    pub async fn begin(store: &'s Store, dice: ChaCha8Rng) -> anyhow::Result<Self> {
        for school in SCHOOLS {
            let school = format!("INSERT INTO schools (id, name, source) VALUES ('{school}', 'A school', 'hand')");
            store.run(&school).await?;
        }
        let pool = store.database.pool();
        let begins = "2026-02-02T15:00:00Z".parse::<DateTime<Utc>>()?;
        let clock = Arc::new(Calendar(AtomicI64::new(begins.timestamp() / 60)));
        let journal = Arc::new(PgJournal::<Case>::open(pool.clone()).await?);
        let (entries, calendars) = (PgCases::new(pool.clone()), PgCalendars::new(pool.clone()));
        let keyring = Arc::new(PgKeyring::new(pool.clone(), Arc::new(MasterKeys::generate())));
        let commands = Commands::new(journal, Arc::new(entries), Arc::new(calendars), keyring, clock.clone());
        let person = |(number, role): (u128, Role)| {
            let held = SCHOOLS.map(|school| HeldRole { role, school: Some(school.into()), partner: None });
            Arc::new(Principal::new(Uuid::from_u128(number).into(), held.into()))
        };
        let roles =
            [Role::CommunitySchoolDirector, Role::CommunitySchoolDirector, Role::MentalHealthManager, Role::Principal];
        let people = (1..).zip(roles).map(person).collect();
        let mut story = Self { store, commands, clock, people, dice };
        for student in 1..=STUDENTS {
            let open: OpenCase = value(json!({"school": SCHOOLS[0], "reason": text(), "tier": 2}))?;
            story.act(student, Operation::OpenCase, open).await?;
        }
        Ok(story)
    }

    /// Nearly everything that counts has happened: chance may leave out some of it.
    pub async fn was_eventful(&self) -> anyhow::Result<()> {
        let rows = self.store.database.pool().get().await?.query("SELECT DISTINCT type FROM events", &[]).await?;
        let happened: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
        let counts = [
            "SchoolChanged",
            "TierChanged",
            "CaseClosed",
            "CaseReopened",
            "InterventionStarted",
            "SessionLogged",
            "ContactLogged",
            "ReferralRequested",
            "ReferralPutOnHold",
            "ReferralResumed",
            "ReferralRejected",
            "ReferralCompleted",
            "ReferralForwarded",
            "FollowUpReassigned",
            "FollowUpRescheduled",
            "FollowUpCompleted",
            "NoteVisibilityChanged",
            "EntryCorrected",
            "EntryRetracted",
            "EntryMovedToStudent",
        ];
        let missing: Vec<_> = counts.iter().filter(|count| !happened.iter().any(|event| event == *count)).collect();
        anyhow::ensure!(missing.len() < 5, "{missing:?} did not happen");
        Ok(())
    }

    /// Somebody does something, or tries to.
    pub async fn go_on(&mut self) -> anyhow::Result<()> {
        self.clock.0.fetch_add(self.dice.random_range(1..240), Ordering::Relaxed);
        let student = self.dice.random_range(1..=STUDENTS);
        match self.dice.random_range(0..30) {
            0 | 1 => self.live(student).await,
            2..8 => self.write_down(student).await,
            8..12 => self.intervene(student).await,
            12..18 => self.refer(student).await,
            18..23 => self.follow_up(student).await,
            _ => self.repair(student).await,
        }
    }

    fn day(&mut self) -> NaiveDate {
        self.clock.now().date_naive() - TimeDelta::days(self.dice.random_range(1..12))
    }

    fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.dice.random_range(0..choices.len())]
    }

    fn visibility(&mut self) -> &'static str {
        self.one_of(&["team", "team", "school", "author_and_supervisor", "mental_health"])
    }

    /// An entry of that kind on the case, one that is open rather than not.
    async fn any(&mut self, student: u128, kind: &str) -> anyhow::Result<Uuid> {
        let select =
            "SELECT entry, status FROM entries WHERE student = $1 AND kind = $2 ORDER BY recorded_at DESC LIMIT 6";
        let client = self.store.database.pool().get().await?;
        let rows = client.query(select, &[&Uuid::from_u128(student), &kind]).await?;
        Ok(rows.choose(&mut self.dice).map_or(Uuid::nil(), |row| row.get(0)))
    }

    async fn live(&mut self, student: u128) -> anyhow::Result<()> {
        match self.dice.random_range(0..7) {
            0 | 1 => {
                let (school, on) = (self.one_of(&SCHOOLS), self.day());
                self.act(student, Operation::ChangeSchool, value::<ChangeSchool>(json!({"school": school, "on": on}))?)
                    .await
            }
            2 => {
                let tier = self.dice.random_range(1..=3);
                self.act(student, Operation::ChangeTier, value::<ChangeTier>(json!({"tier": tier, "reason": text()}))?)
                    .await
            }
            3 => self.act(student, Operation::CloseCase, value::<CloseCase>(json!({"reason": "goals_met"}))?).await,
            _ => self.act(student, Operation::ReopenCase, value::<ReopenCase>(json!({"reason": text()}))?).await,
        }
    }

    fn contact(&mut self) -> Value {
        let (on, visibility, minutes) = (self.day(), self.visibility(), self.dice.random_range(1..60));
        let outcome = self.one_of(&["made", "made", "no_answer"]);
        json!({"on": on, "outcome": outcome, "medium": "phone", "minutes": minutes, "visibility": visibility})
    }

    async fn write_down(&mut self, student: u128) -> anyhow::Result<()> {
        if self.dice.random_ratio(1, 3) {
            let note = json!({"text": text(), "visibility": self.visibility()});
            return self.act(student, Operation::AddNote, AddNote(value(note)?)).await;
        }
        let contact = self.contact();
        self.act(student, Operation::LogContact, LogContact(value(contact)?)).await
    }

    async fn intervene(&mut self, student: u128) -> anyhow::Result<()> {
        let intervention = self.any(student, "intervention").await?.into();
        let (on, reason) = (self.day(), value(text())?);
        match self.dice.random_range(0..12) {
            0 | 1 => {
                let (tier, visibility) = (self.dice.random_range(1..=3), self.visibility());
                let plan = json!({
                    "kind": "tutoring", "what": text(), "tier": tier, "delivery": "individual", "visibility": visibility
                });
                self.act(student, Operation::PlanIntervention, PlanIntervention(value(plan)?)).await
            }
            2 | 3 => {
                let start = value(json!({"on": on}))?;
                self.act(student, Operation::StartIntervention, StartIntervention { intervention, start }).await
            }
            4 => self.act(student, Operation::PauseIntervention, PauseIntervention { intervention, reason }).await,
            5 => self.act(student, Operation::ResumeIntervention, ResumeIntervention { intervention, reason }).await,
            6 => {
                let completion = value(json!({"on": on}))?;
                self.act(student, Operation::CompleteIntervention, CompleteIntervention { intervention, completion })
                    .await
            }
            _ => {
                let session =
                    value(json!({"held_on": on, "outcome": "held", "minutes": self.dice.random_range(5..60)}))?;
                self.act(student, Operation::LogSession, LogSession { intervention, session }).await
            }
        }
    }

    async fn act(&mut self, student: u128, operation: Operation, command: impl Decide<Case>) -> anyhow::Result<()> {
        self.carry_out(student, operation, command.into()).await
    }

    /// By somebody who may, if the rules let them.
    async fn carry_out(&mut self, student: u128, operation: Operation, task: Task) -> anyhow::Result<()> {
        let key = Uuid::from_u128(self.dice.random());
        let by = match operation.act() {
            Act::LogSupport => self.dice.random_range(0..self.people.len()),
            _ => DIRECTOR,
        };
        // In the compartment the School Mental Health Manager does what others do elsewhere.
        for person in [by, MANAGER] {
            let principal = self.people[person].clone();
            let order = Order::new(principal, StudentId::from(Uuid::from_u128(student)), operation, key);
            let order = Order { school: Some(SchoolId::from(SCHOOLS[0])), ..order };
            match self.commands.carry_out(&order, &task).await {
                Err(Error::Forbidden { .. } | Error::NotFound) => {}
                Err(error @ (Error::Unavailable(_) | Error::Conflict)) => return Err(error.into()),
                _ => break,
            }
        }
        Ok(())
    }
}
