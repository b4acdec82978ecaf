//! What people write, in their words.
use domain::case::{NeedCategory, Purpose, ReferralOutcome};

use super::part::Trend;

/// Who looks after the student.
pub(super) const KIN: &[&str] =
    &["Mom", "Mom", "Mom", "Dad", "Grandma", "Aunt Rosa", "Mrs. Greene, the foster mother", "the older sister"];
pub(super) const SIGNATORY: &str = "{kin}, for {name}";

/// Why a case is opened.
pub(super) fn reasons(concern: NeedCategory) -> &'static [&'static str] {
    match concern {
        NeedCategory::Attendance => &[
            "Absent 14 of the first 60 days, mostly Mondays.",
            "Below 85 % attendance two marking periods in a row.",
            "{name} arrives after second period most days and has stopped coming on Fridays.",
        ],
        NeedCategory::Academic => &[
            "Failing math and science; was on track last year.",
            "{name} has not handed in an assignment in English since the holidays and misses one day a week.",
        ],
        NeedCategory::Behavior => &[
            "Two suspensions this term, both after lunch.",
            "Sent out of class nine times; absent the day after each time.",
        ],
        NeedCategory::BasicNeeds => &[
            "The family lives in a shelter an hour away; {name} is late or absent three days a week.",
            "{name} came without a coat in January and stays home when it is cold.",
        ],
        NeedCategory::Family => &[
            "{name} takes two younger siblings to school before coming, and is late every day.",
            "{kin} works nights and asked for help in getting {name} out of the door.",
        ],
        NeedCategory::MentalHealth => &[
            "{name} leaves class in tears and goes home; attendance fell from 95 to 78 %.",
            "Referred by the nurse: stomach aches every morning without a cause.",
        ],
        _ => &[
            "{name} eats alone, speaks to nobody and misses every day with a presentation.",
            "New at the school since the fall, without friends, absent 11 days.",
        ],
    }
}

/// A need, told by whoever noticed it.
pub(super) fn needs(category: NeedCategory) -> &'static [&'static str] {
    match category {
        NeedCategory::Attendance => &[
            "Misses first period at least twice a week.",
            "Absent most Mondays; says the weekend at Dad's ends late.",
            "Stays home to look after a younger brother when {kin} works.",
            "The bus takes 70 minutes with a transfer; one missed bus is a missed morning.",
        ],
        NeedCategory::Academic => &[
            "Reads two grades below level; guesses at word problems.",
            "Does the work in class but hands nothing in from home.",
        ],
        NeedCategory::Behavior => {
            &["Argues when corrected in front of others.", "Gets into fights on the stairs after lunch."]
        }
        NeedCategory::BasicNeeds => &[
            "Needs a winter coat and shoes that fit.",
            "No internet at home since the summer.",
            "The family has applied for housing and waits; moves between relatives.",
        ],
        NeedCategory::Family => &[
            "Interprets for {kin} at appointments during school hours.",
            "{kin} is in hospital; an aunt comes when she can.",
        ],
        NeedCategory::MentalHealth => {
            &["Panics before tests and leaves the room.", "Grieves for a grandfather; sleeps little."]
        }
        _ => &["Has no adult at school to talk to.", "Avoids the cafeteria; no friends in homeroom."],
    }
}

pub(super) const STRENGTHS: &[&str] = &[
    "Draws well; the teachers know the notebooks.",
    "Patient with younger children, helps at the reading hour.",
    "Plays on the basketball team and never misses a practice.",
    "Speaks three languages and likes to interpret.",
    "Good at math when nobody is watching.",
    "Close to {kin}, who comes to every meeting.",
    "Wants to become a nurse and knows what that takes.",
    "Funny; classmates want to sit beside {name}.",
];

pub(super) const MEASURED: &[&str] = &[
    "Counted from the roll.",
    "Two of these were the flu.",
    "Best so far this term.",
    "The week of the holidays is left out.",
];
pub(super) const GOAL_END: &[&str] = &[
    "Looked at together with {name} and {kin}; a new goal follows.",
    "{name} says that the mornings have become easier.",
    "Closed at the Summit; we try something else.",
];

