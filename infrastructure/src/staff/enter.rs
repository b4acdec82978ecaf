//! Staff records entered by hand.
use application::{Error, HeldRole, Personal};
use domain::StaffId;
use tokio_postgres::Transaction;
use uuid::Uuid;

use super::PgStaff;
use crate::DatabaseError;

/// Who is to be entered, or found again by the subject, and as what.
#[derive(Debug)]
pub struct NewStaff {
    /// The subject in the person's tokens.
    pub subject: String,
    /// The given name.
    pub given_name: Personal,
    /// The family name.
    pub family_name: Personal,
    /// The role that the person holds from today on.
    pub role: HeldRole,
}

/// A school or a partner, to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Which one.
    pub id: Uuid,
    /// Its name.
    pub name: String,
}

impl PgStaff {
    /// Enters `new` for development, unless there is such a person; gives the role, unless it is held already, and takes
    /// the confidentiality agreement for signed.
    pub async fn enter(&self, new: &NewStaff) -> Result<StaffId, Error> {
        let entered = async {
            let mut client = self.pool.get().await?;
            let tx = client.transaction().await?;
            let person = "INSERT INTO staff (id, given_name, family_name, subject, source)
                VALUES ($1, $2, $3, $4, 'hand') ON CONFLICT ON CONSTRAINT staff_subject_once DO NOTHING";
            let (given, family) = (new.given_name.reveal(), new.family_name.reveal());
            tx.execute(person, &[&Uuid::now_v7(), &given, &family, &new.subject]).await?;
            let found = tx.query_one("SELECT id FROM staff WHERE subject = $1 FOR UPDATE", &[&new.subject]).await?;
            let staff: Uuid = found.get(0);
            give(&tx, staff, &new.role).await?;
            let signed = "INSERT INTO confidentiality_agreements (staff, signed_on, text_version, recorded_by)
                SELECT $1, (now() AT TIME ZONE 'America/New_York')::date, 'development', $1 ON CONFLICT DO NOTHING";
            tx.execute(signed, &[&staff]).await?;
            tx.commit().await?;
            Ok::<_, DatabaseError>(staff.into())
        };
        entered.await.map_err(Error::unavailable)
    }

    /// The schools whose name, short name or id is `named`; all of them when nothing is named. At most `limit`.
    pub async fn schools(&self, named: Option<&str>, limit: i64) -> Result<Vec<Place>, Error> {
        self.places("SELECT id, name FROM schools WHERE ended_on IS NULL", named, limit).await
    }

    /// The partners, in the same way.
    pub async fn partners(&self, named: Option<&str>, limit: i64) -> Result<Vec<Place>, Error> {
        self.places("SELECT id, name FROM partners WHERE true", named, limit).await
    }

    async fn places(&self, from: &str, named: Option<&str>, limit: i64) -> Result<Vec<Place>, Error> {
        let rows = async {
            let which = "($1::text IS NULL OR lower(name) = lower($1) OR lower(short_name) = lower($1) OR id::text = lower($1))";
            let asked = format!("{from} AND {which} ORDER BY lower(name), id LIMIT $2");
            Ok::<_, DatabaseError>(self.pool.get().await?.query(&asked, &[&named, &limit]).await?)
        };
        let rows = rows.await.map_err(Error::unavailable)?;
        Ok(rows.iter().map(|row| Place { id: row.get(0), name: row.get(1) }).collect())
    }
}

/// Gives a role from today on, unless it is held already.
pub(super) async fn give(tx: &Transaction<'_>, staff: Uuid, role: &HeldRole) -> Result<(), tokio_postgres::Error> {
    let insert = "INSERT INTO staff_roles (staff, role, school, partner, since, source)
        SELECT $1, $2, $3, $4, (now() AT TIME ZONE coalesce(
            (SELECT time_zone FROM schools WHERE id = $3), 'America/New_York'))::date, 'hand'
        WHERE NOT EXISTS (SELECT FROM staff_roles WHERE staff = $1 AND role = $2
            AND school IS NOT DISTINCT FROM $3 AND partner IS NOT DISTINCT FROM $4 AND until IS NULL)";
    let (school, partner) = (role.school.map(Uuid::from), role.partner.map(Uuid::from));
    tx.execute(insert, &[&staff, &role.role.to_string(), &school, &partner]).await.map(|_| ())
}
