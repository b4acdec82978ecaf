//! The one place that writes to the database past the server: schools, partners and staff.
use chrono::NaiveDate;
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

/// Enters a student who is enrolled at `school` from `since` on.
pub async fn student(url: &str, school: Uuid, since: NaiveDate) -> anyhow::Result<Uuid> {
    let (client, id) = (connect(url).await?, Uuid::now_v7());
    let insert = "INSERT INTO students (id, given_name, family_name, source) VALUES ($1, 'Ada', 'Example', 'hand')";
    client.execute(insert, &[&id]).await?;
    let enrol = "INSERT INTO enrolments (student, school, entry_date, source) VALUES ($1, $2, $3, 'hand')";
    client.execute(enrol, &[&id, &school, &since]).await?;
    Ok(id)
}

/// The student was away from `school` on these days, without an excuse.
pub async fn absent(url: &str, student: Uuid, school: Uuid, days: &[NaiveDate]) -> anyhow::Result<()> {
    let insert = "INSERT INTO student_school_attendance_events
                      (student, school, event_date, attendance_event_category, source)
                  SELECT $1, $2, day, 'uri://ed-fi.org/AttendanceEventCategoryDescriptor#Unexcused Absence', 'ed-fi'
                  FROM unnest($3::date[]) day";
    connect(url).await?.execute(insert, &[&student, &school, &days]).await?;
    Ok(())
}

/// The school teaches from `first` to `last`, and has submitted attendance up to `submitted`.
pub async fn term(
    url: &str,
    school: Uuid,
    first: NaiveDate,
    last: NaiveDate,
    submitted: NaiveDate,
) -> anyhow::Result<()> {
    let client = connect(url).await?;
    let insert = "INSERT INTO sessions (id, school, session_name, begin_date, end_date, source)
                  VALUES (gen_random_uuid(), $1, 'Year', $2, $3, 'hand')";
    client.execute(insert, &[&school, &first, &last]).await?;
    client.execute("INSERT INTO submitted_days (school, day) VALUES ($1, $2)", &[&school, &submitted]).await?;
    Ok(())
}
