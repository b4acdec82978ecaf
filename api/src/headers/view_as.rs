//! As whom somebody wants to read: with the rights that both have.
use actix_web::{HttpRequest, http::header::HeaderName};
use domain::StaffId;
use utoipa::openapi::{Required, path::Parameter};
use uuid::Uuid;

use super::{one, parameter, uuid};
use crate::{
    Problem,
    problem::{self, Fault},
};

/// The header.
pub const VIEW_AS: HeaderName = HeaderName::from_static("throughline-view-as");
const PROPER: &str = "Throughline-View-As";

/// The member of staff as whom a request is to be answered, where it names one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ViewAs(pub Option<StaffId>);

impl ViewAs {
    /// As the request says. Nobody writes as somebody else.
    pub fn of(request: &HttpRequest) -> Result<Self, Problem> {
        let proper =
            |name: &str| Uuid::try_parse(name).map_err(|_| Fault::of(PROPER, "must be the id of a member of staff"));
        let named = one(request, &VIEW_AS, PROPER).and_then(|name| name.map(proper).transpose());
        let named = named.map_err(|fault| Problem::from(problem::INVALID_HEADER).errors(vec![fault]))?;
        if named.is_some() && !request.method().is_safe() {
            return Err(problem::VIEWING_AS.into());
        }
        Ok(Self(named.map(Into::into)))
    }

    /// The header in the contract of every operation that reads.
    pub fn parameter() -> Parameter {
        let said = "Read as this member of staff sees it: what both you and they may read. For the privacy officer, the \
                    district's program managers, and the person's Community School Director; written down as both.";
        parameter(PROPER, Required::False, said, uuid(), "0192a000-0000-7000-8000-000000000011")
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    const NAMED: &str = "0192a000-0000-7000-8000-000000000011";

    #[test]
    fn it_names_somebody_for_reading_alone() {
        let with = |request: TestRequest, name| {
            ViewAs::of(&request.append_header(("throughline-view-as", name)).to_http_request())
        };
        let named = with(TestRequest::get(), NAMED).expect("somebody").0;
        assert_eq!(named.map(|staff| staff.to_string()).as_deref(), Some(NAMED));
        let problem = with(TestRequest::put(), NAMED).expect_err("a problem");
        assert_eq!(problem.to_string(), "/problems/viewing-as-another");
        let problem = with(TestRequest::get(), "Rosa").expect_err("a problem");
        assert_eq!(problem.to_string(), "/problems/invalid-header");
        assert_eq!(ViewAs::of(&TestRequest::put().to_http_request()).expect("nobody"), ViewAs(None));
    }
}
