//! What is kept no longer than a policy says: listed, asked for, confirmed; and what is left all the same.
use std::fs;

use serde_json::json;
use tests::{District, Person, School, Student, command, said};

async fn closed(csd: &Person, school: &School<'_>) -> Student {
    let student = csd.open_case(school).await;
    csd.act(student.to("case/closure"), json!({"reason": "goals_met"})).await;
    student
}

#[tokio::test]
async fn a_closed_case_is_erased_when_its_time_is_over_unless_something_is_open_or_held() {
    let directory = tests::directory().expect("a directory");
    let data = directory.path().join("data");
    let district = District::in_directory(&data).await.expect("a district");
    let school = School::in_district(&district).await;
    let (csd, officer) = (school.csd().await, school.district_staff("privacy_officer").await);
    let stranger = school.another().await.staff("school_staff").await;
    let over = closed(&csd, &school).await;
    let held = closed(&csd, &school).await;
    let open = csd.open_case(&school).await;
    let asked = csd.open_case(&school).await;
    let note = csd.create(asked.to("notes"), json!({"text": "Skipped class"})).await;
    let request = json!({"asked": "She did not", "by": "Maria Lopez", "relation": "parent"});
    csd.create(asked.to(&format!("entries/{note}/amendments")), request).await;
    csd.act(asked.to("case/closure"), json!({"reason": "goals_met"})).await;
    let overridden = closed(&csd, &school).await;
    stranger.create(overridden.to("overrides"), json!({"reason": "Collapsed", "minutes": 5})).await;

    let policy = directory.path().join("policy.toml");
    let at_once = "name = \"at-once\"\njurisdiction = \"here\"\nsource = \"a test\"\n\
                   years_after_closing = 0\nyears_after_leaving = 0\n";
    fs::write(&policy, at_once).expect("a file");
    let throughline = |arguments: &[&str]| said(command().args(arguments).arg("--data-dir").arg(&data));
    let policy = policy.to_str().expect("a path").to_owned();
    let (by, id) = (officer.id.to_string(), held.0.to_string());

    let usual = throughline(&["retention"]);
    assert!(usual.0 && usual.1.contains("ny-lgs-1") && usual.1.contains("due: 0"), "{}", usual.1);
    let not_hers = throughline(&["hold", &id, "--by", &csd.id.to_string(), "--reason", "a claim"]);
    assert!(!not_hers.0, "{}", not_hers.1);
    assert!(throughline(&["hold", &id, "--by", &by, "--reason", "a claim"]).0);
    let refused = throughline(&["erase", &id, "--by", &by]);
    assert!(!refused.0 && refused.1.contains("legal hold"), "{}", refused.1);

    let listed = throughline(&["retention", "--policy", &policy]);
    let kept = |student: Student, why: &str| {
        let line = listed.1.lines().find(|line| line.starts_with(&student.0.to_string())).unwrap_or_default();
        assert!(line.contains(why), "{line}: {why}\n{}", listed.1);
    };
    kept(held, "kept: legal-hold");
    kept(asked, "kept: open-amendment");
    kept(overridden, "kept: override-to-review");
    assert!(
        listed.1.contains("due: 1, kept all the same: 3") && !listed.1.contains(&open.0.to_string()),
        "{}",
        listed.1
    );

    let early = throughline(&["retention", "--policy", &policy, "--by", &by, "--confirm"]);
    assert!(early.1.contains("erased: 0, not asked for yet: 1"), "{}", early.1);
    csd.see(over.to("case")).await;
    assert!(throughline(&["retention", "--policy", &policy, "--by", &by]).0);
    csd.see(over.to("case")).await;
    let done = throughline(&["retention", "--policy", &policy, "--by", &by, "--confirm"]);
    assert!(done.0 && done.1.contains("erased: 1, not asked for yet: 0"), "{}", done.1);
    csd.get(over.to("case")).await.refused(404, "not-found");
    for student in [held, asked, overridden, open] {
        csd.see(student.to("case")).await;
    }
    assert!(throughline(&["hold", &id, "--by", &by, "--release"]).1.contains("is released"));
    assert!(throughline(&["retention", "--policy", &policy]).1.contains("due: 1, kept all the same: 2"));
    assert!(throughline(&["verify"]).0);
}
