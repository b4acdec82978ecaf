//! A contact with a student, or with somebody who matters to the student.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Minutes, Text, Visibility};

/// What became of a contact; only one that was made counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ContactOutcome {
    /// They spoke, or an answer came.
    Made,
    /// Nobody answered.
    NoAnswer,
    /// A message was left.
    LeftMessage,
    /// There was no way to reach them.
    Unreachable,
    /// They did not want to.
    Refused,
}

/// By which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Medium {
    /// In person.
    InPerson,
    /// By phone.
    Phone,
    /// By video.
    Video,
    /// By text message.
    Text,
    /// By e-mail.
    EMail,
    /// By letter.
    Letter,
    /// At home.
    HomeVisit,
}

/// With whom.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ContactWith {
    /// The student.
    #[default]
    Student,
    /// The family.
    Family,
    /// A teacher.
    Teacher,
    /// A partner.
    Partner,
    /// Somebody else, told in the note.
    Other,
}

/// A contact, or the attempt at one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "on": "2026-03-02", "outcome": "made", "medium": "phone", "with": "family", "minutes": 10,
    "note": "Her mother works nights; mornings are hard."
}))]
pub struct Contact {
    /// The day.
    pub on: NaiveDate,
    /// What became of it.
    pub outcome: ContactOutcome,
    /// By which way.
    pub medium: Medium,
    /// With whom.
    #[serde(default)]
    pub with: ContactWith,
    /// How long it took.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<Minutes>,
    /// What else there is to say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
    /// Who may read it.
    #[serde(default)]
    pub visibility: Visibility,
}
