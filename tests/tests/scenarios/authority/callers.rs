//! Somebody of each kind, at a school, at another, for a partner, for the district.
use std::{collections::BTreeMap, time::Duration};

use tests::{District, Person, School};
use uuid::Uuid;

const AT_SCHOOLS: [(&str, &str); 4] = [
    ("director", "community_school_director"),
    ("principal", "principal"),
    ("school staff", "school_staff"),
    ("mental health manager", "mental_health_manager"),
];
const FOR_THE_DISTRICT: [(&str, &str); 3] =
    [("program manager", "program_manager"), ("privacy officer", "privacy_officer"), ("service", "service")];

/// Everybody, and where they work.
pub struct Callers<'d> {
    school: School<'d>,
    people: BTreeMap<String, Person>,
    /// What bodies and addresses may name.
    pub ids: BTreeMap<&'static str, Uuid>,
}

impl<'d> Callers<'d> {
    /// Everybody, newly hired.
    pub async fn hired(district: &'d District) -> Self {
        let school = School::in_district(district).await;
        let elsewhere = school.another().await;
        let mut people = BTreeMap::new();
        for (name, role) in AT_SCHOOLS {
            people.insert(name.to_owned(), school.staff(role).await);
            people.insert(format!("{name} elsewhere"), elsewhere.staff(role).await);
        }
        for (name, role) in FOR_THE_DISTRICT {
            people.insert(name.to_owned(), school.district_staff(role).await);
        }
        people.insert("service elsewhere".into(), elsewhere.staff("service").await);
        people.insert("mentor".into(), school.mentor().await);
        people.insert("another mentor".into(), school.mentor().await);
        let ((partner, worker), (other_partner, other_worker)) = (school.partner().await, school.partner().await);
        people.insert("partner".into(), worker);
        people.insert("another partner".into(), other_worker);
        people.insert("nobody".into(), school.with_token(Uuid::nil(), ""));
        let expired = district.key.token_until("whoever", chrono::Utc::now().timestamp() - 3600);
        people.insert("expired token".into(), school.with_token(Uuid::nil(), &expired));
        let unknown = school.token(&Uuid::now_v7().to_string(), Duration::from_secs(3600));
        people.insert("no staff record".into(), school.with_token(Uuid::nil(), &unknown));
        // Of those that are named, nobody calls: what is done to them changes nobody's rights.
        let (mentor, other_mentor) = (school.mentor().await.id, school.mentor().await.id);
        let ids = [
            ("school", school.id),
            ("other school", elsewhere.id),
            ("partner", partner),
            ("other partner", other_partner),
            ("mentor", mentor),
            ("other mentor", other_mentor),
            ("owner", mentor),
            ("principal", mentor),
        ];
        Self { school, people, ids: ids.into() }
    }

    /// Whoever goes by that name in the table.
    ///
    /// # Panics
    /// Where nobody does.
    pub async fn person(&self, name: &str) -> Person {
        if name == "not signed" {
            // Somebody new each time: they may sign.
            let person = self.school.csd().await;
            self.school.never_signed(&person).await;
            return person;
        }
        self.people.get(name).unwrap_or_else(|| panic!("nobody is {name}")).clone()
    }
}
