//! Policies: those that come with the server, and those that the district wrote.
use application::{
    Error,
    indicators::{KeepPolicies, KnownPolicy},
    reference::Kept,
};
use async_trait::async_trait;
use domain::{
    StaffId,
    policy::{Policy, PolicyError, PolicyVersion, presets},
};

use super::PgIndicators;
use crate::{DatabaseError, database::failed};

#[async_trait]
impl KeepPolicies for PgIndicators {
    async fn policies(&self) -> Result<Vec<KnownPolicy>, Error> {
        let mut all: Vec<_> = built_in().collect();
        for row in self.rows("SELECT name, version, body FROM policies", &[]).await? {
            let version = format!("{}@{}", row.get::<_, &str>(0), row.get::<_, i32>(1));
            let version = version.parse().map_err(|_| failed(DatabaseError::Unreadable))?;
            let policy = serde_json::from_str(row.get(2)).map_err(failed)?;
            all.push(KnownPolicy { version, policy, preset: false });
        }
        all.sort_by(|a, b| a.version.cmp(&b.version));
        Ok(all)
    }

    async fn put_policy(&self, version: &PolicyVersion, policy: &Policy, by: StaffId) -> Result<Kept, Error> {
        policy.check()?;
        if let Some(known) = built_in().find(|known| known.version == *version) {
            return same(&known.policy, policy);
        }
        let body = serde_json::to_string(policy).map_err(failed)?;
        let insert = "INSERT INTO policies (name, version, body, recorded_by) VALUES ($1, $2, $3, $4)
                      ON CONFLICT DO NOTHING RETURNING name";
        let (name, number) = (version.name.to_string(), i32::from(version.version));
        if !self.rows(insert, &[&name, &number, &body, &by.uuid()]).await?.is_empty() {
            return Ok(Kept::Created);
        }
        let rows = self.rows("SELECT body FROM policies WHERE name = $1 AND version = $2", &[&name, &number]).await?;
        let known = rows.first().map(|row| serde_json::from_str(row.get(0))).transpose().map_err(failed)?;
        same(&known.ok_or_else(|| failed(DatabaseError::Unreadable))?, policy)
    }
}

fn built_in() -> impl Iterator<Item = KnownPolicy> {
    presets().into_iter().map(|(version, policy)| KnownPolicy { version, policy, preset: true })
}

/// A version is written once: a repetition says the same.
fn same(known: &Policy, policy: &Policy) -> Result<Kept, Error> {
    if known == policy { Ok(Kept::Changed) } else { Err(PolicyError::PolicyVersionTaken.into()) }
}
