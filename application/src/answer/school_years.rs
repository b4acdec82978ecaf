//! Chronic absence at a school beside the district's, year by year, as it is told.
use chrono::NaiveDate;
use domain::{SchoolId, indicator::SchoolYear, policy::PolicyVersion};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::FEW;
use crate::school_years::{Absent, SchoolYearCounts};

/// How many students were chronically absent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"students": 412, "judged": 405, "chronic": 50, "chronic_thousandths": 123}))]
pub struct ChronicAbsence {
    /// Students enrolled on the last known day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub students: Option<u32>,
    /// Of these, those whose band is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub judged: Option<u32>,
    /// Of these, those in the bands `chronic` and `severe`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub chronic: Option<u32>,
    /// The same in thousandths of those whose band is known, rounded down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub chronic_thousandths: Option<u32>,
}

/// A year of a school beside the district.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "school_year": 2026, "known_through": "2026-06-26",
    "school": {"students": 412, "judged": 405, "chronic": 50, "chronic_thousandths": 123},
    "district": {"students": 40312, "judged": 39820, "chronic": 8911, "chronic_thousandths": 223}, "schools": 96
}))]
pub struct YearOfSchool {
    /// The school year, by the year in which it ends.
    pub school_year: SchoolYear,
    /// The last day of it that the school has submitted.
    pub known_through: NaiveDate,
    /// At the school; numbers of few students are not told to who works across schools.
    pub school: ChronicAbsence,
    /// In the whole district; absent numbers are those from which the others' could be worked out, where these are few.
    pub district: ChronicAbsence,
    /// So many schools of the district are in it, this one included.
    pub schools: u32,
}

/// What is compared year by year, by the same definition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "school": "0192a000-0000-7000-8000-000000000001", "policy": {"name": "attendance-works", "version": 1},
    "years": [{
        "school_year": 2026, "known_through": "2026-06-26",
        "school": {"students": 412, "judged": 405, "chronic": 50, "chronic_thousandths": 123},
        "district": {"students": 40312, "judged": 39820, "chronic": 8911, "chronic_thousandths": 223}, "schools": 96
    }],
    "not_known": ["graduation: no imported source tells of it"]
}))]
pub struct SchoolYears {
    /// The school.
    pub school: SchoolId,
    /// The policy whose bands count as chronic, the same for every year.
    pub policy: PolicyVersion,
    /// The years, the earliest first.
    pub years: Vec<YearOfSchool>,
    /// What people compare schools by and nobody has told, with why.
    pub not_known: Vec<String>,
}

impl SchoolYears {
    /// The years of a school, for who works there or across schools.
    pub fn of(school: SchoolId, policy: &PolicyVersion, years: &[SchoolYearCounts], small_numbers: bool) -> Self {
        let year = |counts: &SchoolYearCounts| YearOfSchool {
            school_year: counts.year,
            known_through: counts.known_through,
            school: if small_numbers || is_many(counts.school) {
                shown(counts.school)
            } else {
                ChronicAbsence::default()
            },
            district: if is_many(counts.others()) { shown(counts.district) } else { ChronicAbsence::default() },
            schools: counts.schools,
        };
        Self {
            school,
            policy: policy.clone(),
            years: years.iter().map(year).collect(),
            not_known: vec!["graduation: no imported source tells of it".to_owned()],
        }
    }
}

impl SchoolYearCounts {
    fn others(&self) -> Absent {
        let (all, own) = (self.district, self.school);
        Absent {
            students: all.students.saturating_sub(own.students),
            judged: all.judged.saturating_sub(own.judged),
            chronic: all.chronic.saturating_sub(own.chronic),
        }
    }
}

/// Whether none of the groups that the numbers tell of is few.
fn is_many(absent: Absent) -> bool {
    let groups =
        [absent.chronic, absent.judged.saturating_sub(absent.chronic), absent.students.saturating_sub(absent.judged)];
    groups.into_iter().all(|number| number == 0 || number >= FEW)
}

fn shown(absent: Absent) -> ChronicAbsence {
    ChronicAbsence {
        students: Some(absent.students),
        judged: Some(absent.judged),
        chronic: Some(absent.chronic),
        chronic_thousandths: (u64::from(absent.chronic) * 1000)
            .checked_div(absent.judged.into())
            .and_then(|share| share.try_into().ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn absent(students: u32, judged: u32, chronic: u32) -> Absent {
        Absent { students, judged, chronic }
    }

    fn told(school: Absent, district: Absent, small_numbers: bool) -> YearOfSchool {
        let counts =
            SchoolYearCounts { year: 2026.into(), known_through: NaiveDate::default(), school, district, schools: 2 };
        let policy = "attendance-works@1".parse().expect("a policy");
        SchoolYears::of(SchoolId::default(), &policy, &[counts], small_numbers).years[0]
    }

    #[test]
    fn a_school_stands_beside_the_district_in_thousandths() {
        let year = told(absent(400, 400, 50), absent(4_000, 3_900, 800), false);
        assert_eq!((year.school.chronic_thousandths, year.district.chronic_thousandths), (Some(125), Some(205)));
    }

    #[test]
    fn few_are_told_of_within_the_school_only_and_the_others_never() {
        let few = absent(40, 40, 3);
        assert_eq!(told(few, absent(400, 400, 60), false).school, ChronicAbsence::default());
        assert_eq!(told(few, absent(400, 400, 60), true).school.chronic, Some(3));
        assert_eq!(told(few, absent(80, 80, 9), true).district, ChronicAbsence::default(), "six at the other school");
    }
}
