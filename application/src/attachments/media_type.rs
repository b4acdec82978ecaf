//! What an attachment may be: a scan or a photo, and nothing that only looks like one.
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

use super::AttachmentError;

/// A kind of file that is taken.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema, EnumString, IntoStaticStr, VariantArray,
)]
pub enum MediaType {
    /// A document.
    #[serde(rename = "application/pdf")]
    #[strum(serialize = "application/pdf")]
    Pdf,
    /// A picture.
    #[serde(rename = "image/png")]
    #[strum(serialize = "image/png")]
    Png,
    /// A photo.
    #[serde(rename = "image/jpeg")]
    #[strum(serialize = "image/jpeg")]
    Jpeg,
}

/// What a document may hold that runs, or that is another file: a signed form holds none of it.
const ACTIVE: &[&[u8]] = &[b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/XFA"];
/// How a page that a browser would carry out begins.
const MARKUP: &[&[u8]] = &[b"<html", b"<script", b"<svg ", b"<!doctype", b"<?php"];
/// What is in an archive, all of it: what is a picture and an archive at once is no picture. Fewer than five bytes come up
/// by chance.
const ARCHIVES: &[&[&[u8]]] = &[&[b"PK\x03\x04", b"PK\x05\x06"], &[b"Rar!\x1a\x07"], &[b"7z\xbc\xaf\x27\x1c"]];

impl MediaType {
    /// How names of such files end.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Jpeg => "jpg",
        }
    }

    /// Checks that `bytes` are of this kind, whole, and nothing beside.
    ///
    /// # Errors
    /// [`AttachmentError`]: which rule is broken.
    pub fn check(self, bytes: &[u8]) -> Result<(), AttachmentError> {
        if bytes.is_empty() {
            return Err(AttachmentError::AttachmentEmpty);
        }
        let is = infer::get(bytes).is_some_and(|found| found.mime_type() == <&str>::from(self));
        // Readers look for the head of a document further on, too; here it comes first.
        if !is || (self == Self::Pdf && !bytes.starts_with(b"%PDF-")) {
            return Err(AttachmentError::AttachmentOfAnotherKind);
        }
        let (ends, runs) = match self {
            Self::Pdf => (ends_as_document(bytes), ACTIVE.iter().any(|word| names(bytes, word))),
            Self::Png => (png_end(bytes) == Some(bytes.len()), false),
            Self::Jpeg => (bytes.ends_with(&[0xff, 0xd9]), false),
        };
        let hides = MARKUP.iter().any(|start| holds_any_case(bytes, start)) && self != Self::Pdf
            || ARCHIVES.iter().any(|marks| marks.iter().all(|mark| holds(bytes, mark)));
        if ends && !runs && !hides { Ok(()) } else { Err(AttachmentError::AttachmentHidesSomething) }
    }
}

/// Nothing but blanks follows the last mark of the end.
fn ends_as_document(bytes: &[u8]) -> bool {
    bytes.trim_ascii_end().ends_with(b"%%EOF")
}

/// Where the chunks of a picture end, by their own lengths.
fn png_end(bytes: &[u8]) -> Option<usize> {
    let mut at = 8;
    loop {
        let (length, kind) = (bytes.get(at..at + 4)?, bytes.get(at + 4..at + 8)?);
        let length = u32::from_be_bytes(length.try_into().ok()?) as usize;
        let end = at.checked_add(12)?.checked_add(length)?;
        if end > bytes.len() {
            return None;
        }
        if kind == b"IEND" {
            return Some(end);
        }
        at = end;
    }
}

/// Whether a document names that, and not only something that begins alike.
fn names(bytes: &[u8], word: &[u8]) -> bool {
    let ends = |at: usize| bytes.get(at + word.len()).is_none_or(|next| !next.is_ascii_alphanumeric());
    bytes.windows(word.len()).enumerate().any(|(at, window)| window == word && ends(at))
}

fn holds_any_case(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word))
}

fn holds(bytes: &[u8], mark: &[u8]) -> bool {
    bytes.windows(mark.len()).any(|window| window == mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3a\x7e\x9b\x55\
        \0\0\0\x0aIDATx\x9cc\xf8\x0f\0\x01\x01\x01\0\x1b\xb6\xee\x56\0\0\0\0IEND\xaeB`\x82";
    const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xd9";
    const PDF: &[u8] = b"%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n";

    fn with(bytes: &[u8], more: &[u8]) -> Vec<u8> {
        [bytes, more].concat()
    }

    #[test]
    fn a_scan_and_a_photo_are_taken() {
        assert_eq!(MediaType::Pdf.check(PDF), Ok(()));
        assert_eq!(MediaType::Png.check(PNG), Ok(()));
        assert_eq!(MediaType::Jpeg.check(JPEG), Ok(()));
    }

    #[test]
    fn bytes_are_what_they_are_said_to_be() {
        let wrong = Err(AttachmentError::AttachmentOfAnotherKind);
        assert_eq!(MediaType::Pdf.check(PNG), wrong);
        assert_eq!(MediaType::Png.check(JPEG), wrong);
        assert_eq!(MediaType::Jpeg.check(b"<html><script>alert(1)</script></html>"), wrong);
        assert_eq!(MediaType::Png.check(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), wrong);
        assert_eq!(MediaType::Pdf.check(&with(b"<html>", PDF)), wrong);
        assert_eq!(MediaType::Png.check(b""), Err(AttachmentError::AttachmentEmpty));
    }

    #[test]
    fn nothing_follows_and_nothing_hides_in_it() {
        let hides = Err(AttachmentError::AttachmentHidesSomething);
        let archive = b"PK\x03\x04 an archive PK\x05\x06";
        for (kind, file) in [(MediaType::Pdf, PDF), (MediaType::Png, PNG), (MediaType::Jpeg, JPEG)] {
            assert_eq!(kind.check(&with(file, archive)), hides, "{kind:?}");
            assert_eq!(kind.check(&with(file, b"<script>")), hides, "{kind:?}");
        }
        let photo = with(&JPEG[..JPEG.len() - 2], b"\xff\xfe\0\x10<HTML><Script>\xff\xd9");
        assert_eq!(MediaType::Jpeg.check(&photo), hides);
        assert_eq!(MediaType::Jpeg.check(&with(&with(JPEG, archive), b"\xff\xd9")), hides);
        assert_eq!(MediaType::Png.check(&PNG[..PNG.len() - 12]), hides);
    }

    #[test]
    fn a_document_that_runs_something_is_no_form() {
        for active in ["/JavaScript (app.alert)", "/Launch", "/EmbeddedFile"] {
            let document = format!("%PDF-1.4\n1 0 obj <</Type /Catalog /OpenAction <<{active}>>>> endobj\n%%EOF");
            assert_eq!(MediaType::Pdf.check(document.as_bytes()), Err(AttachmentError::AttachmentHidesSomething));
        }
        let named_alike = b"%PDF-1.4\n1 0 obj <</Launcher 1>> endobj\n%%EOF";
        assert_eq!(MediaType::Pdf.check(named_alike), Ok(()));
    }
}
