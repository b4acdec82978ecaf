//! One page of a list.
use actix_web::{HttpRequest, HttpResponse, Responder, body::BoxBody};
use application::{
    Error, Page,
    sealing::{Opened, Opening},
};
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
    /// The page of what of `rows` the caller may see; `rows` were asked for as [`Page::wanted`](crate::Page::wanted)
    /// says. It may be shorter than asked for, and still have a next one.
    pub fn seen<R>(
        mut rows: Vec<R>,
        page: &Page,
        cursor: impl FnOnce(&R) -> String,
        see: impl FnMut(R) -> Option<T>,
    ) -> Self {
        let limit = page.limit as usize - 1;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).map(cursor);
        Self { items: rows.into_iter().filter_map(see).collect(), next }
    }
}

impl<T: Serialize> Listed<T> {
    /// The same, each item opened by what opens it.
    pub fn opened<'o>(self, opening: impl Fn(&T) -> &'o Opening) -> Result<Listed<Opened<T>>, Error> {
        let items = self.items.iter().map(|item| opening(item).open(item)).collect::<Result<_, _>>()?;
        Ok(Listed { items, next: self.next })
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
