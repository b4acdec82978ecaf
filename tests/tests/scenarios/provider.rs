//! Callers of a real identity provider, whose keys change while they call.
use std::{
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    time::{Duration, Instant},
};

use futures::future::join_all;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer as RcgenIssuer, KeyPair};
use reqwest::Client;
use tests::{District, Key, Person, Provider, Server, command, directory, said};
use tokio::{join, time::sleep};
use uuid::Uuid;

const SUBJECTS: [&str; 4] = ["imani", "marisol", "anthony", "priya"];
const LOAD: Duration = Duration::from_secs(12);

struct Stage {
    server: Server,
    http: Client,
}

impl Stage {
    /// A server that accepts the tokens of `issuer`, on the database of `district`.
    fn on(district: &District, issuer: &str, audience: &str) -> Self {
        let mut serve = command();
        serve.args(["serve", "--listen", "127.0.0.1:0", "--issuer", issuer, "--audience", audience]);
        let server = Server::start(serve.env("DATABASE_URL", &district.url)).expect("a server");
        Self { server, http: Client::builder().no_proxy().build().expect("a client") }
    }

    fn whoever_has(&self, token: &str) -> Person {
        Person::new(Uuid::nil(), &self.http, &self.server.address, token)
    }

    async fn ready(&self) {
        for _ in 0..100 {
            if self.whoever_has("").get("/readyz").await.status == 200 {
                return;
            }
            sleep(Duration::from_millis(100)).await;
        }
        panic!("it does not get ready: {}", self.server.said());
    }
}

#[tokio::test]
async fn keys_that_change_under_load_refuse_no_good_token() -> anyhow::Result<()> {
    let Some(provider) = Provider::start(&SUBJECTS)? else { return Ok(()) };
    let district = District::fresh().await?;
    for subject in SUBJECTS {
        district.enter(subject).await?;
    }
    let stage = Stage::on(&district, &provider.issuer, tests::AUDIENCE);
    stage.ready().await;
    let (good, refused, over) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicBool::new(false));
    let callers = SUBJECTS.map(|subject| {
        let (stage, provider, good, over) = (&stage, &provider, &good, &over);
        async move {
            while !over.load(Ordering::Relaxed) {
                let token = provider.token(subject).await.expect("a token");
                for _ in 0..5 {
                    stage.whoever_has(&token).get("/v1/me").await.expect(200);
                    good.fetch_add(1, Ordering::Relaxed);
                }
            }
        }
    });
    let forger = async {
        // Somebody makes up keys all the while, for tokens that would be good.
        let made_up = Key::of_nobody();
        while !over.load(Ordering::Relaxed) {
            let token = made_up.token_of(&provider.issuer, tests::AUDIENCE, "imani", &Uuid::new_v4().to_string());
            stage.whoever_has(&token).get("/v1/me").await.refused(401, "unauthenticated");
            refused.fetch_add(1, Ordering::Relaxed);
        }
    };
    let begun = Instant::now();
    let rotation = async {
        while begun.elapsed() < LOAD {
            sleep(Duration::from_millis(1500)).await;
            provider.rotate().await.expect("another key");
        }
        over.store(true, Ordering::Relaxed);
    };
    join!(join_all(callers), forger, rotation);
    let fetches = provider.fetches().await?;
    let most = begun.elapsed().as_secs() / 3 + 2;
    let (good, refused) = (good.into_inner(), refused.into_inner());
    eprintln!("{good} good, {refused} refused, {fetches} fetches of keys in {:?}", begun.elapsed());
    assert!(good >= 40 && refused >= 2, "{good} good, {refused} refused");
    assert!(fetches as u64 <= most, "{fetches} fetches, at most {most}");
    // Those of the development issuer are worth nothing here.
    let token = district.key.token("imani", Duration::from_secs(60));
    stage.whoever_has(&token).get("/v1/me").await.refused(401, "unauthenticated");
    Ok(())
}

#[tokio::test]
async fn a_token_for_another_audience_is_refused() -> anyhow::Result<()> {
    let Some(provider) = Provider::start(&["imani"])? else { return Ok(()) };
    let district = District::fresh().await?;
    district.enter("imani").await?;
    let stage = Stage::on(&district, &provider.issuer, "urn:another");
    stage.ready().await;
    let caller = stage.whoever_has(&provider.token("imani").await?);
    let refused = caller.get("/v1/me").await.refused(401, "unauthenticated");
    assert_eq!(refused.body["detail"], "The token is not from this server's issuer, or not for this server.");
    Ok(())
}

