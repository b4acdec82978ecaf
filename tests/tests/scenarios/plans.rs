//! On a store with a million events, or as many as `THROUGHLINE_MILLIONS` says, no question goes through a table that
//! grows.
use std::env;

use serde_json::{Value, json};
use tests::{Large, Person, School, Student, ago, ahead, today};
use uuid::Uuid;

/// A student with everything that questions can be asked about.
async fn subject(large: &Large) -> anyhow::Result<[Uuid; 6]> {
    let select = "SELECT c.student, c.school, c.mentors[1], r.partner, i.entry, r.entry
                  FROM caseload c
                  JOIN entries i ON i.student = c.student AND i.kind = 'intervention'
                  JOIN entries r ON r.student = c.student AND r.kind = 'referral' AND r.status = 'completed'
                  JOIN students s ON s.id = c.student JOIN staff m ON m.id = c.mentors[1] LIMIT 1";
    let row = large.client.query_one(select, &[]).await?;
    Ok([row.get(0), row.get(1), row.get(2), row.get(3), row.get(4), row.get(5)])
}

/// Somebody who holds a role there, with a token.
async fn person(large: &Large, school: &School<'_>, role: &str) -> anyhow::Result<Person> {
    let select = "SELECT staff FROM staff_roles WHERE role = $1 AND school = $2 LIMIT 1";
    let staff: Uuid = large.client.query_one(select, &[&role, &school.id]).await?.get(0);
    known(large, school, staff).await
}

async fn known(large: &Large, school: &School<'_>, staff: Uuid) -> anyhow::Result<Person> {
    large.client.execute("UPDATE staff SET subject = id::text WHERE id = $1", &[&staff]).await?;
    Ok(school.with_token(staff, &school.token(&staff.to_string(), std::time::Duration::from_secs(3600))))
}

async fn read(person: &Person, path: &str) {
    let answer = person.get(path).await;
    if answer.status != 200 {
        println!("{path}: {} {:#}", answer.status, answer.body);
    }
    if let Some(next) = answer.body["next"].as_str() {
        let join = if path.contains('?') { '&' } else { '?' };
        person.get(format!("{path}{join}cursor={next}")).await.expect(200);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_goes_through_a_table_that_grows() -> anyhow::Result<()> {
    let millions = env::var("THROUGHLINE_MILLIONS").map_or(Ok(1), |millions| millions.parse())?;
    let large = Large::store(millions).await?;
    let size = "SELECT (SELECT count(*) FROM log), (SELECT count(*) FROM students), (SELECT count(*) FROM case_files),
                       pg_size_pretty(pg_database_size(current_database()))";
    let size = large.client.query_one(size, &[]).await?;
    let (events, students, cases): (i64, i64, i64) = (size.get(0), size.get(1), size.get(2));
    println!("{events} events, {students} students, {cases} cases, {}", size.get::<_, &str>(3));
    assert!(events > i64::from(millions) * 1_000_000);
    let [student, school, mentor, partner, intervention, referral] = subject(&large).await?;
    let student = Student(student);
    let school = School::at(&large.district, school);
    let csd = person(&large, &school, "community_school_director").await?;
    let manager = person(&large, &school, "mental_health_manager").await?;
    let mentor = known(&large, &school, mentor).await?;
    let officer = school.district_staff("privacy_officer").await;
    let offset = large.offset()?;

    for who in [&csd, &manager, &mentor] {
        for path in ["me", "schools", "partners", "caseload", "follow-ups", "referrals", "plans", "interventions"] {
            read(who, &format!("/v1/{path}")).await;
        }
        for path in ["case", "plan", "timeline", "entries", "entries?kind=contact&limit=5", "timeline?about=session"] {
            read(who, &student.to(path)).await;
        }
    }
    for order in ["attention", "next_due", "last_contact", "contacts_this_week", "tier"] {
        read(&csd, &format!("/v1/caseload?order={order}&limit=3")).await;
        read(&mentor, &format!("/v1/caseload?order={order}&limit=3")).await;
    }
    let at = |what: &str| format!("/v1/schools/{}{what}", school.id);
    for path in [
        at(""),
        at(&format!("/calendar?from={}&to={}", ago(30), today())),
        at("/students?limit=5"),
        at("/staff?limit=2"),
    ] {
        read(&csd, &path).await;
    }
    let then = "2026-06-01T00:00:00Z";
    for path in [
        student.to(&format!("case?as_of={then}")),
        student.to(&format!("plan?as_of={then}")),
        student.to(&format!("timeline?as_of={then}&limit=5")),
        student.to(&format!("entries?parent={intervention}&limit=5")),
        student.to(&format!("interventions/{intervention}/tracking")),
        student.entry(referral),
        student.to(&format!("timeline?entry={referral}")),
        format!("/v1/partners/{partner}"),
        format!("/v1/staff/{}", mentor.id),
        format!("/v1/staff/{}/activity", mentor.id),
        format!("/v1/students/{}", student.0),
        format!("/v1/follow-ups?owner={}&due_until={}", mentor.id, today()),
        "/v1/referrals?unanswered=true".to_owned(),
        "/v1/referrals?unchanged_days=10".to_owned(),
    ] {
        let path = if path.contains("as_of") && csd.get(&path).await.status == 404 { continue } else { path };
        read(&csd, &path).await;
    }
    read(&officer, "/v1/me").await;

    let contact = json!({"on": today(), "outcome": "made", "medium": "phone"});
    let note = json!({"text": "Came in time"});
    let contact = mentor.create(student.to("contacts"), contact).await;
    let follow_up = json!({"what": "Call home", "owner": mentor.id, "due": {"on": ahead(3)}});
    let follow_up = mentor.create(student.to("follow-ups"), follow_up).await;
    mentor.act(student.to(&format!("follow-ups/{follow_up}/completion")), json!({"result": "Done"})).await;
    csd.create(student.to("notes"), note.clone()).await;
    let correct = json!({"reason": "Wrong student"});
    mentor.act(student.to(&format!("entries/{contact}/retraction")), correct).await;
    let fresh = csd.open_case(&school).await;
    let key = Uuid::now_v7();
    for _ in 0..2 {
        csd.post(fresh.to("notes"), note.clone()).key(key).await.expect(201);
    }
    let other = school.mentor().await;
    let hand_over = json!({"to": other.id, "on": today(), "reason": "mentor_left"});
    let answer = csd.post(format!("/v1/staff/{}/mentees/reassignment", mentor.id), hand_over).await.expect(200);
    assert_ne!(answer.body["results"], Value::Array(vec![]));

    let (statements, scans) = large.scans(offset)?;
    println!("{statements} statements planned, {} steps that go through too much", scans.len());
    assert!(scans.is_empty(), "{scans:#?}");
    Ok(())
}
