//! The body of a request that is a file.
use std::{future::Future, pin::Pin};

use actix_web::{
    FromRequest, HttpMessage, HttpRequest,
    dev::Payload,
    web::{Bytes, Data},
};
use application::attachments::MediaType;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat, Type},
};

use crate::{Problem, body::collect, problem, server::Limits};

/// A file, and of which kind it is said to be.
#[derive(Debug)]
pub struct File {
    /// What `Content-Type` says.
    pub media_type: MediaType,
    /// The bytes.
    pub bytes: Bytes,
}

impl PartialSchema for File {
    fn schema() -> RefOr<Schema> {
        let binary = SchemaFormat::KnownFormat(KnownFormat::Binary);
        let bytes = ObjectBuilder::new().schema_type(Type::String).format(Some(binary));
        bytes.description(Some("A file: its bytes as they are.")).into()
    }
}

impl ToSchema for File {}

impl FromRequest for File {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let limits = request.app_data::<Data<Limits>>().map(|limits| *limits.get_ref()).unwrap_or_default();
        let declared = request.mime_type().ok().flatten().and_then(|kind| kind.essence_str().parse().ok());
        let payload = payload.take();
        Box::pin(async move {
            let media_type = declared.ok_or_else(|| {
                let kinds = "`Content-Type` has to be application/pdf, image/png or image/jpeg.";
                Problem::from(problem::UNSUPPORTED_MEDIA_TYPE).detail(kinds)
            })?;
            let bytes = collect(payload, Limits { body: limits.attachment, ..limits }).await?;
            Ok(Self { media_type, bytes })
        })
    }
}
