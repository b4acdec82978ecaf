//! The command line: what it explains, and what it refuses before anything is started.
use std::process::Command;

fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_throughline"));
    command.current_dir("/").env_remove("DATABASE_URL").env_remove("RUST_LOG");
    command
}

fn said(command: &mut Command) -> (bool, String) {
    let output = command.output().expect("an end");
    let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    (output.status.success(), text)
}

#[test]
fn help_explains_every_option() {
    let (good, text) = said(command().args(["serve", "--help"]));
    assert!(good);
    for option in
        ["--listen", "--data-dir", "--dev-issuer", "--database-url", "--log-format", "--max-body", "THROUGHLINE_LISTEN"]
    {
        assert!(text.contains(option), "{option} is not in {text}");
    }
    let (good, text) = said(command().arg("--help"));
    assert!(good && ["serve", "token", "staff", "import"].iter().all(|name| text.contains(name)), "{text}");
}

#[test]
fn what_it_does_not_know_is_named() {
    let (good, text) = said(command().args(["serve", "--lisen", "127.0.0.1:1"]));
    assert!(!good && text.contains("--lisen"), "{text}");
    let (good, text) = said(command().args(["token", "--as", "queen"]));
    assert!(!good && text.contains("success_mentor"), "{text}");
}

#[test]
fn the_development_issuer_stays_on_this_machine() {
    let (good, text) =
        said(command().args(["serve", "--dev-issuer", "--listen", "0.0.0.0:0", "--data-dir", "/nonexistent/x"]));
    assert!(!good && text.contains("loopback"), "{text}");
}

#[test]
fn a_database_that_does_not_answer_is_named_without_its_password() {
    let url = "postgres://somebody:hunter2@127.0.0.1:1/nowhere";
    let (good, text) = said(command().args(["serve", "--listen", "127.0.0.1:0"]).env("DATABASE_URL", url));
    assert!(!good && !text.contains("hunter2") && !text.is_empty(), "{text}");
}
