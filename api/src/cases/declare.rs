//! Declares operations that change a case: the address, the body, and the command that follows from them.
use std::collections::BTreeMap;

use utoipa::{
    IntoResponses,
    openapi::{Header, HeaderBuilder, ObjectBuilder, RefOr, Response, Type},
};

/// Declares operations that change the case of the student in whose scope they stand.
///
/// ```ignore
/// changes! { in "goals";
///     /// Put a goal forward.
///     propose_goal: ProposeGoal, post "/goals", body GoalProposal => Created;
///         |goal| case::ProposeGoal(goal)
///     /// Pursue a waiting goal again.
///     resume_goal: ResumeGoal, post "/goals/{goal}/resumption", path "goal": GoalId, body Reason => Changed;
///         |goal, said| case::ResumeGoal { goal, reason: said.reason }
/// }
/// ```
macro_rules! changes {
    (in $tag:literal; $(
        $(#[$doc:meta])*
        $name:ident: $operation:ident, post $path:literal
        $(, path $id_name:literal: $id:ty)?
        $(, body $body:ty)?
        => $answer:ident; |$($argument:ident),*| $command:expr
    )+) => {
        use actix_web::post;

        pub fn routes(config: &mut utoipa_actix_web::service_config::ServiceConfig) {
            config$(.service($name))+;
        }

        $(
            $crate::cases::declare::change! {
                @operation $tag, [$(#[$doc])*] $name, $operation, $path,
                [$($id_name, $id)?], [$($body)?], $answer, [$($argument)*], $command
            }
        )+
    };
}
pub(super) use changes;

/// One operation, by what it takes: an entry of the case, a body, both or neither.
macro_rules! change {
    // An entry of the case, and a body.
    (@operation $tag:literal, [$(#[$doc:meta])*] $name:ident, $operation:ident, $path:literal,
     [$id_name:literal, $id:ty], [$body:ty], $answer:ident, [$entry:ident $said:ident], $command:expr) => {
        $(#[$doc])*
        #[utoipa::path(
            tag = $tag,
            params(
                ("student" = uuid::Uuid, Path, description = "The student"),
                ($id_name = uuid::Uuid, Path, description = "The entry of the case"),
                $crate::Write
            ),
            request_body = $body,
            responses($crate::cases::declare::$answer, $crate::Problems),
        )]
        #[post($path)]
        pub async fn $name(
            change: $crate::cases::change::Change,
            path: actix_web::web::Path<(domain::StudentId, $id)>,
            body: $crate::Body<$body>,
        ) -> Result<$crate::Written, $crate::Problem> {
            let (student, $entry) = path.into_inner();
            let $said = body.0.clone();
            let operation = application::access::Operation::$operation;
            let receipt = change.carry_out(operation, (student, Some($entry.uuid().into())), &body.0, $command).await?;
            Ok($crate::cases::declare::change!(@answer change, student, receipt, $answer))
        }
    };
    // An entry of the case.
    (@operation $tag:literal, [$(#[$doc:meta])*] $name:ident, $operation:ident, $path:literal,
     [$id_name:literal, $id:ty], [], $answer:ident, [$entry:ident], $command:expr) => {
        $(#[$doc])*
        #[utoipa::path(
            tag = $tag,
            params(
                ("student" = uuid::Uuid, Path, description = "The student"),
                ($id_name = uuid::Uuid, Path, description = "The entry of the case"),
                $crate::Write
            ),
            responses($crate::cases::declare::$answer, $crate::Problems),
        )]
        #[post($path)]
        pub async fn $name(
            change: $crate::cases::change::Change,
            path: actix_web::web::Path<(domain::StudentId, $id)>,
        ) -> Result<$crate::Written, $crate::Problem> {
            let (student, $entry) = path.into_inner();
            let operation = application::access::Operation::$operation;
            let receipt = change.carry_out(operation, (student, Some($entry.uuid().into())), &(), $command).await?;
            Ok($crate::cases::declare::change!(@answer change, student, receipt, $answer))
        }
    };
    // A body.
    (@operation $tag:literal, [$(#[$doc:meta])*] $name:ident, $operation:ident, $path:literal,
     [], [$body:ty], $answer:ident, [$said:ident], $command:expr) => {
        $(#[$doc])*
        #[utoipa::path(
            tag = $tag,
            params(
                ("student" = uuid::Uuid, Path, description = "The student"),
                $crate::Write
            ),
            request_body = $body,
            responses($crate::cases::declare::$answer, $crate::Problems),
        )]
        #[post($path)]
        pub async fn $name(
            change: $crate::cases::change::Change,
            path: actix_web::web::Path<domain::StudentId>,
            body: $crate::Body<$body>,
        ) -> Result<$crate::Written, $crate::Problem> {
            let student = path.into_inner();
            let $said = body.0.clone();
            let operation = application::access::Operation::$operation;
            let receipt = change.carry_out(operation, (student, None), &body.0, $command).await?;
            Ok($crate::cases::declare::change!(@answer change, student, receipt, $answer))
        }
    };
    // Nothing but the case.
    (@operation $tag:literal, [$(#[$doc:meta])*] $name:ident, $operation:ident, $path:literal,
     [], [], $answer:ident, [], $command:expr) => {
        $(#[$doc])*
        #[utoipa::path(
            tag = $tag,
            params(
                ("student" = uuid::Uuid, Path, description = "The student"),
                $crate::Write
            ),
            responses($crate::cases::declare::$answer, $crate::Problems),
        )]
        #[post($path)]
        pub async fn $name(
            change: $crate::cases::change::Change,
            path: actix_web::web::Path<domain::StudentId>,
        ) -> Result<$crate::Written, $crate::Problem> {
            let student = path.into_inner();
            let operation = application::access::Operation::$operation;
            let receipt = change.carry_out(operation, (student, None), &(), $command).await?;
            Ok($crate::cases::declare::change!(@answer change, student, receipt, $answer))
        }
    };
    (@answer $change:ident, $student:ident, $receipt:ident, Created) => { $change.created($student, $receipt) };
    (@answer $change:ident, $student:ident, $receipt:ident, Changed) => {
        $crate::cases::change::written($crate::Written::done(), $receipt)
    };
}
pub(super) use change;

/// Says in the contract that an operation creates an entry.
pub struct Created;

/// Says in the contract that an operation changes a case.
pub struct Changed;

impl IntoResponses for Created {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let location = ("Location", "Where the entry can be read");
        answer("201", "It was written down, or had been under the same key", Some(location))
    }
}

impl IntoResponses for Changed {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        answer("204", "It was done, or had been under the same key", None)
    }
}

fn answer(status: &str, says: &str, more: Option<(&str, &str)>) -> BTreeMap<String, RefOr<Response>> {
    let headers =
        [("ETag", "The version of the case after it"), ("Consistency-Token", "Makes a later read at least that fresh")];
    let response = headers
        .into_iter()
        .chain(more)
        .fold(Response::builder().description(says), |response, (name, says)| response.header(name, header(says)))
        .build();
    BTreeMap::from([(status.to_owned(), response.into())])
}

fn header(says: &str) -> Header {
    HeaderBuilder::new().schema(Some(ObjectBuilder::new().schema_type(Type::String))).description(Some(says)).build()
}
