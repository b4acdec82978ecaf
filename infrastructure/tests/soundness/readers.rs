//! Whatever readers keep is held against the log, too, as far as they have come.
use std::{sync::Arc, time::Duration};

use infrastructure::{Bell, FiguresFeed, OutboxFeed, Readers, readers::Feed, trim_outbox};
use uuid::Uuid;

use crate::support::Store;

#[tokio::test]
async fn whatever_differs_in_what_readers_keep_is_named() {
    let store = Store::told(6).await;
    store.catch_up().await;
    store.is_sound().await;
    let tables = ["counted", "school_figures", "staff_activity", "served", "outbox", "outbox_trimmed", "readers"];
    for table in tables {
        store.say(&format!("CREATE TABLE kept_{table} AS SELECT * FROM {table}")).await;
    }
    let of = "(SELECT entry FROM counted WHERE kind = 'contact' ORDER BY entry LIMIT 1)";
    let entry: Uuid = store.ask(of).await;
    let student: Uuid = store.ask(&format!("SELECT student FROM counted WHERE entry = {of}")).await;
    let staff: Uuid = store.ask("SELECT staff FROM staff_activity ORDER BY staff LIMIT 1").await;
    let school: Uuid = store.ask("SELECT school FROM school_figures WHERE measure = 'cases' LIMIT 1").await;
    let code: String = store.ask("SELECT min(code) FROM school_figures WHERE measure = 'cases'").await;
    let (event, position): (Uuid, i64) = (
        store.ask("SELECT stream FROM events ORDER BY position LIMIT 1").await,
        store.ask("SELECT min(position) FROM events").await,
    );
    let told_to_all: i64 = store
        .ask("SELECT min(position) FROM outbox WHERE entry IS NOT NULL AND visibility IN ('team', 'school')")
        .await;
    let course: Uuid = store.ask("SELECT entry FROM served WHERE what = 'mentor' ORDER BY entry LIMIT 1").await;
    let mentee: Uuid = store.ask(&format!("SELECT student FROM served WHERE entry = '{course}'")).await;
    let cell = format!("school_figures of {school}, cases {code} of tier ");
    let cases = [
        (
            format!("UPDATE counted SET status = 'refused', tier = 3 WHERE entry = '{entry}'"),
            vec![format!("counted of {student}, entry {entry}: status, tier differs")],
        ),
        (
            format!("DELETE FROM counted WHERE entry = '{entry}'"),
            vec![format!("counted of {student}, entry {entry}: missing")],
        ),
        (
            format!("INSERT INTO counted SELECT generation, '{0}', '{0}', school, kind, status, held_from, tier, visibility, author, author_role, owner, occurred_on, since, due_on, minutes, open FROM counted WHERE entry = '{entry}'", Uuid::nil()),
            vec![format!("counted of {0}, entry {0}: surplus", Uuid::nil())],
        ),
        (
            format!("UPDATE served SET started_on = started_on - 1 WHERE entry = '{course}'"),
            vec![format!("served of {mentee}, entry {course}: started_on differs")],
        ),
        (
            format!("DELETE FROM served WHERE entry = '{course}'"),
            vec![format!("served of {mentee}, entry {course}: missing")],
        ),
        (
            "UPDATE readers SET version = version - 1 WHERE name = 'served'".to_owned(),
            vec!["served: of another version than this server's; rebuild".to_owned()],
        ),
        (
            format!("UPDATE school_figures SET number = number + 1 WHERE measure = 'cases' AND code = '{code}'"),
            vec![cell.clone(), ": number differs".to_owned()],
        ),
        (
            format!("DELETE FROM school_figures WHERE measure = 'cases' AND code = '{code}'"),
            vec![cell.clone(), ": missing".to_owned()],
        ),
        (
            format!("INSERT INTO school_figures SELECT generation, school, measure, day, 'made_up', tier, compartment, number, minutes FROM school_figures WHERE measure = 'cases' AND code = '{code}' LIMIT 1"),
            vec![format!("school_figures of {school}, cases made_up of tier "), ": surplus".to_owned()],
        ),
        (
            format!("UPDATE staff_activity SET number = number * 2 WHERE staff = '{staff}'"),
            vec![format!("staff_activity of {staff}, at {school}, "), ": number differs".to_owned()],
        ),
        (
            format!("UPDATE staff_activity SET minutes = minutes + 1 WHERE staff = '{staff}'"),
            vec![format!("staff_activity of {staff}, at {school}, "), ": minutes differs".to_owned()],
        ),
        (
            "DELETE FROM outbox WHERE position = (SELECT min(position) FROM outbox)".to_owned(),
            vec![format!("outbox of {event}, position {position}: missing")],
        ),
        (
            "INSERT INTO outbox SELECT 999999, event, stream, kind, type, entry, school, visibility, recorded_at FROM outbox WHERE position = (SELECT min(position) FROM outbox)".to_owned(),
            vec![format!("outbox of {event}, position 999999: surplus")],
        ),
        (
            format!("UPDATE outbox SET event = gen_random_uuid(), type = 'Rained' WHERE position = {position}"),
            vec![format!("outbox of {event}, position {position}: event, type differs")],
        ),
        (
            format!("UPDATE outbox SET school = gen_random_uuid() WHERE position = {position}"),
            vec![format!("outbox of {event}, position {position}: school differs")],
        ),
        (
            format!("UPDATE outbox SET entry = gen_random_uuid(), visibility = 'mental_health' WHERE position = {position}"),
            vec![format!("outbox of {event}, position {position}: entry, visibility differs")],
        ),
        (
            format!("UPDATE outbox SET visibility = 'author_and_supervisor' WHERE position = {told_to_all}"),
            vec![format!("position {told_to_all}: visibility differs")],
        ),
        (
            "UPDATE outbox_trimmed SET position = (SELECT max(position) - 1 FROM outbox)".to_owned(),
            vec![format!("outbox of {event}, position {position}: surplus")],
        ),
        (
            "UPDATE readers SET position = 999999 WHERE name = 'outbox'".to_owned(),
            vec!["readers, outbox: further than the log".to_owned()],
        ),
        (
            "UPDATE readers SET version = version - 1 WHERE name = 'figures'".to_owned(),
            vec!["figures: of another version than this server's; rebuild".to_owned()],
        ),
    ];
    for (tampering, said) in cases {
        store.say(&tampering).await;
        let findings = store.findings().await;
        let named = findings.iter().any(|finding| said.iter().all(|said| finding.contains(said)));
        assert!(named, "{tampering}: {said:?} is not among {findings:#?}");
        for table in tables {
            store.say(&format!("DELETE FROM {table}; INSERT INTO {table} SELECT * FROM kept_{table}")).await;
        }
    }
    store.is_sound().await;
}

