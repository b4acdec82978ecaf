//! Commands are written in groups; each stands, fails and is found again alone.
use std::{sync::Arc, time::Duration};

use application::{Commands, Error, HeldRole, Order, Principal, Receipt, SystemClock, access::Operation};
use deadpool_postgres::Pool;
use domain::{
    Decide, Role, StudentId, Visibility,
    case::{AddNote, Band, Case, Note, OpenCase, RecordRiskBand, Tier},
};
use futures::future::join_all;
use infrastructure::{
    Database, Limits, PgCalendars, PgCases, PgJournal, Source,
    keys::{MasterKeys, PgKeyring},
    private_postgres::ephemeral::{EphemeralPostgres, FreshDatabase},
};
use tokio::time::{sleep, timeout};
use uuid::Uuid;

const SCHOOL: Uuid = Uuid::from_u128(100);

struct Store {
    database: Database,
    _fresh: FreshDatabase,
    _postgres: EphemeralPostgres,
}

impl Store {
    async fn with_a_school() -> Self {
        let postgres = EphemeralPostgres::start().await.expect("a PostgreSQL");
        let fresh = postgres.fresh_database().await.expect("a database");
        let source = Source::Url(fresh.url().into());
        let database = Database::open(source, &Limits::default()).await.expect("a pool");
        let store = Self { database, _fresh: fresh, _postgres: postgres };
        store.say(&format!("INSERT INTO schools (id, name, source) VALUES ('{SCHOOL}', 'Wren', 'hand')")).await;
        store
    }

    fn pool(&self) -> &Pool {
        self.database.pool()
    }

    async fn say(&self, sql: &str) {
        self.pool().get().await.expect("a connection").batch_execute(sql).await.expect("done");
    }

    async fn count(&self, sql: &str) -> i64 {
        self.pool().get().await.expect("a connection").query_one(sql, &[]).await.expect("a number").get(0)
    }

    /// An instance of the service, with writers and a memory of its own.
    async fn instance(&self) -> Instance {
        let journal = PgJournal::<Case>::open(self.pool().clone()).await.expect("a log");
        let (entries, calendars) = (PgCases::new(self.pool().clone()), PgCalendars::new(self.pool().clone()));
        let master: MasterKeys = "QSBtYXN0ZXIga2V5IGZvciB0ZXN0cyBhbmQgbm8gb3Q=".parse().expect("a key");
        let keyring = Arc::new(PgKeyring::new(self.pool().clone(), Arc::new(master)));
        let (entries, calendars) = (Arc::new(entries), Arc::new(calendars));
        let commands = Commands::new(Arc::new(journal), entries, calendars, keyring, Arc::new(SystemClock));
        let held = HeldRole { role: Role::CommunitySchoolDirector, school: Some(SCHOOL.into()), partner: None };
        let principal = Principal::new(Uuid::from_u128(1).into(), vec![held]);
        Instance { commands, principal: Arc::new(principal) }
    }
}

#[derive(Clone)]
struct Instance {
    commands: Commands,
    principal: Arc<Principal>,
}

impl Instance {
    fn order(&self, operation: Operation, student: StudentId, key: Uuid) -> Order {
        Order {
            canonical: format!("{operation} {student}").into_bytes(),
            school: Some(SCHOOL.into()),
            ..Order::new(self.principal.clone(), student, operation, key)
        }
    }

    async fn execute(&self, order: Order, command: impl Decide<Case>) -> Result<Receipt, Error> {
        self.commands.execute(&order, command).await
    }

    async fn open(&self) -> StudentId {
        let student = StudentId::from(Uuid::now_v7());
        let open =
            OpenCase { school: SCHOOL.into(), reason: "Absent".try_into().expect("a text"), tier: Tier::default() };
        self.execute(self.order(Operation::OpenCase, student, Uuid::now_v7()), open).await.expect("a case");
        student
    }

    async fn students(&self, number: usize) -> Vec<StudentId> {
        let mut students = vec![];
        while students.len() < number {
            students.extend(join_all((0..number.min(100)).map(|_| self.open())).await);
        }
        students
    }

