//! Changes of band are written down on the students' cases.
use std::{
    collections::{BTreeMap, btree_map::Entry},
    sync::Arc,
    time::Duration,
};

use application::{
    Commands, Error, Order, Principal,
    access::Operation,
    indicators::{KeepPolicies, KnownPolicy, ReadIndicators, in_force},
};
use chrono::NaiveDate;
use deadpool_postgres::Pool;
use domain::{
    SchoolId, StudentId,
    case::{Band, RecordRiskBand},
    indicator::{SchoolYear, Schools},
};
use serde::Deserialize;
use uuid::Uuid;

use super::PgIndicators;
use crate::{Upkeep, database::failed, import::importer};

/// How many cases are judged at a time.
const PAGE: i64 = 1000;
/// How often to look.
const LOOK: Duration = Duration::from_secs(600);
/// The names of bands that were announced, fixed for good.
const BANDS: Uuid = Uuid::from_u128(0x6d0f_5d1e_3b0c_4d5e_9a54_0b1f_73c2_88e1);

/// What was announced.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Announced {
    /// Open cases that were looked at.
    pub cases: u64,
    /// Changes of band that were written down on them.
    pub changes: u64,
}

/// What a case file says of bands.
#[derive(Deserialize)]
struct Bands {
    #[serde(default)]
    bands: BTreeMap<String, Band>,
}

/// An open case.
struct OpenCase {
    student: StudentId,
    school: SchoolId,
    bands: BTreeMap<String, Band>,
}

/// Announces changes of band again and again, until dropped.
#[must_use]
pub fn announcing_bands(pool: Pool, commands: Commands) -> Upkeep {
    Upkeep::every(LOOK, "announce changes of band", move || {
        let (pool, commands) = (pool.clone(), commands.clone());
        async move {
            let announced = announce_bands(&pool, &commands).await?;
            if announced.changes > 0 {
                tracing::info!(announced.changes, "announced changes of band");
            }
            Ok::<_, Error>(())
        }
    })
}

/// Judges every student with an open case under the policies that announce, as of the last day for which the school has
/// submitted attendance, and writes down which bands are others than they were. Who is on track from the beginning has
/// not changed. A repetition writes nothing.
///
/// # Errors
/// [`Error::Unavailable`]; what was written down before stands.
pub async fn announce_bands(pool: &Pool, commands: &Commands) -> Result<Announced, Error> {
    let pg = PgIndicators::new(pool.clone());
    let (policies, principal) =
        (pg.policies().await?, Arc::new(importer(pool, "bands").await.map_err(Error::unavailable)?));
    let (mut announced, mut after) = (Announced::default(), Uuid::nil());
    loop {
        let cases = open_cases(&pg, after).await?;
        let Some(last) = cases.last() else { return Ok(announced) };
        after = last.student.uuid();
        announced.cases += cases.len() as u64;
        let mut by_day: BTreeMap<NaiveDate, Vec<OpenCase>> = BTreeMap::new();
        let mut through = BTreeMap::new();
        for case in cases {
            if let Entry::Vacant(unasked) = through.entry(case.school) {
                unasked.insert(pg.school_known_through(case.school).await?);
            }
            if let Some(Some(day)) = through.get(&case.school) {
                by_day.entry(*day).or_default().push(case);
            }
        }
        for (day, cases) in by_day {
            let announce = Announce { pg: &pg, commands, principal: principal.clone(), day };
            announced.changes += announce.of(&cases, &in_force(&policies, day)).await?;
        }
    }
}

async fn open_cases(pg: &PgIndicators, after: Uuid) -> Result<Vec<OpenCase>, Error> {
    // The fences (OFFSET 0) have each file looked up by its key, and only its bands leave the database.
    let sql = "SELECT c.student, c.school, f.bands
               FROM (SELECT student, school FROM caseload WHERE status = 'open' AND student > $1
                     ORDER BY student LIMIT $2 OFFSET 0) c
               CROSS JOIN LATERAL (SELECT json_build_object('bands', body::json -> 'bands')::text AS bands
                                   FROM case_files WHERE student = c.student OFFSET 0) f
               ORDER BY c.student";
    let rows = pg.rows(sql, &[&after, &PAGE]).await?;
    let case = |row: &tokio_postgres::Row| {
        let Bands { bands } = serde_json::from_str(row.get(2)).map_err(failed)?;
        Ok(OpenCase { student: row.get::<_, Uuid>(0).into(), school: row.get::<_, Uuid>(1).into(), bands })
    };
    rows.iter().map(case).collect()
}

/// Announcing what is known as of one day.
struct Announce<'a> {
    pg: &'a PgIndicators,
    commands: &'a Commands,
    principal: Arc<Principal>,
    day: NaiveDate,
}

impl Announce<'_> {
    async fn of(&self, cases: &[OpenCase], policies: &[&KnownPolicy]) -> Result<u64, Error> {
        let students: Vec<_> = cases.iter().map(|case| case.student).collect();
        let years = self.pg.years(&students, SchoolYear::of(self.day)).await?;
        let mut schools: Vec<_> = years.values().flat_map(|year| &year.stays).map(|stay| stay.school).collect();
        schools.sort();
        schools.dedup();
        let schools: Schools = self.pg.teaching_days(&schools, SchoolYear::of(self.day)).await?;
        let mut changes = 0;
        for case in cases {
            for known in policies.iter().filter(|known| known.policy.announces) {
                let policy = known.version.to_string();
                let Some(year) = years.get(&case.student) else { continue };
                let judged = known.policy.judge(year, &schools, self.day);
                let before = case.bands.get(&policy).copied().unwrap_or(Band::OnTrack);
                let Some(band) = judged.band.filter(|band| *band != before) else { continue };
                let triggers = judged.triggers.iter().map(ToString::to_string).collect();
                changes += u64::from(self.write(case.student, RecordRiskBand { policy, band, triggers }).await?);
            }
        }
        Ok(changes)
    }

    /// Writes a change down; the key follows from what changed, so that nothing is written twice.
    async fn write(&self, student: StudentId, change: RecordRiskBand) -> Result<bool, Error> {
        let saying = format!("{} {:?} {} {student}", change.policy, change.band, self.day);
        let key = Uuid::new_v5(&BANDS, saying.as_bytes());
        let order = Order::new(self.principal.clone(), student, Operation::RecordRiskBand, key);
        let order = Order { canonical: saying.into_bytes(), ..order };
        match self.commands.execute(&order, change).await {
            Ok(receipt) => Ok(!receipt.replayed),
            // The case was closed in between, or is another person's to tell of by now.
            Err(Error::Rejected { .. } | Error::NotFound) => Ok(false),
            Err(error) => Err(error),
        }
    }
}
