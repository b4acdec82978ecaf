//! View rows, column by column, and what writes them.
use std::collections::BTreeMap;

use application::view::{CaseFileRow, CaseRow, EntryRow, Row, TimelineRow};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::columns::{Values, columns};

/// Rows by table; of two for one key in a commit, the later one stands.
pub struct Rows<'a> {
    case_files: CaseFiles<'a>,
    caseload: Caseload<'a>,
    entries: Entries<'a>,
    timeline: Timeline<'a>,
}

impl<'a> Rows<'a> {
    pub fn of(rows: impl Iterator<Item = &'a Row>) -> Self {
        let last: BTreeMap<_, _> = rows.map(|row| ((row.table(), row.key()), row)).collect();
        let (mut case_files, mut caseload, mut entries, mut timeline) = (vec![], vec![], vec![], vec![]);
        for row in last.into_values() {
            match row {
                Row::CaseFile(row) => case_files.push(row),
                Row::Caseload(row) => caseload.push(row),
                Row::Entry(row) => entries.push(&**row),
                Row::Timeline(row) => timeline.push(&**row),
            }
        }
        Self {
            case_files: CaseFiles::of(case_files),
            caseload: Caseload::of(caseload),
            entries: Entries::of(entries),
            timeline: Timeline::of(timeline),
        }
    }

    /// The values of [`UPSERTS`].
    pub fn values(&self) -> Values<'_> {
        let tables = [self.case_files.values(), self.caseload.values(), self.entries.values(), self.timeline.values()];
        tables.concat()
    }
}

/// What writes them, table by table, with `?` for each column.
pub const UPSERTS: [&str; 4] = [CASE_FILES, CASELOAD, ENTRIES, TIMELINE];

const CASE_FILES: &str = "
    INSERT INTO case_files (student, version, body)
    SELECT * FROM unnest(?::uuid[], ?::bigint[], ?::text[])
    ON CONFLICT (student) DO UPDATE SET (version, body) = (excluded.version, excluded.body)";

columns! {
    CaseFiles of |row: CaseFileRow| {
        student: Uuid = row.student.uuid(),
        version: i64 = row.version as i64,
        body: &'a str = row.body.get(),
    }
}

const CASELOAD: &str = "
    INSERT INTO caseload (student, school, status, tier, opened_on, mentors, handed_over, partners, last_contact_on, contacts_on,
                          open_follow_ups, next_due_on, plan_status, next_review_on, version)
    SELECT student, school, status, tier, opened_on, mentors::uuid[], handed_over::jsonb, partners::uuid[], last_contact_on,
           contacts_on::date[], open_follow_ups, next_due_on, plan_status, next_review_on, version
    FROM unnest(?::uuid[], ?::uuid[], ?::text[], ?::smallint[], ?::date[], ?::text[], ?::text[], ?::text[],
                ?::date[], ?::text[], ?::integer[], ?::date[], ?::text[], ?::date[], ?::bigint[])
         AS w (student, school, status, tier, opened_on, mentors, handed_over, partners, last_contact_on, contacts_on,
               open_follow_ups, next_due_on, plan_status, next_review_on, version)
    ON CONFLICT (student) DO UPDATE SET
      (school, status, tier, opened_on, mentors, handed_over, partners, last_contact_on, contacts_on, open_follow_ups,
       next_due_on, plan_status, next_review_on, version)
    = (excluded.school, excluded.status, excluded.tier, excluded.opened_on, excluded.mentors,
       excluded.handed_over, excluded.partners, excluded.last_contact_on, excluded.contacts_on, excluded.open_follow_ups,
       excluded.next_due_on, excluded.plan_status, excluded.next_review_on, excluded.version)";

