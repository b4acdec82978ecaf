//! Lets happen what stories say, at two schools of a district.
use chrono::{Datelike, Days, NaiveDate, Weekday};
use reqwest::Method;
use serde_json::{Value, json};
use tests::{Clear, Person, School, Student, ahead, today};
use uuid::Uuid;

use super::story::{Away, Course, End, Referred, Story, Then};

/// The first day of teaching, the last for which attendance was submitted, and the last one, of the school year 2026.
pub const DAYS: [&str; 3] = ["2026-01-05", "2026-03-31", "2026-06-26"];
/// The days on which mentors are assigned, interventions begin, sessions are held, contacts made and interventions completed.
pub const MENTOR: &str = "2026-02-09";
pub const START: &str = "2026-02-10";
pub const SESSION: &str = "2026-02-12";
pub const CONTACT: &str = "2026-02-11";
const COMPLETED: &str = "2026-02-13";
/// A day of the school year before, and that of a session then.
const EARLIER: &str = "2025-05-05";
pub const EARLIER_SESSION: &str = "2025-05-07";
/// How long a session or a contact takes.
pub const MINUTES: u64 = 15;

/// One of the two schools, with who writes there.
pub struct Place<'d> {
    pub school: School<'d>,
    pub mentor: Person,
    csd: Person,
    manager: Person,
    partner: Uuid,
}

impl<'d> Place<'d> {
    /// Which teaches, and has submitted.
    pub async fn founded(school: School<'d>) -> Self {
        let [first, submitted, last] = DAYS.map(day);
        school.teaches(first, last, submitted).await;
        let (csd, manager, mentor) = (school.csd().await, school.manager().await, school.mentor().await);
        let (partner, _) = school.partner_without_agreement().await;
        Self { school, mentor, csd, manager, partner }
    }
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// The days of teaching for which attendance was submitted.
pub fn teaching() -> impl Iterator<Item = NaiveDate> {
    let [first, submitted, _] = DAYS.map(day);
    let weekend = |day: &NaiveDate| matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    first.iter_days().take_while(move |day| *day <= submitted).filter(move |day| !weekend(day))
}

/// The days on which somebody was away.
pub fn absences(story: &Story) -> Vec<NaiveDate> {
    let until = match story.away {
        Away::Never => return vec![],
        Away::Always => day(DAYS[1]),
        Away::Before => day(MENTOR) - Days::new(1),
    };
    teaching().step_by(2).filter(|day| *day <= until).collect()
}

/// Lets it happen.
pub async fn happens(story: &Story, places: &[Place<'_>; 2], clear: &Clear) -> Student {
    let Place { school, mentor, csd, manager, partner } = &places[story.school];
    let student = school.enrol(day(DAYS[0])).await;
    if let Some((grade, _)) = story.grade {
        let put = format!("UPDATE enrolments SET entry_grade_level = '{grade}' WHERE student = '{}'", student.0);
        clear.tell(&put).await.expect("a grade");
    }
    school.marks_absent(student, &absences(story)).await;
    let case = json!({"school": school.id, "reason": "Absent", "tier": story.tier});
    csd.call(Method::PUT, student.to("case")).json(case).await.expect(201);
    for course in &story.courses {
        match course {
            Course::Mentor => {
                let since = json!({"mentor": mentor.id, "since": MENTOR, "primary": false});
                let assigned = csd.post(student.to("mentor-assignments"), since).await;
                assert!([201, 409].contains(&assigned.status), "{}", assigned.body);
            }
            Course::Planned(kind) => _ = plans(csd, student, kind, "team").await,
            Course::Intervention(kind) => _ = begins(csd, student, (*kind, "team"), (START, SESSION)).await,
            Course::Completed(kind) => {
                let intervention = begins(csd, student, (*kind, "team"), (START, SESSION)).await;
                let path = student.to(&format!("interventions/{intervention}/completion"));
                csd.act(path, json!({"on": COMPLETED})).await;
            }
            Course::Hidden => _ = begins(manager, student, ("counseling", "mental_health"), (START, SESSION)).await,
            Course::Earlier => _ = begins(csd, student, ("enrichment", "team"), (EARLIER, EARLIER_SESSION)).await,
        }
    }
    let who = |visibility: &str| if visibility == "mental_health" { manager } else { csd };
    for contact in &story.contacts {
        let by = who(contact.visibility);
        let mut body =
            json!({"on": CONTACT, "outcome": "no_answer", "medium": "phone", "visibility": contact.visibility});
        if contact.made {
            body["outcome"] = json!("made");
            body["minutes"] = json!(MINUTES);
        }
        let id = by.create(student.to("contacts"), body).await;
        if contact.taken_back {
            by.act(student.to(&format!("entries/{id}/retraction")), json!({"reason": "Entered twice."})).await;
        }
    }
    for referred in &story.referrals {
        let (by, visibility) = if *referred == Referred::Hidden { (manager, "mental_health") } else { (csd, "team") };
        let body = json!({
            "partner": partner, "purpose": "basic_needs", "reason": "A winter coat", "shares": [], "visibility": visibility
        });
        let id = by.create(student.to("referrals"), body).await;
        let path = |what: &str| student.to(&format!("referrals/{id}/{what}"));
        if matches!(referred, Referred::Requested | Referred::Cancelled) {
            by.act(path("request"), Value::Null).await;
        }
        if *referred == Referred::Cancelled {
            by.act(path("cancellation"), json!({"by": "family", "reason": "no_longer_needed"})).await;
        }
    }
    for asked in &story.follow_ups {
        let by = who(asked.visibility);
        let due = if asked.today { today() } else { ahead(3) };
        let body = json!({"what": "Call", "due": {"on": due}, "owner": by.id, "visibility": asked.visibility});
        let id = by.create(student.to("follow-ups"), body).await;
        let path = |what: &str| student.to(&format!("follow-ups/{id}/{what}"));
        match asked.then {
            Then::Open => continue,
            Then::Completed => by.act(path("completion"), json!({"result": "Done"})).await,
            Then::Cancelled => by.act(path("cancellation"), json!({"reason": "no_longer_needed"})).await,
        };
    }
    if story.closes() {
        csd.act(student.to("case/closure"), json!({"reason": "goals_met"})).await;
    } else if story.end == End::Moves {
        let to = json!({"school": places[story.ends_at()].school.id, "on": today()});
        csd.act(student.to("case/school"), to).await;
    }
    student
}

async fn plans(by: &Person, student: Student, kind: &str, visibility: &str) -> Uuid {
    let plan = json!({
        "kind": kind, "what": "Something", "tier": 2, "delivery": "individual",
        "dosage": {"sessions_per_week": 3, "minutes": 15}, "visibility": visibility
    });
    by.create(student.to("interventions"), plan).await
}

/// An intervention begins, and a session is held.
async fn begins(by: &Person, student: Student, what: (&str, &str), (on, held_on): (&str, &str)) -> Uuid {
    let intervention = plans(by, student, what.0, what.1).await;
    by.act(student.to(&format!("interventions/{intervention}/start")), json!({"on": on})).await;
    let session = json!({"held_on": held_on, "outcome": "held", "minutes": MINUTES});
    by.create(student.to(&format!("interventions/{intervention}/sessions")), session).await;
    intervention
}
