//! Everything that is current on a case, in one document: what the support plan is made from.
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    EntryId, SchoolId, StudentId, Text, Visibility,
    case::{Band, CloseReason, Tier},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Content, Kind, Moment, Record};

/// How many ended entries the file keeps beside what is current.
const ENDED_KEPT: usize = 20;
/// How many ended goals and interventions the file keeps: their sessions and progress may still be told or put right.
const COURSES_KEPT: usize = 200;
/// How many days with a contact that was made the file remembers.
const CONTACT_DAYS_KEPT: usize = 20;

/// Where a case stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, strum::IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum CaseStatus {
    /// The student is supported.
    #[default]
    Open,
    /// Support has ended.
    Closed,
}

/// The current state of a case, with the entries that are open and those that ended last.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CaseFile {
    /// Whose case.
    pub student: StudentId,
    /// The school that supports the student.
    pub school: SchoolId,
    /// Where the case stands.
    pub status: CaseStatus,
    /// How intensive the support is.
    pub tier: Tier,
    /// Why the case was opened.
    pub reason: Option<Text>,
    /// The day on which it was opened.
    pub opened_on: NaiveDate,
    /// When it was closed, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<(DateTime<Utc>, CloseReason)>,
    /// The risk band under each policy.
    #[serde(default)]
    pub bands: BTreeMap<String, Band>,
    /// The days of the last contacts that were made, latest first.
    #[serde(default)]
    pub contacts_on: Vec<NaiveDate>,
    /// What is open, and what ended last.
    #[serde(default)]
    pub records: BTreeMap<EntryId, Record>,
    /// Whether the student was erased: then nothing is kept.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub erased: bool,
    /// What changed with the event that is being taken in.
    #[serde(skip)]
    changed: BTreeMap<EntryId, Record>,
}

impl CaseFile {
    /// Keeps nothing any more.
    pub fn erase(&mut self) {
        *self = Self { erased: true, ..Self::default() };
    }

    /// Writes down something new, which stays in the file while it is open.
    pub fn write(&mut self, entry: impl Into<Uuid>, moment: &Moment, content: impl Into<Content>) {
        let record = Record::new(EntryId::from(entry.into()), moment, self.school, content.into());
        self.put(record);
    }

    /// Puts a record into the file, or only into its row where it is of a kind that the file does not keep.
    pub fn put(&mut self, record: Record) {
        self.changed.insert(record.entry, record.clone());
        if record.content.is_kept() {
            self.records.insert(record.entry, record);
            self.forget_old();
        }
    }

    /// Writes a record's row, and keeps it in the file no more.
    pub fn put_aside(&mut self, record: Record) {
        self.records.remove(&record.entry);
        self.changed.insert(record.entry, record);
    }

    /// Changes a record that is in the file.
    pub fn change<C>(&mut self, entry: impl Into<Uuid>, moment: &Moment, change: impl FnOnce(&mut C))
    where
        for<'a> &'a mut C: TryFrom<&'a mut Content>,
    {
        let Some(record) = self.records.get_mut(&EntryId::from(entry.into())) else { return };
        if let Ok(content) = <&mut C>::try_from(&mut record.content) {
            change(content);
        }
        record.touch(moment);
        self.changed.insert(record.entry, record.clone());
        self.forget_old();
    }

    /// Whether an entry is in the file.
    pub fn holds(&self, entry: impl Into<Uuid>) -> bool {
        self.records.contains_key(&EntryId::from(entry.into()))
    }

    /// Who may read an entry that is in the file.
    pub fn visibility_of(&self, entry: impl Into<Uuid>) -> Visibility {
        self.records.get(&EntryId::from(entry.into())).map(|record| record.visibility).unwrap_or_default()
    }

    /// Takes a record out of the file; what becomes of its row is the caller's to say.
    pub fn take(&mut self, entry: EntryId) -> Option<Record> {
        self.records.remove(&entry)
    }

    /// The first day of the goals in the file that an indicator measures; nothing where there is none.
    pub fn measured_since(&self) -> Option<NaiveDate> {
        let goals = self.records.values().filter_map(|record| match &record.content {
            Content::Goal(goal) => goal.target.as_ref(),
            _ => None,
        });
        goals.filter(|target| target.indicator.is_some()).map(|target| target.starts_on).min()
    }

    /// Notes that a contact was made on `day`.
    pub fn contact_made(&mut self, day: NaiveDate) {
        let at = self.contacts_on.partition_point(|&other| other > day);
        self.contacts_on.insert(at, day);
        self.contacts_on.truncate(CONTACT_DAYS_KEPT);
    }

    /// Notes that a contact on `day` was none.
    pub fn contact_undone(&mut self, day: NaiveDate) {
        if let Some(at) = self.contacts_on.iter().position(|&other| other == day) {
            self.contacts_on.remove(at);
        }
    }

    /// Everything open goes along with the student to `school`; what has ended stays where it ended.
    pub fn go_to(&mut self, school: SchoolId, moment: &Moment) {
        self.school = school;
        for record in self.records.values_mut().filter(|record| !record.content.is_ended()) {
            record.school = school;
            record.version = moment.version;
            self.changed.insert(record.entry, record.clone());
        }
    }

    /// The records that changed with the last event; asking forgets them.
    pub(super) fn changed_records(&mut self) -> Vec<Record> {
        std::mem::take(&mut self.changed).into_values().collect()
    }

    /// Drops the entries that ended longest ago, so that the file does not grow with the stream.
    fn forget_old(&mut self) {
        let courses = |kind| matches!(kind, Kind::Goal | Kind::Intervention);
        self.forget_but(ENDED_KEPT, |kind| !courses(kind));
        self.forget_but(COURSES_KEPT, courses);
    }

    fn forget_but(&mut self, kept: usize, of: impl Fn(Kind) -> bool) {
        let ended = self.records.values().filter(|record| record.content.is_ended() && of(record.content.kind()));
        let mut ended: BTreeSet<_> = ended.map(|record| (record.changed_at, record.entry)).collect();
        while ended.len() > kept {
            if let Some((_, entry)) = ended.pop_first() {
                self.records.remove(&entry);
            }
        }
    }
}
