//! Everything that can be done to a student's case, and asked about it.
mod change;
mod declare;
mod look;
mod reason;

mod amendments;
mod assign_mentor;
mod attachments;
mod bulk;
mod consents;
mod entries;
mod explain;
mod follow_ups;
mod goals;
mod interventions;
mod life;
mod lists;
mod mentors;
mod needs;
mod notes;
mod overrides;
mod plan;
mod referrals;
mod repair;
mod sharing;
mod show_case;
mod show_support_plan;
mod timeline;
mod tracking;
mod write_down;

pub use change::Cases;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on many cases.
pub fn routes(config: &mut ServiceConfig) {
    bulk::routes(config);
    lists::routes(config);
    overrides::routes(config);
    amendments::routes(config);
}

/// The operations on the case of one student.
///
/// Addresses are compared in this order, and those that take an id cost the most: what is asked for most comes first.
pub fn routes_of_student(config: &mut ServiceConfig) {
    config.service(show_support_plan::show_support_plan).service(show_case::show_case).service(timeline::list_timeline);
    mentors::routes(config);
    config.service(assign_mentor::assign_mentor);
    notes::routes(config);
    life::routes(config);
    needs::routes(config);
    goals::routes(config);
    plan::routes(config);
    interventions::routes(config);
    referrals::routes(config);
    consents::routes(config);
    follow_ups::routes(config);
    repair::routes(config);
    entries::routes(config);
    explain::routes(config);
    overrides::routes_of_student(config);
    amendments::routes_of_student(config);
    attachments::routes(config);
    config.service(tracking::show_intervention_tracking);
}
