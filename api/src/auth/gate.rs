//! Lets nobody through who is not on the staff.
use std::sync::Arc;

use actix_web::{
    Error, HttpMessage,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{AUTHORIZATION, HeaderMap, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE},
    middleware::Next,
    web::Data,
};
use application::{
    Staff,
    access::view_as,
    reference::{ConfidentialityAgreement, Signed},
    register::{DistrictAccess, Register},
};
use chrono::Utc;
use domain::StaffId;

use super::{Caller, Rates, Refused, Verifier};
use crate::{Problem, headers::ViewAs, problem, server::reads};

/// What it takes to know who calls.
#[derive(Clone)]
pub struct Gate {
    /// Which tokens are good, if any issuer is configured.
    pub verifier: Option<Arc<Verifier>>,
    /// The staff records.
    pub staff: Arc<dyn Staff>,
    /// Where it is written down who reads as somebody else.
    pub register: Arc<dyn Register>,
    /// How much they may ask.
    pub rates: Rates,
}

impl Gate {
    async fn caller(&self, request: &ServiceRequest) -> Result<Caller, Problem> {
        let token = bearer(request.headers());
        let known = token.zip(self.verifier.as_ref()).and_then(|(token, verifier)| verifier.remembered(token));
        if known.is_none() {
            self.rates.attempt(request.peer_addr())?;
        }
        let token = token.ok_or_else(|| unauthenticated(None))?;
        let verifier = self.verifier.as_ref().ok_or_else(|| unauthenticated(Some(Refused::NoIssuer)))?;
        let subject = match known {
            Some(subject) => subject,
            None => verifier.subject(token).await.map_err(no_caller)?,
        };
        self.rates.request(&subject)?;
        self.member(subject).await
    }

    /// Whoever has `token`, looked up anew for what goes on after the request that it came with; the problem where
    /// the next request would be refused.
    pub async fn still(&self, token: &str, view_as: Option<StaffId>) -> Result<Caller, Problem> {
        let verifier = self.verifier.as_ref().ok_or_else(|| unauthenticated(Some(Refused::NoIssuer)))?;
        let caller = self.member(verifier.subject(token).await.map_err(no_caller)?).await?;
        self.admit(caller, view_as, false).await
    }

    /// Lets the caller in, as whom they want to read; before the confidentiality agreement is signed only where nothing
    /// else opens.
    async fn admit(&self, caller: Caller, view_as: Option<StaffId>, unsigned_too: bool) -> Result<Caller, Problem> {
        if caller.staff.agreement.is_missing() && !(unsigned_too && view_as.is_none()) {
            return Err(unsigned(&caller.staff.agreement));
        }
        let Some(other) = view_as else { return Ok(caller) };
        let seen = self.seen_as(caller, other).await?;
        if seen.staff.agreement.is_missing() && !unsigned_too {
            return Err(Problem::from(problem::NO_AGREEMENT).detail("That of the person as whom you read is not."));
        }
        Ok(seen)
    }

    async fn member(&self, subject: String) -> Result<Caller, Problem> {
        let staff = self.staff.by_subject(&subject).await?.ok_or(problem::NO_STAFF_RECORD)?;
        Ok(Caller { subject, principal: Arc::new(staff.principal()), staff, behind: None })
    }

    /// The caller, reading as `other` sees it.
    async fn seen_as(&self, caller: Caller, other: StaffId) -> Result<Caller, Problem> {
        let other = self.staff.by_id(other).await?.ok_or(application::Error::NotFound)?;
        let principal = Arc::new(view_as(&caller.principal, other.principal())?);
        Ok(Caller { subject: caller.subject, principal, staff: other, behind: Some(Box::new(caller.staff)) })
    }

    /// Writes down that the caller reads as somebody else, whatever it is, before anything is answered.
    async fn write_down(&self, caller: &Caller, request: &ServiceRequest) -> Result<(), Problem> {
        let Some(operation) = caller.behind.as_ref().and_then(|_| reads(request)) else { return Ok(()) };
        let access = DistrictAccess::of(&caller.principal, &operation, Utc::now());
        Ok(self.register.write_down_of_district(access).await?)
    }

    /// Whether it can be said who calls.
    pub fn ready(&self) -> Result<(), Problem> {
        let known = self.verifier.as_ref().map(|verifier| verifier.keys());
        known.transpose().map(|_| ()).map_err(no_caller)
    }
}

/// What is open before the confidentiality agreement is signed: to see that it is not, and to sign it.
const BEFORE_SIGNING: &[&str] = &["/v1/me", "/v1/me/confidentiality-agreement"];

/// The middleware around everything that is not for everybody.
pub async fn authenticate(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let Some(gate) = request.app_data::<Data<Gate>>().cloned() else { return Err(unauthenticated(None).into()) };
    let caller = gate.caller(&request).await?;
    let ViewAs(view_as) = ViewAs::of(request.request())?;
    let caller = gate.admit(caller, view_as, BEFORE_SIGNING.contains(&request.path())).await?;
    gate.write_down(&caller, &request).await?;
    request.extensions_mut().insert(caller);
    next.call(request).await
}

/// The token that a request came with.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(AUTHORIZATION);
    let (Some(value), None) = (values.next(), values.next()) else { return None };
    let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn unsigned(agreement: &ConfidentialityAgreement) -> Problem {
    let why = match &agreement.signed {
        Some(Signed { lapses_on, .. }) => format!("It lapsed on {lapses_on}."),
        None => "It was never signed.".to_owned(),
    };
    let how = "Sign it with PUT /v1/me/confidentiality-agreement, or have it recorded by those who may.";
    Problem::from(problem::NO_AGREEMENT).detail(format!("{why} {how}"))
}

fn no_caller(refused: Refused) -> Problem {
    match refused {
        Refused::Unknown => {
            let soon = HeaderValue::from_static("5");
            Problem::from(problem::UNAVAILABLE).detail(refused.to_string()).header(RETRY_AFTER, soon)
        }
        refused => unauthenticated(Some(refused)),
    }
}

fn unauthenticated(refused: Option<Refused>) -> Problem {
    let problem = Problem::from(problem::UNAUTHENTICATED);
    let Some(refused) = refused else {
        return problem.header(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"throughline\""));
    };
    let challenge = HeaderValue::from_static("Bearer realm=\"throughline\", error=\"invalid_token\"");
    problem.detail(refused.to_string()).header(WWW_AUTHENTICATE, challenge)
}
