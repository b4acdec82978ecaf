//! The writers of commands, as writers among others: two instances of the service that want the same cases.
use std::{cell::Cell, sync::Arc, time::Duration};

use anyhow::bail;
use application::{Commands, Error, HeldRole, Order, Principal, SystemClock, access::Operation};
use domain::{
    Decide, Role, StudentId, Visibility,
    case::{AddNote, Case, Note, OpenCase, Tier},
};
use futures::future::try_join_all;
use infrastructure::{
    Bell, PgCalendars, PgCases, PgJournal,
    keys::{MasterKeys, PgKeyring},
};
use tokio::{select, time::sleep};
use uuid::Uuid;

use crate::{support::Store, writers::connect};

const SCHOOL: Uuid = Uuid::from_u128(100);
const STUDENTS: usize = 6;
const NOTES: usize = 25;

/// An instance of the service.
struct Instance {
    commands: Commands,
    principal: Arc<Principal>,
}

impl Instance {
    async fn on(store: &Store, bell: &Bell) -> anyhow::Result<Self> {
        let pool = store.database.pool();
        let journal = PgJournal::<Case>::open(pool.clone()).await?.ringing(bell.clone());
        let (entries, calendars) = (PgCases::new(pool.clone()), PgCalendars::new(pool.clone()));
        let master: MasterKeys = "QSBtYXN0ZXIga2V5IGZvciB0ZXN0cyBhbmQgbm8gb3Q=".parse()?;
        let keyring = Arc::new(PgKeyring::new(pool.clone(), Arc::new(master)));
        let (entries, calendars) = (Arc::new(entries), Arc::new(calendars));
        let commands = Commands::new(Arc::new(journal), entries, calendars, keyring, Arc::new(SystemClock));
        let held = HeldRole { role: Role::CommunitySchoolDirector, school: Some(SCHOOL.into()), partner: None };
        let principal = Principal::new(Uuid::from_u128(1).into(), vec![held]);
        Ok(Self { commands, principal: Arc::new(principal) })
    }

    /// Carries out a command, and asks again under the same key while it gets no answer.
    async fn insist(
        &self,
        operation: Operation,
        student: StudentId,
        command: impl Decide<Case> + Clone,
    ) -> anyhow::Result<()> {
        let order = Order::new(self.principal.clone(), student, operation, Uuid::now_v7());
        let order = Order { school: Some(SCHOOL.into()), ..order };
        for _ in 0..100 {
            match self.commands.execute(&order, command.clone()).await {
                Ok(_) => return Ok(()),
                Err(Error::Conflict | Error::Busy | Error::Unavailable(_)) => sleep(Duration::from_millis(20)).await,
                Err(error) => return Err(error.into()),
            }
        }
        bail!("no answer for too long")
    }

    async fn write(&self, student: StudentId) -> anyhow::Result<()> {
        for _ in 0..NOTES {
            let note = Note { text: "Came in time".try_into().expect("a text"), visibility: Visibility::Team };
            self.insist(Operation::AddNote, student, AddNote(note)).await?;
        }
        Ok(())
    }
}

/// Writes on cases through two instances at once, while their connections are killed. Returns how many events were
/// acknowledged.
pub async fn write(store: &Store, bell: &Bell) -> anyhow::Result<i64> {
    store.run(&format!("INSERT INTO schools (id, name, source) VALUES ('{SCHOOL}', 'Wren', 'hand')")).await?;
    let instances = [Instance::on(store, bell).await?, Instance::on(store, bell).await?];
    let students: Vec<StudentId> = (0..STUDENTS).map(|_| Uuid::new_v4().into()).collect();
    for student in &students {
        let open =
            OpenCase { school: SCHOOL.into(), reason: "Absent".try_into().expect("a text"), tier: Tier::default() };
        instances[0].insist(Operation::OpenCase, *student, open).await?;
    }
    let wanted = instances.iter().flat_map(|instance| students.iter().map(|student| instance.write(*student)));
    let killer = connect(store).await?;
    let killed = Cell::new(0);
    let kill = async {
        loop {
            sleep(Duration::from_millis(15)).await;
            let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                       WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%claimed%'";
            match killer.execute(end, &[]).await {
                Ok(some) => killed.set(killed.get() + some),
                Err(broken) => break Err(broken),
            }
        }
    };
    select! {
        written = try_join_all(wanted) => { written?; }
        Err::<(), tokio_postgres::Error>(broken) = kill => return Err(broken.into()),
    }
    println!("{} connections killed", killed.get());
    Ok((STUDENTS + instances.len() * STUDENTS * NOTES) as i64)
}
