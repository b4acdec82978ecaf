//! Somebody who uses the service.
use reqwest::{Client, Method};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{Answer, Call, Following, School, Student, ago};

/// A member of staff, at the screen.
#[derive(Clone)]
pub struct Person {
    /// Their staff record.
    pub id: Uuid,
    http: Client,
    address: String,
    token: String,
}

impl Person {
    /// Whoever has this token, at the server at `address`.
    pub fn new(id: Uuid, http: &Client, address: &str, token: &str) -> Self {
        Self { id, http: http.clone(), address: address.to_owned(), token: token.to_owned() }
    }

    /// The same person at another server.
    pub fn at(&self, address: &str) -> Self {
        Self { address: address.to_owned(), ..self.clone() }
    }

    /// Any request.
    pub fn call(&self, method: Method, path: impl AsRef<str>) -> Call {
        let request = self.http.request(method.clone(), format!("{}{}", self.address, path.as_ref()));
        Call::new(&method, if self.token.is_empty() { request } else { request.bearer_auth(&self.token) })
    }

    /// `GET path`.
    pub fn get(&self, path: impl AsRef<str>) -> Call {
        self.call(Method::GET, path)
    }

    /// `POST path`.
    pub fn post(&self, path: impl AsRef<str>, body: Value) -> Call {
        self.call(Method::POST, path).json(body)
    }

    /// What is there; expects to see it.
    pub async fn see(&self, path: impl AsRef<str>) -> Value {
        let path = path.as_ref();
        let answer = self.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {:#}", answer.body);
        answer.body
    }

    /// Follows the changes from `place` on: the last id, or now where it is empty.
    pub async fn follow(&self, place: &str) -> Following {
        let call = self.get("/v1/changes");
        let call = if place.is_empty() { call } else { call.header("last-event-id", place) };
        Following::of(call.open().await.expect("an answer")).await
    }

    /// Writes something down; expects that it can be, and returns its id.
    pub async fn create(&self, path: impl AsRef<str>, body: Value) -> Uuid {
        let path = path.as_ref();
        let answer = self.post(path, body).await;
        assert_eq!(answer.status, 201, "{path}: {:#}", answer.body);
        answer.entry()
    }

    /// Does something; expects that it can be done.
    pub async fn act(&self, path: impl AsRef<str>, body: Value) -> Answer {
        let path = path.as_ref();
        let call = self.call(Method::POST, path);
        let answer = if body.is_null() { call } else { call.json(body) }.await;
        assert_eq!(answer.status, 204, "{path}: {:#}", answer.body);
        answer
    }

    /// Opens a case for a new student.
    pub async fn open_case(&self, school: &School<'_>) -> Student {
        let student = Student(Uuid::now_v7());
        let body = json!({"school": school.id, "reason": "Absent 14 of 60 days", "tier": 2});
        self.call(Method::PUT, student.to("case")).json(body).await.expect(201);
        student
    }

    /// Assigns a mentor to a student, as of a month ago.
    pub async fn assign(&self, mentor: &Person, student: Student) -> Uuid {
        self.create(student.to("mentor-assignments"), json!({"mentor": mentor.id, "since": ago(30)})).await
    }

    /// Starts an intervention with a student, as of a month ago.
    pub async fn start_intervention(&self, student: Student, visibility: &str) -> Uuid {
        let plan = json!({
            "kind": "check_and_connect", "what": "Check in every morning", "tier": 2, "delivery": "individual",
            "dosage": {"sessions_per_week": 3, "minutes": 15}, "visibility": visibility
        });
        let intervention = self.create(student.to("interventions"), plan).await;
        self.act(student.to(&format!("interventions/{intervention}/start")), json!({"on": ago(30)})).await;
        intervention
    }

    /// All items of a list, read in pages of `limit`.
    pub async fn walk(&self, list: &str, limit: usize) -> Vec<Value> {
        let join = if list.contains('?') { '&' } else { '?' };
        let (mut items, mut next) = (vec![], format!("{list}{join}limit={limit}"));
        loop {
            let page = self.get(&next).await.expect(200);
            assert!(page.items().len() <= limit);
            items.extend_from_slice(page.items());
            match page.body["next"].as_str() {
                None => {
                    assert_eq!(page.header("link"), "", "a last page leads nowhere");
                    return items;
                }
                Some(_) => next = link(&page),
            }
            assert!(items.len() < 1000, "the list does not end");
        }
    }
}

/// The address that a `Link` header gives for the next page.
fn link(page: &Answer) -> String {
    let link = page.header("link");
    let (address, relation) = link.split_once('>').expect("a link");
    assert!(relation.contains("rel=\"next\""), "{link}");
    address.trim_start_matches('<').to_owned()
}
