//! `GET /v1/changes`: what happens to the cases that the caller may read, as it happens, as server-sent events.
mod place;
mod seats;
mod stream;
mod telling;
mod words;

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header::{ContentEncoding, HeaderName},
    web::Data,
};
use application::{
    Error, Principal,
    access::{self, Act},
    changes::{FollowChanges, may_follow},
    figures::Views,
};
use tokio::sync::watch;

use crate::{
    Caller, Cases, Figures, Problem, Problems,
    auth::{Gate, bearer},
    headers::ViewAs,
    problem,
    server::Limits,
};

use place::{LastEventId, Only, Wanted};
use seats::Seats;
use stream::Watch;

const EXAMPLE: &str = r#"id: 1024
event: change
data: {"event":"0192a000-0000-7000-8000-000000000301","type":"ContactLogged","student":"0192a000-0000-7000-8000-000000000101","version":12,"about":"contact","entry":"0192a000-0000-7000-8000-000000000201","standing":"current","visibility":"team","occurred_at":"2026-03-02T14:00:00Z","recorded_at":"2026-03-02T14:00:00Z","link":"/v1/students/0192a000-0000-7000-8000-000000000101/entries/0192a000-0000-7000-8000-000000000201"}

"#;

/// Changes, as the operation follows them.
#[derive(Clone)]
pub struct Changes {
    follow: Arc<dyn FollowChanges>,
    seats: Seats,
    ends: Ends,
}

/// Ends all streams when the server stops.
#[derive(Debug, Clone, Default)]
pub struct Ends(watch::Sender<bool>);

impl Changes {
    /// Follows by `follow`.
    pub fn new(follow: Arc<dyn FollowChanges>) -> Self {
        Self { follow, seats: Seats::default(), ends: Ends::default() }
    }

    /// What ends all streams.
    pub fn ends(&self) -> Ends {
        self.ends.clone()
    }
}

impl Ends {
    /// Ends them.
    pub fn end(&self) {
        self.0.send_replace(true);
    }
}

/// Follow what happens to the cases that you may read, as it happens.
///
/// Server-sent events. `event: change` says in JSON which event happened to which entry of whose case, when, who may read
/// the entry, and the link to it; never what it says. Each `id` is a place in the log: whoever was disconnected goes on
/// from the last one with `Last-Event-ID`, and misses and repeats nothing. With `student` or `school` it is about fewer cases;
/// the places in the log are the same. What the caller may not read is left out, by
/// the rights of the moment. `event: end` is the last, and says as a problem why the stream ends.
#[utoipa::path(
    tag = "changes",
    params(Wanted, LastEventId),
    responses(
        (status = 200, description = "Changes, until the caller leaves or their rights end", body = String, content_type = "text/event-stream",
            example = json!(EXAMPLE)),
        Problems,
    ),
)]
#[get("/changes")]
pub async fn follow_changes(
    changes: Data<Changes>,
    cases: Data<Cases>,
    gate: Data<Gate>,
    figures: Data<Figures>,
    caller: Caller,
    wanted: Wanted,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    if !may_follow(&caller.principal) {
        return Err(Error::NotFound.into());
    }
    cases.may_follow_only(&caller.principal, wanted.only).await?;
    let token = bearer(request.headers()).ok_or(problem::UNAUTHENTICATED)?.to_owned();
    let limits = request.app_data::<Data<Limits>>().map(|limits| *limits.get_ref()).unwrap_or_default();
    let seat = changes.seats.take(caller.principal.asker().staff, limits.streams)?;
    let position = match wanted.after {
        Some(position) => {
            figures.freshness.wait_for(Views::Cases, position).await?;
            position
        }
        None => changes.follow.now().await?,
    };
    let asked = (changes.follow.clone(), cases.get_ref().clone(), gate.get_ref().clone());
    let ViewAs(view_as) = ViewAs::of(&request)?;
    let watch = Watch::new(asked, (token, view_as), (position, wanted.only), seat);
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        // Neither compressed nor gathered by a proxy: each change goes out at once.
        .insert_header(ContentEncoding::Identity)
        .insert_header((HeaderName::from_static("x-accel-buffering"), "no"))
        .streaming(watch.stream(changes.ends.0.subscribe())))
}

impl Cases {
    /// [`Error::NotFound`] for a student whose case the caller may not read, and for a school that is none of theirs; who
    /// works for a partner is at none.
    async fn may_follow_only(&self, principal: &Principal, only: Only) -> Result<(), Error> {
        if let Some(student) = only.student {
            let (mut ties, _) = self.read.ties(student).await?.ok_or(Error::NotFound)?;
            self.share(principal, &mut [&mut ties]).await?;
            access::decide_read(principal, &ties)?;
        }
        let known = |school| {
            access::schools_where(principal, Act::Read).contains(&school)
                || access::has_mentees(principal, Some(school))
                || principal.partners().next().is_some()
        };
        if only.school.is_none_or(known) { Ok(()) } else { Err(Error::NotFound) }
    }
}
