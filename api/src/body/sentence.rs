//! Says in a sentence of our own what a schema asks for; a validator's own text can quote what was sent.
use jsonschema::{
    ValidationError,
    error::{TypeKind, ValidationErrorKind as Kind},
};
use serde_json::Value;

use super::escape;
use crate::problem::Fault;

/// What one error of the validator means for the places it names.
pub fn faults(error: &ValidationError<'_>) -> Vec<Fault> {
    let here = error.instance_path().as_str();
    match error.kind() {
        Kind::Required { property } => {
            vec![Fault::at(below(here, property.as_str().unwrap_or_default()), "is required")]
        }
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
            unexpected.iter().map(|name| Fault::at(below(here, name), "is not known here")).collect()
        }
        Kind::OneOfNotValid { context } | Kind::AnyOf { context } => closest(error, context),
        other => vec![Fault::at(here, sentence(other))],
    }
}

fn below(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", escape(name))
}

/// Of several forms that none fits, the one that comes nearest: fewest errors, none of them about the kind of
/// value or about the word that tells the forms apart.
fn closest(error: &ValidationError<'_>, forms: &[Vec<ValidationError<'static>>]) -> Vec<Fault> {
    let tells_apart = |e: &ValidationError<'_>| matches!(e.kind(), Kind::Constant { .. } | Kind::Enum { .. });
    let wrong_kind = |e: &ValidationError<'_>| {
        matches!(e.kind(), Kind::Type { .. }) && e.instance_path().as_str() == error.instance_path().as_str()
    };
    let candidates: Vec<_> = forms.iter().filter(|form| !form.is_empty() && !form.iter().any(wrong_kind)).collect();
    let fitting: Vec<_> = candidates.iter().copied().filter(|form| !form.iter().any(tells_apart)).collect();
    match (fitting.as_slice(), candidates.as_slice()) {
        ([form], _) | ([], [form]) => form.iter().flat_map(faults).collect(),
        _ => vec![Fault::at(error.instance_path().as_str(), "must have one of the forms that the contract gives")],
    }
}

/// What a value must be.
pub fn sentence(kind: &Kind) -> String {
    match kind {
        Kind::Type { kind: TypeKind::Single(one) } => format!("must be of type {one}"),
        Kind::Type { kind: TypeKind::Multiple(several) } => {
            let names: Vec<_> = several.iter().map(|one| one.to_string()).collect();
            format!("must be of type {}", names.join(" or "))
        }
        Kind::Enum { options } => format!("must be one of {}", list(options)),
        Kind::Constant { expected_value } => format!("must be {expected_value}"),
        Kind::Format { format } => format!("must have the format {format}"),
        Kind::Pattern { pattern } => format!("must match the pattern {pattern}"),
        Kind::Minimum { limit } => format!("must be at least {limit}"),
        Kind::Maximum { limit } => format!("must be at most {limit}"),
        Kind::ExclusiveMinimum { limit } => format!("must be more than {limit}"),
        Kind::ExclusiveMaximum { limit } => format!("must be less than {limit}"),
        Kind::MultipleOf { multiple_of } => format!("must be a multiple of {multiple_of}"),
        Kind::MinLength { limit } => format!("must have at least {limit} characters"),
        Kind::MaxLength { limit } => format!("must have at most {limit} characters"),
        Kind::MinItems { limit } => format!("must have at least {limit} items"),
        Kind::MaxItems { limit } => format!("must have at most {limit} items"),
        Kind::AdditionalItems { limit } => format!("must have at most {limit} items"),
        Kind::MinProperties { limit } => format!("must name at least {limit} things"),
        Kind::MaxProperties { limit } => format!("must name at most {limit} things"),
        Kind::UniqueItems => "must not hold the same item twice".to_owned(),
        Kind::OneOfMultipleValid { .. } => "must have exactly one of the forms that the contract gives".to_owned(),
        Kind::PropertyNames { .. } => "has a name that is not allowed here".to_owned(),
        _ => "does not have the form that the contract gives".to_owned(),
    }
}

fn list(options: &Value) -> String {
    let options = options.as_array().map(Vec::as_slice).unwrap_or_default();
    options.iter().map(Value::to_string).collect::<Vec<_>>().join(", ")
}
