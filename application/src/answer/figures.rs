//! Figures, as one person may see them today.
use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{SchoolId, StaffId};
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;
use utoipa::ToSchema;

use super::FEW;
use crate::figures::{CellRow, Measure, Progress, week_of};

/// One number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({"status": "made", "week": "2026-03-02", "number": 54, "minutes": 610}))]
pub struct Figure {
    /// Where it stands, or what came of it.
    pub status: String,
    /// The Monday of the week.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub week: Option<NaiveDate>,
    /// The tier of support.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub tier: Option<u8>,
    /// How long it has stood there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub waiting: Option<Waiting>,
    /// Whether it is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub due: Option<DueState>,
    /// How many; absent where they are fewer than ten and the caller works across schools.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub number: Option<u64>,
    /// How many minutes they took together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub minutes: Option<u64>,
}

/// How long something has stood where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Waiting {
    /// Less than seven days.
    UnderAWeek,
    /// Seven to thirteen days.
    OneToTwoWeeks,
    /// Fourteen to twenty-seven days.
    TwoToFourWeeks,
    /// Twenty-eight days or more.
    OverFourWeeks,
}

/// Whether something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum DueState {
    /// It should have been done before today.
    Overdue,
    /// Today.
    Today,
    /// On a later day.
    Later,
}

/// The figures of a school.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "school": "0192a000-0000-7000-8000-000000000001", "today": "2026-03-04", "since": "2026-02-23",
    "counted": {"position": 1024, "recorded_at": "2026-03-04T14:00:00Z"},
    "cases": [{"status": "open", "tier": 2, "number": 31}],
    "interventions": [{"status": "active", "tier": 2, "number": 24}],
    "contacts": [{"status": "made", "week": "2026-03-02", "number": 54, "minutes": 610}],
    "sessions": [{"status": "held", "week": "2026-03-02", "tier": 2, "number": 40, "minutes": 900}],
    "open_referrals": [{"status": "requested", "waiting": "under_a_week", "number": 4}],
    "ended_referrals": [{"status": "completed", "week": "2026-02-23", "number": 2}],
    "open_follow_ups": [{"status": "open", "due": "overdue", "number": 3}],
    "ended_follow_ups": [{"status": "completed", "week": "2026-03-02", "number": 9}]
}))]
pub struct SchoolFigures {
    /// The school.
    pub school: SchoolId,
    /// The day at the school from which is judged what is overdue, and how long something waits.
    pub today: NaiveDate,
    /// The Monday of the first week that is shown.
    pub since: NaiveDate,
    /// How far the log is counted.
    pub counted: Progress,
    /// Cases, by status and tier.
    pub cases: Vec<Figure>,
    /// Interventions, by status and tier.
    pub interventions: Vec<Figure>,
    /// Contacts and attempts at one, by week and outcome.
    pub contacts: Vec<Figure>,
    /// Sessions, by week, outcome and tier: what dosage was delivered.
    pub sessions: Vec<Figure>,
    /// Referrals that are not over, by status and how long they have stood there.
    pub open_referrals: Vec<Figure>,
    /// Referrals that are over, by the week in which they ended, and how.
    pub ended_referrals: Vec<Figure>,
    /// Follow-ups to be done, by whether they are due.
    pub open_follow_ups: Vec<Figure>,
    /// Follow-ups that were done or are not needed, by week.
    pub ended_follow_ups: Vec<Figure>,
}

/// What a member of staff did, and has to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "staff": "0192a000-0000-7000-8000-000000000011", "today": "2026-03-04", "since": "2026-02-23",
    "counted": {"position": 1024, "recorded_at": "2026-03-04T14:00:00Z"},
    "contacts": [{"status": "made", "week": "2026-03-02", "number": 12, "minutes": 130}],
    "sessions": [{"status": "held", "week": "2026-03-02", "number": 8, "minutes": 160}],
    "referrals_written": [{"status": "written", "week": "2026-03-02", "number": 1}],
    "notes_written": [{"status": "noted", "week": "2026-03-02", "number": 5}],
    "open_follow_ups": [{"status": "open", "due": "overdue", "number": 1}],
    "ended_follow_ups": [{"status": "completed", "week": "2026-03-02", "number": 3}]
}))]
pub struct StaffActivity {
    /// The member of staff.
    pub staff: StaffId,
    /// The day from which is judged what is overdue.
    pub today: NaiveDate,
    /// The Monday of the first week that is shown.
    pub since: NaiveDate,
    /// How far the log is counted.
    pub counted: Progress,
    /// Contacts and attempts at one that they logged, by week and outcome.
    pub contacts: Vec<Figure>,
    /// Sessions that they logged, by week and outcome.
    pub sessions: Vec<Figure>,
    /// Referrals that they wrote, by week.
    pub referrals_written: Vec<Figure>,
    /// Notes that they wrote, by week.
    pub notes_written: Vec<Figure>,
    /// Follow-ups that they have to do, by whether they are due.
    pub open_follow_ups: Vec<Figure>,
    /// Follow-ups of theirs that were done or are not needed, by week.
    pub ended_follow_ups: Vec<Figure>,
}

impl SchoolFigures {
    /// The figures that are in `cells`, as they are told on that day.
    pub fn of(
        (school, today, since): (SchoolId, NaiveDate, NaiveDate),
        cells: &[CellRow],
        counted: Progress,
        small_numbers: bool,
    ) -> Self {
        let of = |measure| figures(cells, measure, today, true, small_numbers);
        Self {
            school,
            today,
            since,
            counted,
            cases: of(Measure::Cases),
            interventions: of(Measure::Interventions),
            contacts: of(Measure::Contacts),
            sessions: of(Measure::Sessions),
            open_referrals: of(Measure::OpenReferrals),
            ended_referrals: of(Measure::EndedReferrals),
            open_follow_ups: of(Measure::OpenFollowUps),
            ended_follow_ups: of(Measure::EndedFollowUps),
        }
    }
}

