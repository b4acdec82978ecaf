//! Every export tells exactly what a naive recount of what was written allows, and of few nothing.
use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use proptest::{collection::vec, option, prelude::*, sample::select};
use reqwest::Method;
use serde_json::json;
use tests::{Clear, District, Person, School, Student};

use super::checked;

/// Fewer than these are not told of.
const FEWEST: usize = 10;

/// The first day of teaching, the last for which attendance was submitted, and the last one, of the school year 2026.
const DAYS: [&str; 3] = ["2026-01-05", "2026-03-31", "2026-06-26"];
/// A day of the school year before.
const EARLIER: &str = "2025-05-05";

/// What happens to a student.
#[derive(Debug, Clone)]
struct Story {
    /// The span of grades, by one of its grades.
    grade: Option<(&'static str, &'static str)>,
    courses: Vec<Course>,
    /// For whom each contact is.
    contacts: Vec<&'static str>,
    /// Away every second day, and else never.
    away: bool,
}

/// Support that somebody gets.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Course {
    Mentor,
    Intervention(&'static str),
    /// In the mental-health compartment, with a session.
    Hidden,
    /// An intervention that began in the year before.
    Earlier,
}

fn stories() -> impl Strategy<Value = Vec<Story>> {
    let grade = select(vec![("3", "elementary"), ("7", "middle"), ("10", "high"), ("11", "high"), ("12", "high")]);
    let course = prop_oneof![
        3 => Just(Course::Mentor),
        5 => select(vec!["tutoring", "tutoring", "mentoring"]).prop_map(Course::Intervention),
        2 => Just(Course::Hidden),
        1 => Just(Course::Earlier),
    ];
    let contact = select(vec!["team", "school", "author_and_supervisor", "mental_health"]);
    let parts = (option::weighted(0.9, grade), vec(course, 0..3), vec(contact, 0..3), prop::bool::weighted(0.4));
    vec(parts.prop_map(|(grade, courses, contacts, away)| Story { grade, courses, contacts, away }), 8..28)
}

impl Story {
    /// What of its support the whole school may know.
    fn told(&self) -> impl Iterator<Item = &Course> {
        self.courses.iter().filter(|course| **course != Course::Hidden)
    }

    /// Whether a history is told of it: support began in the year, and none before.
    fn is_subject(&self) -> bool {
        self.told().next().is_some() && !self.courses.contains(&Course::Earlier)
    }

    fn interventions(&self) -> impl Iterator<Item = &'static str> {
        self.told().filter_map(|course| if let Course::Intervention(kind) = course { Some(*kind) } else { None })
    }
}

/// Who writes.
struct Staff {
    csd: Person,
    manager: Person,
    mentor: Person,
}

/// Lets it happen, and says how many days of absence there are.
async fn happens(story: &Story, school: &School<'_>, staff: &Staff, clear: &Clear) -> (Student, usize) {
    let [first, submitted, _] = DAYS.map(|day| day.parse::<NaiveDate>().expect("a day"));
    let student = school.enrol(first).await;
    if let Some((grade, _)) = story.grade {
        let put = format!("UPDATE enrolments SET entry_grade_level = '{grade}' WHERE student = '{}'", student.0);
        clear.tell(&put).await.expect("a grade");
    }
    let teaching = first.iter_days().take_while(|day| *day <= submitted).filter(|day| !is_weekend(*day));
    let away: Vec<NaiveDate> = teaching.step_by(2).filter(|_| story.away).collect();
    school.marks_absent(student, &away).await;
    let case = json!({"school": school.id, "reason": "Absent", "tier": 2});
    staff.csd.call(Method::PUT, student.to("case")).json(case).await.expect(201);
    for course in &story.courses {
        match course {
            Course::Mentor => {
                let since = json!({"mentor": staff.mentor.id, "since": "2026-02-09", "primary": false});
                let assigned = staff.csd.post(student.to("mentor-assignments"), since).await;
                assert!([201, 409].contains(&assigned.status), "{}", assigned.body);
            }
            Course::Intervention(kind) => begins(&staff.csd, student, kind, "team", "2026-02-10").await,
            Course::Hidden => begins(&staff.manager, student, "counseling", "mental_health", "2026-02-10").await,
            Course::Earlier => begins(&staff.csd, student, "enrichment", "team", EARLIER).await,
        }
    }
    for visibility in &story.contacts {
        let by = if *visibility == "mental_health" { &staff.manager } else { &staff.csd };
        let contact = json!({"on": "2026-02-11", "outcome": "made", "medium": "phone", "visibility": visibility});
        by.create(student.to("contacts"), contact).await;
    }
    (student, away.len())
}

