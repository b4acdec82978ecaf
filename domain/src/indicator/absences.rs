//! The days on which a student was away.
use std::{collections::BTreeMap, ops::RangeInclusive};

use chrono::NaiveDate;

use super::{FindingKind, Mark, Schools, StudentYear};

impl StudentYear {
    /// The days of `span` on which the student was away, as they count; of a student of whom nobody says where and since
    /// when, as they were marked. A day without school is none.
    pub fn absences(&self, schools: &Schools, span: &RangeInclusive<NaiveDate>) -> BTreeMap<NaiveDate, Mark> {
        let mut days: BTreeMap<NaiveDate, Mark> = BTreeMap::new();
        for marked in self.marks.iter().filter(|marked| span.contains(&marked.day)) {
            let known = days.entry(marked.day).or_insert(marked.mark);
            *known = marked.mark.max(*known);
        }
        let known = self.known_days(schools, span);
        days.extend(known.days);
        for finding in known.findings.iter().filter(|finding| finding.what == FindingKind::NoSchoolThatDay) {
            days.remove(&finding.on);
        }
        days.retain(|_, mark| mark.is_absence());
        days
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::indicator::{Suspension, given::*};

    fn march_of(year: &StudentYear) -> Vec<(NaiveDate, Mark)> {
        year.absences(&march(), &(day("2026-03-01")..=day("2026-03-31"))).into_iter().collect()
    }

    const MARKS: &[(&str, Mark)] = &[
        ("2026-03-03", Mark::Unexcused),
        ("2026-03-03", Mark::Excused),
        ("2026-03-04", Mark::Tardy),
        ("2026-03-05", Mark::Unexcused),
        ("2026-03-07", Mark::Unexcused),
    ];

    #[test]
    fn absences_are_told_as_they_count() {
        let suspensions = vec![Suspension { from: day("2026-03-05"), days: 1, out_of_school: true }];
        let year = StudentYear { marks: marks(MARKS), suspensions, ..year() };
        let expected = [(day("2026-03-03"), Mark::Excused), (day("2026-03-05"), Mark::Suspended)];
        assert_eq!(march_of(&year), expected, "the 7th is a Saturday");
    }

    #[test]
    fn without_an_enrolment_they_are_told_as_they_were_marked() {
        let year = StudentYear { marks: marks(&MARKS[..4]), ..StudentYear::default() };
        let expected = [(day("2026-03-03"), Mark::Excused), (day("2026-03-05"), Mark::Unexcused)];
        assert_eq!(march_of(&year), expected);
    }
}
