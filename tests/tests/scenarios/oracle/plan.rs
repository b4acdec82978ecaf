//! What is to happen in a made-up district, as data: made up by proptest, and made smaller where it goes wrong.
use proptest::{collection::vec, option, prelude::*, sample::select};

/// Who works at each of the two schools, beside two mentors.
pub const STAFF: [&str; 4] = ["community_school_director", "principal", "school_staff", "mental_health_manager"];

const CATEGORIES: [&str; 3] = ["directory", "support_plan", "case_notes"];
const VISIBILITIES: [&str; 4] = ["team", "school", "author_and_supervisor", "mental_health"];

/// A district's history.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What is agreed with each of the two partners.
    pub agreements: Vec<Option<Agreed>>,
    /// The students' stories.
    pub stories: Vec<Story>,
}

/// What a partner may be shown, at which of the two schools.
#[derive(Debug, Clone)]
pub struct Agreed {
    pub school: usize,
    pub categories: Vec<&'static str>,
}

/// What happens to a student.
#[derive(Debug, Clone)]
pub struct Story {
    /// Of the two.
    pub school: usize,
    /// Which of the school's two mentors it gets.
    pub mentor: Option<usize>,
    pub writes: Vec<Writes>,
    pub refers: Vec<Refers>,
}

/// Something that is written down.
#[derive(Debug, Clone)]
pub struct Writes {
    pub by: By,
    pub what: What,
    pub visibility: &'static str,
}

/// By whom.
#[derive(Debug, Clone)]
pub enum By {
    /// One of [`STAFF`].
    Staff(usize),
    /// The student's mentor.
    Mentor,
}

#[derive(Debug, Clone)]
pub enum What {
    Note,
    Contact,
    FollowUp,
    Intervention,
}

/// A referral to one of the two partners.
#[derive(Debug, Clone)]
pub struct Refers {
    pub partner: usize,
    /// What it shares, to which the mother consents.
    pub shares: Vec<&'static str>,
    pub sent: bool,
    /// Whether she takes her consent back.
    pub withdrawn: bool,
}

/// Any district's history.
pub fn any_plan() -> impl Strategy<Value = Plan> {
    let agreements = vec(option::weighted(0.8, agreed()), 2);
    (agreements, vec(story(), 1..6)).prop_map(|(agreements, stories)| Plan { agreements, stories })
}

fn agreed() -> impl Strategy<Value = Agreed> {
    let some = categories().prop_filter("an agreement is about something", |categories| !categories.is_empty());
    (0..2usize, some).prop_map(|(school, categories)| Agreed { school, categories })
}

fn story() -> impl Strategy<Value = Story> {
    let parts = (0..2usize, option::weighted(0.8, 0..2usize), vec(writes(), 3..9), vec(refers(), 0..3));
    parts.prop_map(|(school, mentor, writes, refers)| Story { school, mentor, writes, refers })
}

fn writes() -> impl Strategy<Value = Writes> {
    let by = prop_oneof![4 => (0..STAFF.len()).prop_map(By::Staff), 1 => Just(By::Mentor)];
    let what = prop_oneof![Just(What::Note), Just(What::Contact), Just(What::FollowUp), Just(What::Intervention)];
    (by, what, select(&VISIBILITIES)).prop_map(|(by, what, visibility)| Writes { by, what, visibility })
}

fn refers() -> impl Strategy<Value = Refers> {
    let parts = (0..2usize, categories(), prop::bool::weighted(0.8), prop::bool::weighted(0.3));
    parts.prop_map(|(partner, shares, sent, withdrawn)| Refers { partner, shares, sent, withdrawn })
}

fn categories() -> impl Strategy<Value = Vec<&'static str>> {
    prop::sample::subsequence(&CATEGORIES[..], 0..=CATEGORIES.len())
}
