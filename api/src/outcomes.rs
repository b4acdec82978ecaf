//! Indicators, policies and early warnings: interventions alongside outcomes.
mod early_warnings;
mod judging;
mod picture;
mod policies;
mod school_bands;
mod student_indicators;
mod student_outcomes;
mod told;

use std::sync::Arc;

use application::indicators::{KeepPolicies, ReadIndicators};
use utoipa_actix_web::service_config::ServiceConfig;

/// Indicators and policies, as the operations ask for them.
#[derive(Clone)]
pub struct Outcomes {
    /// What indicators are made of.
    pub read: Arc<dyn ReadIndicators>,
    /// The policies.
    pub policies: Arc<dyn KeepPolicies>,
}

/// The operations on policies and on schools.
pub fn routes(config: &mut ServiceConfig) {
    policies::routes(config);
    config.service(early_warnings::list_early_warnings).service(school_bands::show_school_bands);
}

/// The operations on one student.
pub fn routes_of_student(config: &mut ServiceConfig) {
    config.service(student_indicators::show_student_indicators).service(student_outcomes::show_student_outcomes);
}
