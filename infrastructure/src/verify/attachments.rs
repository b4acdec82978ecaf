//! Attachments, compared with what the log says of them: what a consent names is there, with its digest, and whole.
use tokio_postgres::Client;
use uuid::Uuid;

use super::{Finding, Place};
use crate::DatabaseError;

/// Evidence that consents name and that is not there, or has another digest.
const NAMED: &str = "
    SELECT e.student, named.evidence ->> 'attachment', a.id IS NULL
    FROM entries e
    CROSS JOIN LATERAL (SELECT e.body::jsonb -> 'content' AS content) consent
    CROSS JOIN LATERAL jsonb_path_query(consent.content, '$.*.evidence[*]') named (evidence)
    LEFT JOIN attachments a ON a.student = e.student AND a.id = (named.evidence ->> 'attachment')::uuid
    WHERE e.kind = 'consent' AND strpos(e.body, '\"evidence\"') > 0
      AND a.sha256 IS DISTINCT FROM named.evidence ->> 'sha256'";

/// Attachments whose parts are not those that were kept.
const SEALED: &str = "
    SELECT student, id::text, false FROM attachments a
    WHERE sealed IS DISTINCT FROM (
        SELECT encode(sha256(string_agg(bytes, ''::bytea ORDER BY number)), 'hex') FROM attachment_parts p
        WHERE p.student = a.student AND p.attachment = a.id)";

/// What evidence lacks, or has otherwise than it was.
pub async fn differences(client: &Client) -> Result<Vec<Finding>, DatabaseError> {
    let mut findings = vec![];
    for (select, what) in [(NAMED, "sha256"), (SEALED, "bytes")] {
        for row in client.query(select, &[]).await? {
            let place = Place { table: "attachments", of: row.get::<_, Uuid>(0), key: row.get(1) };
            let missing: bool = row.get(2);
            findings.push(if missing { Finding::Missing(place) } else { Finding::Differs(place, what.to_owned()) });
        }
    }
    Ok(findings)
}
