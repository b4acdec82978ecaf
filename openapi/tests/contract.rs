//! The checked-in contract is the one the routes declare, and every operation keeps the house rules.
use std::collections::BTreeSet;

use application::access::Operation;
use serde_json::Value;
use strum::VariantArray;

const CONTRACT: &str = include_str!("../openapi.json");
const PROBLEM: &str = "application/problem+json";

fn contract() -> Value {
    serde_json::from_str(CONTRACT).expect("JSON")
}

/// Every operation with its name, such as `get /livez`.
fn operations(contract: &Value) -> Vec<(String, &Value)> {
    let paths = contract["paths"].as_object().expect("paths");
    let mut all = vec![];
    for (path, item) in paths {
        for (method, operation) in item.as_object().expect("operations") {
            all.push((format!("{method} {path}"), operation));
        }
    }
    all
}

fn resolve<'a>(contract: &'a Value, value: &'a Value) -> &'a Value {
    match value["$ref"].as_str() {
        Some(reference) => {
            contract.pointer(reference.trim_start_matches('#')).expect("a reference that leads somewhere")
        }
        None => value,
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[test]
fn openapi_json_is_current() {
    let declared = api::openapi().to_pretty_json().expect("a document") + "\n";
    assert!(declared == CONTRACT, "run `cargo run -p openapi` and commit openapi.json");
}

#[test]
fn every_operation_says_what_it_is() {
    let contract = contract();
    let tags: BTreeSet<_> = contract["tags"].as_array().expect("tags").iter().map(|tag| text(&tag["name"])).collect();
    let mut ids = BTreeSet::new();
    for (name, operation) in operations(&contract) {
        assert!(!text(&operation["summary"]).is_empty(), "{name} has no summary");
        assert!(tags.contains(text(&operation["tags"][0])), "{name} has no tag that is described");
        assert!(ids.insert(text(&operation["operationId"])), "{name} has no operation id of its own");
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            assert!(!text(&parameter["description"]).is_empty(), "{name}: {} is not described", parameter["name"]);
        }
    }
}

#[test]
fn whoever_calls_says_so() {
    let contract = contract();
    assert_eq!(contract["security"][0]["bearer"], Value::Array(vec![]));
    for (name, operation) in operations(&contract) {
        let is_private = name.contains(" /v1/");
        assert_eq!(operation["security"].is_null(), is_private, "{name} is open to the wrong people");
        assert_eq!(operation["responses"]["401"].is_object(), is_private, "{name} hides what it asks");
    }
}

#[test]
fn every_operation_owns_up_to_its_problems() {
    let contract = contract();
    for (name, operation) in operations(&contract) {
        for (status, response) in operation["responses"].as_object().expect("responses") {
            let response = resolve(&contract, response);
            assert!(!text(&response["description"]).is_empty(), "{name} {status} is not described");
            if status.starts_with(['4', '5']) {
                let schema = &response["content"][PROBLEM]["schema"]["$ref"];
                assert_eq!(schema, "#/components/schemas/Problem", "{name} {status} is no problem");
            }
        }
        for status in ["400", "404", "405", "429", "500", "503"] {
            assert!(operation["responses"][status].is_object(), "{name} hides {status}");
        }
    }
}

#[test]
fn every_write_takes_a_key() {
    let contract = contract();
    for (name, operation) in operations(&contract) {
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        let has_key = parameters.iter().any(|parameter| parameter["name"] == "Idempotency-Key");
        let only_asks = name.starts_with("get ") || name.ends_with(":search");
        assert!(has_key != only_asks, "{name}: Idempotency-Key");
    }
}

#[test]
fn every_operation_that_access_knows_can_be_called() {
    let contract = contract();
    let ids: Vec<_> =
        operations(&contract).iter().map(|(_, operation)| text(&operation["operationId"]).to_owned()).collect();
    for operation in Operation::VARIANTS.iter().filter(|operation| operation.is_offered()) {
        assert!(ids.contains(&operation.to_string()), "{operation} is decided about, but nobody can call it");
    }
}

#[test]
fn every_body_has_an_example() {
    let contract = contract();
    for (name, operation) in operations(&contract) {
        let request = operation["requestBody"]["content"].as_object();
        let answers = operation["responses"].as_object().expect("responses").values();
        let answers = answers.filter_map(|answer| resolve(&contract, answer)["content"].as_object());
        for (kind, content) in request.into_iter().chain(answers).flatten() {
            let given = !content["example"].is_null() || !content["examples"].is_null();
            assert!(given || has_example(&contract, &content["schema"]), "{name} shows no example of its {kind}");
        }
    }
}

fn has_example(contract: &Value, schema: &Value) -> bool {
    let schema = resolve(contract, schema);
    let own = !schema["example"].is_null() || !schema["examples"].is_null();
    let mut forms = ["allOf", "oneOf", "anyOf"].iter().filter_map(|name| schema[*name].as_array()).flatten();
    let page = &schema["properties"]["items"];
    own || (schema["type"] == "array" && has_example(contract, &schema["items"]))
        || (page.is_object() && has_example(contract, page))
        || forms.any(|form| has_example(contract, form))
}

#[test]
fn every_reference_leads_somewhere() {
    let contract = contract();
    for reference in CONTRACT.split("\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(contract.pointer(reference).is_some(), "#{reference} leads nowhere");
    }
}

#[test]
fn the_contract_speaks_openapi_3_1_and_no_rust() {
    assert!(text(&contract()["openapi"]).starts_with("3.1"));
    for foreign in ["\"nullable\"", "[`", "::"] {
        assert!(!CONTRACT.contains(foreign), "{foreign} does not belong into the contract");
    }
}
