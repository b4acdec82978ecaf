//! The person behind a request.
use std::{
    future::{Ready, ready},
    sync::Arc,
};

use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload};
use application::{Principal, StaffMember};

use crate::{Problem, problem};

/// Who calls. Everything under `/v1` is behind [`authenticate`](super::authenticate), which puts it there.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The subject of the token: whom the issuer says it is.
    pub subject: String,
    /// The staff record, read for this very request; that of the person as whom they read, where they read as another.
    pub staff: StaffMember,
    /// The caller's own staff record, where they read as another.
    pub behind: Option<Box<StaffMember>>,
    /// The same, as rules and access decisions know it.
    pub principal: Arc<Principal>,
}

impl FromRequest for Caller {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let caller = request.extensions().get::<Self>().cloned();
        ready(caller.ok_or_else(|| problem::UNAUTHENTICATED.into()))
    }
}