pub(super) const CHECK_AND_CONNECT: &str = "Check-in before first period and a look at the week's attendance together.";
pub(super) const TUTORING: &str = "Math and reading in a group of four after school.";
pub(super) const COUNSELING: &str = "Individual counseling, with exercises for tests and sleep.";
pub(super) const BEHAVIOR: &str = "Lunch group on friendships, anger and asking for a break.";
pub(super) const FAMILY: &str = "Meeting with the family: routines in the morning, benefits, transport.";
pub(super) const OUTREACH: &str = "Attendance talk: what kept {name} at home, and what would help.";
pub(super) const INTERVENTION_END: &[&str] =
    &["As planned; {name} asked for more of it.", "As planned; continues in another form."];
pub(super) const SESSION: &[&str] = &[
    "Went through the calendar together: four days in a row.",
    "Quiet today; drew instead of talking.",
    "Role-played the talk with the science teacher.",
    "Set a target for the week: on time on Thursday.",
    "Finished the packet from Monday.",
    "Came late, stayed longer.",
    "Told me about the cousin's wedding, then worked well.",
    "Practised breathing before the quiz.",
    "Planned who wakes whom in the morning.",
];

/// How the student was met.
pub(super) fn seen(trend: Trend) -> &'static [&'static str] {
    match trend {
        Trend::Better => &[
            "Caught {name} at the door; on time today.",
            "{name} showed me the report card: up in two subjects.",
            "Good mood. Wants to try out for the team.",
            "Checked the attendance sheet together: three of three this week.",
            "{name} asked about the summer job program; will bring the form.",
            "High five in the hallway, tenth day in a row.",
            "Made a plan for the early bus with a second alarm.",
            "Talked about Friday's absence; {kin} had an appointment and needed help.",
            "Sat together at lunch. The history project is half done.",
            "Short: tired, the baby cried all night.",
        ],
        Trend::Flat => &[
            "Five minutes before first period: slept badly, ate breakfast here.",
            "Walked {name} to math; the test was on the mind.",
            "Sat together at lunch. The history project is half done.",
            "Talked about Friday's absence; {kin} had an appointment and needed help.",
            "Late by ten minutes, but here.",
            "Made a plan for the early bus with a second alarm.",
            "Short: tired, the baby cried all night.",
            "Good mood. Wants to try out for the team.",
        ],
        Trend::Worse => &[
            "Five minutes before first period: slept badly, ate breakfast here.",
            "Argument with a friend yesterday; agreed to talk to the counselor.",
            "Found {name} outside during second period; walked in together.",
            "Says that nobody notices who is here and who is not. I did.",
            "Talked about Friday's absence; there was nobody to wake {name}.",
            "Short: tired, the baby cried all night.",
            "Sat together at lunch; hardly a word today.",
        ],
    }
}

pub(super) const ABSENT: &[&str] = &[
    "{name} is absent; called home the same day. Fever, back tomorrow.",
    "Absent again; {kin} thought that {name} had left for school.",
    "Absent for a court date; {kin} will bring the letter.",
    "Absent: the bus did not come. Sent the number for the MetroCard.",
    "Absent; {kin} was grateful that somebody called.",
];
pub(super) const FAMILY_CALL: &[&str] = &[
    "Told {kin} how well this week went.",
    "{kin} worries about the phone at night; agreed to leave it in the kitchen.",
    "Reminded {kin} of the conference on Thursday evening.",
    "{kin} asks about free eyeglasses; passed it on.",
    "{kin} has a new number; changed it in the office.",
];
pub(super) const RECESS: &[&str] = &[
    "Checked in over the break; all well.",
    "{name} is at the day camp and likes it.",
    "Asked what is needed for the first day back: a backpack.",
];

pub(super) const PLANS: &[&str] = &[
    "An adult at the door every morning, homework help twice a week, and {kin} hears good news first.",
    "One mentor, one goal at a time: first the mornings, then the grades.",
    "The team sees {name} every day, the family every other week, and looks at the roll together on Fridays.",
    "Less trouble in the afternoon: lunch group, a seat near the door, and a break card in every class.",
];
pub(super) const PLAN_RETURNED: &[&str] = &[
    "Please say who calls the family, and how often.",
    "The second goal has no measure yet.",
    "What does {name} want? Please ask, and write it in.",
];

