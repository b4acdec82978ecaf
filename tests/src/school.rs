//! A school with its staff.
use std::time::Duration;

use chrono::NaiveDate;
use reqwest::Client;
use uuid::Uuid;

use crate::{District, Person, Student, reference};

/// A school of one test's own.
pub struct School<'d> {
    /// The school.
    pub id: Uuid,
    district: &'d District,
    http: Client,
}

impl School<'static> {
    /// Founds a school in the district that tests share.
    pub async fn found() -> Self {
        Self::in_district(District::shared().await).await
    }
}

impl<'d> School<'d> {
    /// Founds a school in `district`.
    pub async fn in_district(district: &'d District) -> Self {
        let name = format!("School {}", Uuid::now_v7());
        let id = reference::school(&district.url, &name).await.expect("a school");
        Self::at(district, id)
    }

    /// A school that `district` has.
    pub fn at(district: &'d District, id: Uuid) -> Self {
        Self { id, district, http: Client::builder().no_proxy().build().expect("a client") }
    }

    /// Another school, in the same district.
    pub async fn another(&self) -> Self {
        Self::in_district(self.district).await
    }

    /// The server that serves it.
    pub fn district(&self) -> &District {
        self.district
    }

    /// Somebody new who holds `role` at this school.
    pub async fn staff(&self, role: &str) -> Person {
        self.hire(role, Some(self.id), None).await
    }

    /// A new Success Mentor.
    pub async fn mentor(&self) -> Person {
        self.staff("success_mentor").await
    }

    /// A new Community School Director.
    pub async fn csd(&self) -> Person {
        self.staff("community_school_director").await
    }

    /// A new School Mental Health Manager.
    pub async fn manager(&self) -> Person {
        self.staff("mental_health_manager").await
    }

    /// `person` holds this role at this school, too.
    pub async fn give(&self, person: &Person, role: &str) {
        reference::role(&self.district.url, person.id, role, Some(self.id), None).await.expect("a role");
    }

    /// Somebody new who holds `role` for the district.
    pub async fn district_staff(&self, role: &str) -> Person {
        self.hire(role, None, None).await
    }

    /// A new partner, with somebody new who works for it, and an agreement about this school for everything.
    pub async fn partner(&self) -> (Uuid, Person) {
        let (partner, worker) = self.partner_without_agreement().await;
        reference::agree(&self.district.url, partner, self.id, worker.id).await.expect("an agreement");
        (partner, worker)
    }

    /// A new partner with which nothing is agreed yet, with somebody new who works for it.
    pub async fn partner_without_agreement(&self) -> (Uuid, Person) {
        let name = format!("Partner {}", Uuid::now_v7());
        let partner = reference::partner(&self.district.url, &name).await.expect("a partner");
        (partner, self.hire("partner_staff", None, Some(partner)).await)
    }

    /// The school teaches from `first` to `last`, and has submitted attendance up to `submitted`.
    pub async fn teaches(&self, first: NaiveDate, last: NaiveDate, submitted: NaiveDate) {
        reference::term(&self.district.url, self.id, first, last, submitted).await.expect("a term");
    }

    /// A new student who is enrolled here since that day.
    pub async fn enrol(&self, since: NaiveDate) -> Student {
        Student(reference::student(&self.district.url, self.id, since).await.expect("a student"))
    }

    /// The student was away on these days, without an excuse.
    pub async fn marks_absent(&self, student: Student, days: &[NaiveDate]) {
        reference::absent(&self.district.url, student.0, self.id, days).await.expect("marks");
    }

    /// `person` works for this partner, too.
    pub async fn employ(&self, person: &Person, partner: Uuid) {
        let role = reference::role(&self.district.url, person.id, "partner_staff", None, Some(partner));
        role.await.expect("a role");
    }

    /// Somebody new, with a staff record and no role.
    pub async fn stranger(&self) -> Person {
        let subject = Uuid::now_v7().to_string();
        let id = reference::staff(&self.district.url, &subject).await.expect("a staff record");
        self.with_token(id, &self.token(&subject, Duration::from_secs(3600)))
    }

    /// `person` signed the confidentiality agreement so many days ago, and not since.
    pub async fn signed(&self, person: &Person, days_ago: i32) {
        reference::sign(&self.district.url, person.id, days_ago).await.expect("a signature");
    }

    /// `person` has never signed the confidentiality agreement.
    pub async fn never_signed(&self, person: &Person) {
        reference::unsign(&self.district.url, person.id).await.expect("no signature");
    }

    /// The roles of `person` end.
    pub async fn dismiss(&self, person: &Person) {
        reference::dismiss(&self.district.url, person.id).await.expect("an end");
    }

    /// A token of the district's issuer.
    pub fn token(&self, subject: &str, valid_for: Duration) -> String {
        self.district.key.token(subject, valid_for)
    }

    /// Whoever has this token.
    pub fn with_token(&self, id: Uuid, token: &str) -> Person {
        Person::new(id, &self.http, &self.district.server.address, token)
    }

    async fn hire(&self, role: &str, school: Option<Uuid>, partner: Option<Uuid>) -> Person {
        let person = self.stranger().await;
        reference::role(&self.district.url, person.id, role, school, partner).await.expect("a role");
        person
    }
}
