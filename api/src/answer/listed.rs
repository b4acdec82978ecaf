//! One page of a list.
use actix_web::{HttpRequest, HttpResponse, Responder, body::BoxBody};
use serde::Serialize;
use utoipa::ToSchema;

use crate::page::next_link;

/// A page of a list; the `Link` header leads to the next one.
#[derive(Debug, Serialize, ToSchema)]
pub struct Listed<T> {
    /// The items of this page.
    pub items: Vec<T>,
    /// The cursor of the next page, absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub next: Option<String>,
}

impl<T> Listed<T> {
    /// The page of up to `limit` items out of `items`, which were asked for with one more to see whether there is
    /// one; `cursor` names the place after an item.
    pub fn page(mut items: Vec<T>, limit: u16, cursor: impl FnOnce(&T) -> String) -> Self {
        let more = items.len() > usize::from(limit);
        items.truncate(limit.into());
        let next = items.last().filter(|_| more).map(cursor);
        Self { items, next }
    }
}

impl<T: Serialize> Responder for Listed<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let mut answer = HttpResponse::Ok();
        if let Some(cursor) = &self.next {
            answer.insert_header(next_link(request.path(), request.query_string(), cursor));
        }
        answer.json(self)
    }
}
