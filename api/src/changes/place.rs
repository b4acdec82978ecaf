//! What a stream tells: from where on, which is what the client had last as its address or its header says, and of which
//! cases.
use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header::HeaderName};
use application::access::Ties;
use domain::{SchoolId, StudentId};
use serde::Deserialize;
use utoipa::{
    IntoParams,
    openapi::{
        Required,
        path::{Parameter, ParameterIn},
    },
};

use crate::{
    Params, Problem,
    headers::{one, parameter, text},
    problem::{self, Fault},
};

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// What is to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// The place after which to go on; the end of the log where there is none.
    pub after: Option<u64>,
    /// Of which cases.
    pub only: Only,
}

/// The place as the address has it.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Query {
    /// Go on after this place in the log: the last `id`, or the number in a `Consistency-Token`. Without it, from now on.
    #[serde(default)]
    #[param(minimum = 0, maximum = 999999999999999999i64, required = false, example = 1024)]
    after: Option<u64>,
    /// What happens to this student's case only.
    #[serde(default)]
    #[param(value_type = Uuid, required = false)]
    student: Option<StudentId>,
    /// What happens to cases at this school only, as the case stands by then.
    #[serde(default)]
    #[param(value_type = Uuid, required = false)]
    school: Option<SchoolId>,
}

/// Of which cases changes are told: of all that the caller may read, or of fewer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Only {
    /// Of this student.
    pub student: Option<StudentId>,
    /// At this school.
    pub school: Option<SchoolId>,
}

impl Only {
    /// Whether changes to a case with those ties are asked for.
    pub fn holds(&self, ties: &Ties) -> bool {
        self.student.is_none_or(|student| ties.student == Some(student))
            && self.school.is_none_or(|school| ties.school == Some(school))
    }
}

/// The place as a client sends it that comes back by itself.
pub struct LastEventId;

impl FromRequest for Wanted {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let query = Params::<Query>::from_request(request, payload).into_inner();
        // What came with the stream is newer than the address under which it was first asked for.
        ready(query.and_then(|Params(Query { after, student, school })| {
            Ok(Self { after: last(request)?.or(after), only: Only { student, school } })
        }))
    }
}

fn last(request: &HttpRequest) -> Result<Option<u64>, Problem> {
    let place = |id: &str| id.parse().ok().filter(|_| id.len() <= 18 && id.bytes().all(|byte| byte.is_ascii_digit()));
    let last = one(request, &LAST_EVENT_ID, "Last-Event-ID").and_then(|id| match id {
        None | Some("") => Ok(None),
        Some(id) => {
            place(id).map(Some).ok_or_else(|| Fault::of("Last-Event-ID", "must be an id as the stream gave it"))
        }
    });
    last.map_err(|fault| Problem::from(problem::INVALID_HEADER).errors(vec![fault]))
}

impl IntoParams for Wanted {
    fn into_params(place: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        Query::into_params(place)
    }
}

impl IntoParams for LastEventId {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let said = "The last `id` of an earlier stream: this one goes on there. It counts more than `after`.";
        vec![parameter("Last-Event-ID", Required::False, said, text().pattern(Some("^[0-9]{1,18}$")), "1024")]
    }
}
