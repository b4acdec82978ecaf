//! Staff records made or bound on the server's own machine, where nobody has to be asked.
use application::Error;
use domain::{Role, StaffId};
use tokio_postgres::{Transaction, error::SqlState};
use uuid::Uuid;

use super::{NewStaff, PgStaff, enter::give};
use crate::DatabaseError;

/// Who is asked for by a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// By the id of the staff record.
    Id(StaffId),
    /// By the e-mail address at work.
    EMail(String),
}

/// Why nobody was appointed or bound.
#[derive(Debug, thiserror::Error)]
pub enum NotDone {
    /// The district has a privacy officer.
    #[error("there is a privacy officer already; say --another to have one more")]
    HeldAlready,
    /// Another record has that subject.
    #[error("somebody else signs in with this subject")]
    SubjectTaken,
    /// The record has a subject, and would lose it.
    #[error("this person signs in with another subject; say --instead to have it replaced")]
    BoundAlready,
    /// Nobody is called so, or several are.
    #[error("there is nobody, or more than one, by that id or e-mail address")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Failed(#[from] Error),
}

impl PgStaff {
    /// Enters somebody new who holds a role from today on. Where it is that of the privacy officer, there is one only,
    /// unless `another` is asked for.
    pub async fn appoint(&self, new: &NewStaff, another: bool) -> Result<StaffId, NotDone> {
        let mut client = self.pool.get().await.map_err(failed)?;
        let tx = client.transaction().await.map_err(failed)?;
        if new.role.role == Role::PrivacyOfficer && !another && has_privacy_officer(&tx).await.map_err(failed)? {
            return Err(NotDone::HeldAlready);
        }
        let staff = Uuid::now_v7();
        let person = "INSERT INTO staff (id, given_name, family_name, subject, source) VALUES ($1, $2, $3, $4, 'hand')";
        let (given, family) = (new.given_name.reveal(), new.family_name.reveal());
        tx.execute(person, &[&staff, &given, &family, &new.subject]).await.map_err(taken)?;
        give(&tx, staff, &new.role).await.map_err(failed)?;
        tx.commit().await.map_err(failed)?;
        Ok(staff.into())
    }

    /// From now on `named` signs in with `subject`; one that they had before is replaced only if `instead` says so.
    pub async fn bind(&self, named: &Named, subject: &str, instead: bool) -> Result<StaffId, NotDone> {
        let mut client = self.pool.get().await.map_err(failed)?;
        let tx = client.transaction().await.map_err(failed)?;
        let (id, e_mail) = match named {
            Named::Id(id) => (Some(id.uuid()), None),
            Named::EMail(e_mail) => (None, Some(e_mail)),
        };
        let find = "SELECT id, subject FROM staff WHERE id = $1 OR lower(e_mail) = lower($2) FOR UPDATE";
        let found = tx.query(find, &[&id, &e_mail]).await.map_err(failed)?;
        let [found] = found.as_slice() else { return Err(NotDone::NotFound) };
        let (staff, before): (Uuid, Option<String>) = (found.get(0), found.get(1));
        if before.is_some_and(|before| before != subject) && !instead {
            return Err(NotDone::BoundAlready);
        }
        tx.execute("UPDATE staff SET subject = $2 WHERE id = $1", &[&staff, &subject]).await.map_err(taken)?;
        tx.commit().await.map_err(failed)?;
        Ok(staff.into())
    }
}

/// Whether somebody is, or is to become, privacy officer. Two who ask at once are told apart.
async fn has_privacy_officer(tx: &Transaction<'_>) -> Result<bool, tokio_postgres::Error> {
    tx.batch_execute("LOCK TABLE staff_roles IN SHARE ROW EXCLUSIVE MODE").await?;
    let held = "SELECT EXISTS (SELECT FROM staff_roles r JOIN staff s ON s.id = r.staff
                WHERE r.role = 'privacy_officer' AND (r.until IS NULL OR r.until > current_date)
                  AND (s.ended_on IS NULL OR s.ended_on > current_date))";
    Ok(tx.query_one(held, &[]).await?.get(0))
}

fn failed(error: impl Into<DatabaseError>) -> NotDone {
    NotDone::Failed(Error::unavailable(error.into()))
}

fn taken(error: tokio_postgres::Error) -> NotDone {
    match error.code() {
        Some(code) if *code == SqlState::UNIQUE_VIOLATION => NotDone::SubjectTaken,
        _ => failed(error),
    }
}