    async fn note(&self, student: StudentId, key: Uuid) -> Result<Receipt, Error> {
        self.execute(self.order(Operation::AddNote, student, key), note()).await
    }
}

fn note() -> AddNote {
    AddNote(Note { text: "Came in time".try_into().expect("a text"), visibility: Visibility::Team })
}

#[tokio::test]
async fn of_a_batch_only_the_command_that_is_stale_fails() {
    let store = Store::with_a_school().await;
    let (here, there) = (store.instance().await, store.instance().await);
    let students = here.students(40).await;
    // Elsewhere one of them moves on, of which this instance does not know.
    there.note(students[7], Uuid::now_v7()).await.expect("a note");

    let wanted = students.iter().map(|&student| {
        let order = here.order(Operation::AddNote, student, Uuid::now_v7());
        here.execute(Order { if_match: Some(1), ..order }, note())
    });
    let outcomes = join_all(wanted).await;

    for (place, outcome) in outcomes.iter().enumerate() {
        match outcome {
            Err(Error::Stale { current: 2 }) if place == 7 => {}
            Ok(Receipt { version: 2, replayed: false, .. }) if place != 7 => {}
            other => panic!("{place}: {other:?}"),
        }
    }
    assert_eq!(store.count("SELECT count(*) FROM events").await, 80);
    // Who insists on no version is served on the state as it is by now.
    assert_eq!(here.note(students[7], Uuid::now_v7()).await.expect("a note").version, 3);
}

#[tokio::test]
async fn a_key_used_at_another_instance_is_found_though_nobody_here_remembers_it() {
    let store = Store::with_a_school().await;
    let (here, there) = (store.instance().await, store.instance().await);
    let (students, key) = (here.students(20).await, Uuid::now_v7());
    let first = there.note(students[0], key).await.expect("a note");
    let others = students[1..].iter().map(|&student| here.note(student, Uuid::now_v7()));
    let (again, elsewhere, others) =
        tokio::join!(here.note(students[0], key), here.note(students[1], key), join_all(others));
    assert_eq!(again.expect("the same"), Receipt { replayed: true, ..first });
    assert!(matches!(elsewhere, Err(Error::KeyReused)), "{elsewhere:?}");
    assert!(others.iter().all(Result::is_ok), "{others:?}");
    assert_eq!(store.count(&format!("SELECT count(*) FROM events WHERE command = '{key}'")).await, 1);
}

#[tokio::test]
async fn what_changes_nothing_is_answered_the_same_again_however_far_the_log_has_come() {
    let store = Store::with_a_school().await;
    let instance = store.instance().await;
    let students = instance.students(30).await;
    let band = RecordRiskBand { policy: "attendance-works@1".into(), band: Band::AtRisk, triggers: vec![] };
    let record = |key| {
        let order = instance.order(Operation::ChangeTier, students[0], key);
        let (instance, band) = (instance.clone(), band.clone());
        async move { instance.execute(order, band).await.expect("a band") }
    };
    assert_eq!(record(Uuid::now_v7()).await.version, 2);
    let key = Uuid::now_v7();
    // Together with what others write, which moves the log on.
    let others = join_all(students[1..].iter().map(|&student| instance.note(student, Uuid::now_v7())));
    let (unchanged, others) = tokio::join!(record(key), others);
    assert!(others.iter().all(Result::is_ok), "{others:?}");
    instance.note(students[1], Uuid::now_v7()).await.expect("a note");

    assert_eq!((unchanged.version, unchanged.replayed), (2, false));
    assert_eq!(record(key).await, Receipt { replayed: true, ..unchanged });
}

