//! The contract describes nothing that none of its operations uses.
use utoipa::openapi::OpenApi;

/// Removes the schemas to which nothing refers, until there are none.
pub fn remove_unused(contract: &mut OpenApi) {
    loop {
        let text = serde_json::to_string(contract).unwrap_or_default();
        let Some(components) = &mut contract.components else { return };
        let before = components.schemas.len();
        components.schemas.retain(|name, _| text.contains(&format!("\"#/components/schemas/{name}\"")));
        if components.schemas.len() == before {
            return;
        }
    }
}
