//! The contract: OpenAPI 3.1, as the routes declare it.
mod forms;
mod items;
mod unused;

pub use forms::{Schemas, name_forms};

use actix_web::{App, middleware::from_fn};
use utoipa::{
    Modify, OpenApi,
    openapi::{
        self, Components, PathItem,
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};
use utoipa_actix_web::{AppExt, scope, service_config::ServiceConfig};

use crate::{
    auth::authenticate,
    cases, changes, docs, exports, figures,
    headers::ViewAs,
    me, outcomes,
    problem::{self, Details, Fault, shared},
    reference, register, server,
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Throughline",
        description = "Case management for Community Schools: a student's support from need to outcome, as events.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
        contact(name = "The maintainers of Throughline"),
    ),
    servers((url = "/", description = "This server")),
    tags(
        (name = "schools", description = "Schools, their days and terms"),
        (name = "students", description = "Students, by name and school"),
        (name = "staff", description = "Who works here, and as what"),
        (name = "partners", description = "Partner organisations"),
        (name = "cases", description = "A student's case: its life and its story"),
        (name = "support plan", description = "The individualized support plan"),
        (name = "needs and strengths", description = "What the student needs, and is good at"),
        (name = "goals", description = "Goals, and the progress towards them"),
        (name = "interventions", description = "Interventions and their sessions"),
        (name = "mentors", description = "Mentors, and their contacts with student and family"),
        (name = "referrals", description = "Referrals to partners, the whole loop"),
        (name = "consents", description = "Consents: given, refused, withdrawn"),
        (name = "follow-ups", description = "Who does what by when"),
        (name = "notes", description = "Notes"),
        (name = "entries", description = "Everything written down on a case, and its repair"),
        (name = "amendments", description = "What families ask to be amended (34 CFR 99.20), and what becomes of it"),
        (name = "access", description = "Who may see what and why, and who was shown what"),
        (name = "lists", description = "Caseloads and work queues over all cases that the caller sees"),
        (name = "changes", description = "What happens, as it happens"),
        (name = "figures", description = "What is counted over many cases"),
        (name = "outcomes", description = "Attendance, conduct and grades: what they come to, and who is at risk"),
        (name = "exports", description = "Tables for researchers, and what their columns say"),
        (name = "policies", description = "When a student is at risk, and what counts as having acted"),
        (name = "service", description = "The service itself: health, figures, contract"),
    ),
    components(schemas(Details, Fault)),
    security(("bearer" = [])),
    modifiers(&Shared),
)]
struct Contract;

/// What all operations share: the answers that are problems, and the way to say who calls.
struct Shared;

impl Modify for Shared {
    fn modify(&self, contract: &mut openapi::OpenApi) {
        let components = contract.components.get_or_insert_with(Components::new);
        components.responses.extend(shared());
        let bearer = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .bearer_format("JWT")
            .description(Some("A token of the configured issuer; it names the subject, staff records give the roles."))
            .build();
        components.security_schemes.insert("bearer".to_owned(), SecurityScheme::Http(bearer).into());
    }
}

/// The contract, as the routes declare it.
pub fn openapi() -> openapi::OpenApi {
    let (_, mut contract) =
        App::new().into_utoipa_app().openapi(Contract::openapi()).configure(routes).split_for_parts();
    contract.paths.paths.values_mut().for_each(describe);
    let of_callers = contract.paths.paths.iter_mut().filter(|(address, _)| address.starts_with("/v1/"));
    for reads in of_callers.filter_map(|(_, item)| item.get.as_mut()) {
        reads.parameters.get_or_insert_default().push(ViewAs::parameter().into());
    }
    if let Some(components) = &mut contract.components {
        rewrite(components);
    }
    unused::remove_unused(&mut contract);
    contract
}

/// Schemas as clients can be generated from.
fn rewrite(components: &mut Components) {
    let schemas = serde_json::to_value(&components.schemas);
    let rewritten = schemas.and_then(|schemas| {
        let mut schemas: Schemas = serde_json::from_value(schemas)?;
        name_forms(&mut schemas);
        items::refer_to_items(&mut schemas);
        serde_json::from_value(schemas.into())
    });
    components.schemas = rewritten.expect("the contract's schemas are tested to be read again");
}

/// Linters want a description beside the summary; where there is no more to say, the summary says it.
fn describe(item: &mut PathItem) {
    let operations = [&mut item.get, &mut item.put, &mut item.post, &mut item.patch, &mut item.delete];
    for operation in operations.into_iter().flatten() {
        if operation.description.is_none() {
            operation.description.clone_from(&operation.summary);
        }
    }
}

/// Every operation: what is open to everybody first, then what asks who calls.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(server::show_liveness)
        .service(server::show_readiness)
        .service(server::show_metrics)
        .service(docs::show_contract)
        .service(problem::list_problems)
        .service(problem::show_problem)
        .service(scope("/v1").wrap(from_fn(authenticate)).configure(v1));
}

fn v1(config: &mut ServiceConfig) {
    // Together, so that an address is compared with those of a student only where it is one; first, as most are.
    config.service(scope("/students/{student}").configure(of_student));
    config.service(me::show_me);
    cases::routes(config);
    reference::routes(config);
    figures::routes(config);
    outcomes::routes(config);
    exports::routes(config);
    register::routes(config);
    config.service(changes::follow_changes);
}

fn of_student(config: &mut ServiceConfig) {
    cases::routes_of_student(config);
    reference::routes_of_student(config);
    outcomes::routes_of_student(config);
    register::routes_of_student(config);
}
