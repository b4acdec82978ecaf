//! TLS under a certificate that is given, and renewed without a pause.
use std::{fs, path::Path, time::Duration};

use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustix::process::Signal;
use tests::{School, Server, said, serve};
use ureq::{
    Agent,
    tls::{Certificate, RootCerts, TlsConfig},
};

/// A new certificate for this machine and its key, in files; returns the certificate.
fn certify(directory: &Path) -> String {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(["127.0.0.1".to_owned()]).expect("a certificate");
    fs::write(directory.join("certificate.pem"), cert.pem()).expect("a file");
    fs::write(directory.join("key.pem"), signing_key.serialize_pem()).expect("a file");
    cert.pem()
}

/// The status and the `Strict-Transport-Security` that somebody gets who trusts `certificate` only; nothing where they
/// do not trust who answers.
async fn ask(address: &str, certificate: &str) -> Option<(u16, String)> {
    let trusted = Certificate::from_pem(certificate.as_bytes()).expect("a certificate");
    let tls = TlsConfig::builder().root_certs(RootCerts::new_with_certs(&[trusted])).build();
    let agent: Agent = Agent::config_builder().tls_config(tls).proxy(None).build().into();
    let address = format!("{address}/livez");
    let asked = tokio::task::spawn_blocking(move || agent.get(address).call().ok());
    let answer = asked.await.expect("an end")?;
    let header = answer.headers().get("strict-transport-security").and_then(|value| value.to_str().ok());
    Some((answer.status().as_u16(), header.unwrap_or_default().to_owned()))
}

#[tokio::test]
async fn a_certificate_is_served_and_renewed_while_the_server_runs() {
    let school = School::found().await;
    let directory = tempfile::tempdir().expect("a directory");
    let first = certify(directory.path());
    let (certificate, key) = (directory.path().join("certificate.pem"), directory.path().join("key.pem"));
    let mut command = serve();
    command.arg("--tls-certificate").arg(&certificate).arg("--tls-key").arg(&key);
    command.env("DATABASE_URL", &school.district().url).env("RUST_LOG", "info");
    let server = Server::start(&mut command).expect("a server");
    assert!(server.address.starts_with("https://"), "{}", server.address);
    assert_eq!(ask(&server.address, &first).await, Some((200, "max-age=63072000".to_owned())));
    // In clear nothing is served.
    assert_eq!(ask(&server.address.replace("https", "http"), &first).await, None);

    // A key that does not fit changes nothing.
    let good = fs::read(&certificate).expect("a file");
    let second = certify(directory.path());
    fs::write(&certificate, good).expect("a file");
    server.signal(Signal::HUP).expect("a signal");
    told(&server, "the certificate stays as it was").await;
    assert!(ask(&server.address, &first).await.is_some());
    fs::write(&certificate, &second).expect("a file");
    server.signal(Signal::HUP).expect("a signal");
    told(&server, "the certificate was read anew").await;
    assert!(ask(&server.address, &second).await.is_some());
    assert_eq!(ask(&server.address, &first).await, None);
    assert!(!server.said().contains("PRIVATE KEY"));
}

#[tokio::test]
async fn what_is_no_certificate_is_said_before_anything_is_started() {
    let directory = tempfile::tempdir().expect("a directory");
    certify(directory.path());
    let (certificate, key) = (directory.path().join("certificate.pem"), directory.path().join("key.pem"));
    let start = |certificate: &Path, key: &Path| {
        let mut command = serve();
        command.arg("--tls-certificate").arg(certificate).arg("--tls-key").arg(key);
        said(command.env("DATABASE_URL", "postgres://nobody:Quetzalcoatl@127.0.0.1:1/none"))
    };
    let (good, text) = start(&key, &key);
    assert!(!good && text.contains("holds no certificates"), "{text}");
    let (good, text) = start(&certificate, &certificate);
    assert!(!good && text.contains("holds no private key"), "{text}");
    let (good, text) = start(&certificate, &key);
    assert!(!good && text.contains("database") && !text.contains("Quetzalcoatl"), "{text}");
    let mut help = serve();
    let (_, text) = said(help.arg("--help").env("DATABASE_URL", "postgres://nobody:Quetzalcoatl@127.0.0.1:1/none"));
    assert!(text.contains("DATABASE_URL") && !text.contains("Quetzalcoatl"), "{text}");
}

async fn told(server: &Server, words: &str) {
    for _ in 0..200 {
        if server.said().contains(words) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{words} was not said: {}", server.said());
}
