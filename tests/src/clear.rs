//! What lies in a database in clear, for who reads its tables past the service.
use anyhow::Context;
use serde_json::Value;
use tokio_postgres::{Client, NoTls};
use uuid::Uuid;

const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// A connection past the service.
pub struct Clear(Client);

impl Clear {
    /// To the database at `url`.
    pub async fn open(url: &str) -> anyhow::Result<Self> {
        let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
        tokio::spawn(connection);
        Ok(Self(client))
    }

    /// The tables in which some row says `word`.
    pub async fn tables_with(&self, word: &str) -> anyhow::Result<Vec<String>> {
        let tables = "SELECT c.oid::regclass::text FROM pg_class c
                      WHERE c.relkind IN ('r', 'p') AND c.relnamespace IN ('public'::regnamespace, 'rebuild'::regnamespace)";
        let mut found = vec![];
        for table in self.0.query(tables, &[]).await? {
            let table: String = table.get(0);
            let there = format!("SELECT EXISTS (SELECT FROM {table} t WHERE strpos(t::text, $1) > 0)");
            if self.0.query_one(&there, &[&word]).await?.get(0) {
                found.push(table);
            }
        }
        Ok(found)
    }

    /// Says something to the database.
    pub async fn tell(&self, sql: &str) -> anyhow::Result<()> {
        Ok(self.0.batch_execute(sql).await?)
    }

    /// The tables that have rows about students, each about one.
    pub async fn tables_of_students(&self) -> anyhow::Result<Vec<String>> {
        let tables = "SELECT c.relname::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
                      WHERE a.attname = 'student' AND c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
                      ORDER BY 1";
        Ok(self.0.query(tables, &[]).await?.iter().map(|row| row.get(0)).collect())
    }

    /// Those of them that have a row about `student`.
    pub async fn kept_of(&self, student: Uuid) -> anyhow::Result<Vec<String>> {
        let mut kept = vec![];
        for table in self.tables_of_students().await? {
            let there = format!("SELECT EXISTS (SELECT FROM {table} WHERE student = $1)");
            if self.0.query_one(&there, &[&student]).await?.get(0) {
                kept.push(table);
            }
        }
        Ok(kept)
    }

    /// Under which key of its student a note lies: 1 is the case's, 2 that of the mental-health compartment.
    pub async fn key_of_note(&self, note: Uuid) -> anyhow::Result<u8> {
        let body: String = self.0.query_one("SELECT body FROM entries WHERE entry = $1", &[&note]).await?.get(0);
        let body: Value = serde_json::from_str(&body)?;
        let form = body["content"]["note"]["text"]["sealed"].as_str().context("a sealed text")?;
        // The first byte names the key: it is the first digit of base64 and a third of the second one.
        let digit =
            |at: usize| form.as_bytes().get(at).and_then(|digit| DIGITS.iter().position(|other| other == digit));
        let (first, second) = (digit(0).context("a digit")?, digit(1).context("a digit")?);
        Ok(u8::try_from(first << 2 | second >> 4)?)
    }

    /// The whole log, as it lies there.
    pub async fn log(&self) -> anyhow::Result<Vec<String>> {
        let rows = self.0.query("SELECT l::text FROM log l ORDER BY position", &[]).await?;
        Ok(rows.iter().map(|row| row.get(0)).collect())
    }
}
