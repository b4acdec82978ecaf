//! Tells an address that does not exist from one that does not take this method.
use std::collections::BTreeSet;

use actix_web::{
    HttpRequest, HttpResponse,
    dev::ResourceDef,
    http::header::{ALLOW, HeaderValue},
    web::Data,
};
use utoipa::openapi::{OpenApi, PathItem};

use crate::{Problem, problem};

/// Which methods each address of the contract takes.
pub struct Methods(Vec<(ResourceDef, BTreeSet<&'static str>)>);

impl Methods {
    /// From the contract, addresses with the fewest open parts first.
    pub fn of(contract: &OpenApi) -> Self {
        let mut paths: Vec<_> = contract.paths.paths.iter().collect();
        paths.sort_by_key(|(path, _)| path.matches('{').count());
        Self(paths.into_iter().map(|(path, item)| (ResourceDef::new(path.as_str()), methods(item))).collect())
    }

    fn at(&self, path: &str) -> Option<String> {
        let (_, methods) = self.0.iter().find(|(address, _)| address.is_match(path))?;
        Some(methods.iter().copied().collect::<Vec<_>>().join(", "))
    }
}

fn methods(item: &PathItem) -> BTreeSet<&'static str> {
    let given = [
        ("GET", item.get.is_some()),
        ("HEAD", item.get.is_some()),
        ("PUT", item.put.is_some()),
        ("POST", item.post.is_some()),
        ("PATCH", item.patch.is_some()),
        ("DELETE", item.delete.is_some()),
    ];
    given.into_iter().filter(|(_, given)| *given).map(|(name, _)| name).collect()
}

/// Where no operation answers.
pub async fn nothing_here(request: HttpRequest, methods: Data<Methods>) -> Result<HttpResponse, Problem> {
    let allowed = methods.at(request.path()).ok_or(problem::NOT_FOUND)?;
    let allowed = HeaderValue::from_str(&allowed).unwrap_or(HeaderValue::from_static(""));
    Err(Problem::from(problem::METHOD_NOT_ALLOWED).header(ALLOW, allowed))
}
