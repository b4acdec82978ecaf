//! The one place that writes to the database past the server: schools, partners and staff.
use infrastructure::private_postgres::USER;
use tokio_postgres::{Client, NoTls};
use uuid::Uuid;

async fn connect(url: &str) -> anyhow::Result<Client> {
    debug_assert!(url.contains(USER));
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}

/// The development issuer's key, which the server has made by now.
pub async fn signing_key(url: &str) -> anyhow::Result<Vec<u8>> {
    Ok(connect(url).await?.query_one("SELECT pkcs8 FROM dev_issuer_keys", &[]).await?.get(0))
}

/// Enters a school.
pub async fn school(url: &str, name: &str) -> anyhow::Result<Uuid> {
    place(url, "INSERT INTO schools (id, name, source) VALUES ($1, $2, 'hand')", name).await
}

/// Enters a partner.
pub async fn partner(url: &str, name: &str) -> anyhow::Result<Uuid> {
    place(url, "INSERT INTO partners (id, name, source) VALUES ($1, $2, 'hand')", name).await
}

/// Has a partner agreed to get whatever families of the school's students consent to, for whatever purpose.
pub async fn agree(url: &str, partner: Uuid, school: Uuid, by: Uuid) -> anyhow::Result<Uuid> {
    let id = Uuid::now_v7();
    let insert = "WITH signed AS (
            INSERT INTO sharing_agreements
                   (id, partner, categories, purposes, schools, students, starts_on, ends_on, signatories)
            VALUES ($1, $2, '{directory,attendance,behavior,coursework,health,mental_health,case_notes,support_plan}',
                    '{academic_support,attendance_support,mentoring,mental_health,physical_health,basic_needs,
                      enrichment,family_support}',
                    ARRAY[$3::uuid], '{}', '2020-01-01', '2099-12-31', '[]')
            RETURNING id)
        INSERT INTO sharing_steps (agreement, step, change, ends_on, by)
        SELECT id, 1, 'signed', '2099-12-31', $4 FROM signed";
    connect(url).await?.execute(insert, &[&id, &partner, &school, &by]).await?;
    Ok(id)
}

async fn place(url: &str, insert: &str, name: &str) -> anyhow::Result<Uuid> {
    let id = Uuid::now_v7();
    connect(url).await?.execute(insert, &[&id, &name]).await?;
    Ok(id)
}

/// Enters somebody on the staff who goes by `subject`.
pub async fn staff(url: &str, subject: &str) -> anyhow::Result<Uuid> {
    let id = Uuid::now_v7();
    let insert =
        "INSERT INTO staff (id, given_name, family_name, subject, source) VALUES ($1, 'Rosa', 'Diaz', $2, 'hand')";
    connect(url).await?.execute(insert, &[&id, &subject]).await?;
    sign(url, id, 30).await?;
    Ok(id)
}

/// Has somebody signed the confidentiality agreement so many days ago; what they signed before is gone.
pub async fn sign(url: &str, staff: Uuid, days_ago: i32) -> anyhow::Result<()> {
    unsign(url, staff).await?;
    let insert = "INSERT INTO confidentiality_agreements (staff, signed_on, text_version, recorded_by)
                  VALUES ($1, (now() AT TIME ZONE 'America/New_York')::date - $2::int, 'test', $1)";
    connect(url).await?.execute(insert, &[&staff, &days_ago]).await?;
    Ok(())
}

/// Takes back that somebody has signed.
pub async fn unsign(url: &str, staff: Uuid) -> anyhow::Result<()> {
    let delete = "DELETE FROM confidentiality_agreements WHERE staff = $1";
    connect(url).await?.execute(delete, &[&staff]).await?;
    Ok(())
}

/// Gives a member of staff a role, which they have held for long.
pub async fn role(
    url: &str,
    staff: Uuid,
    role: &str,
    school: Option<Uuid>,
    partner: Option<Uuid>,
) -> anyhow::Result<()> {
    let insert = "INSERT INTO staff_roles (staff, role, school, partner, since, source)
                  VALUES ($1, $2, $3, $4, '2020-01-01', 'hand')";
    connect(url).await?.execute(insert, &[&staff, &role, &school, &partner]).await?;
    Ok(())
}

/// Takes all roles from a member of staff.
pub async fn dismiss(url: &str, staff: Uuid) -> anyhow::Result<()> {
    let end = "UPDATE staff_roles SET until = since WHERE staff = $1";
    connect(url).await?.execute(end, &[&staff]).await?;
    Ok(())
}
