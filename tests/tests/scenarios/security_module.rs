//! A store whose master key is in a security module (SoftHSM, by PKCS #11), and never anywhere else.
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::json;
use tests::{District, MASTER_KEY, School, Server, command, said, serve};

const MODULE: &str = "/usr/lib/softhsm/libsofthsm2.so";
const SAID: &str = "quillwort";
const PIN: &str = "27182818";

/// A token in files of its own.
struct Token {
    settings: PathBuf,
    pin: PathBuf,
}

impl Token {
    /// A fresh token; nothing where this machine has no SoftHSM. Where everything must be checked (`CI=true`) that is a
    /// failure.
    fn fresh(directory: &Path) -> Option<Self> {
        if !Path::new(MODULE).is_file() {
            assert!(env::var("CI").as_deref() != Ok("true"), "softhsm2 is not installed");
            eprintln!("SKIPPED: there is no {MODULE}; the package softhsm2 has it");
            return None;
        }
        let (tokens, settings, pin) =
            (directory.join("tokens"), directory.join("softhsm2.conf"), directory.join("pin"));
        fs::create_dir(&tokens).expect("a directory");
        fs::write(&settings, format!("directories.tokendir = {}\nlog.level = ERROR\n", tokens.display()))
            .expect("a file");
        fs::write(&pin, format!("{PIN}\n")).expect("a file");
        let mut made = Command::new("softhsm2-util");
        made.args(["--init-token", "--free", "--label", "district", "--so-pin", "314159", "--pin", PIN]);
        assert!(made.env("SOFTHSM2_CONF", &settings).output().expect("softhsm2-util").status.success());
        Some(Self { settings, pin })
    }

    /// The settings of `command` that name this token, with the keys of those labels.
    fn with<'c>(&self, command: &'c mut Command, labels: &str) -> &'c mut Command {
        command.env("SOFTHSM2_CONF", &self.settings).env_remove("THROUGHLINE_MASTER_KEY");
        command.env("THROUGHLINE_MASTER_KEY_MODULE", MODULE).env("THROUGHLINE_MASTER_KEY_TOKEN", "district");
        command.env("THROUGHLINE_MASTER_KEY_PIN_FILE", &self.pin).env("THROUGHLINE_MASTER_KEY_LABELS", labels)
    }

    /// `throughline key …` on the store of `district`: whether it went well, and what it said.
    fn key(&self, district: &District, words: &[&str], labels: &str, behind: Option<&str>) -> (bool, String) {
        let mut command = command();
        self.with(command.arg("key").args(words).env("DATABASE_URL", &district.url), labels);
        let (good, text) = said(command.envs(behind.map(|key| ("THROUGHLINE_MASTER_KEY", key))));
        assert!(!text.contains(PIN), "{text}");
        (good, text)
    }

    /// A server on the store of `district`.
    fn serve(&self, district: &District, labels: &str) -> anyhow::Result<Server> {
        Server::start(self.with(serve().env("DATABASE_URL", &district.url), labels))
    }
}

#[tokio::test]
async fn a_store_moves_into_a_security_module_and_its_key_is_renewed_there() {
    let directory = tests::directory().expect("a directory");
    let Some(token) = Token::fresh(directory.path()) else { return };
    let district = District::fresh().await.expect("a district");
    let school = School::in_district(&district).await;
    let csd = school.csd().await;
    let student = csd.open_case(&school).await;
    csd.create(student.to("notes"), json!({"text": SAID})).await;
    let key = |what: &str, labels: &str| token.key(&district, &[what], labels, None);
    let (good, none) = key("check", "first");
    assert!(!good && none.contains("no AES key first"), "{none}");
    let (good, made) = key("create", "first");
    assert!(good && made.contains("district/first"), "{made}");
    let (good, twice) = key("create", "first");
    assert!(!good && twice.contains("has an AES key first already"), "{twice}");
    let (good, other) = key("check", "first");
    assert!(!good && other.contains("was sealed under the master key"), "{other}");

    // The key of before stands behind it until all is wrapped anew.
    let (good, rotated) = token.key(&district, &["rotate"], "first", Some(MASTER_KEY));
    assert!(good && rotated.contains("the keys of 1 students"), "{rotated}");
    let (good, checked) = key("check", "first");
    assert!(good && checked.contains("district/first") && checked.contains("All of them open."), "{checked}");
    let read = async |labels: &str| {
        let server = token.serve(&district, labels).expect("a server");
        let here = csd.at(&server.address);
        assert!(here.see(student.to("timeline")).await.to_string().contains(SAID));
        let other = here.open_case(&school).await;
        here.create(other.to("notes"), json!({"text": SAID})).await;
        assert!(here.see(other.to("entries")).await.to_string().contains(SAID));
        assert!(!server.said().contains(PIN), "{}", server.said());
    };
    read("first").await;
    read("first").await;

    assert!(key("create", "second").0);
    let (good, rotated) = key("rotate", "second,first");
    assert!(good && rotated.contains("the keys of 3 students"), "{rotated}");
    read("second").await;
    assert!(!key("check", "first").0, "the key before opens it no more");
    let copy = directory.path().join("copy");
    for own in [&["renew"][..], &["backup", &copy.to_string_lossy()]] {
        let (good, why) = token.key(&district, own, "second", None);
        assert!(!good && why.contains("security module"), "{why}");
    }
    assert!(!copy.exists());
}

#[tokio::test]
async fn a_security_module_that_is_away_is_named_and_its_pin_never_is() {
    let directory = tests::directory().expect("a directory");
    let Some(token) = Token::fresh(directory.path()) else { return };
    let district = District::fresh().await.expect("a district");
    let key = |what: &str| token.key(&district, &[what], "first", None);
    assert!(key("create").0);
    let school = School::in_district(&district).await;
    let csd = school.csd().await;
    let before = csd.open_case(&school).await;
    csd.create(before.to("notes"), json!({"text": SAID})).await;
    let (good, rotated) = token.key(&district, &["rotate"], "first", Some(MASTER_KEY));
    assert!(good, "{rotated}");

    let server = token.serve(&district, "first").expect("a server");
    let here = csd.at(&server.address);
    assert!(!server.command_line().expect("words").contains(PIN));
    let (_, help) = said(token.with(command().args(["serve", "--help"]), "first"));
    assert!(help.contains("--master-key-pin-file") && !help.contains(PIN));

    // The module is away, and comes back.
    let (tokens, elsewhere) = (directory.path().join("tokens"), directory.path().join("elsewhere"));
    fs::rename(&tokens, &elsewhere).expect("away");
    fs::create_dir(&tokens).expect("nothing in its place");
    here.get(before.to("timeline")).await.refused(503, "unavailable");
    assert!(server.said().contains("security module"), "{}", server.said());
    let Err(away) = token.serve(&district, "first") else { panic!("started without the module") };
    assert!(away.to_string().contains("the security module has no token district"), "{away:#}");
    fs::remove_dir(&tokens).expect("nothing");
    fs::rename(&elsewhere, &tokens).expect("back");
    assert!(here.see(before.to("timeline")).await.to_string().contains(SAID));
    assert!(!server.said().contains(PIN), "{}", server.said());

    fs::write(&token.pin, "000000").expect("a file");
    let (good, wrong) = key("check");
    assert!(!good && wrong.contains("does not open with the PIN") && !wrong.contains("000000"), "{wrong}");
}
