//! Whatever differs from the events is named.
use crate::support::Store;

#[tokio::test]
async fn a_made_up_year_is_sound_and_events_are_final() {
    let store = Store::told(12).await;
    let checked = store.is_sound().await;
    assert!(checked.events > 500 && checked.streams >= 12 && checked.rows > checked.events, "{checked:?}");
    for edit in ["UPDATE events SET version = 1", "DELETE FROM events", "TRUNCATE events"] {
        let client = store.pool().get().await.expect("a connection");
        let refused = client.batch_execute(edit).await.expect_err("a refusal");
        assert_eq!(refused.as_db_error().expect("an answer").message(), "history is not edited");
    }
}

#[tokio::test]
async fn whatever_is_tampered_with_is_named() {
    let store = Store::told(6).await;
    let tables = ["events", "streams", "case_files", "caseload", "entries", "timeline"];
    for table in tables {
        store.say(&format!("CREATE TABLE kept_{table} AS SELECT * FROM {table}")).await;
    }
    let student: uuid::Uuid = store.ask("SELECT stream FROM streams ORDER BY version DESC LIMIT 1").await;
    let last: i64 = store.ask(&format!("SELECT version FROM streams WHERE stream = '{student}'")).await;
    let entry: uuid::Uuid =
        store.ask(&format!("SELECT entry FROM entries WHERE student = '{student}' AND kind = 'goal' LIMIT 1")).await;
    let here = format!("stream = '{student}'");
    let event = |version: i64, what: &str| format!("events of {student}, version {version}: {what}");
    let (unfit, next) = ("its hash does not fit", "does not follow the version before it");
    let cases: Vec<(String, Vec<String>)> = vec![
        (
            format!("UPDATE events SET payload = (payload::text || ' ')::json WHERE {here} AND version = 2"),
            vec![event(2, unfit)],
        ),
        (format!("UPDATE events SET actor = gen_random_uuid() WHERE {here} AND version = 2"), vec![event(2, unfit)]),
        (
            format!("UPDATE events SET version = 9999 WHERE {here} AND version = {last}"),
            vec![event(9999, next), event(9999, unfit), format!("streams of {student}: version differs")],
        ),
        (
            format!("UPDATE events SET chain = sha256('') WHERE {here} AND version = 3"),
            vec![event(3, unfit), event(4, unfit)],
        ),
        (
            format!("UPDATE events SET payload = '{{\"type\": \"Rained\"}}' WHERE {here} AND version = 2"),
            vec![event(2, unfit), event(2, "cannot be read")],
        ),
        (
            format!("DELETE FROM events WHERE {here} AND version = {last}"),
            vec![
                format!("streams of {student}: version differs"),
                format!("streams of {student}: chain differs"),
                format!("timeline of {student}, version {last}: surplus"),
            ],
        ),
        (
            format!(
                "UPDATE streams SET state = (state::jsonb || '{{\"tier\": 1, \"school\": null}}')::json WHERE {here}"
            ),
            vec![format!("streams of {student}: state/school differs")],
        ),
        (
            format!("UPDATE entries SET due_on = '2030-01-01', status = 'on_fire' WHERE entry = '{entry}'"),
            vec![format!("entries of {student}, entry {entry}: due_on, status differs")],
        ),
        (
            format!(
                "UPDATE entries SET body = jsonb_set(body::jsonb, '{{content,description}}', '\"x\"')::text WHERE entry = '{entry}'"
            ),
            vec![format!("entries of {student}, entry {entry}: body/content/description differs")],
        ),
        (format!("DELETE FROM caseload WHERE student = '{student}'"), vec![format!("caseload of {student}: missing")]),
        (
            format!("UPDATE case_files SET version = version - 1 WHERE student = '{student}'"),
            vec![format!("case_files of {student}: version differs")],
        ),
        (
            format!("UPDATE timeline SET headline = 'x' WHERE student = '{student}' AND version = 5"),
            vec![format!("timeline of {student}, version 5: headline differs")],
        ),
        (
            "INSERT INTO caseload SELECT * FROM jsonb_populate_record((SELECT c FROM caseload c LIMIT 1),
             '{\"student\": \"00000000-0000-0000-0000-0000000000aa\"}')"
                .to_owned(),
            vec!["caseload of 00000000-0000-0000-0000-0000000000aa: surplus".to_owned()],
        ),
        ("SELECT setval('positions', 5)".to_owned(), vec!["positions: the next one has been used".to_owned()]),
    ];
    let drawn: i64 = store.ask("SELECT last_value FROM positions").await;
    for (tampering, expected) in cases {
        store.tamper(&tampering).await;
        let findings = store.findings().await;
        for finding in &expected {
            assert!(findings.contains(finding), "{tampering}: {finding} is not among {findings:#?}");
        }
        for table in tables {
            store.tamper(&format!("DELETE FROM {table}; INSERT INTO {table} SELECT * FROM kept_{table}")).await;
        }
        store.say(&format!("SELECT setval('positions', {drawn})")).await;
        store.is_sound().await;
    }
}
