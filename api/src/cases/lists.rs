//! Lists over many cases: caseloads and work queues.
mod caseload;
mod queues;
mod reviews;

use utoipa_actix_web::service_config::ServiceConfig;

pub fn routes(config: &mut ServiceConfig) {
    config
        .service(caseload::list_caseload)
        .service(queues::list_follow_ups)
        .service(queues::list_referrals)
        .service(queues::list_plans)
        .service(queues::list_interventions)
        .service(reviews::list_reviews);
}