fn is_weekend(day: NaiveDate) -> bool {
    use chrono::{Datelike, Weekday};
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// An intervention begins on a day, and a session is held two days later.
async fn begins(by: &Person, student: Student, kind: &str, visibility: &str, on: &str) {
    let plan = json!({
        "kind": kind, "what": "Something", "tier": 2, "delivery": "individual",
        "dosage": {"sessions_per_week": 3, "minutes": 15}, "visibility": visibility
    });
    let intervention = by.create(student.to("interventions"), plan).await;
    by.act(student.to(&format!("interventions/{intervention}/start")), json!({"on": on})).await;
    let held = on.parse::<NaiveDate>().expect("a day") + chrono::Days::new(2);
    let session = json!({"held_on": held, "outcome": "held", "minutes": 15});
    by.create(student.to(&format!("interventions/{intervention}/sessions")), session).await;
}

/// The rows of a table, by the names of its columns.
type Rows = Vec<BTreeMap<String, String>>;

async fn table(by: &Person, path: &str) -> (String, Rows) {
    let answer = by.get(path).header("accept", "text/csv").open().await.expect("an answer");
    assert_eq!(answer.status(), 200, "{path}");
    let text = answer.text().await.expect("text");
    let mut lines = text.lines().map(|line| line.split(','));
    let names: Vec<&str> = lines.next().expect("columns").collect();
    let row =
        |line: std::str::Split<'_, char>| names.iter().map(ToString::to_string).zip(line.map(str::to_owned)).collect();
    (text.clone(), lines.map(row).collect())
}

/// Something happened so often.
fn number(rows: &Rows, what: &str) -> usize {
    rows.iter().filter(|row| row["what"] == what).count()
}

/// How many have each of what is told, of those for whom `of` says what it is.
fn count<T: Ord, W: Ord>(all: impl Iterator<Item = (T, W)>) -> BTreeMap<T, usize> {
    let mut who: BTreeMap<T, BTreeSet<W>> = BTreeMap::new();
    all.for_each(|(what, one)| _ = who.entry(what).or_default().insert(one));
    who.into_iter().map(|(what, who)| (what, who.len())).collect()
}

async fn exports_tell_what_the_oracle_allows(stories: &[Story]) -> Result<(), TestCaseError> {
    let district = District::fresh().await.expect("a district");
    let school = School::in_district(&district).await;
    let clear = Clear::open(&district.url).await.expect("a connection");
    let [first, submitted, last] = DAYS.map(|day| day.parse().expect("a day"));
    school.teaches(first, last, submitted).await;
    let staff = Staff { csd: school.csd().await, manager: school.manager().await, mentor: school.mentor().await };
    let (mut students, mut absences) = (vec![], vec![]);
    for story in stories {
        let (student, away) = happens(story, &school, &staff, &clear).await;
        students.push(student);
        absences.push(away);
    }
    let (officer, manager) =
        (school.district_staff("privacy_officer").await, school.district_staff("program_manager").await);
    let asked = json!({"purpose": "Research", "school_year": 2026});
    let path = manager.post("/v1/exports/case-histories", asked).await.expect(201).header("location").to_owned();
    officer.act(format!("{path}/decision"), json!({"agreed": true})).await;

    let subjects: Vec<usize> = (0..stories.len()).filter(|at| stories[*at].is_subject()).collect();
    let told = if subjects.len() < FEWEST { vec![] } else { subjects };
    let sum = |each: &dyn Fn(&Story) -> usize| told.iter().map(|at| each(&stories[*at])).sum::<usize>();
    let contacts = sum(&|story| story.contacts.iter().filter(|who| ["team", "school"].contains(*who)).count());
    let interventions = sum(&|story| story.interventions().count());
    let mentored = sum(&|story| usize::from(story.courses.contains(&Course::Mentor)));
    let (mut text, mut rows) = table(&manager, &path).await;
    // What readers keep comes a moment after the log.
    let all = [("contact_made", contacts), ("session_held", interventions), ("mentor_assigned", mentored)];
    for _ in 0..100 {
        if all.iter().all(|(what, expected)| number(&rows, what) == *expected) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        (text, rows) = table(&manager, &path).await;
    }

    prop_assert_eq!(number(&rows, "contact_made"), contacts);
    prop_assert_eq!(number(&rows, "session_held"), interventions, "sessions in the compartment are told to nobody");
    prop_assert_eq!(number(&rows, "intervention_started"), interventions);
    prop_assert_eq!(number(&rows, "mentor_assigned"), mentored);
    let subjects: BTreeSet<&String> = rows.iter().map(|row| &row["subject"]).collect();
    prop_assert_eq!(subjects.len(), told.len());
    let away: usize = rows.iter().filter_map(|row| row["number"].parse::<usize>().ok()).sum();
    prop_assert_eq!(away, told.iter().map(|at| absences[*at]).sum::<usize>());
    for id in students.iter().map(|student| student.0).chain([school.id, staff.mentor.id]) {
        prop_assert!(!text.contains(&id.to_string()), "an export names nobody");
    }

    let shown = |column: &'static str, rows: &Rows| -> BTreeMap<String, usize> {
        count(
            rows.iter().filter(|row| !row[column].is_empty()).map(|row| (row[column].clone(), row["subject"].clone())),
        )
    };
    let spans = told.iter().filter_map(|at| Some((stories[*at].grade?.1.to_owned(), *at)));
    few_are_not_told(&shown("grades", &rows), &count(spans), told.len())?;
    let kinds = told.iter().flat_map(|at| stories[*at].interventions().map(|kind| (kind.to_owned(), *at)));
    few_are_not_told(&shown("code", &rows), &count(kinds), 0)?;
    figures_tell_of_no_few(stories, &manager).await
}

