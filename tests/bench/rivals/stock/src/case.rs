//! A case as cqrs-es wants it: its commands, its events and its one view.
use cqrs_es::{Aggregate, DomainEvent, EventEnvelope, View, event_sink::EventSink};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The only command.
pub struct LogContact(pub Value);

/// The only event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum CaseEvent {
    /// A contact was logged.
    ContactLogged {
        /// What there is to say about it.
        contact: Value,
    },
}

impl DomainEvent for CaseEvent {
    fn event_type(&self) -> String {
        "contact_logged".to_owned()
    }

    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

/// No rule is ever broken.
#[derive(Debug, thiserror::Error)]
pub enum Never {}

/// What decisions need.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Case {
    contacts: u64,
}

impl Aggregate for Case {
    const TYPE: &'static str = "case";
    type Command = LogContact;
    type Event = CaseEvent;
    type Error = Never;
    type Services = ();

    async fn handle(&mut self, LogContact(contact): LogContact, (): &(), sink: &EventSink<Self>) -> Result<(), Never> {
        sink.write(CaseEvent::ContactLogged { contact }, self).await;
        Ok(())
    }

    fn apply(&mut self, CaseEvent::ContactLogged { .. }: CaseEvent) {
        self.contacts += 1;
    }
}

/// What is read: how many contacts there were, and the last one.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct CaseView {
    contacts: u64,
    last: Value,
}

impl View<Case> for CaseView {
    fn update(&mut self, event: &EventEnvelope<Case>) {
        let CaseEvent::ContactLogged { contact } = &event.payload;
        self.contacts += 1;
        self.last = contact.clone();
    }
}
