//! Attachments in PostgreSQL: a row for each, and its sealed parts beside it.
use application::{
    Error,
    attachments::{Attachment, AttachmentError, Attachments, Parts},
    reference::Kept,
};
use async_trait::async_trait;
use deadpool_postgres::Pool;
use domain::{AttachmentId, Evidence, Fingerprint, StudentId, Visibility};
use serde::de::DeserializeOwned;
use tokio_postgres::Row;
use uuid::Uuid;

use crate::database::{failed, rows};

mod letting_go;

pub use letting_go::{let_go, letting_go_of_attachments};

/// The tables `attachments` and `attachment_parts`.
#[derive(Clone)]
pub struct PgAttachments(Pool);

impl PgAttachments {
    /// Reads and writes through `pool`.
    #[must_use]
    pub fn new(pool: Pool) -> Self {
        Self(pool)
    }
}

#[async_trait]
impl Attachments for PgAttachments {
    async fn keep(&self, attachment: &Attachment, parts: &Parts) -> Result<Kept, Error> {
        let mut client = self.0.get().await.map_err(failed)?;
        let tx = client.transaction().await.map_err(failed)?;
        let (student, id) = (attachment.student.uuid(), attachment.attachment.uuid());
        // Not for who is erased meanwhile: their keys are gone, and what they seal with them.
        let insert = "INSERT INTO attachments
                             (student, id, media_type, size, visibility, sha256, sealed, attached_by, attached_as, attached_at)
                      SELECT student, $2, $3, $4, $5, $6, $7, $8, $9, $10 FROM student_keys WHERE student = $1 FOR SHARE
                      ON CONFLICT DO NOTHING";
        let (media_type, visibility) = (<&str>::from(attachment.media_type), <&str>::from(attachment.visibility));
        let (size, sealed) = (i32::try_from(attachment.size).map_err(Error::unavailable)?, parts.fingerprint());
        let (by, role) = (attachment.attached_by.uuid(), attachment.attached_as.to_string());
        let inserted = tx
            .execute(
                insert,
                &[
                    &student,
                    &id,
                    &media_type,
                    &size,
                    &visibility,
                    &attachment.sha256.as_str(),
                    &sealed.as_str(),
                    &by,
                    &role,
                    &attachment.attached_at,
                ],
            )
            .await
            .map_err(failed)?;
        if inserted == 0 {
            return match self.find(attachment.student, attachment.attachment).await? {
                None => Err(Error::NotFound),
                Some(known) if known.is_as(attachment) => Ok(Kept::Changed),
                Some(_) => Err(Error::KeyReused),
            };
        }
        let insert = "INSERT INTO attachment_parts (student, attachment, number, bytes) VALUES ($1, $2, $3, $4)";
        let insert = tx.prepare_cached(insert).await.map_err(failed)?;
        for (number, part) in (0_i32..).zip(&parts.0) {
            tx.execute(&insert, &[&student, &id, &number, part]).await.map_err(failed)?;
        }
        tx.commit().await.map_err(failed)?;
        Ok(Kept::Created)
    }

    async fn find(&self, student: StudentId, attachment: AttachmentId) -> Result<Option<Attachment>, Error> {
        let select = "SELECT * FROM attachments WHERE student = $1 AND id = $2";
        let found = rows(&self.0, select, &[&student.uuid(), &attachment.uuid()]).await?;
        found.first().map(read).transpose()
    }

    async fn parts(&self, student: StudentId, attachment: AttachmentId) -> Result<Parts, Error> {
        let select = "SELECT bytes FROM attachment_parts WHERE student = $1 AND attachment = $2 ORDER BY number";
        let found = rows(&self.0, select, &[&student.uuid(), &attachment.uuid()]).await?;
        Ok(Parts(found.into_iter().map(|row| row.get(0)).collect()))
    }

    async fn hold(&self, student: StudentId, evidence: &[Evidence], visibility: Visibility) -> Result<(), Error> {
        if evidence.is_empty() {
            return Ok(());
        }
        let (ids, digests): (Vec<Uuid>, Vec<&str>) =
            evidence.iter().map(|one| (one.attachment.uuid(), one.sha256.as_str())).unzip();
        let hold = "WITH held AS (
                        UPDATE attachments a SET touched_at = now()
                        FROM unnest($2::uuid[], $3::text[]) AS named (id, sha256)
                        WHERE student = $1 AND a.id = named.id AND a.sha256 = named.sha256
                          AND ($4 OR a.visibility <> 'mental_health') AND (NOT $4 OR a.visibility = 'mental_health')
                        RETURNING a.id)
                    SELECT count(DISTINCT id) FROM held";
        let compartment = visibility == Visibility::MentalHealth;
        let held = rows(&self.0, hold, &[&student.uuid(), &ids, &digests, &compartment]).await?;
        let wanted: std::collections::BTreeSet<_> = ids.iter().collect();
        match held.first().map(|row| row.get::<_, i64>(0)) {
            Some(held) if usize::try_from(held) == Ok(wanted.len()) => Ok(()),
            _ => Err(AttachmentError::NoSuchEvidence.into()),
        }
    }
}

fn read(row: &Row) -> Result<Attachment, Error> {
    let size = row.get::<_, i32>("size");
    Ok(Attachment {
        attachment: row.get::<_, Uuid>("id").into(),
        student: row.get::<_, Uuid>("student").into(),
        media_type: row.get::<_, &str>("media_type").parse().map_err(Error::unavailable)?,
        size: size.try_into().map_err(Error::unavailable)?,
        visibility: code(row, "visibility")?,
        sha256: Fingerprint::try_from(row.get::<_, String>("sha256")).map_err(Error::unavailable)?,
        attached_by: row.get::<_, Uuid>("attached_by").into(),
        attached_as: code(row, "attached_as")?,
        attached_at: row.get("attached_at"),
    })
}

fn code<T: DeserializeOwned>(row: &Row, column: &str) -> Result<T, Error> {
    serde_json::from_value(row.get::<_, &str>(column).into()).map_err(Error::unavailable)
}