impl StaffActivity {
    /// What is in `cells`, as it is told on that day.
    pub fn of((staff, today, since): (StaffId, NaiveDate, NaiveDate), cells: &[CellRow], counted: Progress) -> Self {
        let of = |measure| figures(cells, measure, today, false, true);
        Self {
            staff,
            today,
            since,
            counted,
            contacts: of(Measure::Contacts),
            sessions: of(Measure::Sessions),
            referrals_written: of(Measure::ReferralsWritten),
            notes_written: of(Measure::NotesWritten),
            open_follow_ups: of(Measure::OpenFollowUps),
            ended_follow_ups: of(Measure::EndedFollowUps),
        }
    }
}

/// The first week of so many that end with this one.
pub fn first_of_weeks(weeks: u16, today: NaiveDate) -> NaiveDate {
    week_of(today) - chrono::Days::new(7 * u64::from(weeks.saturating_sub(1)))
}

/// What cells are told together: week, then status, tier, waiting and due.
type Line<'a> = (Option<NaiveDate>, &'a str, Option<u8>, Option<Waiting>, Option<DueState>);

fn figures(cells: &[CellRow], measure: Measure, today: NaiveDate, by_tier: bool, small_numbers: bool) -> Vec<Figure> {
    let mut lines = BTreeMap::<Line<'_>, (u64, u64)>::new();
    for cell in cells.iter().filter(|cell| cell.measure == measure) {
        let week = (!measure.stands()).then_some(cell.day);
        let tier = Some(cell.tier).filter(|tier| by_tier && *tier > 0);
        let waiting = (measure == Measure::OpenReferrals).then(|| waiting(cell.day, today));
        let due = (measure == Measure::OpenFollowUps).then(|| due(cell.day, today));
        let (number, minutes) = lines.entry((week, cell.code.as_str(), tier, waiting, due)).or_default();
        *number += cell.number;
        *minutes += cell.minutes;
    }
    let figure = |((week, status, tier, waiting, due), (number, minutes)): (Line<'_>, _)| {
        let told = small_numbers || number >= u64::from(FEW);
        let timed = matches!(measure, Measure::Contacts | Measure::Sessions);
        Figure {
            status: status.to_owned(),
            week,
            tier,
            waiting,
            due,
            number: told.then_some(number),
            minutes: (told && timed).then_some(minutes),
        }
    };
    lines.into_iter().map(figure).collect()
}

fn waiting(since: NaiveDate, today: NaiveDate) -> Waiting {
    match (today - since).num_days() {
        ..7 => Waiting::UnderAWeek,
        7..14 => Waiting::OneToTwoWeeks,
        14..28 => Waiting::TwoToFourWeeks,
        28.. => Waiting::OverFourWeeks,
    }
}

fn due(day: NaiveDate, today: NaiveDate) -> DueState {
    match day.cmp(&today) {
        std::cmp::Ordering::Less => DueState::Overdue,
        std::cmp::Ordering::Equal => DueState::Today,
        std::cmp::Ordering::Greater => DueState::Later,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, day).expect("a day")
    }

    fn cell(measure: Measure, code: &str, day: NaiveDate, number: u64) -> CellRow {
        CellRow { measure, code: code.to_owned(), tier: 0, day, number, minutes: 20 * number }
    }

    fn told(cells: &[CellRow], small_numbers: bool) -> SchoolFigures {
        SchoolFigures::of((SchoolId::default(), day(11), day(2)), cells, Progress::default(), small_numbers)
    }

    #[test]
    fn what_depends_on_today_is_worked_out_today() {
        let open = |on, number| cell(Measure::OpenFollowUps, "open", day(on), number);
        let figures = told(&[open(9, 2), open(10, 3), open(11, 1), open(12, 1)], true);
        let due: Vec<_> = figures.open_follow_ups.iter().map(|figure| (figure.due, figure.number)).collect();
        let expected = [(DueState::Overdue, 5), (DueState::Today, 1), (DueState::Later, 1)];
        assert_eq!(due, expected.map(|(due, number)| (Some(due), Some(number))));
        let asked = |on, number| cell(Measure::OpenReferrals, "requested", day(on), number);
        let figures = told(&[asked(4, 1), asked(5, 1), asked(11, 1)], true);
        let waiting: Vec<_> = figures.open_referrals.iter().map(|figure| (figure.waiting, figure.number)).collect();
        assert_eq!(waiting, [(Some(Waiting::UnderAWeek), Some(2)), (Some(Waiting::OneToTwoWeeks), Some(1))]);
    }

    #[test]
    fn small_numbers_are_not_told_across_schools() {
        let cells = [cell(Measure::Contacts, "made", day(2), 9), cell(Measure::Contacts, "made", day(9), 10)];
        let told: Vec<_> = told(&cells, false).contacts.iter().map(|f| (f.number, f.minutes)).collect();
        assert_eq!(told, [(None, None), (Some(10), Some(200))]);
    }

    #[test]
    fn weeks_begin_on_mondays_and_end_with_this_one() {
        assert_eq!(first_of_weeks(1, day(11)), day(9));
        assert_eq!(first_of_weeks(2, day(15)), day(2));
    }
}
