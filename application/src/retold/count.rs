//! What counts on a case for figures, told once more.
use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::{Role, StaffId, StudentId, case::CaseEvent};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Retold, Told, kind::Kind, tale::Tale, thing::Thing};

/// A thing that counts, as the row that ought to be kept of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the columns of the table `counted`")]
pub struct Counts {
    pub student: StudentId,
    pub entry: Uuid,
    pub school: Value,
    pub kind: &'static str,
    pub status: Value,
    pub held_from: Value,
    pub tier: i64,
    pub visibility: Value,
    pub author: StaffId,
    pub author_role: Role,
    pub owner: Value,
    pub occurred_on: Value,
    pub since: NaiveDate,
    pub due_on: Value,
    pub minutes: i64,
    pub open: bool,
}

impl Retold<'_> {
    /// Everything that counts on the case.
    pub fn counts(&self) -> Vec<Counts> {
        let since = self.events.iter().filter_map(|told| Some((turned(told)?, told.today()))).collect();
        let things = self.tale.things.iter().filter_map(|(id, thing)| self.tale.counts(*id, thing, &since));
        self.tale.case(self.events).into_iter().chain(things).collect()
    }
}

impl Tale {
    /// The case itself goes by its student.
    fn case(&self, events: &[Told]) -> Option<Counts> {
        let last = |of: fn(&CaseEvent) -> bool| events.iter().rev().find(|told| of(&told.event));
        let opened = last(|event| matches!(event, CaseEvent::CaseOpened(_)))?;
        let turned = last(|event| {
            matches!(event, CaseEvent::CaseOpened(_) | CaseEvent::CaseClosed(_) | CaseEvent::CaseReopened(_))
        })?;
        let told = |what: &str| self.head.get(what).cloned().unwrap_or_default();
        Some(Counts {
            student: self.student,
            entry: self.student.uuid(),
            school: told("school"),
            kind: "case",
            status: told("status"),
            held_from: Value::Null,
            tier: told("tier").as_i64().unwrap_or_default(),
            visibility: json!("team"),
            author: opened.metadata.by,
            author_role: opened.metadata.role,
            owner: Value::Null,
            occurred_on: json!(opened.today()),
            since: turned.today(),
            due_on: Value::Null,
            minutes: 0,
            open: true,
        })
    }

    fn counts(&self, entry: Uuid, thing: &Thing, since: &BTreeMap<Uuid, NaiveDate>) -> Option<Counts> {
        use Kind::{Contact, FollowUp, Intervention, Note, Referral, Session};
        let (kind, says) = (thing.kind, json!(thing.says));
        let counts = matches!(kind, Intervention | Session | Contact | Referral | FollowUp | Note);
        if !counts || matches!(thing.standing, "retracted" | "moved") {
            return None;
        }
        // A session is at the tier of its intervention, and opens to those to whom that does.
        let course = match kind {
            Intervention => Some(thing),
            Session => says["intervention"].as_str()?.parse().ok().and_then(|id: Uuid| self.things.get(&id)),
            _ => None,
        };
        let visibility = match (kind, course) {
            (Session, Some(course)) => course.visibility.clone(),
            (Session, None) => json!("team"),
            _ => thing.visibility.clone(),
        };
        let follow_up = |value: Value| if kind == FollowUp { value } else { Value::Null };
        Some(Counts {
            student: self.student,
            entry,
            school: thing.school.clone(),
            kind: kind.into(),
            status: kind.status(&thing.says),
            held_from: says["held_from"].clone(),
            tier: course.map_or(0, |course| json!(course.says)["plan"]["tier"].as_i64().unwrap_or_default()),
            visibility,
            author: thing.author,
            author_role: thing.author_role,
            owner: follow_up(kind.owner(&thing.says)),
            occurred_on: thing.occurred_on.clone(),
            since: *since.get(&entry)?,
            due_on: follow_up(kind.due_on(&thing.says)),
            minutes: says[<&str>::from(kind)]["minutes"].as_i64().unwrap_or_default(),
            open: matches!(kind, Intervention | Referral | FollowUp) && !thing.has_ended(),
        })
    }
}

/// The entry that came to stand where it stands; what else is told of one leaves it there.
pub(super) fn turned(told: &Told) -> Option<Uuid> {
    use CaseEvent::{FollowUpReassigned, FollowUpRescheduled, InterventionAdjusted};
    let leaves = matches!(told.event, InterventionAdjusted(_) | FollowUpReassigned(_) | FollowUpRescheduled(_));
    told.event.entry().filter(|_| !leaves)
}