#[tokio::test]
async fn what_comes_while_too_much_waits_is_refused_at_once_and_the_rest_is_written() {
    let store = Store::with_a_school().await;
    let instance = store.instance().await;
    let students = instance.students(1_300).await;
    let blocker = store.pool().get().await.expect("a connection");
    blocker.batch_execute("BEGIN; LOCK TABLE events IN SHARE MODE").await.expect("a lock");

    let notes = students.iter().map(|&student| {
        let instance = instance.clone();
        tokio::spawn(async move { instance.note(student, Uuid::now_v7()).await })
    });
    let notes: Vec<_> = notes.collect();
    sleep(Duration::from_millis(1_500)).await;
    blocker.batch_execute("COMMIT").await.expect("an end");
    let (mut written, mut refused) = (0, 0);
    for outcome in join_all(notes).await {
        match outcome.expect("an end") {
            Ok(_) => written += 1,
            Err(Error::Busy) => refused += 1,
            Err(error) => panic!("{error:?}"),
        }
    }
    // Two writers with a batch in hand and a full queue each.
    assert!(written >= 1_024 && refused > 0, "{written} written, {refused} refused");
    assert_eq!(store.count("SELECT count(*) FROM events WHERE type = 'NoteAdded'").await, written);
}

#[tokio::test]
async fn who_walks_away_finds_what_was_written_under_the_same_key() {
    let store = Store::with_a_school().await;
    let instance = store.instance().await;
    let (student, key) = (instance.open().await, Uuid::now_v7());
    let blocker = store.pool().get().await.expect("a connection");
    blocker.batch_execute("BEGIN; LOCK TABLE events IN SHARE MODE").await.expect("a lock");
    assert!(timeout(Duration::from_millis(300), instance.note(student, key)).await.is_err(), "walked away");
    blocker.batch_execute("COMMIT").await.expect("an end");

    let found = instance.note(student, key).await.expect("a note");
    assert_eq!((found.version, found.replayed), (2, true));
    assert_eq!(store.count("SELECT count(*) FROM events").await, 2);
}

#[tokio::test]
async fn nothing_is_refused_or_written_twice_while_connections_break() {
    let store = Store::with_a_school().await;
    let instance = store.instance().await;
    let students = instance.students(30).await;
    let break_them = async {
        for _ in 0..12 {
            sleep(Duration::from_millis(60)).await;
            let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                       WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%unnest%'";
            // Ours may be among those that end.
            if let Ok(client) = store.pool().get().await {
                _ = client.batch_execute(end).await;
            }
        }
    };
    let write = join_all(students.iter().map(|&student| {
        let instance = instance.clone();
        async move {
            for _ in 0..10 {
                instance.note(student, Uuid::now_v7()).await.expect("a note");
            }
        }
    }));
    tokio::join!(break_them, write);
    assert_eq!(store.count("SELECT count(*) FROM events").await, 330);
    assert_eq!(store.count("SELECT sum(version)::bigint FROM streams").await, 330);
    assert_eq!(store.count("SELECT count(*) FROM timeline").await, 330);
}

#[tokio::test]
async fn the_log_goes_on_in_the_next_partition_and_none_can_be_edited() {
    let store = Store::with_a_school().await;
    let instance = store.instance().await;
    let student = instance.open().await;
    store.say("SELECT setval('positions', 9999995)").await;
    for _ in 0..10 {
        instance.note(student, Uuid::now_v7()).await.expect("a note");
    }
    let in_each = "SELECT (SELECT count(*) FROM events_1) * 100 + (SELECT count(*) FROM events_2)";
    assert_eq!(store.count(in_each).await, 605);
    store.say("SELECT setval('positions', 25000000)").await;
    assert_eq!(infrastructure::extend_log(store.pool()).await.expect("partitions"), 2);
    assert_eq!(infrastructure::extend_log(store.pool()).await.expect("partitions"), 0);
    instance.note(student, Uuid::now_v7()).await.expect("a note");
    let client = store.pool().get().await.expect("a connection");
    for edit in ["UPDATE events_2 SET actor = id", "DELETE FROM events", "TRUNCATE events_3", "DELETE FROM events_5"] {
        let refused = client.batch_execute(edit).await.expect_err(edit);
        assert!(refused.as_db_error().is_some_and(|said| said.message() == "history is not edited"), "{edit}");
    }
}
