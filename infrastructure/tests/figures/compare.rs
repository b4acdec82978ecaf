//! Figures counted from the entries and the caseload, in SQL of its own.
use crate::support::Store;

/// Where the figures of a generation differ from what the entries say.
pub async fn differences(store: &Store, generation: i32) -> anyhow::Result<Vec<String>> {
    let sql = format!(
        "WITH standing AS (
           SELECT e.*, (e.changed_at AT TIME ZONE 'America/New_York')::date AS changed_on, e.body::json -> 'content' AS says,
             CASE WHEN e.visibility IN ('team', 'school') THEN 'school'
                  WHEN e.visibility = 'mental_health' THEN 'mental_health'
                  WHEN e.author_role IN ('success_mentor', 'partner_staff') THEN 'mentors'
                  WHEN e.author_role = 'mental_health_manager' THEN 'mental_health_staff'
                  ELSE 'author' END AS compartment
           FROM entries e WHERE e.standing IN ('current', 'corrected')
         ), week AS (
           SELECT s.*, date_trunc('week', s.occurred_on)::date AS happened, date_trunc('week', s.changed_on)::date AS ended,
             coalesce((s.says -> 'session' ->> 'minutes')::int, (s.says -> 'contact' ->> 'minutes')::int, 0) AS took,
             (SELECT (p.body::json -> 'content' -> 'plan' ->> 'tier')::smallint FROM entries p
              WHERE p.student = s.student AND p.entry = s.parent AND s.kind = 'session') AS of_tier
           FROM standing s
         ), schools AS (
           SELECT school, 'cases' AS measure, '1970-01-01'::date AS day, status AS code, tier, 'school' AS compartment, 0 AS took
           FROM caseload
           UNION ALL SELECT school, 'interventions', '1970-01-01', status, (says -> 'plan' ->> 'tier')::smallint, compartment, 0
             FROM week WHERE kind = 'intervention'
           UNION ALL SELECT school, 'contacts', happened, status, 0, compartment, took FROM week WHERE kind = 'contact'
           UNION ALL SELECT school, 'sessions', happened, status, of_tier, compartment, took FROM week WHERE kind = 'session'
           UNION ALL SELECT school, 'open_referrals', changed_on, status, 0, compartment, 0 FROM week
             WHERE kind = 'referral' AND status IN ('draft', 'requested', 'accepted', 'in_progress', 'on_hold')
           UNION ALL SELECT school, 'ended_referrals', ended, status, 0, compartment, 0 FROM week
             WHERE kind = 'referral' AND status NOT IN ('draft', 'requested', 'accepted', 'in_progress', 'on_hold')
           UNION ALL SELECT school, 'open_follow_ups', due_on, status, 0, compartment, 0 FROM week
             WHERE kind = 'follow_up' AND status = 'open'
           UNION ALL SELECT school, 'ended_follow_ups', ended, status, 0, compartment, 0 FROM week
             WHERE kind = 'follow_up' AND status <> 'open'
         ), staff AS (
           SELECT author AS staff, school, 'contacts' AS measure, happened AS day, status AS code, 0 AS tier, compartment, took
           FROM week WHERE kind = 'contact'
           UNION ALL SELECT author, school, 'sessions', happened, status, of_tier, compartment, took FROM week WHERE kind = 'session'
           UNION ALL SELECT author, school, 'notes_written', happened, status, 0, compartment, 0 FROM week WHERE kind = 'note'
           UNION ALL SELECT author, school, 'referrals_written', happened, 'written', 0, compartment, 0 FROM week
             WHERE kind = 'referral'
           UNION ALL SELECT owner, school, 'open_follow_ups', due_on, status, 0, compartment, 0 FROM week
             WHERE kind = 'follow_up' AND status = 'open'
           UNION ALL SELECT owner, school, 'ended_follow_ups', ended, status, 0, compartment, 0 FROM week
             WHERE kind = 'follow_up' AND status <> 'open'
         ), expected AS (
           SELECT NULL::uuid AS staff, school, measure, day, code, tier::int, compartment, count(*) AS number, sum(took) AS minutes
           FROM schools GROUP BY 2, 3, 4, 5, 6, 7
           UNION ALL
           SELECT staff, school, measure, day, code, tier::int, compartment, count(*), sum(took)
           FROM staff GROUP BY 1, 2, 3, 4, 5, 6, 7
         ), counted AS (
           SELECT NULL::uuid AS staff, school, measure, day, code, tier::int, compartment, number, minutes
           FROM school_figures WHERE generation = {generation}
           UNION ALL
           SELECT staff, school, measure, day, code, tier::int, compartment, number, minutes
           FROM staff_activity WHERE generation = {generation}
         )
         SELECT 'expected ' || (e)::text FROM (TABLE expected EXCEPT TABLE counted) e
         UNION ALL SELECT 'counted ' || (c)::text FROM (TABLE counted EXCEPT TABLE expected) c ORDER BY 1"
    );
    let rows = store.database.pool().get().await?.query(&sql, &[]).await?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}
