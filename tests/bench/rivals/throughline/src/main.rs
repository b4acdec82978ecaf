//! Throughline's own store without HTTP: access, decision, hash chain, event, decision state and all views.
use std::sync::Arc;

use application::{
    Commands, HeldRole, Order, Principal, SystemClock,
    access::Operation,
    reference::{KeepReference, SchoolToKeep},
};
use domain::{
    Role, SchoolId,
    case::{Case, Contact, LogContact, OpenCase},
};
use infrastructure::{
    Database, Limits, PgCalendars, PgCases, PgJournal, PgReference, Source,
    keys::{MasterKeys, PgKeyring},
    migrate,
};
use load::rival::Rival;
use serde_json::{Value, json};
use uuid::Uuid;

const SCHOOL: Uuid = Uuid::from_u64_pair(1, 1);
const DIRECTOR: Uuid = Uuid::from_u64_pair(1, 2);

#[derive(Clone)]
struct Throughline {
    commands: Commands,
    director: Arc<Principal>,
}

impl Throughline {
    fn order(&self, student: u64, operation: Operation, school: Option<SchoolId>, body: &Value) -> Order {
        let student = Uuid::from_u64_pair(0, student);
        let canonical = format!("{operation} {student} {body}").into_bytes();
        Order { canonical, school, ..Order::new(self.director.clone(), student.into(), operation, Uuid::new_v4()) }
    }
}

impl Rival for Throughline {
    async fn open(url: &str) -> anyhow::Result<Self> {
        let database = Database::open(Source::Url(url.to_owned()), &Limits::default()).await?;
        let pool = database.pool().clone();
        migrate(&pool).await?;
        let school: SchoolToKeep = serde_json::from_value(json!({"name": "School", "time_zone": "America/New_York"}))?;
        PgReference::new(pool.clone()).put_school(SCHOOL.into(), &school).await?;
        let journal = Arc::new(PgJournal::<Case>::open(pool.clone()).await?);
        let keyring = Arc::new(PgKeyring::new(pool.clone(), Arc::new(MasterKeys::generate())));
        let (cases, calendars) = (Arc::new(PgCases::new(pool.clone())), Arc::new(PgCalendars::new(pool)));
        let held = HeldRole { role: Role::CommunitySchoolDirector, school: Some(SCHOOL.into()), partner: None };
        let director = Arc::new(Principal::new(DIRECTOR.into(), vec![held]));
        Ok(Self { commands: Commands::new(journal, cases, calendars, keyring, Arc::new(SystemClock)), director })
    }

    async fn begin(&self, student: u64, contacts: &[Value]) -> anyhow::Result<()> {
        let body = json!({"school": SCHOOL, "reason": "Absent 14 of 60 days", "tier": 2});
        let open: OpenCase = serde_json::from_value(body.clone())?;
        let order = self.order(student, Operation::OpenCase, Some(SCHOOL.into()), &body);
        self.commands.execute(&order, open).await?;
        for contact in &contacts[1..] {
            self.append(student, contact).await?;
        }
        Ok(())
    }

    async fn append(&self, student: u64, contact: &Value) -> anyhow::Result<()> {
        let told: Contact = serde_json::from_value(contact.clone())?;
        let order = self.order(student, Operation::LogContact, None, contact);
        self.commands.execute(&order, LogContact(told)).await?;
        Ok(())
    }
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    load::rival::main::<Throughline>().await
}
