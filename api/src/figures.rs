//! What is counted over many cases.
mod school_figures;
mod staff_activity;

use std::sync::Arc;

use application::figures::{Freshness, ReadFigures};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

/// Figures, as the operations ask for them.
#[derive(Clone)]
pub struct Figures {
    /// Questions.
    pub read: Arc<dyn ReadFigures>,
    /// How fresh the answers are.
    pub freshness: Arc<dyn Freshness>,
}

/// The operations on figures.
pub fn routes(config: &mut ServiceConfig) {
    config.service(school_figures::show_school_figures).service(staff_activity::show_staff_activity);
}

/// How far back figures go.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Weeks {
    /// How many weeks are shown, this one included.
    #[serde(default = "a_quarter")]
    #[param(minimum = 1, maximum = 104, required = false, default = 12)]
    pub weeks: u16,
}

const fn a_quarter() -> u16 {
    12
}

impl Weeks {
    /// The Monday of the first of them.
    fn since(self, today: NaiveDate) -> NaiveDate {
        application::answer::first_of_weeks(self.weeks, today)
    }
}
