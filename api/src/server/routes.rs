//! Which operation an address belongs to: for metrics and traces, and to tell an address that does not exist from one
//! that does not take this method.
use actix_web::{
    HttpRequest, HttpResponse,
    dev::ServiceRequest,
    http::header::{ALLOW, HeaderValue},
    web::Data,
};
use matchit::Router;
use utoipa::openapi::{OpenApi, PathItem};

use crate::{Problem, problem};

/// The addresses of the contract.
#[derive(Default)]
pub struct Routes(Router<Route>);

/// One address.
struct Route {
    template: String,
    methods: String,
    /// The operation that reads there.
    reads: Option<String>,
}

impl Routes {
    /// From the contract.
    pub fn of(contract: &OpenApi) -> Self {
        let mut routes = Router::new();
        for (path, item) in &contract.paths.paths {
            // That each is found is tested.
            let reads = item.get.as_ref().and_then(|operation| operation.operation_id.clone());
            _ = routes.insert(path, Route { template: path.clone(), methods: methods(item), reads });
        }
        Self(routes)
    }

    fn at(&self, path: &str) -> Option<&Route> {
        self.0.at(path).ok().map(|found| found.value)
    }
}

/// The address of the contract that a request goes to: never what stands in its place.
pub fn template(request: &ServiceRequest) -> String {
    let routes = request.app_data::<Data<Routes>>();
    let route = routes.and_then(|routes| routes.at(request.path()));
    route.map_or_else(|| "unknown".to_owned(), |route| route.template.clone())
}

/// The operation of the contract by which a request reads, where there is one at its address.
pub fn reads(request: &ServiceRequest) -> Option<String> {
    let routes = request.app_data::<Data<Routes>>()?;
    routes.at(request.path())?.reads.clone()
}

fn methods(item: &PathItem) -> String {
    let given = [
        ("DELETE", item.delete.is_some()),
        ("GET", item.get.is_some()),
        ("HEAD", item.get.is_some()),
        ("PATCH", item.patch.is_some()),
        ("POST", item.post.is_some()),
        ("PUT", item.put.is_some()),
    ];
    given.into_iter().filter(|(_, given)| *given).map(|(name, _)| name).collect::<Vec<_>>().join(", ")
}

/// Where no operation answers.
pub async fn nothing_here(request: HttpRequest, routes: Data<Routes>) -> Result<HttpResponse, Problem> {
    let route = routes.at(request.path()).ok_or(problem::NOT_FOUND)?;
    let allowed = HeaderValue::from_str(&route.methods).unwrap_or(HeaderValue::from_static(""));
    Err(Problem::from(problem::METHOD_NOT_ALLOWED).header(ALLOW, allowed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::openapi;

    #[test]
    fn every_address_of_the_contract_is_found_by_what_may_stand_there() {
        let contract = openapi();
        let routes = Routes::of(&contract);
        for path in contract.paths.paths.keys() {
            let parts = path.split('/').map(|part| if part.starts_with('{') { "0192a000-0000" } else { part });
            let found = routes.at(&parts.collect::<Vec<_>>().join("/")).map(|route| &*route.template);
            assert_eq!(found, Some(&**path));
        }
        assert!(routes.at("/v1/nowhere").is_none());
    }
}
