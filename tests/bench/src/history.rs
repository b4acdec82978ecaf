//! The history that every student's case has before anything is measured: a case, a need, a goal, an intervention
//! under way with a session, a contact, a follow-up that is due and a note; ten events.
use std::sync::Arc;

use anyhow::ensure;
use chrono::{Days, Utc};
use hyper::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    district::{District, Student},
    http::Connection,
};

/// How many clients tell histories at once.
const CLIENTS: u64 = 64;

/// The events of one history.
pub const EVENTS: u64 = 10;

/// Tells every student's history to the server at `address`.
pub async fn tell(address: &str, district: &Arc<District>) -> anyhow::Result<()> {
    let mut tasks = vec![];
    for rest in 0..CLIENTS {
        let (district, mut connection) = (district.clone(), Connection::open(address).await?);
        tasks.push(tokio::spawn(async move {
            for student in district.share(CLIENTS, rest) {
                for (method, what, key, body) in history(&district, student) {
                    let answer = connection.ask(district.write(student, method, &what, key, &body)?).await?;
                    let words = || String::from_utf8_lossy(answer.body()).into_owned();
                    ensure!(answer.status().is_success(), "{what}: {} {}", answer.status(), words());
                }
            }
            anyhow::Ok(())
        }));
    }
    for task in tasks {
        task.await??;
    }
    Ok(())
}

/// A day, so many days ago.
pub fn ago(days: u64) -> String {
    (Utc::now().date_naive() - Days::new(days)).to_string()
}

type Told = (Method, String, Uuid, Value);

fn history(district: &District, student: Student) -> Vec<Told> {
    let school = district.school(student);
    let tell = |what: &str, body: Value| (Method::POST, what.to_owned(), Uuid::new_v4(), body);
    let case = json!({"school": school.id, "reason": "Absent 14 of 60 days", "tier": 2});
    let goal = tell("goals", json!({"description": "Comes every day, and in time for first period."}));
    let target = json!({
        "measure": "days absent in the term", "baseline": 22, "target": 8, "direction": "decrease",
        "starts_on": ago(60), "due_on": ago(0)
    });
    let target = tell(&format!("goals/{}/target", goal.2), target);
    let plan = json!({
        "kind": "check_and_connect", "what": "A check-in before first period.", "tier": 2, "delivery": "individual",
        "dosage": {"sessions_per_week": 3, "minutes": 20}, "goals": [goal.2]
    });
    let intervention = tell("interventions", plan);
    let of_intervention = |what: &str| format!("interventions/{}/{what}", intervention.2);
    let (start, sessions) = (of_intervention("start"), of_intervention("sessions"));
    vec![
        (Method::PUT, "case".to_owned(), Uuid::new_v4(), case),
        tell("needs", json!({"category": "attendance", "description": "Misses first period twice a week."})),
        goal,
        target,
        intervention,
        tell(&start, json!({"on": ago(30)})),
        tell(
            &sessions,
            json!({"held_on": ago(20), "outcome": "held", "minutes": 20, "note": "Set the alarm together."}),
        ),
        tell("contacts", contact(20)),
        tell(
            "follow-ups",
            json!({"what": "Call about the bus pass", "due": {"in_school_days": 3}, "owner": school.director}),
        ),
        tell("notes", json!({"text": "Prefers to meet before first period."})),
    ]
}

/// A contact so many days ago.
pub fn contact(days: u64) -> Value {
    load::contact(&ago(days))
}
