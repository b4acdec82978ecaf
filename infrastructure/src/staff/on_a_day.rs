//! Who held which roles on a day, and what had been signed by then.
use application::{Error, StaffMember, StaffWanted};
use chrono::NaiveDate;
use deadpool_postgres::Pool;
use tokio_postgres::Row;
use uuid::Uuid;

use super::member;
use crate::{database::rows, sharing::as_in_force};

/// The columns of [`super::BY_SUBJECT`], as of a day: a later signature, renewal or suspension does not count, and an
/// override where it was in force at any time of the day, as the district counts days.
const ON: &str = concat!(
    "
    SELECT coalesce(staff.subject, ''), staff.id, staff.given_name || ' ' || staff.family_name,
           held.role, held.school, held.partner, shared.sharing, opened.overrides, signed.*
    FROM staff
    LEFT JOIN LATERAL (
        SELECT signed_on, lapses_on, text_version, recorded_by, lapses_on > $1 AS agreement_in_force
        FROM confidentiality_agreements a WHERE a.staff = staff.id AND signed_on <= $1
        ORDER BY signed_on DESC, recorded_at DESC LIMIT 1
    ) signed ON true
    LEFT JOIN LATERAL (
        SELECT role, school, partner FROM staff_roles WHERE staff = staff.id AND daterange(since, until) @> $1::date
    ) held ON true
    LEFT JOIN LATERAL (
        ",
    as_in_force!(),
    "
        CROSS JOIN LATERAL (
            SELECT (array_agg(ends_on ORDER BY step DESC))[1] AS ends_on,
                   (array_agg(change = 'suspended' ORDER BY step DESC)
                    FILTER (WHERE change IN ('suspended', 'reinstated')))[1] AS suspended
            FROM sharing_steps s
            WHERE s.agreement = a.id AND (s.at AT TIME ZONE 'America/New_York')::date <= $1
        ) by_then
        WHERE a.partner = held.partner AND $1 BETWEEN a.starts_on AND by_then.ends_on AND by_then.suspended IS NOT TRUE
    ) shared ON true
    LEFT JOIN LATERAL (
        SELECT json_agg(json_build_array(student, entry) ORDER BY changed_at)::text AS overrides FROM entries
        WHERE kind = 'access_override' AND author = staff.id
          AND recorded_at < ($1::date + 1)::timestamp AT TIME ZONE 'America/New_York'
          AND (body::json -> 'content' ->> 'until')::timestamptz > $1::date::timestamp AT TIME ZONE 'America/New_York'
    ) opened ON true
    WHERE staff.id = ANY($2)
       OR staff.id = ANY(SELECT author FROM entries WHERE student = $5 AND kind = 'access_override')
       OR EXISTS (SELECT FROM staff_roles r WHERE r.staff = staff.id AND daterange(r.since, r.until) @> $1
                                              AND (r.school = $3 OR r.partner = ANY($4)))
    ORDER BY lower(staff.family_name), lower(staff.given_name), staff.id, held.role, held.school, held.partner"
);

pub async fn who(pool: &Pool, day: NaiveDate, wanted: &StaffWanted) -> Result<Vec<StaffMember>, Error> {
    let staff: Vec<Uuid> = wanted.staff.iter().map(|staff| staff.uuid()).collect();
    let partners: Vec<Uuid> = wanted.partners.iter().map(|partner| partner.uuid()).collect();
    let school = wanted.school.map(|school| school.uuid());
    let overridden = wanted.overridden.map(|student| student.uuid());
    let rows = rows(pool, ON, &[&day, &staff, &school, &partners, &overridden]).await?;
    let of_one = rows.chunk_by(|one, next| one.get::<_, Uuid>(1) == next.get::<_, Uuid>(1));
    of_one.filter_map(|rows: &[Row]| member(rows).transpose()).collect()
}