#[tokio::test]
async fn the_outbox_is_trimmed_of_what_is_old_and_verify_knows_how_far() {
    let store = Store::told(6).await;
    store.catch_up().await;
    let all: i64 = store.ask("SELECT count(*) FROM outbox").await;
    store.say("CREATE TABLE log_as_it_was AS SELECT position, recorded_at FROM outbox").await;
    store.say("UPDATE outbox SET recorded_at = now() - interval '20 days'").await;
    assert_eq!(trim_outbox(store.pool(), 30).await.expect("nothing to do"), 0);
    // One in the middle is young: what comes after it stays, however old it is.
    let middle: i64 = store.ask("SELECT position FROM outbox ORDER BY position OFFSET 5 LIMIT 1").await;
    store.say(&format!("UPDATE outbox SET recorded_at = now() - interval '40 days' WHERE position <> {middle}")).await;
    assert_eq!(trim_outbox(store.pool(), 50).await.expect("nothing to do"), 0);
    assert_eq!(trim_outbox(store.pool(), 30).await.expect("a shorter outbox"), 5);
    let as_it_was =
        "UPDATE outbox o SET recorded_at = l.recorded_at FROM log_as_it_was l WHERE l.position = o.position";
    store.say(as_it_was).await;
    assert_eq!(store.ask::<i64>("SELECT count(*) FROM outbox").await, all - 5);
    assert!(store.ask::<i64>("SELECT position FROM outbox_trimmed").await < middle);
    store.is_sound().await;
    store.say(&format!("DELETE FROM outbox WHERE position = {middle}")).await;
    assert!(store.findings().await.iter().any(|finding| finding.ends_with(&format!("position {middle}: missing"))));
}

#[tokio::test]
async fn what_readers_keep_is_checked_as_far_as_they_have_come() {
    let store = Store::told(6).await;
    store.is_sound().await;
    let feeds: Vec<Arc<dyn Feed>> = vec![Arc::new(FiguresFeed), Arc::new(OutboxFeed)];
    let (bell, instance) = (Bell::default(), store.instance().await);
    let readers = Readers::start(store.pool(), &bell, feeds);
    let writing = {
        let (instance, bell) = (instance.clone(), bell.clone());
        tokio::spawn(async move {
            loop {
                let student = instance.open().await.expect("a case");
                for _ in 0..3 {
                    instance.note(student).await.expect("a note");
                    bell.ring(0);
                }
            }
        })
    };
    for _ in 0..5 {
        store.is_sound().await;
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    writing.abort();
    readers.stop().await;
    assert!(store.ask::<i64>("SELECT count(*) FROM outbox").await > 0);
    store.catch_up().await;
    store.is_sound().await;
}
