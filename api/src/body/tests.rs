use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::*;

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only its form matters here")]
struct Visit {
    #[schema(max_length = 20)]
    note: String,
    on: NaiveDate,
    #[schema(minimum = 1, maximum = 600)]
    minutes: u16,
    #[serde(default)]
    seen: Vec<Seen>,
    next: Option<Next>,
    #[serde(default)]
    at: Option<DateTime<Utc>>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only its form matters here")]
struct Seen {
    student: Uuid,
    how: How,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum How {
    InPerson,
    ByPhone,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[expect(dead_code, reason = "only its form matters here")]
enum Next {
    Visit { on: NaiveDate },
    Call { number: u32 },
}

fn problem(body: &Value) -> Value {
    let problem = parse::<Visit>(body.to_string().as_bytes()).expect_err("a problem");
    serde_json::to_value(problem).expect("JSON")
}

fn faults(body: &Value) -> Vec<(String, String)> {
    let problem = problem(body);
    let part = |fault: &Value, name: &str| fault[name].as_str().unwrap_or_default().to_owned();
    let faults = problem["errors"].as_array().expect("errors");
    faults.iter().map(|fault| (part(fault, "pointer"), part(fault, "detail"))).collect()
}

fn good() -> Value {
    json!({"note": "read", "on": "2026-03-02", "minutes": 30, "next": {"kind": "visit", "on": "2026-03-09"},
        "seen": [{"student": Uuid::nil(), "how": "by_phone"}]})
}

#[test]
fn a_body_of_the_right_form_is_read() {
    assert_eq!(parse::<Visit>(good().to_string().as_bytes()).expect("a visit").minutes, 30);
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let body = json!({"note": "a secret that is far too long", "on": "yesterday", "minutes": 0, "extra/x": 1,
        "seen": [{"student": "Ada Lovelace", "how": "by_owl"}, {}]});
    let expected = [
        ("/extra~1x", "is not known here"),
        ("/minutes", "must be at least 1"),
        ("/note", "must have at most 20 characters"),
        ("/on", "must have the format date"),
        ("/seen/0/how", r#"must be one of "in_person", "by_phone""#),
        ("/seen/0/student", "must have the format uuid"),
        ("/seen/1/how", "is required"),
        ("/seen/1/student", "is required"),
    ];
    assert_eq!(faults(&body), expected.map(|(at, why)| (at.to_owned(), why.to_owned())));
}

#[test]
fn nothing_that_was_sent_comes_back() {
    let body = json!({"note": 7, "on": "SECRET", "minutes": "SECRET", "next": {"kind": "SECRET"}, "at": "SECRET",
        "seen": "SECRET"});
    assert!(!problem(&body).to_string().contains("SECRET"));
    let unreadable = parse::<Visit>(br#"{"note": SECRET}"#).expect_err("a problem");
    assert!(!serde_json::to_string(&unreadable).expect("JSON").contains("SECRET"));
}

#[test]
fn of_several_forms_the_nearest_explains() {
    let mut body = good();
    body["next"] = json!({"kind": "call", "number": "SECRET"});
    assert_eq!(faults(&body), [("/next/number".to_owned(), "must be of type integer".to_owned())]);
}

#[test]
fn what_only_the_type_knows_is_named_too() {
    let mut body = good();
    body["next"] = json!({"kind": "call", "number": 5_000_000_000_u64});
    let at = &faults(&body)[0].0;
    assert!(at.starts_with("/next"), "{at}");
}
