//! A student with the case, as it is found before anything is decided.
use std::collections::{BTreeMap, BTreeSet};

use application::{Error, view::CaseFile};
use chrono::Utc;
use domain::{SchoolId, StudentId};
use uuid::Uuid;

use super::Draw;
use crate::database::failed;

/// A student of whom something was told.
pub struct Found {
    /// Who it is.
    pub student: StudentId,
    /// The school that supports the student, or which the student attends where there is no open case.
    pub school: SchoolId,
    /// The case, where there is or was one.
    pub case: Option<CaseFile>,
    /// Its version; 0 where there is none.
    pub version: u64,
    /// Whether a policy has opened it, or taken it up again, since it was found.
    pub opened: bool,
}

impl Found {
    /// Whether there is an open case.
    pub fn is_open(&self) -> bool {
        self.opened || self.case.as_ref().is_some_and(CaseFile::is_open)
    }
}

const CASES: &str = "SELECT student, version, body::text FROM case_files WHERE student = ANY($1)";

/// Where students without an open case are: at the school entered last. Whose erasure was asked for is nowhere. An
/// enrolment that is assumed tells where somebody is, not since when; a stay that is assumed lasts as long as its session.
const ATTENDED: &str = "
    SELECT DISTINCT ON (student) student, school FROM (
        SELECT student, school, entry_date FROM enrolments
        WHERE student = ANY($1) AND NOT assumed AND entry_date <= $2 AND (exit_date IS NULL OR exit_date >= $2)
        UNION ALL
        SELECT student, school, entry_date FROM assumed_stays a
        WHERE student = ANY($1) AND school IS NOT NULL
          AND NOT EXISTS (SELECT FROM enrolments e WHERE e.student = a.student AND NOT e.assumed)
    ) attended
    WHERE NOT EXISTS (SELECT FROM erasures e WHERE e.student = attended.student)
    ORDER BY student, entry_date DESC, school";

impl Draw<'_> {
    /// Those of `students` for whom anything can follow: with an open case, or where a policy opens cases.
    pub(super) async fn found(&self, students: &[StudentId]) -> Result<Vec<Found>, Error> {
        let ids: Vec<Uuid> = students.iter().map(|student| student.uuid()).collect();
        let mut cases = BTreeMap::new();
        for row in self.pg.rows(CASES, &[&ids]).await? {
            let case: CaseFile = serde_json::from_str(row.get(2)).map_err(failed)?;
            cases.insert(StudentId::from(row.get::<_, Uuid>(0)), (case, row.get::<_, i64>(1).unsigned_abs()));
        }
        cases.retain(|_, (case, _)| !case.erased);
        let opens = self.policies.iter().any(|known| known.policy.opens_case_from.is_some());
        let without = |id: &Uuid| opens && cases.get(&(*id).into()).is_none_or(|(case, _)| !case.is_open());
        let without: Vec<Uuid> = ids.iter().copied().filter(without).collect();
        let mut attended: BTreeMap<StudentId, SchoolId> = BTreeMap::new();
        if !without.is_empty() {
            for row in self.pg.rows(ATTENDED, &[&without, &Utc::now().date_naive()]).await? {
                attended.insert(row.get::<_, Uuid>(0).into(), row.get::<_, Uuid>(1).into());
            }
        }
        let mut found = vec![];
        for &student in students.iter().collect::<BTreeSet<_>>() {
            let (case, version) = cases.remove(&student).map_or((None, 0), |(case, version)| (Some(case), version));
            let supported = case.as_ref().filter(|case| case.is_open()).map(|case| case.school);
            let school = supported.or_else(|| attended.get(&student).copied());
            found.extend(school.map(|school| Found { student, school, case, version, opened: false }));
        }
        Ok(found)
    }
}
