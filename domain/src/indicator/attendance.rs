//! Days enrolled, counted by how the student was marked.
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Mark;

/// Attendance over a stretch of days. Each known day is either present or in one category of absence.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "enrolled": 169, "present": 152, "unexcused": 9, "excused": 8, "extended_medical": 0, "suspended": 0,
    "tardy": 3, "left_early": 0, "partial": 1, "longest_absence": 4, "current_absence": 0
}))]
#[schema(as = AttendanceIndicators)]
pub struct Attendance {
    /// Days on which the student was enrolled, the school taught and has submitted attendance.
    pub enrolled: u32,
    /// Days present, also those on which the student came late or left early.
    pub present: u32,
    /// Days away without an excuse.
    pub unexcused: u32,
    /// Days away with an excuse.
    pub excused: u32,
    /// Days away for long, for medical reasons.
    pub extended_medical: u32,
    /// Days away because suspended from school.
    pub suspended: u32,
    /// Of the days present, those with coming late.
    pub tardy: u32,
    /// Of the days present, those with leaving early.
    pub left_early: u32,
    /// Of the days present, those that were partial.
    pub partial: u32,
    /// The longest run of days away.
    pub longest_absence: u32,
    /// The run of days away with which the known days end.
    pub current_absence: u32,
}

impl Attendance {
    /// Counts days, earliest first.
    pub fn of(days: impl IntoIterator<Item = Mark>) -> Self {
        let mut all = Self::default();
        days.into_iter().for_each(|mark| all.add(mark));
        all
    }

    /// Days away, for whatever reason.
    pub fn absent(&self) -> u32 {
        self.unexcused + self.excused + self.extended_medical + self.suspended
    }

    fn add(&mut self, mark: Mark) {
        self.enrolled += 1;
        let category = match mark {
            Mark::Unexcused => &mut self.unexcused,
            Mark::Excused => &mut self.excused,
            Mark::ExtendedMedical => &mut self.extended_medical,
            Mark::Suspended => &mut self.suspended,
            _ => &mut self.present,
        };
        *category += 1;
        match mark {
            Mark::Tardy => self.tardy += 1,
            Mark::LeftEarly => self.left_early += 1,
            Mark::Partial => self.partial += 1,
            _ => {}
        }
        self.current_absence = if mark.is_absence() { self.current_absence + 1 } else { 0 };
        self.longest_absence = self.longest_absence.max(self.current_absence);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_by_category_and_runs_are_found() {
        use Mark::*;
        let days = [Present, Unexcused, Excused, Tardy, Suspended, ExtendedMedical, Excused, Present, Unexcused];
        let counted = Attendance::of(days);
        assert_eq!((counted.enrolled, counted.present, counted.absent(), counted.tardy), (9, 3, 6, 1));
        assert_eq!((counted.longest_absence, counted.current_absence), (3, 1));
    }

    #[test]
    fn no_days_come_to_nothing() {
        assert_eq!(Attendance::of([]), Attendance::default());
    }
}
