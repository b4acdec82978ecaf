//! The register as a table.
use application::{Error, register::Access};

/// The columns.
const HEAD: [&str; 15] = [
    "at",
    "student",
    "partner",
    "partner_name",
    "staff",
    "seen_as",
    "role",
    "operation",
    "categories",
    "compartment",
    "purposes",
    "basis",
    "agreement",
    "consent",
    "access_override",
    "onward",
];

/// One line for each look. Times are UTC, as RFC 3339 has them; several values in a cell are parted by spaces.
pub fn csv(all: &[Access]) -> Result<Vec<u8>, Error> {
    let mut table = csv::Writer::from_writer(vec![]);
    table.write_record(HEAD).map_err(Error::unavailable)?;
    for access in all {
        let id = |id: Option<uuid::Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
        let row = [
            access.at.to_rfc3339(),
            access.student.to_string(),
            id(access.partner.map(Into::into)),
            plain(access.partner_name.as_deref().unwrap_or_default()),
            access.staff.to_string(),
            id(access.seen_as.map(Into::into)),
            access.role.to_string(),
            access.operation.clone(),
            several(access.categories.iter().map(Into::into)),
            access.compartment.to_string(),
            several(access.purposes.iter().map(Into::into)),
            access.basis.clone(),
            id(access.agreement.map(Into::into)),
            id(access.consent.map(Into::into)),
            id(access.access_override.map(Into::into)),
            plain(&onward(access)),
        ];
        table.write_record(row).map_err(Error::unavailable)?;
    }
    table.into_inner().map_err(|_| Error::unavailable("a table in memory cannot be written"))
}

/// To whom it may have gone further, and what for.
fn onward(access: &Access) -> String {
    let named = access.onward.iter().map(|party| format!("{}: {}", party.name, party.interest));
    named.collect::<Vec<_>>().join("; ")
}

fn several<'a>(codes: impl Iterator<Item = &'a str>) -> String {
    codes.collect::<Vec<_>>().join(" ")
}

/// A name as a spreadsheet shows it, and does not calculate it.
fn plain(name: &str) -> String {
    let calculates = name.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if calculates { format!("'{name}") } else { name.to_owned() }
}
