//! The reference data of a made-up district, entered many rows at a time.
use application::{
    Error, Principal,
    simulate::{KeepDistrict, SimulatedSchool, SimulatedStudent},
};
use async_trait::async_trait;
use chrono::NaiveDate;
use deadpool_postgres::Pool;
use domain::PartnerId;
use tokio_postgres::types::ToSql;
use uuid::Uuid;

use crate::database::failed;

/// Made-up districts in PostgreSQL.
pub struct PgSimulated {
    pool: Pool,
    since: NaiveDate,
}

impl PgSimulated {
    /// Writes through `pool`; everybody works and is enrolled there from the day `since`.
    #[must_use]
    pub fn new(pool: Pool, since: NaiveDate) -> Self {
        Self { pool, since }
    }

    async fn execute(&self, insert: &str, values: &[&(dyn ToSql + Sync)]) -> Result<(), Error> {
        let client = self.pool.get().await.map_err(failed)?;
        let insert = client.prepare_cached(insert).await.map_err(failed)?;
        client.execute(&insert, values).await.map_err(failed)?;
        Ok(())
    }
}

#[async_trait]
impl KeepDistrict for PgSimulated {
    async fn schools(&self, schools: Vec<SimulatedSchool>) -> Result<(), Error> {
        let ids: Vec<Uuid> = schools.iter().map(|school| school.id.uuid()).collect();
        let names: Vec<&str> = schools.iter().map(|school| school.name.as_str()).collect();
        let insert = "INSERT INTO schools (id, name, source) SELECT *, 'simulated' FROM unnest($1::uuid[], $2::text[])
                      ON CONFLICT DO NOTHING";
        self.execute(insert, &[&ids, &names]).await?;
        let people = |school: &'_ SimulatedSchool| -> Vec<(Uuid, Uuid, String)> {
            let staff = [&school.director, &school.manager].into_iter().chain(&school.mentors);
            let held = |who: &Principal| who.roles.first().map(|held| held.role.to_string()).unwrap_or_default();
            staff.map(|who| (who.staff.uuid(), school.id.uuid(), held(who))).collect()
        };
        let people: Vec<_> = schools.iter().flat_map(people).collect();
        let staff: Vec<Uuid> = people.iter().map(|person| person.0).collect();
        let at: Vec<Uuid> = people.iter().map(|person| person.1).collect();
        let roles: Vec<&str> = people.iter().map(|person| person.2.as_str()).collect();
        let insert =
            "WITH people AS (SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[]) AS p (id, school, role)),
                           entered AS (INSERT INTO staff (id, given_name, family_name, source)
                                       SELECT id, 'Made', 'Up', 'simulated' FROM people
                                       ON CONFLICT DO NOTHING RETURNING id),
                           signed AS (INSERT INTO confidentiality_agreements (staff, signed_on, text_version, recorded_by)
                                      SELECT id, current_date - 1, 'simulated', id FROM entered)
                      INSERT INTO staff_roles (staff, role, school, since, source)
                      SELECT id, role, school, $4, 'simulated' FROM people JOIN entered USING (id)";
        self.execute(insert, &[&staff, &at, &roles, &self.since]).await
    }

    async fn partners(&self, partners: Vec<PartnerId>) -> Result<(), Error> {
        let ids: Vec<Uuid> = partners.iter().map(|partner| partner.uuid()).collect();
        let insert = "INSERT INTO partners (id, name, source)
                      SELECT id, 'Partner ' || place, 'simulated' FROM unnest($1::uuid[]) WITH ORDINALITY p (id, place)
                      ON CONFLICT DO NOTHING";
        self.execute(insert, &[&ids]).await
    }

    async fn students(&self, students: Vec<SimulatedStudent>) -> Result<(), Error> {
        let ids: Vec<Uuid> = students.iter().map(|student| student.id.uuid()).collect();
        let schools: Vec<Uuid> = students.iter().map(|student| student.school.uuid()).collect();
        let given: Vec<&str> = students.iter().map(|student| student.given_name.as_str()).collect();
        let family: Vec<&str> = students.iter().map(|student| student.family_name.as_str()).collect();
        let insert = "WITH pupils AS (SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[])
                                          AS p (id, school, given_name, family_name)),
                           entered AS (INSERT INTO students (id, given_name, family_name, source)
                                       SELECT id, given_name, family_name, 'simulated' FROM pupils
                                       ON CONFLICT DO NOTHING RETURNING id)
                      INSERT INTO enrolments (student, school, entry_date, source)
                      SELECT id, school, $5, 'simulated' FROM pupils JOIN entered USING (id)";
        self.execute(insert, &[&ids, &schools, &given, &family, &self.since]).await
    }
}
