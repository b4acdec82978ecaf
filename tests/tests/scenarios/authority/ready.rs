//! Brings somebody new to where a line is next, by the same requests as anybody's.
use std::collections::BTreeMap;

use chrono::NaiveDate;
use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, PNG, ago, ahead};
use uuid::Uuid;

use super::{
    callers::Callers,
    contract::{Contract, Operation},
    table::{Row, Table},
};

/// How a line is carried out.
#[derive(Clone, Copy)]
pub struct Hand<'h> {
    /// By whom: the first of them who may.
    pub doers: &'h [&'h str],
    /// With which body, where the line would have that one.
    pub writes: &'h (dyn Fn(&Row, Value) -> Value + Sync),
}

/// As the table says.
pub const PLAIN: Hand<'static> =
    Hand { doers: &["director", "mental health manager", "service", "privacy officer"], writes: &|_, body| body };

/// Days that have to be ahead.
const TO_COME: [&str; 6] = ["due_on", "next_review_on", "expires_on", "ends_on", "until", "due"];

/// What a request may name, by the name under which it does.
pub type Place = BTreeMap<&'static str, Uuid>;

/// What it takes to try a line.
pub struct Ready<'a> {
    table: &'a Table,
    contract: &'a Contract,
    callers: &'a Callers<'a>,
    other_student: Uuid,
}

impl<'a> Ready<'a> {
    /// Ready to try the lines of `table`.
    pub async fn new(table: &'a Table, contract: &'a Contract, callers: &'a Callers<'a>) -> Self {
        let mut ready = Self { table, contract, callers, other_student: Uuid::now_v7() };
        let mut place = ready.fresh();
        place.insert("student", ready.other_student);
        ready.step(table.row("open_case").expect("a line"), &mut place, PLAIN).await.expect("a case");
        ready.tie(&place, None, true).await;
        ready.other_student = place["student"];
        ready
    }

    /// Whether the operation changes something.
    pub fn changes(&self, row: &Row) -> bool {
        self.contract.operation(&row.operation).method != "GET"
    }

    /// A place where `row` is next for `caller`, for everybody who is refused where nobody is named; or what stands in
    /// the way.
    pub async fn place(&self, row: &Row, caller: Option<&str>) -> Result<Place, String> {
        let before = self.before(row);
        // A case that is closed has no referral that is under way.
        let stays_open = before.iter().all(|step| step.operation != "close_case") && row.operation != "close_case";
        let mut place = self.fresh();
        for step in before {
            self.step(step, &mut place, PLAIN).await?;
            if step.operation == "open_case" {
                self.tie(&place, caller, stays_open).await;
            }
        }
        Ok(place)
    }

