//! Rows become what people read.
use application::{
    After, Error, Personal,
    reference::{ConfidentialityAgreement, Enrolment, Partner, School, StaffRecord, StaffRole, StudentLine},
};
use tokio_postgres::Row;
use uuid::Uuid;

use crate::staff::agreement::signed;

/// A text about a person; what was stored once was a text then.
pub(super) fn text(row: &Row, column: &str) -> Result<Personal, Error> {
    row.get::<_, String>(column).try_into().map_err(Error::unavailable)
}

/// A text that may be missing; a blank one counts as missing.
pub(super) fn maybe(row: &Row, column: &str) -> Option<Personal> {
    row.get::<_, Option<String>>(column).and_then(|text| text.try_into().ok())
}

/// The place of a row in its list.
pub(super) fn after(row: &Row) -> After {
    After(row.get("place"), row.get("id"))
}

/// The place of a person in a list: the id alone.
pub(super) fn after_person(row: &Row) -> After {
    After(String::new(), row.get("id"))
}

pub(super) fn school(row: &Row) -> Result<School, Error> {
    Ok(School {
        id: row.get::<_, Uuid>("id").into(),
        name: row.get("name"),
        short_name: row.get("short_name"),
        time_zone: row.get::<_, &str>("time_zone").parse().map_err(Error::unavailable)?,
        grade_levels: row.get("grade_levels"),
        ended_on: row.get("ended_on"),
        source: row.get("source"),
    })
}

pub(super) fn partner(row: &Row) -> Partner {
    Partner {
        id: row.get::<_, Uuid>("id").into(),
        name: row.get("name"),
        part_of: row.get::<_, Option<Uuid>>("parent").map(Into::into),
        source: row.get("source"),
    }
}

pub(super) fn enrolment(row: &Row) -> Enrolment {
    Enrolment {
        id: row.get("id"),
        school: row.get::<_, Uuid>("school").into(),
        entered_on: row.get("entry_date"),
        grade_level: row.get("entry_grade_level"),
        exited_on: row.get("exit_date"),
        assumed: row.get("assumed"),
        source: row.get("source"),
    }
}

pub(super) fn student_line(row: &Row) -> Result<StudentLine, Error> {
    Ok(StudentLine {
        id: row.get::<_, Uuid>("id").into(),
        given_name: text(row, "given_name")?,
        family_name: text(row, "family_name")?,
        school: row.get::<_, Uuid>("school").into(),
        grade_level: row.get("entry_grade_level"),
    })
}

pub(super) fn staff_member(row: &Row, roles: Vec<StaffRole>) -> Result<StaffRecord, Error> {
    Ok(StaffRecord {
        id: row.get::<_, Uuid>("id").into(),
        given_name: text(row, "given_name")?,
        family_name: text(row, "family_name")?,
        e_mail: maybe(row, "e_mail"),
        subject: maybe(row, "subject"),
        agreement: Some(ConfidentialityAgreement::of(signed(row), roles.iter().map(|held| held.role)).state),
        roles,
        source: row.get("source"),
    })
}

pub(super) fn staff_role(row: &Row) -> Result<StaffRole, Error> {
    Ok(StaffRole {
        id: row.get("id"),
        role: row.get::<_, &str>("role").parse().map_err(Error::unavailable)?,
        school: row.get::<_, Option<Uuid>>("school").map(Into::into),
        partner: row.get::<_, Option<Uuid>>("partner").map(Into::into),
        since: row.get("since"),
        until: row.get("until"),
        source: row.get("source"),
    })
}
