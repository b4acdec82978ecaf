//! Where each kind of thing says what lists ask for.
use serde_json::{Map, Value};

/// The kinds of things that are written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Kind {
    Need,
    Strength,
    Plan,
    Goal,
    Progress,
    Intervention,
    Session,
    MentorAssignment,
    Contact,
    Referral,
    Consent,
    FollowUp,
    Note,
    AccessOverride,
    Amendment,
}
use Kind::*;

impl Kind {
    /// Whether the file has things of the kind, or only their own rows.
    pub fn is_kept(self) -> bool {
        !matches!(self, Progress | Session | Contact | Note)
    }

    /// Whether things of the kind may be told of long after they ended.
    pub fn is_course(self) -> bool {
        matches!(self, Goal | Intervention)
    }

    pub fn status(self, says: &Map<String, Value>) -> Value {
        match self {
            Strength | Note => "noted".into(),
            Progress => "measured".into(),
            Session => at(says, &["session", "outcome"]),
            Contact => at(says, &["contact", "outcome"]),
            MentorAssignment => if says.contains_key("end") { "ended" } else { "open" }.into(),
            _ => at(says, &["status"]),
        }
    }

    pub fn has_ended(self, says: &Map<String, Value>) -> bool {
        let ends: &[&str] = match self {
            Need => &["resolved"],
            Plan => &["completed", "revoked"],
            Goal => &["completed", "cancelled"],
            Intervention => &["completed", "discontinued"],
            MentorAssignment => &["ended"],
            Referral => &["completed", "rejected", "cancelled", "failed"],
            Consent => &["refused", "withdrawn"],
            FollowUp => &["completed", "cancelled"],
            AccessOverride => &["reviewed"],
            Amendment => &["agreed", "withdrawn"],
            Strength | Progress | Session | Contact | Note => &[],
        };
        ends.iter().any(|end| self.status(says) == *end)
    }

    pub fn visibility(self, says: &Map<String, Value>) -> Value {
        match self {
            Need => at(says, &["need", "visibility"]),
            Strength => at(says, &["strength", "visibility"]),
            Intervention => at(says, &["plan", "visibility"]),
            Contact => at(says, &["contact", "visibility"]),
            Referral => at(says, &["referral", "visibility"]),
            Consent => either(says, &["terms", "visibility"], &["refusal", "visibility"]),
            Note => at(says, &["note", "visibility"]),
            Plan | MentorAssignment => "team".into(),
            AccessOverride => "school".into(),
            Goal | Progress | Session | FollowUp | Amendment => at(says, &["visibility"]),
        }
    }

    pub fn occurred_on(self, says: &Map<String, Value>) -> Value {
        match self {
            Progress => at(says, &["measurement", "on"]),
            Session => at(says, &["session", "held_on"]),
            Contact => at(says, &["contact", "on"]),
            MentorAssignment => at(says, &["assignment", "since"]),
            Consent => either(says, &["terms", "signed_on"], &["refusal", "on"]),
            Amendment => at(says, &["request", "on"]),
            _ => Value::Null,
        }
    }

    pub fn parent(self, says: &Map<String, Value>) -> Value {
        match self {
            Progress => at(says, &["goal"]),
            Session => at(says, &["intervention"]),
            FollowUp | Amendment => at(says, &["about"]),
            _ => Value::Null,
        }
    }

    pub fn owner(self, says: &Map<String, Value>) -> Value {
        match self {
            MentorAssignment => at(says, &["assignment", "mentor"]),
            FollowUp => at(says, &["owner"]),
            _ => Value::Null,
        }
    }

    pub fn partner(self, says: &Map<String, Value>) -> Value {
        match self {
            Intervention => at(says, &["plan", "partner"]),
            Referral if self.status(says) != "draft" => at(says, &["partner"]),
            Consent => either(says, &["terms", "partner"], &["refusal", "partner"]),
            _ => Value::Null,
        }
    }

    pub fn due_on(self, says: &Map<String, Value>) -> Value {
        match self {
            Goal => at(says, &["target", "due_on"]),
            Plan => at(says, &["next_review_on"]),
            Referral if self.status(says) == "requested" => at(says, &["surfaces_on"]),
            Consent => at(says, &["terms", "expires_on"]),
            FollowUp => at(says, &["due_on"]),
            Amendment if ["requested", "ordered"].map(Value::from).contains(&self.status(says)) => {
                at(says, &["decide_by"])
            }
            _ => Value::Null,
        }
    }
}

fn at(says: &Map<String, Value>, path: &[&str]) -> Value {
    let (first, rest) = path.split_first().map_or(("", path), |(first, rest)| (*first, rest));
    let found = rest.iter().try_fold(says.get(first), |value, name| Some(value?.get(*name)));
    found.flatten().cloned().unwrap_or_default()
}

fn either(says: &Map<String, Value>, path: &[&str], other: &[&str]) -> Value {
    let found = at(says, path);
    if found.is_null() { at(says, other) } else { found }
}
