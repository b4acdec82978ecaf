//! What this installation signs with.
use deadpool_postgres::Pool;
use p256::{
    SecretKey,
    ecdsa::SigningKey,
    elliptic_curve::rand_core::OsRng,
    pkcs8::{DecodePrivateKey, EncodePrivateKey},
};
use uuid::Uuid;

use super::HeadError;
use crate::{DatabaseError, verify::VerifyError};

/// The installation's name and key, which its database keeps.
pub struct Installation {
    pub id: Uuid,
    pub key: SigningKey,
}

impl Installation {
    /// The installation whose database this is; its key is made when it is first wanted.
    pub async fn of(pool: &Pool) -> Result<Self, VerifyError> {
        let fresh = SecretKey::random(&mut OsRng).to_pkcs8_der().map_err(|_| HeadError::Key)?;
        let client = pool.get().await.map_err(DatabaseError::from)?;
        let keep = "UPDATE installation SET signing_key = $1 WHERE signing_key IS NULL";
        let kept = client.query_one("SELECT id, signing_key FROM installation", &[]).await?;
        let (id, mut pkcs8) = (kept.get(0), kept.get::<_, Option<Vec<u8>>>(1));
        if pkcs8.is_none() {
            client.execute(keep, &[&fresh.as_bytes()]).await?;
            pkcs8 = client.query_one("SELECT signing_key FROM installation", &[]).await?.get(0);
        }
        let key = SigningKey::from_pkcs8_der(&pkcs8.unwrap_or_default()).map_err(|_| HeadError::Key)?;
        Ok(Self { id, key })
    }
}
