//! A table as an answer, which leaves as it is written, once it is written down to whom.
use actix_web::{
    HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, VARY},
    web::Bytes,
};
use application::{
    Error,
    register::{DistrictAccess, Exported, Register},
};
use futures::StreamExt;

use super::{form::Form, table::Table};

/// Hands a table out, once it is in the log that it goes: `access`, with the table and what was asked for.
///
/// # Errors
/// Those of the register, and [`Error::Unavailable`] where the table cannot be begun.
pub async fn hand_out(
    (form, table): (Form, Table),
    register: &dyn Register,
    access: DistrictAccess,
    asked: Option<String>,
) -> Result<HttpResponse, Error> {
    let exported = Exported { what: table.name().to_owned(), asked, form: form.ending().to_owned(), lines: None };
    register.write_down_of_district(DistrictAccess { exported: Some(exported), ..access }).await?;
    answer(form, table)
}

/// Answers with a table. What fails under way breaks the answer off, so that nobody takes a part for the whole.
///
/// # Errors
/// [`Error::Unavailable`] where the table cannot be begun.
pub fn answer(form: Form, table: Table) -> Result<HttpResponse, Error> {
    let name = format!("attachment; filename=\"{}.{}\"", table.name(), form.ending());
    let bytes = table.written(form)?.map(|piece| match piece {
        Ok(piece) => Ok(Bytes::from(piece.bytes)),
        Err(cause) => {
            tracing::error!(%cause, "an export broke off");
            Err(actix_web::error::ErrorInternalServerError("the export broke off"))
        }
    });
    let mut answer = HttpResponse::Ok();
    answer.insert_header((CONTENT_DISPOSITION, name)).insert_header((CACHE_CONTROL, "private, no-store"));
    Ok(answer.insert_header((VARY, "accept")).content_type(form.media_type()).streaming(Box::pin(bytes)))
}