/// What a review says.
pub(super) fn review(trend: Trend) -> &'static [&'static str] {
    match trend {
        Trend::Better => {
            &["{name} is ahead of the line; keep going.", "Fewer absences each month. {kin} joined the meeting."]
        }
        Trend::Flat => &[
            "No change in six weeks. More sessions, and a call to the family every Friday.",
            "Came to sessions, but the mornings are as they were.",
        ],
        Trend::Worse => {
            &["Worse since the move; raised at the Summit.", "{name} misses more than before. A home visit is planned."]
        }
    }
}

pub(super) const TIER_UP: &[&str] = &["No progress at Tier 2 in ten weeks.", "Absences doubled since the last review."];
pub(super) const TIER_DOWN: &[&str] =
    &["Steady for ten weeks; fewer meetings, same goals.", "{name} needs less than the daily check-in by now."];

/// Why a partner is asked.
pub(super) fn referral(purpose: Purpose) -> &'static [&'static str] {
    match purpose {
        Purpose::MentalHealth => &[
            "{name} has panicked before tests since the fall; more than the school can offer.",
            "Grief, little sleep, weight loss; {kin} asks for somebody to talk to.",
        ],
        Purpose::AcademicSupport => {
            &["Two grades below level in reading; needs four hours a week.", "Can pass algebra with help after school."]
        }
        _ => &[
            "No coat, and the fridge is empty at the end of the month.",
            "The family moves into an apartment without furniture.",
        ],
    }
}

pub(super) const REFUSED: &str = "{kin} would rather ask within the family first.";
pub(super) const WITHDRAWN: &str = "Does not want the program to see the file any longer.";

/// How a partner reports an outcome.
pub(super) fn outcome(outcome: ReferralOutcome) -> &'static str {
    match outcome {
        ReferralOutcome::GotHelp => "Twelve meetings; the family has what it came for.",
        _ => "Came to half of the meetings; the door stays open.",
    }
}

/// What is to be done, and what came of it.
pub(super) const FOLLOW_UPS: &[(&str, &str)] = &[
    ("Call {kin} about the bus pass.", "The pass is on its way."),
    ("Ask the math teacher for the missing assignments.", "Got the list; eleven of them."),
    ("Bring a winter coat from the closet.", "It fits."),
    ("Make an appointment with {kin} for a meeting.", "Meets us on Wednesday at five."),
    ("Ask the nurse about the stomach aches.", "Nothing found; saw the counselor."),
    ("Send the summer job form.", "Filled in and sent."),
    ("Find out why {name} misses gym.", "No sneakers; the coach found a pair."),
    ("Remind {kin} of the vaccination letter.", "Done at the clinic."),
];

pub(super) const TEAM_NOTES: &[&str] = &[
    "{name} works better in the morning; move the harder class if the schedule allows.",
    "Prefers texts to calls, {kin} too.",
    "Sits next to the wrong friend in science; asked to be moved.",
    "Likes to be asked about the drawings, not about absences.",
];
pub(super) const SCHOOL_NOTES: &[&str] = &[
    "Agreed on extra time for the essay.",
    "Handed in two assignments late; counted them.",
    "Fell asleep in third period again.",
];
pub(super) const PRINCIPAL_NOTES: &[&str] =
    &["Talked with {name} and {kin} about the stairs after lunch.", "Changed the lunch period; see how it goes."];
pub(super) const DIRECTOR_NOTES: &[&str] =
    &["On the Summit's list for next week.", "{kin} asked for an interpreter at meetings; arranged."];
pub(super) const MENTOR_NOTES: &[&str] =
    &["I may be too close to this one; want to talk it through.", "{name} hinted at trouble at home; listening first."];
pub(super) const CONFIDENTIAL_NOTES: &[&str] = &[
    "Screening done with {kin}'s consent: moderate anxiety. Safe at home. Weekly counseling from now on.",
    "Told me about the loss for the first time. No thoughts of self-harm, asked directly.",
    "Sleeps better. Panic before tests only; exercises work when remembered.",
    "Ready for fewer meetings; safety plan gone through again.",
];
