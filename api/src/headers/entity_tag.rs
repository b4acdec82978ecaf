//! Versions as entity tags (RFC 9110): always strong, the version in quotes.
use actix_web::http::header::HeaderValue;

/// The `ETag` of a version.
pub fn entity_tag(version: u64) -> HeaderValue {
    HeaderValue::from_str(&format!("\"{version}\"")).unwrap_or(HeaderValue::from_static("\"0\""))
}

/// The version that an entity tag stands for.
pub fn version(tag: &str) -> Option<u64> {
    let digits = tag.strip_prefix('"')?.strip_suffix('"')?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

/// Whether an `If-None-Match` names this version: then there is nothing new to send.
pub fn matches(if_none_match: &str, version: u64) -> bool {
    let names = |tag: &str| tag == "*" || self::version(tag.strip_prefix("W/").unwrap_or(tag)) == Some(version);
    if_none_match.split(',').any(|tag| names(tag.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_its_version_in_quotes() {
        assert_eq!(version(entity_tag(7).to_str().expect("ASCII")), Some(7));
        for other in ["7", "W/\"7\"", "\"+7\"", "\"\"", "\"x\"", "\"1\", \"2\""] {
            assert_eq!(version(other), None, "{other}");
        }
    }

    #[test]
    fn one_of_several_is_enough_to_have_it_already() {
        assert!(matches("\"5\", W/\"7\"", 7) && matches("*", 7));
        assert!(!matches("\"5\", \"6\"", 7));
    }
}
