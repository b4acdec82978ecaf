//! Who is served with what, told once more.
use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::StudentId;
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Retold, count::turned, kind::Kind, thing::Thing};

/// A course, or a time that support was given, as the row that ought to be kept of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the columns of the table `served`")]
pub struct Serves {
    pub student: StudentId,
    pub entry: Uuid,
    pub what: &'static str,
    pub code: Value,
    pub partner: Value,
    pub mentor: Value,
    pub course: Value,
    pub visibility: Value,
    pub started_on: Value,
    pub ended_on: Value,
}

impl Retold<'_> {
    /// Everything with which the student is served.
    pub fn serves(&self) -> Vec<Serves> {
        let since: BTreeMap<_, _> = self.events.iter().filter_map(|told| Some((turned(told)?, told.today()))).collect();
        let things = self.tale.things.iter();
        things.filter_map(|(id, thing)| serves(self.tale.student, *id, thing, since.get(id))).collect()
    }
}

fn serves(student: StudentId, entry: Uuid, thing: &Thing, since: Option<&NaiveDate>) -> Option<Serves> {
    if matches!(thing.standing, "retracted" | "moved") {
        return None;
    }
    let says = json!(thing.says);
    let (none, visible) = (Value::Null, thing.visibility.clone());
    let row = |what, started_on: &Value, ended_on: &Value| Serves {
        student,
        entry,
        what,
        code: none.clone(),
        partner: none.clone(),
        mentor: none.clone(),
        course: none.clone(),
        visibility: visible.clone(),
        started_on: started_on.clone(),
        ended_on: ended_on.clone(),
    };
    Some(match thing.kind {
        Kind::Intervention => Serves {
            code: says["plan"]["kind"].clone(),
            partner: says["plan"]["partner"].clone(),
            ..row("intervention", &says["started_on"], &says["ended_on"])
        },
        Kind::MentorAssignment => Serves {
            mentor: says["assignment"]["mentor"].clone(),
            ..row("mentor", &says["assignment"]["since"], &says["end"]["on"])
        },
        Kind::Referral => {
            let ended = if thing.has_ended() { json!(since) } else { Value::Null };
            Serves {
                code: says["referral"]["purpose"].clone(),
                partner: says["partner"].clone(),
                ..row("service", &says["service_started_on"], &ended)
            }
        }
        Kind::Session if says["session"]["outcome"] == "held" => {
            let on = &says["session"]["held_on"];
            Serves { course: says["intervention"].clone(), visibility: Value::Null, ..row("session", on, on) }
        }
        Kind::Contact if says["contact"]["outcome"] == "made" => {
            let on = &says["contact"]["on"];
            row("contact", on, on)
        }
        _ => return None,
    })
}
