//! Somebody who writes without a pause, repeats what was not answered, and remembers what was.
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use reqwest::Method;
use serde_json::{Value, json};
use tokio::{sync::RwLock, time::timeout};
use uuid::Uuid;

use super::stage::Stage;
use crate::{Answer, Person, Student, ahead, today};

/// How often somebody repeats a request before giving up.
const REPETITIONS: u32 = 40;

/// A request that changes something, with what was answered.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The case that it is about.
    pub student: Student,
    /// Its key.
    pub key: Uuid,
    /// The address.
    pub path: String,
    /// The body.
    pub body: Value,
    /// The case that it is also about.
    pub other: Option<Student>,
    /// What was answered in the end, where something was.
    pub answer: Option<Said>,
}

/// What an answer says about a write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The status.
    pub status: u16,
    /// Where the entry is.
    pub location: String,
    /// The version.
    pub version: u64,
    /// The position.
    pub token: String,
}

impl Said {
    /// What `answer` says.
    pub fn of(answer: &Answer) -> Self {
        let header = |name| answer.header(name).to_owned();
        let (location, token) = (header("location"), header("consistency-token"));
        Self { status: answer.status, location, version: answer.version(), token }
    }
}

/// What a worker has done.
#[derive(Debug, Default)]
pub struct Done {
    /// Every request.
    pub asked: Vec<Asked>,
    /// How often a request was sent again.
    pub repeated: u64,
    /// What should not have been answered.
    pub wrong: Vec<String>,
}

/// Somebody who writes.
pub struct Worker {
    csd: Person,
    addresses: Arc<RwLock<[String; 2]>>,
    students: Vec<Student>,
    chance: ChaCha8Rng,
    stop: Arc<AtomicBool>,
    open: Vec<(Student, Uuid)>,
    notes: Vec<(Student, Uuid)>,
    done: Done,
}

impl Worker {
    /// The worker of that number.
    pub fn new(stage: &Stage, number: usize, seed: u64, stop: Arc<AtomicBool>) -> Self {
        let own = &stage.students[1 + 3 * number..][..3];
        Self {
            csd: stage.csd.clone(),
            addresses: stage.addresses.clone(),
            students: [own, &stage.students[..1]].concat(),
            chance: ChaCha8Rng::seed_from_u64(seed),
            stop,
            open: vec![],
            notes: vec![],
            done: Done::default(),
        }
    }

    /// Writes until it is time to stop.
    pub async fn work(mut self) -> Done {
        while !self.stop.load(Ordering::Relaxed) {
            let asked = self.next();
            self.ask(asked).await;
        }
        self.done
    }

    fn next(&mut self) -> Asked {
        let student = self.students[self.chance.random_range(0..self.students.len())];
        let mut asked = Asked {
            student,
            key: Uuid::now_v7(),
            path: student.to("notes"),
            body: json!({"text": "Came in time"}),
            other: None,
            answer: None,
        };
        match self.chance.random_range(0..10) {
            0..3 => {
                asked.path = student.to("follow-ups");
                asked.body = json!({"what": "Call home", "owner": self.csd.id, "due": {"on": ahead(3)}});
            }
            3..5 if !self.open.is_empty() => {
                let (student, entry) = self.open.swap_remove(self.chance.random_range(0..self.open.len()));
                (asked.student, asked.path) = (student, student.to(&format!("follow-ups/{entry}/completion")));
                asked.body = json!({"result": "Done"});
            }
            5 if !self.notes.is_empty() => {
                let (student, entry) = self.notes.swap_remove(self.chance.random_range(0..self.notes.len()));
                let to = self.students.iter().find(|other| **other != student).copied().unwrap_or(student);
                (asked.student, asked.path) = (student, student.to(&format!("entries/{entry}/move")));
                (asked.other, asked.body) = (Some(to), json!({"to": to.0, "reason": "Another student's"}));
            }
            6..8 => {
                asked.path = student.to("contacts");
                asked.body = json!({"on": today(), "outcome": "made", "medium": "phone"});
            }
            _ => {}
        }
        asked
    }

    /// Sends a request until it is answered, or is given up.
    async fn ask(&mut self, mut asked: Asked) {
        for time in 0..REPETITIONS {
            self.done.repeated += u64::from(time > 0);
            let both = self.chance.random_range(0..20) == 0;
            // Now and then somebody walks away before the answer comes, and asks again.
            let patience = if self.chance.random_range(0..15) == 0 { 3 } else { 20_000 };
            let first = self.chance.random_range(0..2);
            let answers = if both {
                let (one, other) =
                    tokio::join!(self.send(&asked, first, patience), self.send(&asked, 1 - first, patience));
                vec![one, other]
            } else {
                vec![self.send(&asked, first, patience).await]
            };
            let mut answered = false;
            for answer in answers.into_iter().flatten() {
                match answer.status {
                    200..300 => {
                        let said = Said::of(&answer);
                        if asked.answer.get_or_insert_with(|| said.clone()) != &said {
                            self.done.wrong.push(format!("two answers to one request: {said:?}, {:?}", asked.answer));
                        }
                        answered = true;
                    }
                    503 | 409 if matches!(answer.problem(), "unavailable" | "conflict") => {}
                    _ => {
                        let said = format!("{} to {} {}: {}", answer.status, asked.path, asked.key, answer.body);
                        self.done.wrong.push(said);
                        answered = true;
                    }
                }
            }
            if answered || self.chance.random_range(0..60) == 0 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(self.chance.random_range(5..400))).await;
        }
        if asked.answer.is_some() {
            self.remember(&asked);
        }
        self.done.asked.push(asked);
    }

    async fn send(&self, asked: &Asked, server: usize, patience: u64) -> Option<Answer> {
        let address = self.addresses.read().await[server].clone();
        let call = self.csd.at(&address).call(Method::POST, &asked.path).json(asked.body.clone()).key(asked.key);
        timeout(Duration::from_millis(patience), call.send()).await.ok()?.ok()
    }

    fn remember(&mut self, asked: &Asked) {
        if asked.path.ends_with("/follow-ups") {
            self.open.push((asked.student, asked.key));
        } else if asked.path.ends_with("/notes") {
            self.notes.push((asked.student, asked.key));
        }
    }
}
