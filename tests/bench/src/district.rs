//! The made-up district: its schools, who directs them, and their students.
use std::{path::Path, process::Command};

use anyhow::ensure;
use bytes::Bytes;
use http_body_util::Full;
use hyper::{
    Method, Request,
    header::{AUTHORIZATION, CONTENT_TYPE, HOST, HeaderValue},
    http::request::Builder,
};
use rand::{RngExt, rngs::StdRng};
use serde_json::{Value, json};
use uuid::{Builder as Bytes16, Uuid};

use crate::http::{Connection, Question};

/// A student, by number.
#[derive(Debug, Clone, Copy)]
pub struct Student(pub u64);

/// A school with the director who speaks for it.
pub struct School {
    /// The school.
    pub id: Uuid,
    /// Its Community School Director.
    pub director: Uuid,
    token: HeaderValue,
}

/// Schools and students, the same ones whenever their numbers are.
pub struct District {
    schools: Vec<School>,
    students: u64,
}

impl District {
    /// Enters the schools through the server at `address`, whose database is at `url`.
    pub async fn found(binary: &Path, url: &str, address: &str, schools: u64, students: u64) -> anyhow::Result<Self> {
        let mut connection = Connection::open(address).await?;
        let service = token(binary, url, &["--as", "service"])?;
        let mut founded = vec![];
        for number in 0..schools {
            let id = scattered(number, 1);
            let school = json!({"name": format!("School {number}"), "time_zone": "America/New_York"});
            let put = write(&service, Method::PUT, format!("/v1/schools/{id}"), Uuid::new_v4(), &school)?;
            let answer = connection.ask(put).await?;
            ensure!(answer.status().is_success(), "a school cannot be entered: {}", answer.status());
            let of_school = ["--as", "community_school_director", "--school", &id.to_string()];
            let token = token(binary, url, &of_school)?;
            let me = connection.ask(read(&token, "/v1/me")?).await?;
            let me: Value = serde_json::from_slice(me.body())?;
            founded.push(School { id, director: serde_json::from_value(me["id"].clone())?, token });
        }
        Ok(Self { schools: founded, students })
    }

    /// Any of the students.
    pub fn any(&self, chance: &mut StdRng) -> Student {
        Student(chance.random_range(0..self.students))
    }

    /// The students whose number leaves this rest.
    pub fn share(&self, of: u64, rest: u64) -> impl Iterator<Item = Student> + use<> {
        (rest..self.students).step_by(of as usize).map(Student)
    }

    /// The school that the student goes to.
    pub fn school(&self, student: Student) -> &School {
        &self.schools[(student.0 % self.schools.len() as u64) as usize]
    }

    /// What the director of the student's school reads about the student.
    pub fn read(&self, student: Student, what: &str) -> anyhow::Result<Question> {
        read(&self.school(student).token, &student.to(what))
    }

    /// A list of the student's school, as its director reads it.
    pub fn read_of_school(&self, student: Student, list: &str) -> anyhow::Result<Question> {
        let school = self.school(student);
        read(&school.token, &format!("/v1/{list}?school={}", school.id))
    }

    /// What the director of the student's school tells about the student, under `key`.
    pub fn write(
        &self,
        student: Student,
        method: Method,
        what: &str,
        key: Uuid,
        body: &Value,
    ) -> anyhow::Result<Question> {
        write(&self.school(student).token, method, student.to(what), key, body)
    }
}

impl Student {
    /// The student's id.
    pub fn id(self) -> Uuid {
        scattered(self.0, 0)
    }

    fn to(self, what: &str) -> String {
        format!("/v1/students/{}/{what}", self.id())
    }
}

fn request(token: &HeaderValue, method: Method, path: &str) -> Builder {
    let request = Request::builder().method(method).uri(path).header(AUTHORIZATION, token.clone());
    request.header(HOST, HeaderValue::from_static("127.0.0.1"))
}

/// What somebody with that token reads.
pub fn read(token: &HeaderValue, path: &str) -> anyhow::Result<Question> {
    Ok(request(token, Method::GET, path).body(Full::default())?)
}

/// What somebody with that token tells, under `key`.
pub fn write(token: &HeaderValue, method: Method, path: String, key: Uuid, body: &Value) -> anyhow::Result<Question> {
    let request = request(token, method, &path)
        .header("idempotency-key", HeaderValue::from_str(&key.to_string())?)
        .header(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let body = if body.is_null() { Bytes::new() } else { Bytes::from(serde_json::to_vec(body)?) };
    Ok(request.body(Full::new(body))?)
}

/// Somebody who holds a role, as the development issuer knows them.
pub fn token(binary: &Path, url: &str, who: &[&str]) -> anyhow::Result<HeaderValue> {
    let made = Command::new(binary).arg("token").args(who).env("DATABASE_URL", url).current_dir("/").output()?;
    ensure!(made.status.success(), "no token: {}", String::from_utf8_lossy(&made.stderr));
    let token = String::from_utf8(made.stdout)?;
    Ok(HeaderValue::from_str(&format!("Bearer {}", token.trim()))?)
}

/// An id that lies anywhere, always the same for a number (the finaliser of SplitMix64).
fn scattered(number: u64, kind: u64) -> Uuid {
    let mix = |seed: u64| {
        let mut z = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    };
    let (high, low) = (mix(4 * number + 2 * kind + 1), mix(4 * number + 2 * kind + 2));
    Bytes16::from_random_bytes(((u128::from(high) << 64) | u128::from(low)).to_be_bytes()).into_uuid()
}
