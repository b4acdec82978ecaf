//! The operations of the contract, with an example of each body.
use std::collections::BTreeMap;

use serde_json::Value;
use uuid::Uuid;

/// The pattern of what people write in their own words: something that can be seen, and no zero byte.
const TEXT: &str = r"^[^\x00]*[^\x00-\x20][^\x00]*$";

const CONTRACT: &str = include_str!("../../../../openapi/openapi.json");

/// The contract.
pub struct Contract {
    contract: Value,
    operations: Vec<Operation>,
}

/// One operation.
pub struct Operation {
    name: String,
    /// Its method, in capitals.
    pub method: String,
    /// Its address, with the names of what stands in it.
    pub path: String,
    declared: Value,
}

impl Contract {
    /// # Panics
    /// Where it is none.
    pub fn read() -> Self {
        let contract: Value = serde_json::from_str(CONTRACT).expect("JSON");
        let paths = contract["paths"].as_object().expect("paths");
        let all =
            paths.iter().flat_map(|(path, item)| item.as_object().into_iter().flatten().map(move |it| (path, it)));
        let operations = all.map(|(path, (method, declared))| Operation {
            name: declared["operationId"].as_str().unwrap_or_default().to_owned(),
            method: method.to_uppercase(),
            path: path.clone(),
            declared: declared.clone(),
        });
        Self { operations: operations.collect(), contract }
    }

    /// The names of all operations.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.operations.iter().map(|operation| operation.name.as_str())
    }

    /// Whether there is one of that name.
    pub fn has(&self, name: &str) -> bool {
        self.names().any(|known| known == name)
    }

    /// The operation of that name.
    ///
    /// # Panics
    /// Where there is none.
    pub fn operation(&self, name: &str) -> &Operation {
        self.operations.iter().find(|operation| operation.name == name).expect(name)
    }

    /// Whether its body is a picture.
    pub fn takes_picture(&self, operation: &Operation) -> bool {
        operation.declared.pointer("/requestBody/content/image~1png").is_some()
    }

    /// All operations.
    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.operations.iter()
    }

    /// The example of its body; nothing where it takes none.
    pub fn example(&self, operation: &Operation) -> Option<Value> {
        let schema = self.body(operation)?;
        let several = schema["examples"].as_array().and_then(|several| several.first());
        Some(several.unwrap_or(&schema["example"]).clone())
    }

    /// Whether its body has a property of that name.
    pub fn takes(&self, operation: &Operation, property: &str) -> bool {
        self.body(operation).is_some_and(|body| body["properties"].get(property).is_some())
    }

    /// The same body, with what `words` says for each free text that it may have, where there is a place for it.
    pub fn saying(&self, operation: &Operation, mut body: Value, words: &impl Fn(&str) -> String) -> Value {
        if let Some(schema) = self.body(operation) {
            self.say(schema, &mut body, words);
        }
        body
    }

    /// Whether its body has room for free text.
    pub fn has_room_for_text(&self, operation: &Operation) -> bool {
        let Some(example) = self.example(operation) else { return false };
        self.saying(operation, example, &|_| "a word".into()).to_string().contains("a word")
    }

    fn say(&self, schema: &Value, body: &mut Value, words: &impl Fn(&str) -> String) {
        let schema = self.referred(schema);
        let either = ["oneOf", "anyOf", "allOf"].into_iter().filter_map(|one| schema[one].as_array()).flatten();
        for one in either {
            self.say(one, body, words);
        }
        for (name, inner) in schema["properties"].as_object().into_iter().flatten() {
            if self.is_text(inner) {
                if let Some(body) = body.as_object_mut() {
                    body.insert(name.clone(), Value::String(words(name)));
                }
            } else if let Some(inside) = body.get_mut(name) {
                self.say(inner, inside, words);
            }
        }
        for inside in body.as_array_mut().into_iter().flatten() {
            self.say(&schema["items"], inside, words);
        }
    }

    /// Whether people write there what they want.
    fn is_text(&self, schema: &Value) -> bool {
        let schema = self.referred(schema);
        let either = ["oneOf", "anyOf"].into_iter().filter_map(|one| schema[one].as_array()).flatten();
        schema["pattern"] == TEXT || either.into_iter().any(|one| self.is_text(one))
    }

    fn body<'c>(&'c self, operation: &'c Operation) -> Option<&'c Value> {
        Some(self.referred(operation.declared.pointer("/requestBody/content/application~1json/schema")?))
    }

    fn referred<'c>(&'c self, mut schema: &'c Value) -> &'c Value {
        while let Some(reference) = schema["$ref"].as_str() {
            schema = self.contract.pointer(reference.trim_start_matches('#')).expect(reference);
        }
        schema
    }
}

impl Operation {
    /// How it is known.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The kinds of content in which it answers.
    pub fn answers_in(&self) -> impl Iterator<Item = &str> {
        self.declared["responses"]["200"]["content"]
            .as_object()
            .into_iter()
            .flat_map(|all| all.keys())
            .map(String::as_str)
    }

    /// What it does, in short.
    pub fn summary(&self) -> &str {
        self.declared["summary"].as_str().unwrap_or_default()
    }

    /// Whether its answer is a page of a list.
    pub fn comes_in_pages(&self) -> bool {
        self.declared["parameters"].as_array().into_iter().flatten().any(|one| one["name"] == "limit")
    }

    /// The parameters without which it cannot be asked, by the ids of `known` or by their examples.
    pub fn query(&self, known: &BTreeMap<&'static str, Uuid>) -> String {
        let parameters = self.declared["parameters"].as_array().into_iter().flatten();
        let needed = parameters.filter(|one| one["in"] == "query" && one["required"] == true);
        let pairs = needed.map(|one| {
            let (name, value) = (one["name"].as_str().unwrap_or_default(), &one["example"]);
            let example = || value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            format!("{name}={}", known.get(name).map_or_else(example, Uuid::to_string))
        });
        let pairs: Vec<_> = pairs.collect();
        if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
    }
}
