//! Reference data: imported, kept by hand, read.
mod district;
#[path = "../../../tests/src/shared_data.rs"]
mod shared_data;
mod support;

mod ed_fi;
mod grand_bend;
mod indicators;
mod interrupted;
mod interventions;
mod kept_by_hand;
mod one_roster;
mod read;
