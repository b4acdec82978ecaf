//! Lets happen what a plan says: two schools, everybody who works there, and students with a history.
use reqwest::Method;
use serde_json::{Value, json};
use tests::{District, Person, School, Student, ago, ahead, today};
use uuid::Uuid;

use super::plan::{Agreed, By, Plan, Refers, STAFF, Story, What, Writes};

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

/// What happened.
#[derive(Default)]
pub struct Made {
    /// The family name of all students.
    pub name: String,
    /// The token of what was written last.
    pub last: String,
    pub people: Vec<Somebody>,
    pub mentors: Vec<(Uuid, Uuid)>,
    pub entries: Vec<Written>,
    pub referrals: Vec<Referred>,
    cases: Vec<(Uuid, Uuid)>,
}

impl Made {
    /// Lets it happen as `plan` says.
    pub async fn up(plan: &Plan, district: &District) -> Self {
        let schools = [School::in_district(district).await, School::in_district(district).await];
        let name = format!("Oracle {}", Uuid::now_v7().simple());
        let mut made = Self { name, ..Self::default() };
        for school in &schools {
            for role in STAFF {
                made.hire(school.staff(role).await, role, Some(school.id), None);
            }
            for _ in 0..2 {
                made.hire(school.mentor().await, "success_mentor", Some(school.id), None);
            }
        }
        let officer = schools[0].district_staff("privacy_officer").await;
        for agreed in &plan.agreements {
            let (partner, worker) = schools[0].partner_without_agreement().await;
            let place = made.hire(worker, "partner_staff", None, Some(partner));
            if let Some(Agreed { school, categories }) = agreed {
                let school = schools[*school].id;
                agree(&officer, partner, school, categories).await;
                made.people[place].agreed.push((school, categories.clone()));
            }
        }
        for story in &plan.stories {
            made.tell(story, &schools[story.school]).await;
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

    /// The places of those who hold that role at a school.
    fn all(&self, role: &str, school: Uuid) -> Vec<usize> {
        let holds = |one: &usize| self.people[*one].role == role && self.people[*one].school == Some(school);
        (0..self.people.len()).filter(holds).collect()
    }

    async fn write(
        &mut self,
        by: usize,
        (student, kind): (Student, &'static str),
        (path, body): (&str, Value),
        (visibility, partner): (&'static str, Option<Uuid>),
    ) -> Uuid {
        let Somebody { person, role, .. } = &self.people[by];
        let answer = person.post(student.to(path), body).await.expect(201);
        let (id, author, author_role) = (answer.entry(), person.id, *role);
        self.last = answer.header("consistency-token").to_owned();
        self.entries.push(Written { id, student: student.0, kind, author, author_role, visibility, partner });
        id
    }

    /// Tells a student's story: mentors, notes and needs by whoever may, referrals with and without consent.
    async fn tell(&mut self, story: &Story, school: &School<'_>) {
        let director = self.all("community_school_director", school.id)[0];
        let student = self.people[director].person.open_case(school).await;
        let names = json!({"given_name": "Ada", "family_name": self.name});
        let keep = self.people[director].person.call(Method::PUT, format!("/v1/students/{}", student.0));
        keep.json(names).await.expect(201);
        self.cases.push((student.0, school.id));
        let mentor = story.mentor.map(|which| self.all("success_mentor", school.id)[which]);
        if let Some(mentor) = mentor {
            let id = self.people[mentor].person.id;
            self.mentors.push((student.0, id));
            let body = json!({"mentor": id, "since": ago(30)});
            self.write(director, (student, "mentor_assignment"), ("mentor-assignments", body), ("team", None)).await;
        }
        for writes in &story.writes {
            let by = match writes.by {
                By::Staff(which) => self.all(STAFF[which], school.id)[0],
                By::Mentor => mentor.unwrap_or(director),
            };
            self.write_something(writes, student, by).await;
        }
        for refers in &story.refers {
            self.refer(refers, student, director).await;
        }
    }

    async fn write_something(&mut self, writes: &Writes, student: Student, by: usize) {
        let Somebody { person, role, .. } = &self.people[by];
        let (owner, manager) = (person.id, *role == "mental_health_manager");
        let visibility = match writes.visibility {
            "mental_health" if !manager => "team",
            visibility => visibility,
        };
        let (kind, path, mut body) = match writes.what {
            What::Note => ("note", "notes", json!({"text": "Something was said"})),
            What::Contact => ("contact", "contacts", json!({"on": today(), "outcome": "made", "medium": "phone"})),
            What::FollowUp => {
                ("follow_up", "follow-ups", json!({"what": "Call", "due": {"on": ahead(3)}, "owner": owner}))
            }
            What::Intervention if manager || *role == "community_school_director" => {
                let body = json!({
                    "kind": "check_and_connect", "what": "Check in", "tier": 2, "delivery": "individual",
                    "dosage": {"sessions_per_week": 3, "minutes": 15}
                });
                ("intervention", "interventions", body)
            }
            // Who plans no interventions says what happened.
            What::Intervention => ("note", "notes", json!({"text": "Something was planned"})),
        };
        // Managers plan in the compartment only.
        let visibility = if manager && kind == "intervention" { "mental_health" } else { visibility };
        body["visibility"] = json!(visibility);
        self.write(by, (student, kind), (path, body), (visibility, None)).await;
    }

    async fn refer(&mut self, refers: &Refers, student: Student, director: usize) {
        let partners: Vec<Uuid> = self.people.iter().filter_map(|one| one.partner).collect();
        let (partner, shares) = (partners[refers.partner], refers.shares.clone());
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
        let sent = refers.sent;
        let about = sent.then_some(partner);
        let id = self.write(director, (student, "referral"), ("referrals", body), ("team", about)).await;
        let person = &self.people[director].person;
        if sent {
            person.act(student.to(&format!("referrals/{id}/request")), Value::Null).await;
        }
        if let Some(consent) = consent.filter(|_| refers.withdrawn) {
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

async fn agree(officer: &Person, partner: Uuid, school: Uuid, categories: &[&str]) {
    let terms = json!({
        "categories": categories, "purposes": ["basic_needs"], "schools": [school], "starts_on": ago(30),
        "ends_on": ahead(30), "signatories": [{"name": "Ana Ruiz", "signs_for": "partner"}]
    });
    let path = format!("/v1/partners/{partner}/agreements/{}", Uuid::now_v7());
    officer.call(Method::PUT, path).json(terms).await.expect(201);
}