/// A private authority and what it certifies for this machine, in files: the authority, the certificate and its key.
fn certified(directory: &Path) -> anyhow::Result<[PathBuf; 3]> {
    let mut authority = CertificateParams::new(vec![])?;
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority_key = KeyPair::generate()?;
    let authority_pem = authority.self_signed(&authority_key)?.pem();
    let (issuer, key) = (RcgenIssuer::new(authority, authority_key), KeyPair::generate()?);
    let certificate = CertificateParams::new(vec!["127.0.0.1".to_owned()])?.signed_by(&key, &issuer)?;
    let files = ["authority.pem", "certificate.pem", "key.pem"].map(|name| directory.join(name));
    for (file, pem) in files.iter().zip([authority_pem, certificate.pem(), key.serialize_pem()]) {
        fs::write(file, pem)?;
    }
    Ok(files)
}

#[tokio::test]
async fn a_provider_whose_certificate_a_private_authority_has_signed_is_trusted_where_that_is_said()
-> anyhow::Result<()> {
    let directory = directory()?;
    let [authority, certificate, key] = certified(directory.path())?;
    let Some(provider) = Provider::start_secure(&["imani"], &certificate, &key)? else { return Ok(()) };
    assert!(provider.issuer.starts_with("https://"), "{}", provider.issuer);
    let district = District::fresh().await?;
    district.enter("imani").await?;
    let start = |trusted: Option<&Path>| {
        let mut serve = command();
        serve.args(["serve", "--listen", "127.0.0.1:0", "--issuer", &provider.issuer, "--audience", tests::AUDIENCE]);
        if let Some(file) = trusted {
            serve.arg("--issuer-authority").arg(file);
        }
        serve.env("NO_PROXY", "127.0.0.1").env("no_proxy", "127.0.0.1").env("DATABASE_URL", &district.url);
        let http = Client::builder().no_proxy().build().expect("a client");
        Stage { server: Server::start(&mut serve).expect("a server"), http }
    };
    let token = provider.token("imani").await?;
    let trusting = start(Some(&authority));
    trusting.ready().await;
    trusting.whoever_has(&token).get("/v1/me").await.expect(200);
    let wary = start(None);
    wary.whoever_has(&token).get("/v1/me").await.refused(503, "unavailable");

    let mut serve = command();
    serve.args(["serve", "--listen", "127.0.0.1:0", "--issuer", &provider.issuer, "--audience", "us"]);
    serve.arg("--issuer-authority").arg(&key).env("DATABASE_URL", &district.url);
    let (good, said) = said(&mut serve);
    assert!(!good && said.contains("no certificate"), "{said}");
    Ok(())
}

#[tokio::test]
async fn without_its_provider_a_server_starts_and_says_what_it_waits_for() -> anyhow::Result<()> {
    let district = District::fresh().await?;
    // Nobody listens there.
    let stage = Stage::on(&district, "http://127.0.0.1:1", "throughline");
    let nobody = stage.whoever_has("e30.e30.x");
    nobody.get("/livez").await.expect(200);
    for place in ["/readyz", "/v1/me"] {
        let waits = nobody.get(place).await.refused(503, "unavailable");
        assert_eq!(waits.body["detail"], "The keys of the identity provider cannot be fetched right now.");
        assert_eq!(waits.header("retry-after"), "5");
    }
    let told = stage.server.said();
    assert!(told.contains("cannot fetch the issuer's keys"), "{told}");
    Ok(())
}

#[test]
fn one_issuer_at_a_time_and_none_in_clear() {
    let directory = directory().expect("a directory");
    for (line, why) in [
        (vec!["--issuer", "https://login.example.org", "--audience", "us", "--dev-issuer"], "no development issuer"),
        (vec!["--issuer", "https://login.example.org", "--audience", "us", "--demo"], "no development issuer"),
        (vec!["--issuer", "https://login.example.org"], "--audience"),
        (vec!["--issuer", "http://login.example.org", "--audience", "us"], "over https"),
    ] {
        let mut serve = command();
        serve.args(["serve", "--listen", "127.0.0.1:0"]).args(&line).arg("--data-dir").arg(directory.path());
        let (good, said) = said(&mut serve);
        assert!(!good && said.contains(why), "{line:?}: {said}");
    }
}
