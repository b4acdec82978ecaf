//! A real OpenID provider: the certified `oidc-provider`, on loopback.
use std::{
    env,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use anyhow::{Context, bail};
use reqwest::Client;
use serde_json::Value;

/// The name by which its tokens say whom they are for.
pub const AUDIENCE: &str = "urn:throughline:test";
const SECRET: &str = "a secret of nobody, for a test";

/// A provider, ended with the value.
pub struct Provider {
    child: Child,
    http: Client,
    /// Where this process reaches it, without TLS.
    address: String,
    /// Its name, which is where others reach it.
    pub issuer: String,
}

impl Provider {
    /// A provider at which these subjects can get tokens; nothing where this machine has none. Where everything must be
    /// checked (`CI=true`) that is a failure.
    pub fn start(subjects: &[&str]) -> anyhow::Result<Option<Self>> {
        Self::launch(subjects, None)
    }

    /// The same, over https with the certificate and the key in these files.
    pub fn start_secure(subjects: &[&str], certificate: &Path, key: &Path) -> anyhow::Result<Option<Self>> {
        Self::launch(subjects, Some((certificate, key)))
    }

    fn launch(subjects: &[&str], secure: Option<(&Path, &Path)>) -> anyhow::Result<Option<Self>> {
        let modules = modules();
        if !modules.join("oidc-provider").is_dir() {
            if env::var("CI").is_ok_and(|ci| ci == "true") {
                bail!("there is no oidc-provider in {}: .ci/run installs it", modules.display());
            }
            eprintln!("SKIPPED: there is no oidc-provider in {}; .ci/run installs it", modules.display());
            return Ok(None);
        }
        let mut node = Command::new("node");
        node.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/provider/provider.mjs")).arg(modules).args(subjects);
        if let Some((certificate, key)) = secure {
            node.env("PROVIDER_CERTIFICATE", certificate).env("PROVIDER_KEY", key);
        }
        let mut child = node.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let said = BufReader::new(child.stdout.take().context("its output")?).lines().map_while(Result::ok);
        let mut said = said.filter_map(|line| Some(line.split_once(' ')?.1.to_owned()));
        let address = said.next().context("the provider does not start")?;
        let issuer = said.next().context("the provider has no name")?;
        Ok(Some(Self { child, http: Client::builder().no_proxy().build()?, address, issuer }))
    }

    /// A new access token of `subject`.
    pub async fn token(&self, subject: &str) -> anyhow::Result<String> {
        let asked =
            self.http.post(format!("{}/token", self.address)).basic_auth(encoded(subject), Some(encoded(SECRET)));
        let asked = asked.header("content-type", "application/x-www-form-urlencoded");
        let text = asked.body("grant_type=client_credentials").send().await?.error_for_status()?.text().await?;
        let answer: Value = serde_json::from_str(&text)?;
        Ok(answer["access_token"].as_str().context("a token")?.to_owned())
    }

    /// From now on another key signs; the one before stays published.
    pub async fn rotate(&self) -> anyhow::Result<()> {
        self.tell("rotation").await.map(|_| ())
    }

    /// How often its keys were fetched.
    pub async fn fetches(&self) -> anyhow::Result<usize> {
        Ok(self.tell("fetches").await?.parse()?)
    }

    async fn tell(&self, what: &str) -> anyhow::Result<String> {
        Ok(self.http.get(format!("{}/test/{what}", self.address)).send().await?.text().await?)
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Where `.ci/run` puts the packages of node.
fn modules() -> PathBuf {
    let cache = env::var_os("THROUGHLINE_CI_CACHE").map(PathBuf::from).unwrap_or_else(|| {
        let caches = env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
        let home = || PathBuf::from(env::var_os("HOME").unwrap_or_default()).join(".cache");
        caches.unwrap_or_else(home).join("throughline-ci")
    });
    cache.join("node/node_modules")
}

/// As a client's name and secret are encoded before they are put into the header (RFC 6749).
fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
