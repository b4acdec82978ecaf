//! What holds whatever a district tells.
use proptest::prelude::*;

use super::{given::*, *};
use crate::SchoolId;

fn days_of_march() -> impl Strategy<Value = chrono::NaiveDate> {
    (1_u32..=31).prop_map(|number| chrono::NaiveDate::from_ymd_opt(2026, 3, number).expect("a day"))
}

fn schools() -> impl Strategy<Value = SchoolId> {
    prop_oneof![Just(school()), Just(other_school())]
}

fn years() -> impl Strategy<Value = StudentYear> {
    let stays = (schools(), days_of_march(), proptest::option::of(days_of_march()))
        .prop_map(|(school, from, until)| Stay { school, from, until, assumed: false });
    use Mark::*;
    let all = [Unrecognised, Present, LeftEarly, Tardy, Partial, Unexcused, Excused, ExtendedMedical, Suspended];
    let mark = proptest::sample::select(all.to_vec());
    let marks = (days_of_march(), schools(), mark).prop_map(|(day, school, mark)| DayMark { day, school, mark });
    let suspensions = (days_of_march(), 0_u16..9, any::<bool>()).prop_map(|(from, days, out_of_school)| Suspension {
        from,
        days,
        out_of_school,
    });
    (
        proptest::collection::vec(stays, 0..4),
        proptest::collection::vec(marks, 0..30),
        proptest::collection::vec(suspensions, 0..3),
    )
        .prop_map(|(stays, mut marks, suspensions)| {
            marks.sort_by_key(|mark| mark.day);
            StudentYear { stays, marks, suspensions, ..StudentYear::default() }
        })
}

proptest! {
    #[test]
    fn every_known_day_is_present_or_absent_and_counts_once(year in years(), through in days_of_march()) {
        let schools = submitted(&through.to_string());
        let known = year.known_days(&schools, &(day("2026-03-01")..=day("2026-03-31")));
        let counted = known.attendance();
        prop_assert_eq!(counted.enrolled, counted.present + counted.absent());
        prop_assert!(counted.longest_absence <= counted.absent() && counted.current_absence <= counted.longest_absence);
        prop_assert!(known.days.windows(2).all(|pair| pair[0].0 < pair[1].0));
        for &(on, _) in &known.days {
            prop_assert!(on <= through && year.at(on).is_some_and(|stay| schools[&stay.school].contains(on)));
        }
        prop_assert_eq!(known.unknown.is_none(), counted.enrolled > 0);
    }

    #[test]
    fn a_longer_look_back_only_adds_days(year in years(), until in days_of_march()) {
        let (short, long) = (day("2026-03-01")..=until, day("2026-03-01")..=day("2026-03-31"));
        let (short, long) = (year.known_days(&march(), &short), year.known_days(&march(), &long));
        prop_assert!(long.days.starts_with(&short.days), "what was known of a day does not change with later days");
    }
}
