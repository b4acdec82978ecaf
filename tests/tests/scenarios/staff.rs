//! Staff records made on the server's machine: the first privacy officer, and with what people sign in.
use serde_json::json;
use tests::{District, School, command, said};
use uuid::Uuid;

fn staff(district: &District, line: &[&str]) -> (bool, String) {
    let mut command = command();
    command.arg("staff").args(line).env("DATABASE_URL", &district.url);
    said(&mut command)
}

#[tokio::test]
async fn the_first_privacy_officer_is_made_by_a_command_and_the_second_on_purpose() -> anyhow::Result<()> {
    let district = District::fresh().await?;
    let school = School::in_district(&district).await;
    let add = |subject: &str, more: &[&str]| {
        let line =
            ["add", "--given-name", "Mei-Ling", "--family-name", "Cho", "--role", "privacy_officer", "--subject"];
        staff(&district, &[&line[..], &[subject], more].concat())
    };
    let (good, id) = add("mei-ling", &[]);
    assert!(good, "{id}");
    let officer = school.with_token(id.parse()?, &school.token("mei-ling", std::time::Duration::from_secs(60)));
    let me = officer.see("/v1/me").await;
    assert_eq!((&me["id"], &me["roles"]), (&json!(id), &json!([{"role": "privacy_officer"}])));
    let (good, text) = add("jordan", &[]);
    assert!(!good && text.contains("--another") && !text.contains("jordan"), "{text}");
    let (good, text) = add("mei-ling", &["--another"]);
    assert!(!good && text.contains("somebody else signs in"), "{text}");
    assert!(add("jordan", &["--another"]).0);
    Ok(())
}

#[tokio::test]
async fn a_person_of_the_records_is_bound_to_a_subject() -> anyhow::Result<()> {
    let district = District::fresh().await?;
    let school = School::in_district(&district).await;
    let (mentor, other) = (school.mentor().await, school.mentor().await);
    let id = mentor.id.to_string();
    let bind = |subject: &str, more: &[&str]| {
        staff(&district, &[&["bind", "--staff", &id, "--subject", subject], more].concat())
    };
    let me = async |subject: &str| {
        let token = school.token(subject, std::time::Duration::from_secs(60));
        school.with_token(Uuid::nil(), &token).get("/v1/me").await
    };
    // Who has a subject keeps it, unless it is said that another takes its place.
    let (good, text) = bind("oidc|imani", &[]);
    assert!(!good && text.contains("--instead"), "{text}");
    assert_eq!(bind("oidc|imani", &["--instead"]), (true, id.clone()));
    assert_eq!(bind("oidc|imani", &[]), (true, id.clone()), "once more is the same");
    assert_eq!(me("oidc|imani").await.expect(200).body["id"], json!(mentor.id));
    mentor.get("/v1/me").await.refused(403, "no-staff-record");
    // Nobody has two people's.
    let (good, text) =
        staff(&district, &["bind", "--staff", &other.id.to_string(), "--subject", "oidc|imani", "--instead"]);
    assert!(!good && text.contains("somebody else"), "{text}");
    let nobody = Uuid::now_v7().to_string();
    for named in [nobody.as_str(), "nobody@example.org"] {
        let (good, text) = staff(&district, &["bind", "--staff", named, "--subject", "x"]);
        assert!(!good && text.contains("nobody"), "{text}");
    }
    Ok(())
}
