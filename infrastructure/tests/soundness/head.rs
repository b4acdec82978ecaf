//! A signed head holds a later log to what was there.
use std::{fs, process::Command};

use infrastructure::verify::{Asked, HeadError, VerifyError};
use tempfile::TempDir;

use crate::{findings::findings, support::Store};

fn asked(directory: &TempDir, head: bool) -> Asked {
    let path = Some(directory.path().join("head.json"));
    if head { Asked { head: path, against: None } } else { Asked { head: None, against: path } }
}

#[tokio::test]
async fn a_later_log_holds_what_was_signed_and_what_was_cut_is_named() {
    let store = Store::told(4).await;
    let directory = TempDir::new().expect("a directory");
    let (sign, check) = (asked(&directory, true), asked(&directory, false));
    findings(store.pool(), &sign).await.expect("a head");
    assert_eq!(findings(store.pool(), &check).await.expect("an answer").1, Vec::<String>::new());

    // The log goes on, in old streams and in a new one.
    let instance = store.instance().await;
    let student = instance.open().await.expect("a case");
    instance.note(student).await.expect("a note");
    assert_eq!(findings(store.pool(), &check).await.expect("an answer").1, Vec::<String>::new());

    // A cut that leaves everything else in accordance is seen by nobody who has not kept a head.
    let cut: uuid::Uuid = store.ask("SELECT stream FROM streams WHERE version > 9 ORDER BY stream LIMIT 1").await;
    for table in ["case_files", "caseload", "entries", "timeline"] {
        store.say(&format!("DELETE FROM {table} WHERE student = '{cut}'")).await;
    }
    let version: i64 = store.ask(&format!("SELECT version FROM streams WHERE stream = '{cut}'")).await;
    store
        .tamper(&format!("DELETE FROM events WHERE stream = '{cut}'; DELETE FROM streams WHERE stream = '{cut}'"))
        .await;
    assert_eq!(store.findings().await, Vec::<String>::new());
    let named = findings(store.pool(), &check).await.expect("an answer").1;
    assert!(
        named.contains(&format!("events of {cut}, up to version {version}: was there when the head was signed")),
        "{named:?}"
    );

    // Without the list it is still seen, and not said where.
    fs::remove_file(directory.path().join("head.json.streams")).expect("a file");
    let named = findings(store.pool(), &check).await.expect("an answer").1;
    assert_eq!(named, ["events: not those of which the head was signed"]);
}

#[tokio::test]
async fn a_head_is_checked_by_anybody_and_a_changed_one_is_refused() {
    let store = Store::told(2).await;
    let directory = TempDir::new().expect("a directory");
    findings(store.pool(), &asked(&directory, true)).await.expect("a head");
    let file = |name: &str| directory.path().join(name);
    let openssl = || {
        let mut openssl = Command::new("openssl");
        openssl.args(["dgst", "-sha256", "-verify"]).arg(file("head.json.pem"));
        openssl.arg("-signature").arg(file("head.json.sig")).arg(file("head.json")).output()
    };
    if let Ok(checked) = openssl() {
        assert!(checked.status.success(), "{checked:?}");
    }
    let head = fs::read_to_string(file("head.json")).expect("a head");
    fs::write(file("head.json"), head.replace("\"streams\": 2", "\"streams\": 1")).expect("a change");
    let refused = findings(store.pool(), &asked(&directory, false)).await;
    assert!(matches!(refused, Err(VerifyError::Head(HeadError::Signature(_)))), "{refused:?}");
    fs::write(file("head.json"), head).expect("no change");
    fs::write(file("head.json.streams"), "").expect("a change");
    let refused = findings(store.pool(), &asked(&directory, false)).await;
    assert!(matches!(refused, Err(VerifyError::Head(HeadError::List(_)))), "{refused:?}");
}

#[tokio::test]
async fn for_a_log_that_is_not_sound_no_head_is_signed() {
    let store = Store::told(2).await;
    let directory = TempDir::new().expect("a directory");
    store.tamper("UPDATE events SET basis = 'because' WHERE version = 2").await;
    let refused = findings(store.pool(), &asked(&directory, true)).await;
    assert!(matches!(refused, Err(VerifyError::NotVouched)), "{refused:?}");
    assert_eq!(fs::read_dir(directory.path()).expect("a directory").count(), 0);
}
