//! The confidentiality agreement that a member of staff signed last, looked up with the person.
use application::reference::Signed;
use tokio_postgres::Row;
use uuid::Uuid;

/// To be joined to `staff`: what was signed last, and whether it is in force at this moment, by the district's date.
macro_rules! signed_last {
    () => {
        "
    LEFT JOIN LATERAL (
        SELECT signed_on, lapses_on, text_version, recorded_by,
               lapses_on > (now() AT TIME ZONE 'America/New_York')::date AS agreement_in_force
        FROM confidentiality_agreements a WHERE a.staff = staff.id
        ORDER BY signed_on DESC, recorded_at DESC LIMIT 1
    ) signed ON true"
    };
}
pub(crate) use signed_last;

/// What was signed, and whether it is in force.
pub(crate) fn signed(row: &Row) -> Option<(Signed, bool)> {
    let in_force: bool = row.get::<_, Option<bool>>("agreement_in_force")?;
    let signed = Signed {
        signed_on: row.get("signed_on"),
        lapses_on: row.get("lapses_on"),
        text_version: row.get("text_version"),
        recorded_by: row.get::<_, Uuid>("recorded_by").into(),
    };
    Some((signed, in_force))
}
