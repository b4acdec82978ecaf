use actix_web::test::TestRequest;
use chrono::NaiveDate;
use serde_json::Value;

use super::*;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Filters {
    /// Since when.
    #[serde(default)]
    #[param(required = false)]
    since: Option<NaiveDate>,
    /// Only those.
    #[serde(default)]
    #[param(required = false)]
    overdue: Option<bool>,
    /// Kinds.
    #[serde(default)]
    #[param(required = false)]
    kind: Vec<String>,
}

async fn list(query: &str) -> Result<List<Filters>, Problem> {
    let request = TestRequest::with_uri(&format!("/?{query}")).to_http_request();
    List::extract(&request).await
}

#[actix_web::test]
async fn filters_and_page_are_read_together() {
    let list = list("since=2026-03-02&overdue=true&kind=a&kind=b&limit=7").await.expect("a list");
    assert_eq!((list.page.limit, list.filters.overdue, list.filters.kind.len()), (7, Some(true), 2));
    assert_eq!(list.filters.since, NaiveDate::from_ymd_opt(2026, 3, 2));
}

#[actix_web::test]
async fn a_list_needs_nothing() {
    assert_eq!(list("").await.expect("a list").page, Page { limit: 50, cursor: None });
}

#[actix_web::test]
async fn everything_wrong_is_named_and_nothing_repeated() {
    let refused = list("since=SECRET&overdue=SECRET&limit=0&limit=1&sort=SECRET").await.expect_err("a problem");
    let problem = serde_json::to_value(refused).expect("JSON");
    let names: Vec<_> = problem["errors"].as_array().expect("errors").iter().map(|e| e["parameter"].clone()).collect();
    assert_eq!(names, ["limit", "sort", "overdue", "since", "limit"].map(Value::from));
    assert!(!problem.to_string().contains("SECRET"));
}
