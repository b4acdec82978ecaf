//! What was exported on the server's machine, where nobody signs in, is written down with the operating system's user.
use deadpool_postgres::Pool;

use crate::DatabaseError;

/// An export.
#[derive(Debug, Clone, Copy)]
pub struct Exported<'a> {
    /// Which table.
    pub what: &'a str,
    /// What was asked for.
    pub asked: &'a str,
    /// In which form.
    pub form: &'a str,
    /// How many lines it has.
    pub lines: u64,
}

/// Writes it down; with who it was.
///
/// # Errors
/// Those of the database, and [`DatabaseError::Unreadable`] where the operating system does not say who runs this.
pub async fn write_down_export(pool: &Pool, exported: Exported<'_>) -> Result<String, DatabaseError> {
    let user = whoami::username().map_err(|_| DatabaseError::Unreadable)?;
    let Exported { what, asked, form, lines } = exported;
    let lines = i64::try_from(lines).unwrap_or(i64::MAX);
    let insert = "INSERT INTO exported (os_user, what, asked, form, lines) VALUES ($1, $2, $3, $4, $5)";
    pool.get().await?.execute(insert, &[&user, &what, &asked, &form, &lines]).await?;
    Ok(user)
}
