//! Retention: how long what is kept of a student stays once support has ended and the student has left.
use std::{fs, path::Path};

use chrono::NaiveDate;
use deadpool_postgres::Pool;
use domain::StudentId;
use serde::Deserialize;
use uuid::Uuid;

use crate::DatabaseError;

mod holds;

pub use holds::{hold, release};

/// How long something is kept, by which rule of which jurisdiction.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetentionPolicy {
    /// What the policy is called.
    pub name: String,
    /// Whose rule it is.
    pub jurisdiction: String,
    /// Where the rule stands.
    pub source: String,
    /// For so many years after the case was closed.
    pub years_after_closing: u16,
    /// For so many years after the student left school, as far as enrolments are known.
    pub years_after_leaving: u16,
}

/// Why a policy cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum NoPolicy {
    /// There is no such file.
    #[error("the retention policy cannot be read: {0}")]
    File(#[from] std::io::Error),
    /// It does not say what a policy says.
    #[error("the retention policy is none: {0}")]
    Form(#[from] toml::de::Error),
}

impl RetentionPolicy {
    /// The schedule of New York's local governments for student records, as this project reads it: six years after the
    /// student has left. A district's records officer confirms it, or gives another file.
    pub fn usual() -> Self {
        Self {
            name: "ny-lgs-1".to_owned(),
            jurisdiction: "New York".to_owned(),
            source: "Retention and Disposition Schedule for New York Local Government Records (LGS-1)".to_owned(),
            years_after_closing: 6,
            years_after_leaving: 6,
        }
    }

    /// The policy in a TOML file.
    ///
    /// # Errors
    /// [`NoPolicy`] where there is none.
    pub fn read(file: &Path) -> Result<Self, NoPolicy> {
        Ok(toml::from_str(&fs::read_to_string(file)?)?)
    }
}

/// Why what is due is kept all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::Display, strum::EnumString)]
#[strum(serialize_all = "kebab-case")]
pub enum Kept {
    /// A court or a claim has it kept.
    LegalHold,
    /// The family has asked for an amendment, and that is not over.
    OpenAmendment,
    /// An override is not reviewed yet.
    OverrideToReview,
}

/// A closed case whose time is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Whose.
    pub student: StudentId,
    /// The day on which it was closed.
    pub closed_on: NaiveDate,
    /// The last day of the last enrolment, where one is known.
    pub left_on: Option<NaiveDate>,
    /// Why it is kept all the same, where it is.
    pub kept: Option<Kept>,
    /// Whether its erasure was asked for.
    pub asked: bool,
}

const DUE: &str = "
    SELECT c.student, closed.day, left_on.day AS left_on, e.student IS NOT NULL AS asked,
           CASE WHEN h.student IS NOT NULL THEN 'legal-hold'
                WHEN EXISTS (SELECT FROM entries a WHERE a.student = c.student AND a.kind = 'amendment'
                             AND a.status IN ('requested', 'refused', 'ordered')) THEN 'open-amendment'
                WHEN EXISTS (SELECT FROM entries o WHERE o.student = c.student AND o.kind = 'access_override'
                             AND o.status = 'unreviewed') THEN 'override-to-review' END AS kept
    FROM caseload c
    CROSS JOIN LATERAL (SELECT (max(occurred_at) AT TIME ZONE 'America/New_York')::date AS day FROM timeline t
                        WHERE t.student = c.student AND t.type = 'CaseClosed') closed
    CROSS JOIN LATERAL (SELECT max(coalesce(exit_date, 'infinity')) AS day FROM enrolments n
                        WHERE n.student = c.student) left_on
    LEFT JOIN legal_holds h ON h.student = c.student AND h.released_at IS NULL
    LEFT JOIN erasures e ON e.student = c.student
    WHERE c.status = 'closed'
      AND closed.day + make_interval(years => $1) <= $3::date
      AND (left_on.day IS NULL OR (isfinite(left_on.day) AND left_on.day + make_interval(years => $2) <= $3::date))
    ORDER BY closed.day, c.student";

/// The closed cases whose time is over on `today`, the longest closed first. Who is at school is not among them.
///
/// # Errors
/// Where the database does not answer.
pub async fn due(pool: &Pool, policy: &RetentionPolicy, today: NaiveDate) -> Result<Vec<Due>, DatabaseError> {
    let client = pool.get().await?;
    let years = [policy.years_after_closing, policy.years_after_leaving].map(i32::from);
    let rows = client.query(DUE, &[&years[0], &years[1], &today]).await?;
    let line = |row: &tokio_postgres::Row| Due {
        student: row.get::<_, Uuid>(0).into(),
        closed_on: row.get(1),
        left_on: row.get(2),
        asked: row.get(3),
        kept: row.get::<_, Option<&str>>(4).and_then(|kept| kept.parse().ok()),
    };
    Ok(rows.iter().map(line).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_is_a_file_that_a_records_officer_can_write() {
        let file = r#"
            name = "our-own"
            jurisdiction = "Exampleland"
            source = "Records Act, section 7"
            years_after_closing = 3
            years_after_leaving = 7
        "#;
        let policy: RetentionPolicy = toml::from_str(file).expect("a policy");
        assert_eq!((policy.years_after_closing, policy.years_after_leaving), (3, 7));
        assert!(toml::from_str::<RetentionPolicy>("name = \"ours\"").is_err());
    }
}
