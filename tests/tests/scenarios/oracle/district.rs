//! A made-up district: two schools, everybody who works there, and students with a history.
use rand::{RngExt, SeedableRng, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;
use reqwest::Method;
use serde_json::{Value, json};
use tests::{Person, School, Student, ago, ahead, today};
use uuid::Uuid;

/// Somebody, as the oracle knows them.
pub struct Somebody {
    pub person: Person,
    pub role: &'static str,
    pub school: Option<Uuid>,
    pub partner: Option<Uuid>,
    /// What is agreed with the partner: the kinds of data, by school.
    pub agreed: Vec<(Uuid, Vec<&'static str>)>,
}

/// An entry, as the oracle knows it.
pub struct Written {
    pub id: Uuid,
    pub student: Uuid,
    pub kind: &'static str,
    pub author: Uuid,
    pub author_role: &'static str,
    pub visibility: &'static str,
    pub partner: Option<Uuid>,
}

/// A referral, as the oracle knows it.
pub struct Referred {
    pub student: Uuid,
    pub partner: Uuid,
    pub shares: Vec<&'static str>,
    pub consent_holds: bool,
    pub sent: bool,
}

/// What was made up.
pub struct Made {
    pub people: Vec<Somebody>,
    pub mentors: Vec<(Uuid, Uuid)>,
    pub entries: Vec<Written>,
    pub referrals: Vec<Referred>,
    cases: Vec<(Uuid, Uuid)>,
}

const CATEGORIES: &[&str] = &["directory", "support_plan", "case_notes"];

impl Made {
    /// Makes a district up: the same for a seed each time.
    pub async fn up(seed: u64) -> Self {
        let mut dice = ChaCha8Rng::seed_from_u64(seed);
        let schools = [School::found().await, School::found().await];
        let mut made = Self { people: vec![], mentors: vec![], entries: vec![], referrals: vec![], cases: vec![] };
        for school in &schools {
            for role in ["community_school_director", "principal", "school_staff", "mental_health_manager"] {
                made.hire(school.staff(role).await, role, Some(school.id), None);
            }
            for _ in 0..2 {
                made.hire(school.mentor().await, "success_mentor", Some(school.id), None);
            }
        }
        let officer = schools[0].district_staff("privacy_officer").await;
        for _ in 0..2 {
            let (partner, worker) = schools[0].partner_without_agreement().await;
            let place = made.hire(worker, "partner_staff", None, Some(partner));
            let agreed = some(&mut dice, CATEGORIES);
            let school = schools[dice.random_range(0..2)].id;
            if !agreed.is_empty() && dice.random_bool(0.8) {
                agree(&officer, partner, school, &agreed).await;
                made.people[place].agreed.push((school, agreed));
            }
        }
        for _ in 0..5 {
            let school = &schools[dice.random_range(0..2)];
            made.tell(&mut dice, school).await;
        }
        made
    }

    /// The students.
    pub fn students(&self) -> impl Iterator<Item = Uuid> {
        self.cases.iter().map(|(student, _)| *student)
    }

    /// Where a student goes to school.
    pub fn school_of(&self, student: Uuid) -> Uuid {
        self.cases.iter().find(|(one, _)| *one == student).expect("a student").1
    }

    fn hire(&mut self, person: Person, role: &'static str, school: Option<Uuid>, partner: Option<Uuid>) -> usize {
        self.people.push(Somebody { person, role, school, partner, agreed: vec![] });
        self.people.len() - 1
    }

    /// The place of who holds that role at a school.
    fn who(&self, role: &str, school: Uuid) -> usize {
        self.people.iter().position(|one| one.role == role && one.school == Some(school)).expect("somebody")
    }

    async fn write(
        &mut self,
        by: usize,
        (student, kind): (Student, &'static str),
        (path, body): (&str, Value),
        (visibility, partner): (&'static str, Option<Uuid>),
    ) -> Uuid {
        let Somebody { person, role, .. } = &self.people[by];
        let id = person.create(student.to(path), body).await;
        let (author, author_role) = (person.id, *role);
        self.entries.push(Written { id, student: student.0, kind, author, author_role, visibility, partner });
        id
    }

    /// Tells a student's story: mentors, notes and needs by whoever may, referrals with and without consent.
    async fn tell(&mut self, dice: &mut ChaCha8Rng, school: &School<'_>) {
        let director = self.who("community_school_director", school.id);
        let student = self.people[director].person.open_case(school).await;
        self.cases.push((student.0, school.id));
        let mentors: Vec<_> = (0..self.people.len())
            .filter(|&one| self.people[one].role == "success_mentor" && self.people[one].school == Some(school.id))
            .collect();
        let mentor = dice.random_bool(0.8).then(|| *mentors.choose(dice).expect("a mentor"));
        if let Some(mentor) = mentor {
            let id = self.people[mentor].person.id;
            self.mentors.push((student.0, id));
            let body = json!({"mentor": id, "since": ago(30)});
            self.write(director, (student, "mentor_assignment"), ("mentor-assignments", body), ("team", None)).await;
        }
        for _ in 0..dice.random_range(4..9) {
            self.write_something(dice, student, school.id, mentor).await;
        }
        for _ in 0..dice.random_range(0..3) {
            self.refer(dice, student, director).await;
        }
    }

    async fn write_something(&mut self, dice: &mut ChaCha8Rng, student: Student, school: Uuid, mentor: Option<usize>) {
        let staff = ["community_school_director", "principal", "school_staff", "mental_health_manager"];
        let mut authors: Vec<usize> = staff.iter().map(|role| self.who(role, school)).collect();
        authors.extend(mentor);
        let by = *authors.choose(dice).expect("an author");
        let manager = self.people[by].role == "mental_health_manager";
        let open: &[&str] = &["team", "school", "author_and_supervisor", "mental_health"];
        let visibility = *open[..if manager { 4 } else { 3 }].choose(dice).expect("a visibility");
        let owner = self.people[by].person.id;
        let (kind, path, mut body) = match dice.random_range(0..3) {
            0 => ("note", "notes", json!({"text": "Something was said"})),
            1 => ("contact", "contacts", json!({"on": today(), "outcome": "made", "medium": "phone"})),
            _ => ("follow_up", "follow-ups", json!({"what": "Call", "due": {"on": ahead(3)}, "owner": owner})),
        };
        body["visibility"] = json!(visibility);
        self.write(by, (student, kind), (path, body), (visibility, None)).await;
        if manager || self.people[by].role == "community_school_director" {
            let at = if visibility == "mental_health" && !manager { "team" } else { visibility };
            if manager && at != "mental_health" {
                return;
            }
            let need = json!({"category": "basic_needs", "description": "A coat", "visibility": at});
            self.write(by, (student, "need"), ("needs", need), (at, None)).await;
        }
    }

    async fn refer(&mut self, dice: &mut ChaCha8Rng, student: Student, director: usize) {
        let partners: Vec<Uuid> = self.people.iter().filter_map(|one| one.partner).collect();
        let partner = *partners.choose(dice).expect("a partner");
        let shares = some(dice, CATEGORIES);
        let (mut holds, mut consent) = (false, None);
        if !shares.is_empty() {
            let body = json!({
                "partner": partner, "purpose": "basic_needs", "scope": shares, "signatory": "Maria Lopez",
                "relation": "parent", "signed_on": ago(3), "expires_on": ahead(90)
            });
            consent =
                Some(self.write(director, (student, "consent"), ("consents", body), ("team", Some(partner))).await);
            holds = true;
        }
        let body = json!({"partner": partner, "purpose": "basic_needs", "reason": "A winter coat", "shares": shares});
        let sent = dice.random_bool(0.8);
        let about = sent.then_some(partner);
        let id = self.write(director, (student, "referral"), ("referrals", body), ("team", about)).await;
        let person = &self.people[director].person;
        if sent {
            person.act(student.to(&format!("referrals/{id}/request")), Value::Null).await;
        }
        if let Some(consent) = consent.filter(|_| dice.random_bool(0.3)) {
            person.act(student.to(&format!("consents/{consent}/withdrawal")), json!({"by": "Maria Lopez"})).await;
            holds = false;
        }
        // A consent for more than it is asked for holds for the earlier referrals to the same partner, too.
        let all = |of: &Referred, by: &[&str]| of.shares.iter().all(|one| by.contains(one));
        let student = student.0;
        let new = Referred { student, partner, shares, consent_holds: holds, sent };
        for earlier in &mut self.referrals {
            let same = (earlier.student, earlier.partner) == (new.student, new.partner);
            earlier.consent_holds |= same && holds && all(earlier, &new.shares);
        }
        let before = self.referrals.iter().filter(|one| (one.student, one.partner) == (student, partner));
        let covered = before.filter(|one| one.standing_consent()).any(|one| all(&new, &one.shares));
        self.referrals.push(Referred { consent_holds: holds || covered, ..new });
    }
}

impl Referred {
    /// Whether a consent for all that it shares holds.
    fn standing_consent(&self) -> bool {
        self.consent_holds && !self.shares.is_empty()
    }
}

/// Some of them, in their order.
fn some(dice: &mut ChaCha8Rng, all: &[&'static str]) -> Vec<&'static str> {
    all.iter().copied().filter(|_| dice.random_bool(0.6)).collect()
}

async fn agree(officer: &Person, partner: Uuid, school: Uuid, categories: &[&str]) {
    let terms = json!({
        "categories": categories, "purposes": ["basic_needs"], "schools": [school], "starts_on": ago(30),
        "ends_on": ahead(30), "signatories": [{"name": "Ana Ruiz", "signs_for": "partner"}]
    });
    let path = format!("/v1/partners/{partner}/agreements/{}", Uuid::now_v7());
    officer.call(Method::PUT, path).json(terms).await.expect(201);
}
