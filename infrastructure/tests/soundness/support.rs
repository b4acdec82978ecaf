//! A store in which a made-up year has been told, and people go on writing.
use std::sync::Arc;

use application::{
    Clock, Commands, Error, HeldRole, Order, Principal, Receipt, SystemClock,
    access::Operation,
    demo::{Demo, Seed},
};
use domain::{
    Role, StudentId, Visibility,
    case::{AddNote, Case, CloseCase, CloseReason, Note, OpenCase, ReopenCase, Tier},
};
use infrastructure::{
    Database, FiguresFeed, Limits, OutboxFeed, PgAgreements, PgCalendars, PgCases, PgDemo, PgJournal, PgReference,
    Pool, ServedFeed, Source,
    keys::{MasterKeys, PgKeyring},
    private_postgres::ephemeral::{EphemeralPostgres, FreshDatabase},
    readers::{Feed, generation, step},
    verify::{Asked, Checked},
};
use uuid::Uuid;

use crate::findings::findings;

pub const SCHOOL: Uuid = Uuid::from_u128(100);

pub struct Store {
    pub database: Database,
    _fresh: FreshDatabase,
    pub postgres: EphemeralPostgres,
}

/// Opens the database at `url`.
pub async fn open(url: &str) -> Database {
    Database::open(Source::Url(url.to_owned()), &Limits::default()).await.expect("a pool")
}

impl Store {
    /// An empty store with a school.
    pub async fn with_a_school() -> Self {
        let postgres = EphemeralPostgres::start().await.expect("a PostgreSQL");
        let fresh = postgres.fresh_database().await.expect("a database");
        let url = fresh.url().to_owned();
        let store = Self { database: open(&url).await, _fresh: fresh, postgres };
        store.say(&format!("INSERT INTO schools (id, name, source) VALUES ('{SCHOOL}', 'Wren', 'hand')")).await;
        store
    }

    /// A store in which the stories of so many students have been told.
    pub async fn told(stories: usize) -> Self {
        let store = Self::with_a_school().await;
        let mut demo = Demo::before("2026-03-02".parse().expect("a day"));
        demo.stories.truncate(stories);
        demo.finale.truncate(stories);
        let pool = store.pool().clone();
        let journal = Arc::new(PgJournal::<Case>::open(pool.clone()).await.expect("a log"));
        let seed = Seed {
            reference: Arc::new(PgReference::new(pool.clone())),
            agreements: Arc::new(PgAgreements::new(pool.clone())),
            demo: Arc::new(PgDemo::new(pool.clone())),
            commands: Arc::new(move |clock| commands(&pool, journal.clone(), clock)),
            progress: Arc::new(|_, _| ()),
        };
        seed.fill(demo).await.expect("a year");
        store
    }

    pub fn pool(&self) -> &Pool {
        self.database.pool()
    }

    pub async fn say(&self, sql: &str) {
        self.pool().get().await.expect("a connection").batch_execute(sql).await.expect(sql);
    }

    /// What only a superuser can do who switches the triggers off.
    pub async fn tamper(&self, sql: &str) {
        self.say(&format!("SET session_replication_role = replica; {sql}; RESET session_replication_role")).await;
    }

    pub async fn ask<T: for<'a> tokio_postgres::types::FromSql<'a>>(&self, sql: &str) -> T {
        self.pool().get().await.expect("a connection").query_one(sql, &[]).await.expect(sql).get(0)
    }

    /// Lets the readers come to the end of the log.
    pub async fn catch_up(&self) {
        for feed in [&FiguresFeed as &dyn Feed, &OutboxFeed, &ServedFeed] {
            let generation = generation(self.pool(), feed).await.expect("an answer").expect("a reader");
            while step(self.pool(), feed, generation).await.expect("a step").is_some_and(|stepped| stepped.more) {}
        }
    }

    /// What a check says.
    pub async fn findings(&self) -> Vec<String> {
        findings(self.pool(), &Asked::default()).await.expect("an answer").1
    }

    /// Everything is as it should be.
    pub async fn is_sound(&self) -> Checked {
        let (checked, findings) = findings(self.pool(), &Asked::default()).await.expect("an answer");
        assert_eq!(findings, Vec::<String>::new());
        checked
    }

    /// An instance of the service.
    pub async fn instance(&self) -> Instance {
        Instance::on(self.pool()).await
    }
}

fn commands(pool: &Pool, journal: Arc<PgJournal<Case>>, clock: Arc<dyn Clock>) -> Commands {
    let (entries, calendars) = (PgCases::new(pool.clone()), PgCalendars::new(pool.clone()));
    Commands::new(journal, Arc::new(entries), Arc::new(calendars), keyring(pool), clock)
}

/// The keys of the students behind `pool`, under the same master key each time.
fn keyring(pool: &Pool) -> Arc<PgKeyring> {
    let master: MasterKeys = "QSBtYXN0ZXIga2V5IGZvciB0ZXN0cyBhbmQgbm8gb3Q=".parse().expect("a key");
    Arc::new(PgKeyring::new(pool.clone(), Arc::new(master)))
}

#[derive(Clone)]
pub struct Instance {
    commands: Commands,
    principal: Arc<Principal>,
}

impl Instance {
    pub async fn on(pool: &Pool) -> Self {
        let journal = Arc::new(PgJournal::<Case>::open(pool.clone()).await.expect("a log"));
        let held = HeldRole { role: Role::CommunitySchoolDirector, school: Some(SCHOOL.into()), partner: None };
        let principal = Principal::new(Uuid::from_u128(1).into(), vec![held]);
        Self { commands: commands(pool, journal, Arc::new(SystemClock)), principal: Arc::new(principal) }
    }

    fn order(&self, operation: Operation, student: StudentId) -> Order {
        let school = Some(SCHOOL.into());
        Order { school, ..Order::new(self.principal.clone(), student, operation, Uuid::now_v7()) }
    }

    pub async fn open(&self) -> Result<StudentId, Error> {
        let student = StudentId::from(Uuid::new_v4());
        let open =
            OpenCase { school: SCHOOL.into(), reason: "Absent".try_into().expect("a text"), tier: Tier::default() };
        self.commands.execute(&self.order(Operation::OpenCase, student), open).await.map(|_| student)
    }

    pub async fn close(&self, student: StudentId) -> Result<Receipt, Error> {
        let close = CloseCase { reason: CloseReason::GoalsMet, note: None };
        self.commands.execute(&self.order(Operation::CloseCase, student), close).await
    }

    pub async fn reopen(&self, student: StudentId) -> Result<Receipt, Error> {
        let reopen = ReopenCase { reason: "Absent again".try_into().expect("a text") };
        self.commands.execute(&self.order(Operation::ReopenCase, student), reopen).await
    }

    pub async fn note(&self, student: StudentId) -> Result<Receipt, Error> {
        let note = Note { text: "Came in time".try_into().expect("a text"), visibility: Visibility::Team };
        self.commands.execute(&self.order(Operation::AddNote, student), AddNote(note)).await
    }
}
