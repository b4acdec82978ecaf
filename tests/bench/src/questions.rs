//! What the benchmark asks of Throughline.
use std::sync::Arc;

use bytes::Bytes;
use hyper::{
    Method, Response, StatusCode,
    header::{ETAG, HeaderValue, IF_NONE_MATCH, LOCATION},
};
use rand::{RngExt, rngs::StdRng};
use uuid::Uuid;

use crate::{
    district::{District, Student},
    history,
    http::{Ask, Connection, Question},
};

/// A director logs a contact with any of the students.
pub struct LogContact {
    /// The students.
    pub district: Arc<District>,
    /// The part of all contacts that is with one and the same student.
    pub hot: f64,
}

impl Ask for LogContact {
    fn question(&self, chance: &mut StdRng) -> anyhow::Result<Question> {
        let hot = self.hot > 0.0 && chance.random_bool(self.hot);
        log_contact(&self.district, if hot { Student(0) } else { self.district.any(chance) })
    }

    fn is_right(&self, answer: &Response<Bytes>) -> bool {
        was_logged(answer)
    }
}

/// A contact with one student.
pub fn log_contact(district: &District, student: Student) -> anyhow::Result<Question> {
    district.write(student, Method::POST, "contacts", Uuid::new_v4(), &history::contact(1))
}

/// Whether an answer says that it was written down.
pub fn was_logged(answer: &Response<Bytes>) -> bool {
    answer.status() == StatusCode::CREATED && answer.headers().contains_key(LOCATION)
}

/// A director reads the support plan of any of the students.
pub struct ShowPlan(pub Arc<District>);

impl Ask for ShowPlan {
    fn question(&self, chance: &mut StdRng) -> anyhow::Result<Question> {
        self.0.read(self.0.any(chance), "plan")
    }

    fn is_right(&self, answer: &Response<Bytes>) -> bool {
        answer.status() == StatusCode::OK && answer.body().starts_with(b"{") && answer.headers().contains_key(ETAG)
    }
}

/// The same, by somebody who has the plan already.
pub struct ShowPlanAgain {
    district: Arc<District>,
    known: Vec<(Student, HeaderValue)>,
}

impl ShowPlanAgain {
    /// Reads the plans of some students first.
    pub async fn after_reading(address: &str, district: &Arc<District>, students: u64) -> anyhow::Result<Self> {
        let mut connection = Connection::open(address).await?;
        let mut known = vec![];
        for student in (0..students).map(Student) {
            let answer = connection.ask(district.read(student, "plan")?).await?;
            known.extend(answer.headers().get(ETAG).map(|tag| (student, tag.clone())));
        }
        Ok(Self { district: district.clone(), known })
    }
}

impl Ask for ShowPlanAgain {
    fn question(&self, chance: &mut StdRng) -> anyhow::Result<Question> {
        let (student, tag) = &self.known[chance.random_range(0..self.known.len())];
        let mut question = self.district.read(*student, "plan")?;
        question.headers_mut().insert(IF_NONE_MATCH, tag.clone());
        Ok(question)
    }

    fn is_right(&self, answer: &Response<Bytes>) -> bool {
        answer.status() == StatusCode::NOT_MODIFIED && answer.body().is_empty()
    }
}

/// A director reads the first page of their school's caseload.
pub struct ListCaseload(pub Arc<District>);

impl Ask for ListCaseload {
    fn question(&self, chance: &mut StdRng) -> anyhow::Result<Question> {
        self.0.read_of_school(self.0.any(chance), "caseload")
    }

    fn is_right(&self, answer: &Response<Bytes>) -> bool {
        answer.status() == StatusCode::OK && answer.body().starts_with(b"{\"items\":[{")
    }
}
