//! A list of things that have a schema of their own refers to it.
use serde_json::{Value, json};

use super::forms::Schemas;

/// Puts a reference where `schemas` describe the items of a list again that have a name already.
pub fn refer_to_items(schemas: &mut Schemas) {
    let known = schemas.clone();
    for schema in schemas.values_mut() {
        let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) else { continue };
        for items in properties.values_mut().filter_map(|property| property.get_mut("items")) {
            let name = known.iter().find(|(_, schema)| schema["type"] == "object" && *schema == items).map(|it| it.0);
            if let Some(name) = name {
                *items = reference(name);
            }
        }
    }
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_that_have_a_name_are_referred_to_by_it() {
        let line = json!({"type": "object", "properties": {"tier": {"type": "integer"}}});
        let list = json!({"type": "object", "properties": {"items": {"type": "array", "items": line}}});
        let mut schemas = json!({"Line": line, "Listed_Line": list}).as_object().expect("schemas").clone();
        refer_to_items(&mut schemas);
        assert_eq!(schemas["Listed_Line"]["properties"]["items"]["items"], reference("Line"));
    }
}
