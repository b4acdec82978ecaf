//! `serve --demo`: fills an empty store, then shows a request for each kind of user.
use std::{
    io::{IsTerminal, Write},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::bail;
use api::DevIssuer;
use application::{
    Clock, SystemClock,
    demo::{Begun, Demo, KeepDemo, Progress, Seed, Who},
    sealing::Keyring,
};
use chrono::NaiveDate;
use chrono_tz::America::New_York;
use infrastructure::{PgAgreements, PgDemo, PgReference, Pool, draw_consequences};
use serde_json::{Value, json};
use uuid::Uuid;

use super::cases::commands;

/// How long the tokens in the shown requests are good.
const VALID_FOR: Duration = Duration::from_secs(24 * 60 * 60);

/// The date at the demo's schools.
fn today() -> NaiveDate {
    SystemClock.now().with_timezone(&New_York).date_naive()
}

/// Fills the store behind `pool` with the demo, sealed under the keys of `keyring`, unless it was filled before.
pub async fn fill(pool: &Pool, keyring: Arc<dyn Keyring>) -> anyhow::Result<()> {
    let kept = Arc::new(PgDemo::new(pool.clone()));
    let today = match kept.begin(today()).await? {
        Begun::On(day) => day,
        Begun::Before => return Ok(()),
        Begun::NotEmpty => bail!(
            "this store holds data that is not the demo's: name another one with --data-dir, or serve without --demo"
        ),
    };
    let (started, demo) = (Instant::now(), Demo::before(today));
    let (students, cases) = (demo.pupils.len(), demo.stories.len());
    let commands = Arc::new(commands(pool, keyring).await?);
    let seed = Seed {
        reference: Arc::new(PgReference::new(pool.clone())),
        agreements: Arc::new(PgAgreements::new(pool.clone())),
        demo: kept,
        commands: commands.clone(),
        progress: line(),
    };
    let seeded = seed.fill(demo).await?;
    for refused in &seeded.refused {
        let (operation, rule, student) = (refused.operation, refused.rule, refused.student);
        tracing::warn!(%operation, rule, %student, at = %refused.at, "the demo asked for something that is refused");
    }
    let drawn = draw_consequences(pool, &commands(Arc::new(SystemClock))).await?;
    let events = seeded.events + drawn.bands + drawn.cases + drawn.calls_home;
    let seconds = started.elapsed().as_secs_f64();
    let end = if std::io::stderr().is_terminal() { "\r\x1b[K" } else { "" };
    eprintln!(
        "{end}Made up a year at two schools: {students} students, {cases} cases, {events} events in {seconds:.1} s"
    );
    Ok(())
}

/// One line that says how far it has come, where somebody watches.
fn line() -> Progress {
    let shown = AtomicUsize::new(0);
    let watched = std::io::stderr().is_terminal();
    Arc::new(move |done, of| {
        let percent = 100 * done / of.max(1);
        if watched && shown.fetch_max(percent, Ordering::Relaxed) < percent {
            eprint!("\rMaking up a year at two schools: {percent} %");
        }
    })
}

/// A request that a kind of user would make.
struct Request {
    by: Who,
    what: &'static str,
    path: String,
    body: Option<(Uuid, Value)>,
}

fn requests() -> Vec<Request> {
    let read = |by, what, path: &str| Request { by, what, path: path.to_owned(), body: None };
    let write = |by, what, path, key, body| Request { by, what, path, body: Some((key, body)) };
    let mentee = Demo::mentee();
    let contact = json!({
        "on": today(), "outcome": "made", "medium": "in_person", "minutes": 10, "note": "On time, and in a good mood."
    });
    let note =
        json!({"text": "Wants to talk about the summer before the summer comes.", "visibility": "mental_health"});
    let mut requests = vec![
        read(Who::MentorImani, "who needs attention first", "/v1/caseload"),
        write(Who::MentorImani, "log a contact", format!("/v1/students/{mentee}/contacts"), Uuid::new_v4(), contact),
        read(Who::Director, "a support plan", &format!("/v1/students/{mentee}/plan")),
        read(
            Who::Director,
            "support beside attendance, behavior and grades",
            &format!("/v1/students/{mentee}/outcomes"),
        ),
        read(Who::Principal, "the school's cases", "/v1/caseload"),
        read(Who::Principal, "early warnings", &format!("/v1/schools/{}/early-warnings", Demo::school())),
        read(Who::MentalHealthManager, "plans awaiting approval", "/v1/plans"),
        write(
            Who::MentalHealthManager,
            "write a restricted note",
            format!("/v1/students/{}/notes", Demo::confidant()),
            Uuid::new_v4(),
            note,
        ),
    ];
    if let Some(shown) = Demo::unanswered() {
        let path = format!("/v1/students/{}/referrals/{}/acceptance", shown.student, shown.entry);
        let body = json!({"note": "We have a place on Tuesdays."});
        // The same key every time: whoever pastes it twice accepts once.
        requests.push(write(shown.by, "accept a referral", path, Demo::id("acceptance"), body));
    }
    requests.push(read(Who::ProgramManager, "who am I", "/v1/me"));
    requests.push(read(Who::PrivacyOfficer, "who am I", "/v1/me"));
    requests
}

/// Shows a request for each kind of user, ready to be pasted.
pub fn show(issuer: &DevIssuer, address: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "Paste one of these, each with a token that is good for a day:\n")?;
    for Request { by, what, path, body } in requests() {
        let token = issuer.token(&by.subject(), VALID_FOR)?;
        writeln!(out, "# {}, {}: {what}", by.name(), by.role().to_string().replace('_', " "))?;
        write!(out, "curl -sS {address}{path} -H 'Authorization: Bearer {token}'")?;
        if let Some((key, body)) = body {
            write!(out, " -H 'Idempotency-Key: {key}' -H 'Content-Type: application/json' -d '{body}' -i")?;
        }
        writeln!(out, "\n")?;
    }
    Ok(out.flush()?)
}
