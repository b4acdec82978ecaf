//! The operations of the contract, with an example of each body.
use std::collections::BTreeMap;

use serde_json::Value;
use uuid::Uuid;

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

    /// The example of its body; nothing where it takes none.
    pub fn example(&self, operation: &Operation) -> Option<Value> {
        let mut schema = operation.declared.pointer("/requestBody/content/application~1json/schema")?;
        while let Some(reference) = schema["$ref"].as_str() {
            schema = self.contract.pointer(reference.trim_start_matches('#'))?;
        }
        let several = schema["examples"].as_array().and_then(|several| several.first());
        Some(several.unwrap_or(&schema["example"]).clone())
    }
}

impl Operation {
    /// What it does, in short.
    pub fn summary(&self) -> &str {
        self.declared["summary"].as_str().unwrap_or_default()
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