columns! {
    Caseload of |row: CaseRow| {
        student: Uuid = row.student.uuid(),
        school: Uuid = row.school.uuid(),
        status: &'static str = row.status.into(),
        tier: i16 = u8::from(row.tier).into(),
        opened_on: NaiveDate = row.opened_on,
        mentors: String = array(row.mentors.iter().map(|mentor| mentor.uuid())),
        handed_over: String = serde_json::to_string(&row.handed_over).unwrap_or_default(),
        partners: String = array(row.partners.iter().map(|partner| partner.uuid())),
        last_contact_on: Option<NaiveDate> = row.last_contact_on,
        contacts_on: String = array(&row.contacts_on),
        open_follow_ups: i32 = row.open_follow_ups as i32,
        next_due_on: Option<NaiveDate> = row.next_due_on,
        plan_status: Option<&'static str> = row.plan_status.map(Into::into),
        next_review_on: Option<NaiveDate> = row.next_review_on,
        version: i64 = row.version as i64,
    }
}

const ENTRIES: &str = "
    INSERT INTO entries (student, entry, kind, status, standing, school, visibility, author, author_role, recorded_at,
                         occurred_on, changed_at, version, parent, owner, partner, due_on, body)
    SELECT * FROM unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::uuid[], ?::text[],
                         ?::uuid[], ?::text[], ?::timestamptz[], ?::date[], ?::timestamptz[], ?::bigint[],
                         ?::uuid[], ?::uuid[], ?::uuid[], ?::date[], ?::text[])
    ON CONFLICT (student, entry) DO UPDATE SET
      (status, standing, school, visibility, occurred_on, changed_at, version, parent, owner, partner, due_on, body)
    = (excluded.status, excluded.standing, excluded.school, excluded.visibility, excluded.occurred_on,
       excluded.changed_at, excluded.version, excluded.parent, excluded.owner, excluded.partner,
       excluded.due_on, excluded.body)";

columns! {
    Entries of |row: EntryRow| {
        student: Uuid = row.student.uuid(),
        entry: Uuid = row.entry.uuid(),
        kind: &'static str = row.kind.into(),
        status: &'a str = &row.status,
        standing: &'static str = row.standing.into(),
        school: Uuid = row.school.uuid(),
        visibility: &'static str = row.visibility.into(),
        author: Uuid = row.author.uuid(),
        author_role: &'static str = row.author_role.into(),
        recorded_at: DateTime<Utc> = row.recorded_at,
        occurred_on: NaiveDate = row.occurred_on,
        changed_at: DateTime<Utc> = row.changed_at,
        version: i64 = row.version as i64,
        parent: Option<Uuid> = row.parent,
        owner: Option<Uuid> = row.owner.map(|owner| owner.uuid()),
        partner: Option<Uuid> = row.partner.map(|partner| partner.uuid()),
        due_on: Option<NaiveDate> = row.due_on,
        body: &'a str = row.body.get(),
    }
}

const TIMELINE: &str = "
    INSERT INTO timeline (student, version, event, type, about, entry, occurred_at, recorded_at, author, author_role,
                          headline, words)
    SELECT student, version, event, type, about, entry, occurred_at, recorded_at, author, author_role, headline,
           words::jsonb
    FROM unnest(?::uuid[], ?::bigint[], ?::uuid[], ?::text[], ?::text[], ?::uuid[], ?::timestamptz[],
                ?::timestamptz[], ?::uuid[], ?::text[], ?::text[], ?::text[])
         AS w (student, version, event, type, about, entry, occurred_at, recorded_at, author, author_role, headline,
               words)";

columns! {
    Timeline of |row: TimelineRow| {
        student: Uuid = row.student.uuid(),
        version: i64 = row.version as i64,
        event: Uuid = row.event,
        event_type: &'a str = &row.event_type,
        about: &'static str = row.about.into(),
        entry: Option<Uuid> = row.entry,
        occurred_at: DateTime<Utc> = row.occurred_at,
        recorded_at: DateTime<Utc> = row.recorded_at,
        author: Uuid = row.author.uuid(),
        author_role: &'static str = row.author_role.into(),
        headline: &'a str = &row.headline,
        words: Option<String> = row.words.as_ref().and_then(|words| serde_json::to_string(words).ok()),
    }
}

/// An array of ids or days, as PostgreSQL reads it: an array of arrays has rows of one length only.
fn array(items: impl IntoIterator<Item: ToString>) -> String {
    format!("{{{}}}", items.into_iter().map(|item| item.to_string()).collect::<Vec<_>>().join(","))
}
