//! Parties to whom a partner may disclose further, in PostgreSQL.
use application::{
    Error,
    reference::Kept,
    sharing::{OnwardPartyToKeep, SharingError},
};
use domain::{AgreementId, PartnerId, StaffId};
use uuid::Uuid;

use super::PgAgreements;

/// Who was named stays named: of a party that is there, only the last day changes.
const KEEP: &str = "
    WITH agreed AS (SELECT id FROM sharing_agreements WHERE partner = $1 AND id = $2),
    kept AS (
        INSERT INTO onward_parties AS o (agreement, id, name, interest, since, until, recorded_by)
        SELECT agreed.id, $3::uuid, $4::text, $5::text, $6::date, $7::date, $8::uuid FROM agreed
        ON CONFLICT (agreement, id) DO UPDATE SET until = excluded.until
        WHERE (o.name, o.interest, o.since) = (excluded.name, excluded.interest, excluded.since)
        RETURNING xmax = 0 AS new)
    SELECT (SELECT new FROM kept) FROM agreed";

pub async fn keep(
    agreements: &PgAgreements,
    partner: PartnerId,
    agreement: AgreementId,
    (id, party): (Uuid, &OnwardPartyToKeep),
    by: StaffId,
) -> Result<Kept, Error> {
    if party.until.is_some_and(|until| until < party.since) {
        return Err(SharingError::OnwardEndsBeforeItStarts.into());
    }
    let (partner, agreement, by) = (partner.uuid(), agreement.uuid(), by.uuid());
    let values: super::Values<'_> =
        &[&partner, &agreement, &id, &party.name, &party.interest, &party.since, &party.until, &by];
    match agreements.rows(KEEP, values).await?.first().map(|row| row.get(0)) {
        None => Err(Error::NotFound),
        Some(None) => Err(Error::KeyReused),
        Some(Some(true)) => Ok(Kept::Created),
        Some(Some(false)) => Ok(Kept::Changed),
    }
}
