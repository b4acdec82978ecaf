//! Lists by page: how much at a time, where to go on, and the link that says so.
use actix_web::http::header::{HeaderName, HeaderValue};
use application::Page as Wanted;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::IntoParams;

use crate::{Problem, problem};

/// Which page of a list.
#[derive(Debug, Clone, PartialEq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Page {
    /// How many items at most.
    #[serde(default = "usual")]
    #[param(minimum = 1, maximum = 200, default = 50, required = false, example = 50)]
    pub limit: u16,
    /// Where to go on: the cursor of a `Link` header, taken as it is.
    #[serde(default)]
    #[param(value_type = String, required = false, max_length = 1024, pattern = "^[A-Za-z0-9_-]+$")]
    pub cursor: Option<String>,
}

const fn usual() -> u16 {
    50
}

/// A place in a list: the sort key of the last item shown. It holds ids, codes and dates only, never a name,
/// because it travels in addresses.
#[derive(Serialize, Deserialize)]
struct Cursor<K> {
    list: String,
    after: K,
}

impl Page {
    /// The place after which to go on in `list`, if this is not its first page.
    pub fn after<K: DeserializeOwned>(&self, list: &str) -> Result<Option<K>, Problem> {
        let Some(cursor) = &self.cursor else { return Ok(None) };
        let json = BASE64_URL_SAFE_NO_PAD.decode(cursor).map_err(|_| problem::INVALID_CURSOR)?;
        let cursor: Cursor<K> = serde_json::from_slice(&json).map_err(|_| problem::INVALID_CURSOR)?;
        if cursor.list == list { Ok(Some(cursor.after)) } else { Err(problem::INVALID_CURSOR.into()) }
    }

    /// The page as the questions take it, with one row more, which tells whether there is a next page.
    pub fn wanted(&self, list: &str) -> Result<Wanted, Problem> {
        Ok(Wanted { after: self.after(list)?, limit: u32::from(self.limit) + 1 })
    }
}

/// The cursor that goes on in `list` after `after`.
pub fn cursor<K: Serialize>(list: &str, after: K) -> String {
    let cursor = Cursor { list: list.to_owned(), after };
    BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(&cursor).unwrap_or_default())
}

/// The `Link` (RFC 8288) to the next page: this request's own address with another cursor.
pub fn next_link(path: &str, query: &str, cursor: &str) -> (HeaderName, HeaderValue) {
    let mut next = form_urlencoded::Serializer::new(String::new());
    next.extend_pairs(form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name != "cursor"));
    let link = format!("<{path}?{}>; rel=\"next\"", next.append_pair("cursor", cursor).finish());
    (actix_web::http::header::LINK, HeaderValue::from_str(&link).unwrap_or(HeaderValue::from_static("")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(cursor: impl Into<String>) -> Page {
        Page { limit: 50, cursor: Some(cursor.into()) }
    }

    #[test]
    fn a_cursor_comes_back_as_it_went() {
        let after = page(cursor("caseload", ("2026-03-02", 7))).after::<(String, u8)>("caseload");
        assert_eq!(after.expect("a place"), Some(("2026-03-02".to_owned(), 7)));
    }

    #[test]
    fn a_cursor_of_another_list_or_of_nobody_is_refused() {
        for bad in [cursor("timeline", 7), cursor("caseload", "7"), "%%%".to_owned(), "bm90anNvbg".to_owned()] {
            let refused = page(bad).after::<u8>("caseload").expect_err("a problem");
            assert_eq!(refused.to_string(), "/problems/invalid-cursor");
        }
    }

    #[test]
    fn a_link_keeps_the_filters() {
        let (_, link) = next_link("/v1/students", "tier=2&cursor=old&limit=5", "new");
        assert_eq!(link, r#"</v1/students?tier=2&limit=5&cursor=new>; rel="next""#);
    }
}
