//! What is to happen to a student, as data, and what of it the whole school may know.
use proptest::{collection::vec, option, prelude::*, sample::select};

/// What happens to a student.
#[derive(Debug, Clone)]
pub struct Story {
    /// At which of the two schools.
    pub school: usize,
    /// One of the grades, and the span in which it is told.
    pub grade: Option<(&'static str, &'static str)>,
    pub tier: u8,
    pub courses: Vec<Course>,
    pub contacts: Vec<Spoken>,
    pub referrals: Vec<Referred>,
    pub follow_ups: Vec<Asked>,
    pub away: Away,
    pub end: End,
}

/// Support that somebody gets, or was to get.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Course {
    Mentor,
    /// Under way, with a session.
    Intervention(&'static str),
    /// With a session, and carried out since.
    Completed(&'static str),
    /// It has not begun.
    Planned(&'static str),
    /// In the mental-health compartment, with a session.
    Hidden,
    /// An intervention that began in the year before.
    Earlier,
}

/// A contact, or an attempt at one.
#[derive(Debug, Clone)]
pub struct Spoken {
    pub visibility: &'static str,
    pub made: bool,
    /// By who had written it down.
    pub taken_back: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Referred {
    Draft,
    Requested,
    Cancelled,
    /// A draft in the mental-health compartment.
    Hidden,
}

/// A follow-up.
#[derive(Debug, Clone)]
pub struct Asked {
    pub visibility: &'static str,
    /// Due today, and else on a later day.
    pub today: bool,
    pub then: Then,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Then {
    Open,
    Completed,
    Cancelled,
}

/// On which days somebody is away.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Away {
    Never,
    /// Every second day.
    Always,
    /// Every second day until support begins.
    Before,
}

/// What becomes of the case.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum End {
    Stays,
    /// It goes to the other school.
    Moves,
    /// It is closed, as far as nothing is under way.
    Closes,
}

const VISIBILITIES: [&str; 5] = ["team", "team", "school", "author_and_supervisor", "mental_health"];

pub fn stories() -> impl Strategy<Value = Vec<Story>> {
    // Of small districts little is told, and of effects only large ones tell.
    prop_oneof![3 => vec(story(), 8..30), 2 => vec(story(), 44..60)]
}

fn story() -> impl Strategy<Value = Story> {
    let grades = [("3", "elementary"), ("7", "middle"), ("10", "high"), ("10", "high"), ("10", "high"), ("11", "high")];
    let kind = || select(vec!["tutoring", "tutoring", "mentoring"]);
    let course = prop_oneof![
        4 => Just(Course::Mentor),
        3 => kind().prop_map(Course::Intervention),
        2 => kind().prop_map(Course::Completed),
        1 => kind().prop_map(Course::Planned),
        2 => Just(Course::Hidden),
        1 => Just(Course::Earlier),
    ];
    let visibility = || select(&VISIBILITIES[..]);
    let spoken = (visibility(), prop::bool::weighted(0.8), prop::bool::weighted(0.15));
    let spoken = spoken.prop_map(|(visibility, made, taken_back)| Spoken { visibility, made, taken_back });
    let referred = select(vec![Referred::Draft, Referred::Requested, Referred::Cancelled, Referred::Hidden]);
    let then = select(vec![Then::Open, Then::Open, Then::Completed, Then::Cancelled]);
    let asked = (visibility(), any::<bool>(), then);
    let asked = asked.prop_map(|(visibility, today, then)| Asked { visibility, today, then });
    let about = (prop::bool::weighted(0.15), option::weighted(0.9, select(grades.to_vec())), prop::bool::weighted(0.2));
    let done = (vec(course, 0..3), vec(spoken, 0..3), vec(referred, 0..2), vec(asked, 0..3));
    let away = select(vec![Away::Never, Away::Never, Away::Never, Away::Always, Away::Before]);
    let end = select(vec![End::Stays, End::Stays, End::Stays, End::Stays, End::Moves, End::Closes]);
    (about, done, away, end).prop_map(
        |((other, grade, third), (courses, contacts, referrals, follow_ups), away, end)| {
            let (school, tier) = (usize::from(other), if third { 3 } else { 2 });
            Story { school, grade, tier, courses, contacts, referrals, follow_ups, away, end }
        },
    )
}

/// Whether the whole school may know of it.
pub fn is_known(visibility: &str) -> bool {
    ["team", "school"].contains(&visibility)
}

impl Spoken {
    /// Whether it stands, and the whole school may know of it.
    pub fn counts(&self) -> bool {
        is_known(self.visibility) && !self.taken_back
    }
}

impl Story {
    /// What it was supported with, as far as the whole school may know.
    pub fn told(&self) -> impl Iterator<Item = &Course> {
        self.courses.iter().filter(|course| !matches!(course, Course::Hidden | Course::Planned(_)))
    }

    /// Whether a history is told of it: support began in the year, and none before.
    pub fn is_subject(&self) -> bool {
        self.told().next().is_some() && !self.courses.contains(&Course::Earlier)
    }

    /// The kinds of the interventions that began in the year.
    pub fn interventions(&self) -> impl Iterator<Item = &'static str> {
        self.told().filter_map(|course| match course {
            Course::Intervention(kind) | Course::Completed(kind) => Some(*kind),
            _ => None,
        })
    }

    pub fn has_mentor(&self) -> bool {
        self.courses.contains(&Course::Mentor)
    }

    /// How many contacts were made, as far as the whole school may know.
    pub fn contacts_made(&self) -> usize {
        self.contacts.iter().filter(|contact| contact.counts() && contact.made).count()
    }

    /// Whether the case is closed in the end.
    pub fn closes(&self) -> bool {
        let runs = |course: &Course| matches!(course, Course::Intervention(_) | Course::Hidden | Course::Earlier);
        let under_way = self.courses.iter().any(runs) || self.referrals.contains(&Referred::Requested);
        self.end == End::Closes && !under_way
    }

    /// Where the case is in the end.
    pub fn ends_at(&self) -> usize {
        if self.end == End::Moves { 1 - self.school } else { self.school }
    }
}
