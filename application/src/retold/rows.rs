//! The rows that a tale comes to.
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{Row, is_for_school, kind::Kind, tale::Tale, thing::Thing};
use crate::Table;

impl Tale {
    /// The rows of every view but the timeline, for a case that has come to `version`.
    pub fn rows(&self, version: u64) -> Vec<Row> {
        let entries = self.things.iter().map(|(id, thing)| self.entry(*id, thing));
        let file = json!({"student": self.student, "version": version, "body": self.document()});
        let whole = [
            Row { table: Table::CaseFiles, columns: file },
            Row { table: Table::Caseload, columns: self.line(version) },
        ];
        whole.into_iter().chain(entries).collect()
    }

    fn entry(&self, id: Uuid, thing: &Thing) -> Row {
        let (kind, says) = (thing.kind, &thing.says);
        let columns = json!({
            "student": self.student, "entry": id, "kind": <&str>::from(kind), "status": kind.status(says),
            "standing": thing.standing, "school": thing.school, "visibility": thing.visibility,
            "author": thing.author, "author_role": thing.author_role, "recorded_at": thing.recorded_at,
            "occurred_on": thing.occurred_on, "changed_at": thing.changed_at, "version": thing.version,
            "parent": kind.parent(says), "owner": kind.owner(says), "partner": kind.partner(says),
            "due_on": kind.due_on(says), "body": thing.body(self.student, id),
        });
        Row { table: Table::Entries, columns }
    }

    fn document(&self) -> Value {
        let records: Map<_, _> =
            self.in_file().map(|(id, thing)| (id.to_string(), thing.body(self.student, *id))).collect();
        let mut file = self.head.clone();
        file.insert("student".to_owned(), json!(self.student));
        file.insert("bands".to_owned(), json!(self.bands));
        file.insert("contacts_on".to_owned(), json!(self.contacts));
        file.insert("records".to_owned(), records.into());
        file.into()
    }

    fn line(&self, version: u64) -> Value {
        let open = |kind| self.in_file().map(|(_, thing)| thing).filter(move |it| it.kind == kind && !it.has_ended());
        let told = |what: &str| self.head.get(what).cloned().unwrap_or_default();
        let mut partners: Vec<String> = open(Kind::Referral)
            .filter_map(|referral| Some(referral.kind.partner(&referral.says).as_str()?.to_owned()))
            .collect();
        partners.sort();
        partners.dedup();
        let follow_ups = || open(Kind::FollowUp).filter(|it| is_for_school(&it.visibility));
        // Days are written so that they sort as text.
        let due = follow_ups().filter_map(|it| Some(it.says.get("due_on")?.as_str()?.to_owned())).min();
        let plan = |part| open(Kind::Plan).next().and_then(|plan| plan.says.get(part).cloned());
        let handed_over: Vec<Value> = open(Kind::MentorAssignment)
            .flat_map(|it| {
                let of = it.says.get("handover").and_then(|handover| handover["notes_of"].as_array().cloned());
                let to = it.kind.owner(&it.says);
                of.unwrap_or_default().into_iter().map(move |of| json!({"to": to, "of": of}))
            })
            .collect();
        json!({
            "student": self.student, "school": told("school"), "status": told("status"), "tier": told("tier"),
            "opened_on": told("opened_on"),
            "mentors": open(Kind::MentorAssignment).map(|it| it.kind.owner(&it.says)).collect::<Vec<_>>(),
            "handed_over": handed_over, "partners": partners, "last_contact_on": self.contacts.first(), "contacts_on": self.contacts,
            "open_follow_ups": follow_ups().count(), "next_due_on": due, "plan_status": plan("status"),
            "next_review_on": plan("next_review_on"), "version": version,
        })
    }
}
