//! Tables for researchers: figures of many students, and case histories that name nobody, as CSV and as Parquet.
mod answer;
mod case_histories;
mod column;
mod data_dictionary;
mod encode;
mod figures;
mod form;
pub mod gathered;
mod histories_requests;
mod parquet;
mod sheets;
mod table;

use utoipa_actix_web::service_config::ServiceConfig;

pub use column::{Cell, Column, Kind, Sheet};
pub use data_dictionary::dictionary;
pub use form::Form;
pub use sheets::SHEETS;
pub use table::{Piece, Table};

/// The operations on exports.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(data_dictionary::show_data_dictionary)
        .service(figures::export_effects)
        .service(figures::export_school_bands)
        .service(figures::export_school_figures)
        .service(histories_requests::request_case_histories)
        .service(histories_requests::list_case_histories_requests)
        .service(histories_requests::decide_case_histories)
        .service(histories_requests::withdraw_case_histories)
        .service(case_histories::export_case_histories);
}
