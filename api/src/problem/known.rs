//! The problems that come from HTTP itself, by name; a broken rule of the domain brings its own name.
use actix_web::http::StatusCode;

/// A kind of problem.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    /// Its name, the last part of its type.
    pub code: &'static str,
    /// The status it comes with.
    pub status: StatusCode,
    /// One sentence for people.
    pub title: &'static str,
    /// What it means and what to do, for the page that explains it.
    pub meaning: &'static str,
}

macro_rules! known {
    ($($name:ident $code:literal $status:ident $title:literal $meaning:literal)+) => {
        $(
            #[doc = $title]
            pub const $name: Known =
                Known { code: $code, status: StatusCode::$status, title: $title, meaning: $meaning };
        )+

        /// All of them.
        pub const ALL: &[Known] = &[$($name),+];
    };
}

known! {
    UNREADABLE "unreadable" BAD_REQUEST
        "The body cannot be read as JSON."
        "The body is not JSON in UTF-8, is nested too deeply, names something twice, or contains the character U+0000."
    INVALID_BODY "invalid-body" BAD_REQUEST
        "The body does not have the form that this operation asks for."
        "`errors` names every place that is wrong by JSON pointer, and says what it must be."
    INVALID_PARAMETER "invalid-parameter" BAD_REQUEST
        "A parameter of the address is not known or does not have the form that this operation asks for."
        "`errors` names each parameter of the path or the query that is wrong, and says what it must be."
    INVALID_HEADER "invalid-header" BAD_REQUEST
        "A header is missing or does not have the form that this operation asks for."
        "`errors` names each header that is wrong. Every write takes an `Idempotency-Key`."
    INVALID_CURSOR "invalid-cursor" BAD_REQUEST
        "The cursor does not belong to this list."
        "A cursor is taken as it is from a `Link` header of the same list; start again without one."
    BAD_REQUEST "bad-request" BAD_REQUEST
        "The request cannot be understood."
        "The request is not well-formed HTTP or asks for something that is not served in this way."
    UNAUTHENTICATED "unauthenticated" UNAUTHORIZED
        "Say who you are with a bearer token."
        "There is no valid token in the `Authorization` header, or it has expired; get a new one from the issuer."
    NO_STAFF_RECORD "no-staff-record" FORBIDDEN
        "The token is valid, but nobody on the staff goes by its subject."
        "Rights come from staff records. Whoever keeps them has to enter the token's subject in yours."
    NO_AGREEMENT "no-confidentiality-agreement" FORBIDDEN
        "Your confidentiality agreement is not in force."
        "It is signed anew each year, and nothing opens without it. Sign it with PUT /v1/me/confidentiality-agreement, or have your school's director or principal, or the privacy officer, record what you signed on paper. GET /v1/me says when it lapsed."
    FORBIDDEN "forbidden" FORBIDDEN
        "You may see this, but not do this."
        "`detail` gives the reason. What may not even be seen is answered as not found."
    VIEWING_AS "viewing-as-another" FORBIDDEN
        "Who reads as somebody else changes nothing."
        "The header `Throughline-View-As` is for reading, with what both may read. Send this request without it, as yourself."
    NOT_FOUND "not-found" NOT_FOUND
        "There is nothing here, or nothing that you may see."
        "The address is wrong, or what it names is not yours to see; the two are not told apart."
    METHOD_NOT_ALLOWED "method-not-allowed" METHOD_NOT_ALLOWED
        "This cannot be done with this method."
        "The `Allow` header names the methods that can."
    TIMED_OUT_SENDING "timed-out-sending" REQUEST_TIMEOUT
        "The body did not arrive in time."
        "Send it again; a write is repeated safely under the same `Idempotency-Key`."
    CONFLICT "conflict" CONFLICT
        "Somebody else changed this at the same time."
        "Read it again and decide again, or repeat the request as it is."
    KEY_REUSED "idempotency-key-reused" CONFLICT
        "This Idempotency-Key was used for another request."
        "A key names one request. Repeat that request as it was, or send this one under a new key."
    STALE "stale" PRECONDITION_FAILED
        "It has changed since the version in If-Match."
        "Read it again, see what changed, and send the request with the new version."
    TOO_LARGE "too-large" PAYLOAD_TOO_LARGE
        "The body is larger than this server accepts."
        "Send less at a time."
    UNSUPPORTED_MEDIA_TYPE "unsupported-media-type" UNSUPPORTED_MEDIA_TYPE
        "The body must be of a kind that this operation takes."
        "Set `Content-Type: application/json`, or for an attachment what it is, and no content encoding that this server does not know."
    TOO_MANY_REQUESTS "too-many-requests" TOO_MANY_REQUESTS
        "There were too many requests in a short time."
        "Wait as long as the `Retry-After` header says."
    INTERNAL "internal" INTERNAL_SERVER_ERROR
        "Something is wrong with this server."
        "It was logged under the id in `instance`; a write can be repeated safely under the same `Idempotency-Key`."
    UNAVAILABLE "unavailable" SERVICE_UNAVAILABLE
        "This cannot be served right now."
        "Try again after the time in `Retry-After`; a write is repeated safely under the same `Idempotency-Key`."
    BEHIND "behind" SERVICE_UNAVAILABLE
        "What you have written cannot be seen here yet."
        "The answer would be older than the `Consistency-Token` asks for. Try again after the time in `Retry-After`, or without the token."
    TIMED_OUT "timed-out" SERVICE_UNAVAILABLE
        "The answer took too long."
        "Try again; a write is repeated safely under the same `Idempotency-Key`."
}

impl Known {
    /// The kind of problem that a bare status stands for.
    pub fn of(status: StatusCode) -> Self {
        let exact = [
            NOT_FOUND,
            UNAUTHENTICATED,
            FORBIDDEN,
            METHOD_NOT_ALLOWED,
            TIMED_OUT_SENDING,
            CONFLICT,
            STALE,
            TOO_LARGE,
            UNSUPPORTED_MEDIA_TYPE,
            TOO_MANY_REQUESTS,
            UNAVAILABLE,
        ];
        let family = if status.is_client_error() { BAD_REQUEST } else { INTERNAL };
        exact.into_iter().find(|known| known.status == status).unwrap_or(family)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_name_is_used_once() {
        let names: BTreeSet<_> = ALL.iter().map(|known| known.code).collect();
        assert_eq!(names.len(), ALL.len());
    }
}
