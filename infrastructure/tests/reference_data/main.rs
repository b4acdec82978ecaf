//! Reference data: imported, kept by hand, read.
mod district;
#[path = "../../../tests/src/shared_data.rs"]
mod shared_data;
mod support;

mod ed_fi;
mod ed_fi_json;
mod grand_bend;
mod indicators;
mod interrupted;
mod interventions;
mod kept_by_hand;
mod loads;
mod one_roster;
mod plain_csv;
mod read;
