//! Stock cqrs-es and postgres-es, with one view, behind the same actix-web.
use std::process::Command;

use anyhow::ensure;
use bytes::Bytes;
use http_body_util::Full;
use hyper::{
    Request, Response, StatusCode,
    header::{CONTENT_TYPE, HOST, HeaderValue},
};
use rand::{RngExt, rngs::StdRng};

use crate::{
    cluster::Cluster,
    history::{self, contact},
    http::{Ask, Question},
    program,
    served::Served,
};

/// Its database in the cluster.
pub const DATABASE: &str = "stock";

/// Starts it on a database of its own, with as many histories of as many events.
pub async fn start(cluster: &Cluster, students: u64) -> anyhow::Result<Served> {
    let binary = program::rival("stock")?;
    let is_new = cluster.ensure(DATABASE).await?;
    let command = || {
        let mut command = Command::new(&binary);
        command.env("DATABASE_URL", cluster.url(DATABASE));
        command
    };
    if is_new {
        let (students, events) = (students.to_string(), history::EVENTS.to_string());
        ensure!(command().args(["prepare", &students, &events]).status()?.success(), "no histories for cqrs-es");
    }
    Served::start(command().arg("serve"))
}

/// The same contact as Throughline's, about any of so many students.
pub struct LogContact(pub u64);

impl Ask for LogContact {
    fn question(&self, chance: &mut StdRng) -> anyhow::Result<Question> {
        let student = chance.random_range(0..self.0);
        let request = Request::post(format!("/students/{student}/contacts"))
            .header(HOST, HeaderValue::from_static("127.0.0.1"))
            .header(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        Ok(request.body(Full::new(Bytes::from(serde_json::to_vec(&contact(1))?)))?)
    }

    fn is_right(&self, answer: &Response<Bytes>) -> bool {
        answer.status() == StatusCode::CREATED
    }
}
