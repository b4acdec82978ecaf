//! The questions that can be asked about cases, as ports.
use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use domain::{EntryId, PartnerId, SchoolId, StaffId, StudentId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Error, Personal,
    access::Ties,
    review::{ReviewQuery, ReviewRow},
    view::{CaseFile, CaseRow, CaseStatus, Kind, Record, TimelineRow},
};

/// The place after which a page goes on: the sort key of its last row, then what makes it unique.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct After(pub String, pub Uuid);

/// How much of a list is wanted, and from where.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The place after which it goes on.
    pub after: Option<After>,
    /// How many rows at the most.
    pub limit: u32,
}

/// Which entries of one case are wanted.
#[derive(Debug, Clone, Default)]
pub struct EntryFilter {
    /// Of these kinds only; of all where there are none.
    pub kinds: Vec<Kind>,
    /// With this status only.
    pub status: Option<String>,
    /// Belonging to this entry only.
    pub parent: Option<EntryId>,
}

/// Which lines of a timeline are wanted.
#[derive(Debug, Clone, Default)]
pub struct TimelineFilter {
    /// About these kinds of entries only.
    pub about: Vec<Kind>,
    /// About this entry only.
    pub entry: Option<EntryId>,
    /// By this person only.
    pub author: Option<StaffId>,
    /// What happened from then on.
    pub from: Option<DateTime<Utc>>,
    /// What happened before then.
    pub until: Option<DateTime<Utc>>,
    /// What had been recorded then.
    pub as_of: Option<DateTime<Utc>>,
}

/// A line of the timeline with the entry that it is about, as that stands now.
#[derive(Debug, Clone, PartialEq)]
pub struct TimelineLine {
    /// The line.
    pub row: TimelineRow,
    /// The entry, where there is one.
    pub entry: Option<Record>,
}

/// Whose caseload is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CaseloadOf {
    /// A mentor's.
    Mentor(StaffId),
    /// All of these schools'.
    Schools(Vec<SchoolId>),
    /// The students referred to one of these partners.
    Partners(Vec<PartnerId>),
}

/// In which order a caseload comes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CaseloadOrder {
    /// Who needs attention first: an overdue follow-up, then too few contacts this week, then the longest silence, then tier.
    #[default]
    Attention,
    /// The earliest due follow-up first.
    NextDue,
    /// The longest silence first.
    LastContact,
    /// The fewest contacts this week first.
    ContactsThisWeek,
    /// The most intensive support first.
    Tier,
}

/// A caseload.
#[derive(Debug, Clone)]
pub struct CaseloadQuery {
    /// Whose.
    pub of: CaseloadOf,
    /// At these schools only, where the caller sees no others.
    pub schools: Option<Vec<SchoolId>>,
    /// Cases that stand there.
    pub status: CaseStatus,
    /// In which order.
    pub order: CaseloadOrder,
    /// The day from which overdue, silence and week are counted.
    pub today: NaiveDate,
}

/// A case on a caseload, with the student's name.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseloadRow {
    /// The case.
    pub case: CaseRow,
    /// The name that the student goes by, where the student's record is there.
    pub name: Option<Personal>,
    /// The place in the list.
    pub place: After,
}

/// Whose entries a work queue holds: the union of these.
#[derive(Debug, Clone, Default)]
pub struct QueueScope {
    /// Of all cases.
    pub everywhere: bool,
    /// Of cases at these schools.
    pub schools: Vec<SchoolId>,
    /// Of these students.
    pub students: Vec<StudentId>,
    /// With these partners.
    pub partners: Vec<PartnerId>,
    /// By whatever ground, at this school only.
    pub only_at: Option<SchoolId>,
}

/// A work queue: entries of one kind over many cases.
#[derive(Debug, Clone)]
pub struct QueueQuery {
    /// Of which kind.
    pub kind: Kind,
    /// Whose.
    pub scope: QueueScope,
    /// To be done by this person only.
    pub owner: Option<StaffId>,
    /// With these statuses only.
    pub statuses: Vec<String>,
    /// Due on this day or before only.
    pub due_until: Option<NaiveDate>,
    /// Unchanged since then only.
    pub unchanged_since: Option<DateTime<Utc>>,
    /// Sorted by due day, or else by the last change, oldest first.
    pub by_due_day: bool,
}

/// An entry in a work queue, with the case that it is on.
#[derive(Debug, Clone)]
pub struct QueueRow {
    /// The entry.
    pub record: Record,
    /// How the case is tied to people and organisations.
    pub ties: Ties,
    /// Whether the case is open.
    pub case_open: bool,
    /// The place in the queue.
    pub place: After,
}

/// Questions about cases.
#[async_trait]
pub trait ReadCases: ReadEntries {
    /// A case with its version; as it stood at an earlier time, where one is given.
    async fn case(&self, student: StudentId, as_of: Option<DateTime<Utc>>) -> Result<Option<(CaseFile, u64)>, Error>;

    /// Whom a case is tied to, with its version: enough to tell whether an answer would be the same again.
    async fn ties(&self, student: StudentId) -> Result<Option<(Ties, u64)>, Error>;

    /// The entries of a case, latest first.
    async fn entries(&self, student: StudentId, filter: &EntryFilter, page: &Page) -> Result<Vec<Record>, Error>;

    /// The timeline of a case, latest first.
    async fn timeline(
        &self,
        student: StudentId,
        filter: &TimelineFilter,
        page: &Page,
    ) -> Result<Vec<TimelineLine>, Error>;

    /// A caseload.
    async fn caseload(&self, query: &CaseloadQuery, page: &Page) -> Result<Vec<CaseloadRow>, Error>;

    /// What is to be reviewed, what waits longest first.
    async fn reviews(&self, query: &ReviewQuery, page: &Page) -> Result<Vec<ReviewRow>, Error>;

    /// A work queue.
    async fn queue(&self, query: &QueueQuery, page: &Page) -> Result<Vec<QueueRow>, Error>;

    /// What there is of referrals to `partners`, and of consents about them, among the entries of `students`.
    async fn sharing(&self, students: &[StudentId], partners: &[PartnerId]) -> Result<Vec<Record>, Error>;

    /// The requests for amendment of `students` that ended with the family's statement.
    async fn statements(&self, students: &[StudentId]) -> Result<Vec<Record>, Error>;

    /// The students whose open assignments a mentor holds.
    async fn mentees(&self, mentor: StaffId) -> Result<Vec<StudentId>, Error>;

    /// The students with a referral to one of `partners` that has not ended.
    async fn referred(&self, partners: &[PartnerId]) -> Result<Vec<StudentId>, Error>;

    /// Every assignment that a mentor has or had, with the student.
    async fn assignments(&self, mentor: StaffId) -> Result<Vec<(StudentId, EntryId)>, Error>;
}

/// Looks up single entries.
#[async_trait]
pub trait ReadEntries: Send + Sync {
    /// One entry as it stands.
    async fn entry(&self, student: StudentId, entry: EntryId) -> Result<Option<Record>, Error>;
}
