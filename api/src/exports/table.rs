//! A table as an answer, which leaves as it is written.
use actix_web::{
    HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, VARY},
};
use application::Error;
use futures::{Stream, StreamExt, stream};

use super::{
    Sheet,
    encode::{Rows, table},
    form::Form,
};

/// Answers with a table whose rows come some at a time. What fails under way breaks the answer off, so that nobody takes a
/// part for the whole.
///
/// # Errors
/// [`Error::Unavailable`] where the table cannot be begun.
pub fn answer(
    form: Form,
    sheet: &'static Sheet,
    rows: impl Stream<Item = Result<Rows, Error>> + 'static,
) -> Result<HttpResponse, Error> {
    let table = table(form, sheet)?;
    let state = (Box::pin(rows), Some(table));
    let bytes = stream::try_unfold(state, |(mut rows, table)| async move {
        let Some(mut table) = table else { return Ok(None) };
        Ok::<_, Error>(match rows.next().await {
            Some(next) => {
                let bytes = table.rows(&next?)?;
                Some((bytes, (rows, Some(table))))
            }
            None => Some((table.end()?, (rows, None))),
        })
    });
    let bytes = bytes.map(|bytes| {
        bytes.map(Into::into).map_err(|cause: Error| {
            tracing::error!(%cause, "an export broke off");
            actix_web::error::ErrorInternalServerError("the export broke off")
        })
    });
    let bytes: std::pin::Pin<Box<dyn Stream<Item = Result<actix_web::web::Bytes, actix_web::Error>>>> = Box::pin(bytes);
    let name = format!("attachment; filename=\"{}.{}\"", sheet.name, form.ending());
    let mut answer = HttpResponse::Ok();
    answer.insert_header((CONTENT_DISPOSITION, name)).insert_header((CACHE_CONTROL, "private, no-store"));
    Ok(answer.insert_header((VARY, "accept")).content_type(form.media_type()).streaming(bytes))
}
