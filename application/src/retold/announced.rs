//! What others are told of each event, told once more.
use std::collections::BTreeMap;

use domain::case::CaseEvent;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Retold, Told, tale::Tale};

/// Everything that was true of a case at one time, event by event: who supports the student, and who may read what.
#[derive(Debug, Default)]
pub struct History {
    events: usize,
    schools: Vec<(usize, Value)>,
    visible: BTreeMap<Uuid, Vec<(usize, Value)>>,
}

/// What an event may be announced as. Whoever announces comes by later: what was true then or since may be told.
#[derive(Debug, PartialEq)]
pub struct Announced {
    /// The entry that it is about.
    pub entry: Option<Uuid>,
    /// The school.
    pub schools: Vec<Option<Uuid>>,
    /// Who may read the entry.
    pub visibilities: Vec<String>,
}

impl History {
    /// After that event.
    pub fn take(&mut self, told: &Told, tale: &Tale) {
        let (at, school) = (self.events, tale.head.get("school").cloned().unwrap_or_default());
        self.events += 1;
        changed(&mut self.schools, at, school);
        if let Some(entry) = told.event.entry() {
            let visibility = tale.things.get(&entry).map_or(Value::Null, |thing| thing.visibility.clone());
            changed(self.visible.entry(entry).or_default(), at, visibility);
        }
    }
}

impl Retold<'_> {
    /// What each event may be announced as, in their order.
    pub fn announced(&self) -> Vec<Announced> {
        let erased = self.events.iter().any(|told| matches!(told.event, CaseEvent::CaseErased(_)));
        let announced = |(at, told): (usize, &Told)| {
            let entry = told.event.entry();
            let mut schools = since(&self.history.schools, at);
            let last = entry.and_then(|entry| self.tale.things.get(&entry)).map(|thing| thing.visibility.clone());
            let known = entry.and_then(|entry| self.history.visible.get(&entry));
            let mut visibilities = known.map(|known| since(known, at)).unwrap_or_default();
            visibilities.extend(last);
            if erased || entry.is_none() {
                visibilities.push(Value::Null);
            }
            if erased {
                schools.push(Value::Null);
            }
            let school = |school: Value| school.as_str().and_then(|school| school.parse().ok());
            // What has no entry, or none any more, is told to the team.
            let visible = |visible: Value| visible.as_str().unwrap_or("team").to_owned();
            Announced {
                entry,
                schools: schools.into_iter().map(school).collect(),
                visibilities: visibilities.into_iter().map(visible).collect(),
            }
        };
        self.events.iter().enumerate().map(announced).collect()
    }
}

fn changed(values: &mut Vec<(usize, Value)>, at: usize, value: Value) {
    if values.last().is_none_or(|(_, last)| *last != json!(value)) {
        values.push((at, value));
    }
}

/// What was so at that place, and everything that came to be so after it.
fn since(values: &[(usize, Value)], at: usize) -> Vec<Value> {
    let first = values.partition_point(|(place, _)| *place <= at).saturating_sub(1);
    values.iter().skip(first).map(|(_, value)| value.clone()).collect()
}
