//! Each form of a choice, such as each kind of content of an entry, is a schema with a name of its own.
//!
//! Generated clients give every named schema a type; of a form that is only described in place they make nothing, or
//! a type that is called after its number.
use serde_json::{Map, Value, json};

/// Schemas by name.
pub type Schemas = Map<String, Value>;

/// Names the forms of every choice among `schemas` after the choice and the word that tells the form from the others.
pub fn name_forms(schemas: &mut Schemas) {
    for (choice, mut schema) in schemas.clone() {
        let Some(forms) = schema["oneOf"].as_array() else { continue };
        let forms: Option<Vec<Form>> = forms.iter().map(|form| Form::of(form, schemas)).collect();
        let Some(forms) = forms.filter(|forms| !forms.is_empty()) else { continue };
        let mut mapping = Map::new();
        let mut references = vec![];
        for form in &forms {
            let name = format!("{choice}{}", pascal(&form.word));
            let reference = format!("#/components/schemas/{name}");
            references.push(json!({"$ref": reference}));
            mapping.insert(form.word.clone(), reference.into());
            schemas.insert(name, form.schema.clone());
        }
        schema["oneOf"] = references.into();
        if let Some(tag) = &forms[0].tag {
            schema["discriminator"] = json!({"propertyName": tag, "mapping": mapping});
        }
        schemas.insert(choice, schema);
    }
}

struct Form {
    /// The property that holds the word; without one, the word is the only property.
    tag: Option<String>,
    word: String,
    schema: Value,
}

impl Form {
    fn of(form: &Value, schemas: &Schemas) -> Option<Self> {
        let schema = match form["allOf"].as_array() {
            Some(parts) => merged(form, parts, schemas)?,
            // Described in place: serde reads it with `deny_unknown_fields`.
            None => closed(form),
        };
        let properties = schema["properties"].as_object()?;
        let tag = properties.iter().find_map(|(name, property)| match property["enum"].as_array()?.as_slice() {
            [Value::String(word)] => Some((Some(name.clone()), word.clone())),
            _ => None,
        });
        let only = properties.keys().next().filter(|_| properties.len() == 1).map(|word| (None, word.clone()));
        let (tag, word) = tag.or(only)?;
        Some(Self { tag, word, schema })
    }
}

fn closed(form: &Value) -> Value {
    let mut schema = form.clone();
    schema["additionalProperties"] = false.into();
    schema
}

/// One object with the properties of all `parts`; a part that allows no others would refuse those of the next.
fn merged(form: &Value, parts: &[Value], schemas: &Schemas) -> Option<Value> {
    let mut whole = json!({"type": "object", "description": form["description"], "required": [], "properties": {}});
    for part in parts {
        let part = match part["$ref"].as_str() {
            Some(reference) => schemas.get(reference.rsplit('/').next()?)?,
            None => part,
        };
        whole["properties"].as_object_mut()?.extend(part["properties"].as_object()?.clone());
        whole["required"].as_array_mut()?.extend(part["required"].as_array().into_iter().flatten().cloned());
        if part["additionalProperties"] == false {
            whole["additionalProperties"] = false.into();
        }
    }
    Some(whole)
}

fn pascal(word: &str) -> String {
    let capital = |part: &str| part[..1].to_uppercase() + &part[1..];
    word.split('_').filter(|part| !part.is_empty()).map(capital).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(schemas: Value) -> Value {
        let mut schemas = schemas.as_object().expect("schemas").clone();
        name_forms(&mut schemas);
        schemas.into()
    }

    #[test]
    fn forms_told_apart_by_a_word_get_a_discriminator() {
        let call = json!({"type": "object", "required": ["number"], "properties": {"number": {"type": "string"}},
            "additionalProperties": false});
        let tag = json!({"type": "object", "required": ["kind"],
            "properties": {"kind": {"type": "string", "enum": ["phone_call"]}}});
        let choice =
            json!({"oneOf": [{"allOf": [{"$ref": "#/components/schemas/Call"}, tag], "description": "A call."}]});
        let named = named(json!({"Call": call, "Next": choice}));
        assert_eq!(named["Next"]["oneOf"], json!([{"$ref": "#/components/schemas/NextPhoneCall"}]));
        assert_eq!(named["Next"]["discriminator"]["propertyName"], "kind");
        assert_eq!(named["NextPhoneCall"]["required"], json!(["number", "kind"]));
        assert_eq!(named["NextPhoneCall"]["additionalProperties"], false);
    }

    #[test]
    fn a_form_with_one_property_is_called_after_it_and_closed() {
        let form = json!({"type": "object", "properties": {"on": {"type": "string"}}, "required": ["on"]});
        let named = named(json!({"Due": {"oneOf": [form]}}));
        assert_eq!(named["Due"], json!({"oneOf": [{"$ref": "#/components/schemas/DueOn"}]}));
        assert_eq!(named["DueOn"]["additionalProperties"], false);
    }

    #[test]
    fn what_may_be_missing_is_no_choice() {
        let optional = json!({"Maybe": {"oneOf": [{"$ref": "#/components/schemas/Text"}, {"type": "null"}]}});
        assert_eq!(named(optional.clone()), optional);
    }
}
