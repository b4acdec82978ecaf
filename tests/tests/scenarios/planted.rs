//! What is known to be so in a made-up district is found by the whole of it: imported, supported over HTTP, compared.
mod district;

use std::time::{Duration, Instant};

use futures::{StreamExt, stream};
use reqwest::Method;
use serde_json::{Value, json};
use tests::{District, Person, School, Student, command, said};
use uuid::Uuid;

use district::{PLANTED, Planted};

/// Puts `student` under support with `kind` from the day on which it begins.
async fn support(director: &Person, school: Uuid, student: Student, (kind, start): (&str, chrono::NaiveDate)) {
    let body = json!({"school": school, "reason": "Absent", "tier": 2});
    director.call(Method::PUT, student.to("case")).json(body).await.expect(201);
    let plan = json!({"kind": kind, "what": "Check in", "tier": 2, "delivery": "individual"});
    let intervention = director.create(student.to("interventions"), plan).await;
    director.act(student.to(&format!("interventions/{intervention}/start")), json!({"on": start})).await;
}

/// Supports all of a school's students who are to be, several at once.
async fn support_all(district: &District, school: Uuid, planted: &Planted) {
    let director = School::at(district, school).csd().await;
    let students = director.walk(&format!("/v1/schools/{school}/students"), 200).await;
    let served = students.iter().filter_map(|student| {
        let kind = planted.served.get(student["family_name"].as_str()?)?;
        Some((Student(student["id"].as_str()?.parse().ok()?), *kind))
    });
    let all = served.map(|(student, kind)| support(&director, school, student, (kind, planted.start)));
    stream::iter(all.collect::<Vec<_>>()).buffer_unordered(8).collect::<Vec<()>>().await;
}

/// The comparison of those supported with `kind`, once all of them are counted.
async fn compared(manager: &Person, kind: &str, served: usize) -> Value {
    let path = "/v1/effects?by=intervention_type&outcome=days_absent&window=20&school_year=2026";
    let patience = Instant::now() + Duration::from_secs(60);
    loop {
        let shown = manager.see(path).await;
        let groups = shown["groups"].as_array().cloned().unwrap_or_default();
        let group = groups.into_iter().find(|group| group["group"] == kind).unwrap_or_default();
        let found = group["comparison"].clone();
        // Whoever is like nobody is left out, and those are few.
        if found["served"].as_u64().is_some_and(|found| found as usize >= served * 9 / 10) {
            return found;
        }
        assert!(Instant::now() < patience, "{kind}: {found} of {served}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

#[tokio::test]
async fn planted_effects_are_found_and_regression_to_the_mean_is_not_taken_for_one() {
    let (district, home) = (District::fresh().await.expect("a district"), tempfile::tempdir().expect("a directory"));
    let planted = Planted::of(3_000, 7);
    planted.write(home.path());
    let (imported, told) = said(
        command().args(["import", "csv", ".", "--by-file"]).env("DATABASE_URL", &district.url).current_dir(home.path()),
    );
    assert!(imported && !told.contains("not usable"), "{told}");
    let service = School::in_district(&district).await.district_staff("service").await;
    for school in service.walk("/v1/schools", 10).await {
        if planted.schools.iter().any(|name| school["name"] == name.as_str()) {
            let id = school["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
            support_all(&district, id, &planted).await;
        }
    }

    let manager = School::in_district(&district).await.district_staff("program_manager").await;
    for (kind, truth) in PLANTED {
        let served = planted.served.values().filter(|with| **with == kind).count();
        let found = compared(&manager, kind, served).await;
        let figure = |name: &str| found[name].as_f64().expect("a figure");
        let (from, to) = (found["interval"]["from"].as_f64(), found["interval"]["to"].as_f64());
        let (from, to) = (from.expect("an end"), to.expect("an end"));
        assert!(from <= truth && truth <= to && to - from < 1.5, "{kind}: {truth} in {found}");
        // They were chosen after bad weeks, so they are less away afterwards whatever is done.
        assert!(figure("change") < truth - 1.0, "what it looks like: {found}");
        assert!(figure("change_of_others") < -1.0, "as with those who had none: {found}");
        assert!(truth == 0.0 || to < 0.0, "{kind} does something: {found}");
    }
}