/// What is told is what there is; of few it is not, and what is left out is not few either, unless all of it is.
fn few_are_not_told(
    shown: &BTreeMap<String, usize>,
    there: &BTreeMap<String, usize>,
    all: usize,
) -> Result<(), TestCaseError> {
    for (what, number) in shown {
        prop_assert!(*number >= FEWEST && there.get(what) == Some(number), "{what}: {shown:?} of {there:?}");
    }
    let told: usize = shown.values().sum();
    let hidden = all.max(there.values().sum()) - told;
    prop_assert!(shown.is_empty() || hidden == 0 || hidden >= FEWEST, "{shown:?} of {there:?}");
    let smallest = there.iter().filter(|(what, number)| !shown.contains_key(*what) && **number >= FEWEST).count();
    prop_assert!(smallest == 0 || hidden >= FEWEST, "more is left out than there has to be: {shown:?} of {there:?}");
    Ok(())
}

/// Bands and effects, as they are exported across schools.
async fn figures_tell_of_no_few(stories: &[Story], manager: &Person) -> Result<(), TestCaseError> {
    let (_, bands) = table(manager, "/v1/exports/school-bands?school_year=2026").await;
    let march = bands.iter().find(|row| row["as_of"] == DAYS[1]).expect("the month");
    let severe = stories.iter().filter(|story| story.away).count();
    let naive = [("students", stories.len()), ("on_track", stories.len() - severe), ("severe", severe)];
    for (column, there) in naive {
        let told = march[column].parse::<usize>().ok();
        prop_assert!(told.is_none_or(|told| told == there && told >= FEWEST), "{column}: {told:?} of {there}");
    }
    prop_assert_eq!(march["students"].is_empty(), stories.len() < FEWEST);
    // With two numbers that are told all of the others, which are none, would be known.
    for row in &bands {
        for column in ["students", "on_track", "at_risk", "chronic", "severe", "unknown"] {
            prop_assert!(row[column].parse::<usize>().ok().is_none_or(|told| told >= FEWEST), "{row:?}");
        }
    }
    for by in ["mentor_programme", "intervention_type"] {
        let (_, effects) = table(manager, &format!("/v1/exports/effects?by={by}&school_year=2026")).await;
        for row in &effects {
            for column in ["served", "compared_with"] {
                prop_assert!(row[column].parse::<usize>().ok().is_none_or(|told| told >= FEWEST), "{row:?}");
            }
        }
    }
    Ok(())
}

#[test]
fn every_export_tells_what_the_oracle_allows_and_of_few_nothing() {
    checked(&stories(), async |stories| exports_tell_what_the_oracle_allows(&stories).await);
}