    /// The lines that are carried out before `row`, the first one first.
    pub fn before(&self, row: &Row) -> Vec<&'a Row> {
        let mut before = vec![];
        let mut next = row;
        while let Some(step) = self.table.row(&next.after) {
            before.insert(0, step);
            next = step;
        }
        before
    }

    /// Asks for `row` as `caller`: the status, and why.
    pub async fn ask(&self, row: &Row, caller: &str, place: &Place) -> (u16, String) {
        let operation = self.contract.operation(&row.operation);
        let method = Method::from_bytes(operation.method.as_bytes()).expect("a method");
        let call = self.callers.person(caller).await.call(method, self.address(row, place));
        let call = match self.contract.example(operation) {
            Some(example) => call.json(self.body(row, example, place)),
            None if self.contract.takes_picture(operation) => call.file("image/png", PNG),
            None => call,
        };
        let response = call.open().await.expect("an answer");
        let status = response.status().as_u16();
        // What goes on for ever is not waited for.
        if status < 300 && row.operation == "follow_changes" {
            return (status, String::new());
        }
        let answer = Answer::read(response).await.expect("an answer");
        // Of a batch, what became of its one share; where it has none, there was nobody that the caller may know of.
        let shares = answer.body.get("results").and_then(Value::as_array);
        let share = shares.map(|all| all.first().and_then(|one| one["status"].as_u64()).unwrap_or(404));
        let why = answer.body.get("detail").or(answer.body.get("title")).map(Value::to_string);
        let errors = answer.body.get("errors").map(Value::to_string).unwrap_or_default();
        (share.map_or(status, |share| share as u16), why.unwrap_or_default() + &errors)
    }

    /// Carries out `row`, and remembers what it made.
    pub async fn step(&self, row: &Row, place: &mut Place, hand: Hand<'_>) -> Result<(), String> {
        let doer = hand.doers.iter().find(|doer| row.allows(doer)).ok_or(format!("{}: nobody may", row.name))?;
        let operation = self.contract.operation(&row.operation);
        let method = Method::from_bytes(operation.method.as_bytes()).expect("a method");
        let call = self.callers.person(doer).await.call(method, self.address(row, place));
        let example = self.contract.example(operation);
        let answer = match example {
            Some(example) => call.json((hand.writes)(row, self.body(row, example, place))).await,
            None if self.contract.takes_picture(operation) => call.file("image/png", PNG).await,
            None => call.await,
        };
        if !(200..300).contains(&answer.status) {
            return Err(format!("{} as {doer}, right before, is refused: {} {}", row.name, answer.status, answer.body));
        }
        if let Some(made) = answer.header("location").rsplit('/').next().and_then(|id| id.parse().ok()) {
            place.insert("entry", made);
        }
        Ok(())
    }

    /// Ties the case to the student's mentor and, where it stays open, to the partner, as far as `caller` is one of them.
    pub async fn tie(&self, place: &Place, caller: Option<&str>, stays_open: bool) {
        let director = self.callers.person("director").await;
        let to = |what: &str| format!("/v1/students/{}/{what}", place["student"]);
        for partner in ["partner", "other partner"] {
            let consent = json!({
                "partner": place[partner], "purpose": "mentoring", "scope": ["directory", "attendance"],
                "signatory": "Her mother", "relation": "parent", "signed_on": ago(5)
            });
            director.create(to("consents"), consent).await;
        }
        if caller.is_none_or(|caller| caller == "mentor") {
            let mentor = self.callers.person("mentor").await.id;
            let assignment = json!({"mentor": mentor, "since": ago(5), "primary": false});
            director.create(to("mentor-assignments"), assignment).await;
        }
        if stays_open && caller.is_none_or(|caller| caller == "partner") {
            let draft = json!({"partner": place["partner"], "purpose": "mentoring", "reason": "Lunch", "shares": ["directory"]});
            let referral = director.create(to("referrals"), draft).await;
            director.act(to(&format!("referrals/{referral}/request")), Value::Null).await;
        }
    }

    /// A student of whom nobody knows yet, and everybody else.
    pub fn fresh(&self) -> Place {
        let mut place = self.callers.ids.clone();
        place.extend([("student", Uuid::now_v7()), ("staff", Uuid::now_v7()), ("entry", Uuid::now_v7())]);
        place.insert("other student", self.other_student);
        place
    }

    fn address(&self, row: &Row, place: &Place) -> String {
        Self::path(self.contract.operation(&row.operation), place)
    }

    /// The address of `operation` there.
    pub fn path(operation: &Operation, place: &Place) -> String {
        let part = |part: &str| match part.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            None => part.to_owned(),
            Some("code") => "stale".to_owned(),
            Some("name") => "of-our-own".to_owned(),
            Some("version") => "1".to_owned(),
            // What is not known by its own name is what was made last.
            Some(name) => place.get(name).unwrap_or(&place["entry"]).to_string(),
        };
        operation.path.split('/').map(part).collect::<Vec<_>>().join("/") + &operation.query(place)
    }

    /// The example with ids that there are and days that make sense, and what the line has other than it.
    pub fn body(&self, row: &Row, example: Value, place: &Place) -> Value {
        let mut body = fit(example, "", place);
        for (name, value) in row.with.as_object().into_iter().flatten() {
            let Some(body) = body.as_object_mut() else { continue };
            if value.is_null() {
                body.remove(name);
            } else {
                body.insert(name.clone(), named(value, place));
            }
        }
        body
    }
}

/// The same, where words stand for ids.
fn named(value: &Value, place: &Place) -> Value {
    match value {
        Value::Object(object) => object.iter().map(|(key, inner)| (key.clone(), named(inner, place))).collect(),
        Value::Array(list) => list.iter().map(|inner| named(inner, place)).collect(),
        Value::String(text) if text == "$new" => json!(Uuid::now_v7()),
        Value::String(text) => text.strip_prefix('$').map_or_else(|| value.clone(), |word| json!(place[word])),
        other => other.clone(),
    }
}

fn fit(value: Value, name: &str, place: &Place) -> Value {
    match value {
        Value::Object(object) => {
            let fitted = object.into_iter().map(|(key, inner)| {
                let path = if name == "due" { "due" } else { &key };
                let inner = fit(inner, path, place);
                (key, inner)
            });
            Value::Object(fitted.collect())
        }
        Value::Array(list) => list.into_iter().map(|inner| fit(inner, name.trim_end_matches('s'), place)).collect(),
        Value::String(_) if name == "subject" => json!(Uuid::now_v7()),
        Value::String(text) if text.parse::<Uuid>().is_ok() => place.get(name).map_or(json!(text), |id| json!(id)),
        Value::String(text) if text.parse::<NaiveDate>().is_ok() => {
            json!(if TO_COME.contains(&name) { ahead(30) } else { ago(5) })
        }
        other => other,
    }
}
