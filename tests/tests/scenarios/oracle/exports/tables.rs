//! Tables as they are handed out: over HTTP, and by the command on the server's machine.
use std::{collections::BTreeMap, fs};

use tempfile::TempDir;
use tests::{District, Person, command, said};

/// The rows of a table, by the names of its columns.
pub type Rows = Vec<BTreeMap<String, String>>;

/// A table.
pub struct Table {
    pub text: String,
    pub columns: Vec<String>,
    pub rows: Rows,
}

/// Where tables come from.
pub enum Source<'a> {
    Http(&'a Person),
    Command(&'a District, &'a TempDir),
}

impl Source<'_> {
    /// The table `name`, with what is asked for by the names of parameters.
    pub async fn table(&self, name: &str, asked: &[(&str, &str)]) -> Table {
        let text = match self {
            Self::Http(person) => {
                let asked: Vec<_> = asked.iter().map(|(name, value)| format!("{name}={value}")).collect();
                as_csv(person, &format!("/v1/exports/{name}?{}", asked.join("&"))).await
            }
            Self::Command(district, directory) => {
                let path = directory.path().join(name);
                let mut command = command();
                command.args(["export", name, "--to"]).arg(&path).env("DATABASE_URL", &district.url);
                for (name, value) in asked {
                    command.arg(format!("--{}", name.replace('_', "-"))).arg(value);
                }
                let (done, words) = said(&mut command);
                assert!(done, "{words}");
                fs::read_to_string(path).expect("a file")
            }
        };
        Table::read(text)
    }
}

impl Table {
    /// What `person` gets at `path`.
    pub async fn of(person: &Person, path: &str) -> Self {
        Self::read(as_csv(person, path).await)
    }

    fn read(text: String) -> Self {
        let (columns, rows) = parts(&text);
        Self { text, columns, rows }
    }
}

fn parts(text: &str) -> (Vec<String>, Rows) {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let columns: Vec<String> = reader.headers().expect("columns").iter().map(str::to_owned).collect();
    let row = |line: csv::StringRecord| columns.iter().cloned().zip(line.iter().map(str::to_owned)).collect();
    let rows = reader.records().map(|line| row(line.expect("a row"))).collect();
    (columns, rows)
}

async fn as_csv(person: &Person, path: &str) -> String {
    let answer = person.get(path).header("accept", "text/csv").open().await.expect("an answer");
    assert_eq!(answer.status(), 200, "{path}");
    answer.text().await.expect("text")
}
