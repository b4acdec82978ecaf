//! The query of an address, read as strictly as a body.
use std::{
    any::TypeId,
    collections::{BTreeMap, HashMap, HashSet},
    future::{Ready, ready},
    sync::{Arc, LazyLock, PoisonError, RwLock},
};

use actix_web::{FromRequest, HttpRequest, dev::Payload, error::PathError};
use jsonschema::Validator;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use utoipa::{IntoParams, openapi::path::ParameterIn};

use crate::{
    Page, Problem,
    body::{compile, sentence},
    problem::{self, Fault},
};

/// The parameters of a query; one that is unknown, given twice or of the wrong form is refused by name.
#[derive(Debug)]
pub struct Params<T>(pub T);

/// The filters of a list, and which page of it.
#[derive(Debug)]
pub struct List<F> {
    /// The filters and the order.
    pub filters: F,
    /// Which page.
    pub page: Page,
}

/// A list that has no filters.
#[derive(Debug, Deserialize, IntoParams)]
pub struct NoFilters {}

impl<T: DeserializeOwned + IntoParams + 'static> FromRequest for Params<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let rules = rules::<T>();
        ready(read(request.query_string(), &[&rules]).and_then(|values| take(&rules, &values)).map(Self))
    }
}

impl<F: DeserializeOwned + IntoParams + 'static> FromRequest for List<F> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let (filters, page) = (rules::<F>(), rules::<Page>());
        ready(
            read(request.query_string(), &[&filters, &page])
                .and_then(|values| Ok(Self { filters: take(&filters, &values)?, page: take(&page, &values)? })),
        )
    }
}

type Rules = BTreeMap<String, Rule>;

struct Rule {
    validator: Validator,
    required: bool,
    kind: &'static str,
}

fn rules<T: IntoParams + 'static>() -> Arc<Rules> {
    static KNOWN: LazyLock<RwLock<HashMap<TypeId, Arc<Rules>>>> = LazyLock::new(RwLock::default);
    let id = TypeId::of::<T>();
    if let Some(rules) = KNOWN.read().unwrap_or_else(PoisonError::into_inner).get(&id) {
        return rules.clone();
    }
    let rules: Rules = T::into_params(|| Some(ParameterIn::Query))
        .into_iter()
        .map(|parameter| {
            let schema = serde_json::to_value(&parameter.schema).unwrap_or_default();
            let required = parameter.required == utoipa::openapi::Required::True;
            (parameter.name, Rule { validator: compile(&schema), required, kind: kind(&schema) })
        })
        .collect();
    let rules = Arc::new(rules);
    KNOWN.write().unwrap_or_else(PoisonError::into_inner).insert(id, rules.clone());
    rules
}

fn kind(schema: &Value) -> &'static str {
    let named = |name: &str| match &schema["type"] {
        Value::Array(several) => several.iter().any(|one| one == name),
        one => one == name,
    };
    ["array", "integer", "number", "boolean"].into_iter().find(|name| named(name)).unwrap_or("string")
}

/// What was sent under each name, as the JSON that it stands for.
fn read(query: &str, rules: &[&Rules]) -> Result<Map<String, Value>, Problem> {
    let rule = |name: &str| rules.iter().find_map(|rules| rules.get(name));
    let (mut values, mut faults, mut seen) = (Map::new(), vec![], HashSet::new());
    for (name, text) in form_urlencoded::parse(query.as_bytes()) {
        match rule(&name) {
            None => faults.push(Fault::of(name, "is not known here")),
            Some(_) if text.contains('\0') => faults.push(Fault::of(name, "must not hold the character U+0000")),
            Some(rule) if rule.kind == "array" => {
                let item = values.entry(name).or_insert(Value::Array(vec![]));
                item.as_array_mut().into_iter().for_each(|list| list.push(text.as_ref().into()));
            }
            Some(_) if !seen.insert(name.clone()) => faults.push(Fault::of(name, "must be given once")),
            Some(rule) => drop(values.insert(name.into(), typed(rule.kind, &text))),
        }
    }
    for (name, rule) in rules.iter().flat_map(|rules| rules.iter()) {
        match values.get(name) {
            None if rule.required => faults.push(Fault::of(name, "is required")),
            Some(value) => {
                let errors = rule.validator.iter_errors(value);
                faults.extend(errors.map(|error| Fault::of(name, sentence(error.kind()))));
            }
            None => {}
        }
    }
    faults.dedup();
    if faults.is_empty() { Ok(values) } else { Err(Problem::from(problem::INVALID_PARAMETER).errors(faults)) }
}

fn typed(kind: &str, text: &str) -> Value {
    let json = match kind {
        "integer" => text.parse::<i64>().ok().map(Value::from),
        "number" => text.parse::<f64>().ok().map(Value::from),
        "boolean" => text.parse::<bool>().ok().map(Value::from),
        _ => None,
    };
    json.unwrap_or_else(|| text.into())
}

fn take<T: DeserializeOwned>(rules: &Rules, values: &Map<String, Value>) -> Result<T, Problem> {
    let own = values.iter().filter(|(name, _)| rules.contains_key(*name));
    let own: Map<_, _> = own.map(|(name, value)| (name.clone(), value.clone())).collect();
    serde_path_to_error::deserialize(Value::Object(own)).map_err(|error| {
        let fault = Fault::of(error.path().to_string(), "is not a value that can stand here");
        Problem::from(problem::INVALID_PARAMETER).errors(vec![fault])
    })
}

/// A part of the path that is not an id: names the part, without repeating it.
pub fn bad_path(_: PathError, request: &HttpRequest) -> actix_web::Error {
    let parts = request.match_info().iter().filter(|(_, part)| part.parse::<uuid::Uuid>().is_err());
    let faults = parts.map(|(name, _)| Fault::of(name, "must have the format uuid")).collect();
    Problem::from(problem::INVALID_PARAMETER).errors(faults).into()
}

#[cfg(test)]
mod tests;
