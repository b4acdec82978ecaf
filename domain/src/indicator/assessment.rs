//! Assessments: tests that students everywhere sit, with what was achieved in them.
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One score, in the words of whoever gives the test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = AssessmentScore, example = json!({"method": "Scale score", "result": "650"}))]
pub struct Score {
    /// What kind of score it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub method: Option<String>,
    /// The score.
    pub result: String,
}

/// What a student achieved in an assessment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "assessment": "SAT Critical Reading", "on": "2022-05-01", "scores": [{"method": "Raw score", "result": "650"}],
    "levels": ["Met Standard"]
}))]
pub struct AssessmentResult {
    /// What was sat, by the district's name for it.
    pub assessment: String,
    /// Its subject, where it is told apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub subject: Option<String>,
    /// The day.
    pub on: NaiveDate,
    /// The scores.
    pub scores: Vec<Score>,
    /// The levels of performance that were reached, in the words of whoever gives the test.
    pub levels: Vec<String>,
}
