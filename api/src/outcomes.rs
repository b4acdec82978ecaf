//! Indicators, policies and early warnings: interventions alongside outcomes.
mod early_warnings;
mod effects;
mod judging;
mod picture;
mod policies;
mod school_bands;
mod school_outcomes;
mod school_years;
mod student_indicators;
mod student_outcomes;
mod told;
mod worked_out;

use std::sync::Arc;

use application::{
    histories::HistoriesRequests,
    indicators::{KeepPolicies, ReadIndicators},
    school_years::ReadSchoolYears,
    served::ReadServed,
};
use utoipa_actix_web::service_config::ServiceConfig;

pub use effects::EffectsWanted;
pub use judging::{judged_by, school_year};
pub use school_outcomes::YearAtSchool;
pub use worked_out::WorkedOut;

/// Indicators and policies, as the operations ask for them.
#[derive(Clone)]
pub struct Outcomes {
    /// What indicators are made of.
    pub read: Arc<dyn ReadIndicators>,
    /// The policies.
    pub policies: Arc<dyn KeepPolicies>,
    /// Years of schools beside the district's.
    pub years: Arc<dyn ReadSchoolYears>,
    /// Who is served with what.
    pub served: Arc<dyn ReadServed>,
    /// Who asked for case histories.
    pub histories: Arc<dyn HistoriesRequests>,
    /// Effects that were worked out.
    pub worked_out: Arc<WorkedOut>,
}

/// The operations on policies and on schools.
pub fn routes(config: &mut ServiceConfig) {
    policies::routes(config);
    config.service(early_warnings::list_early_warnings).service(school_bands::show_school_bands);
    config
        .service(school_outcomes::show_school_outcomes)
        .service(school_years::show_school_years)
        .service(effects::show_effects)
        .service(effects::show_school_effects);
}

/// The operations on one student.
pub fn routes_of_student(config: &mut ServiceConfig) {
    config.service(student_indicators::show_student_indicators).service(student_outcomes::show_student_outcomes);
}
