//! When school is: sessions, grading periods, calendars day by day.
use super::targets::{self, BEGIN_DATE, SCHOOL_YEAR, THE_SCHOOL};
use crate::import::kind::{Column, Holds, Identity, Kind};

const LAST_DAY: Column = Column::must("end_date", &["EndDate"], Holds::Date);
const INSTRUCTIONAL_DAYS: Column = Column::may("total_instructional_days", &["TotalInstructionalDays"], Holds::Whole);

pub(super) const SESSION: Kind = Kind {
    identity: Some(Identity {
        kind: "session",
        from: &["SchoolYear", "SessionName", "SchoolReference/SchoolIdentity/SchoolId"],
    }),
    columns: &[
        THE_SCHOOL,
        Column::must("session_name", &["SessionName"], Holds::Text),
        SCHOOL_YEAR,
        Column::may("term", &["Term"], Holds::Text),
        BEGIN_DATE,
        LAST_DAY,
        INSTRUCTIONAL_DAYS,
    ],
    ..Kind::new("Session", &["Session"], "sessions")
};

pub(super) const GRADING_PERIOD: Kind = Kind {
    identity: Some(Identity {
        kind: "grading_period",
        from: &["SchoolYear", "GradingPeriod", "GradingPeriodName", "SchoolReference/SchoolIdentity/SchoolId"],
    }),
    columns: &[
        THE_SCHOOL,
        Column::may("grading_period", &["GradingPeriod"], Holds::Text),
        Column::may("grading_period_name", &["GradingPeriodName"], Holds::Text),
        Column::may("period_sequence", &["PeriodSequence"], Holds::Whole),
        SCHOOL_YEAR,
        BEGIN_DATE,
        LAST_DAY,
        INSTRUCTIONAL_DAYS,
    ],
    ..Kind::new("GradingPeriod", &["GradingPeriod"], "grading_periods")
};

pub(super) const CALENDAR: Kind = Kind {
    identity: Some(Identity {
        kind: "calendar",
        from: &["CalendarCode", "SchoolReference/SchoolIdentity/SchoolId", "SchoolYear"],
    }),
    columns: &[
        THE_SCHOOL,
        Column::must("calendar_code", &["CalendarCode"], Holds::Text),
        Column::must("calendar_type", &["CalendarType"], Holds::Text),
        SCHOOL_YEAR,
    ],
    ..Kind::new("Calendar", &["Calendar"], "calendars")
};

pub(super) const CALENDAR_DATE: Kind = Kind {
    columns: &[
        Column::must(
            "calendar",
            &[
                "CalendarReference/CalendarIdentity/CalendarCode",
                "CalendarReference/CalendarIdentity/SchoolReference/SchoolIdentity/SchoolId",
                "CalendarReference/CalendarIdentity/SchoolYear",
            ],
            Holds::Refers(targets::CALENDAR),
        ),
        Column::must("date", &["Date"], Holds::Date),
        Column::may("calendar_events", &["CalendarEvent"], Holds::Texts),
    ],
    key: &["calendar", "date"],
    duplicate: "calendar day",
    ..Kind::new("CalendarDate", &["CalendarDate"], "calendar_dates")
};
