//! Versions as entity tags (RFC 9110): always strong, the version in quotes.
//!
//! What is shown may depend on more than the version: on the day, and on what the reader may see. Then a mark follows
//! the version, so that an answer of yesterday, or of other rights, is not taken for that of today.
use actix_web::http::header::HeaderValue;

/// The `ETag` of a version.
pub fn entity_tag(version: u64) -> HeaderValue {
    header(&tag(version, None))
}

/// The `ETag` of a version as one reader sees it on one day.
pub fn entity_tag_of_look(version: u64, look: Option<u64>) -> HeaderValue {
    header(&tag(version, look))
}

/// The version that an entity tag stands for.
pub fn version(tag: &str) -> Option<u64> {
    let opaque = tag.strip_prefix('"')?.strip_suffix('"')?;
    let (digits, look) = opaque.split_once('-').unwrap_or((opaque, "0"));
    let proper = digits.bytes().all(|byte| byte.is_ascii_digit()) && !look.is_empty();
    (proper && look.bytes().all(|byte| byte.is_ascii_hexdigit())).then(|| digits.parse().ok()).flatten()
}

/// Whether an `If-None-Match` names what would be shown: then there is nothing new to send.
pub fn matches(if_none_match: &str, version: u64, look: Option<u64>) -> bool {
    names(if_none_match, &tag(version, look))
}

/// Whether an `If-None-Match` names that tag.
pub fn names(if_none_match: &str, own: &str) -> bool {
    if_none_match.split(',').map(str::trim).any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == own)
}

fn tag(version: u64, look: Option<u64>) -> String {
    look.map_or_else(|| format!("\"{version}\""), |look| format!("\"{version}-{look:x}\""))
}

fn header(tag: &str) -> HeaderValue {
    HeaderValue::from_str(tag).unwrap_or(HeaderValue::from_static("\"0\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_leads_with_its_version() {
        for tag in [entity_tag(7), entity_tag_of_look(7, Some(0xbeef))] {
            assert_eq!(version(tag.to_str().expect("ASCII")), Some(7));
        }
        for other in ["7", "W/\"7\"", "\"+7\"", "\"\"", "\"x\"", "\"1\", \"2\"", "\"7-\"", "\"-7\"", "\"7-x\""] {
            assert_eq!(version(other), None, "{other}");
        }
    }

    #[test]
    fn one_of_several_is_enough_to_have_it_already() {
        assert!(matches("\"5\", W/\"7\"", 7, None) && matches("*", 7, None));
        assert!(!matches("\"5\", \"6\"", 7, None));
    }

    #[test]
    fn another_day_or_another_reader_does_not_have_it() {
        assert!(matches("\"7-a\"", 7, Some(10)));
        assert!(!matches("\"7-a\"", 7, Some(11)) && !matches("\"7\"", 7, Some(10)));
    }
}
