//! Policies, to read and to write.
use actix_web::{
    get, put,
    web::{Data, Path},
};
use application::{
    access::indicators::decide_policies,
    indicators::{KnownPolicy, in_force},
};
use domain::policy::{Policy, PolicyError, PolicyName, PolicyVersion};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::Outcomes;
use crate::{
    Body, Caller, Cases, Fault, Key, Listed, Problem, Problems, Shown, Written,
    problem::INVALID_PARAMETER,
    reference::{Put, put as answer},
};

pub fn routes(config: &mut ServiceConfig) {
    config.service(list_policies).service(show_policy).service(keep_policy);
}

/// A version of a policy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(example = json!({
    "version": {"name": "attendance-works", "version": 1}, "preset": true, "in_force": true,
    "policy": {
        "title": "Chronic absence (Attendance Works)", "source": "https://www.attendanceworks.org/chronic-absence/the-problem/",
        "effective_from": "2000-07-01", "least_days": 1, "not_counted": [],
        "thresholds": [{"measure": "absent_share", "at_least": 100, "band": "chronic"}],
        "passing_grade": 65, "announces": true, "acting": {"acts": ["contact", "session"], "within_school_days": 20}
    }
}))]
pub struct PolicyShown {
    /// Its name and version.
    pub version: PolicyVersion,
    /// Whether it came with the server.
    pub preset: bool,
    /// Whether it is in force today.
    pub in_force: bool,
    /// What it says.
    pub policy: Policy,
}

impl PolicyShown {
    fn of(known: &KnownPolicy, in_force: &[&KnownPolicy]) -> Self {
        let KnownPolicy { version, policy, preset } = known.clone();
        let in_force = in_force.iter().any(|other| other.version == version);
        Self { version, preset, in_force, policy }
    }
}

/// List all versions of all policies, by name.
///
/// Those that came with the server, and those that the district wrote. There are few: the list has one page.
#[utoipa::path(
    tag = "policies",
    responses((status = 200, description = "The policies", body = Listed<PolicyShown>), Problems),
)]
#[get("/policies")]
pub async fn list_policies(
    outcomes: Data<Outcomes>,
    cases: Data<Cases>,
    caller: Caller,
) -> Result<Listed<PolicyShown>, Problem> {
    let all = outcomes.policies.policies().await?;
    let now = in_force(&all, cases.today_of(&caller.principal, None).await?);
    Ok(Listed { items: all.iter().map(|known| PolicyShown::of(known, &now)).collect(), next: None })
}

/// Show a version of a policy.
#[utoipa::path(
    tag = "policies",
    params(
        ("name" = String, Path, description = "The policy's name", example = "attendance-works"),
        ("version" = u16, Path, description = "Its version", example = 1, minimum = 1),
    ),
    responses((status = 200, description = "The policy", body = PolicyShown), Problems),
)]
#[get("/policies/{name}/versions/{version}")]
pub async fn show_policy(
    outcomes: Data<Outcomes>,
    cases: Data<Cases>,
    caller: Caller,
    path: Path<(String, String)>,
) -> Result<Shown<PolicyShown>, Problem> {
    let version = version(&path)?;
    let all = outcomes.policies.policies().await?;
    let now = in_force(&all, cases.today_of(&caller.principal, None).await?);
    let known = all.iter().find(|known| known.version == version).ok_or(PolicyError::NoSuchPolicy);
    Ok(Shown::new(PolicyShown::of(known.map_err(application::Error::from)?, &now)))
}

/// Write a version of a policy.
///
/// For the district's program managers and its privacy officer. A version says the same for good: a later one takes its
/// place on the day on which it comes into force.
#[utoipa::path(
    tag = "policies",
    params(
        ("name" = String, Path, description = "The policy's name", example = "attendance-works"),
        ("version" = u16, Path, description = "Its version", example = 2, minimum = 1),
        Key,
    ),
    request_body = Policy,
    responses(Put, Problems),
)]
#[put("/policies/{name}/versions/{version}")]
pub async fn keep_policy(
    outcomes: Data<Outcomes>,
    caller: Caller,
    path: Path<(String, String)>,
    _: Key,
    body: Body<Policy>,
) -> Result<Written, Problem> {
    decide_policies(&caller.principal)?;
    let version = version(&path)?;
    let kept = outcomes.policies.put_policy(&version, &body.0, caller.principal.staff).await?;
    Ok(answer(kept, format!("/v1/policies/{}/versions/{}", version.name, version.version)))
}

fn version((name, version): &(String, String)) -> Result<PolicyVersion, Problem> {
    format!("{name}@{version}").parse().map_err(|_| {
        let fault = match name.parse::<PolicyName>().is_ok() {
            true => Fault::of("version", "must be a whole number from 1"),
            false => Fault::of("name", "must be small letters, digits and hyphens, at most 60"),
        };
        Problem::from(INVALID_PARAMETER).errors(vec![fault])
    })
}
