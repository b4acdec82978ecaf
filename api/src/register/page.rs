//! The register as a page to print and to hand to a parent.
use std::fmt::Write;

use application::{reference::Student, register::Access};
use chrono::{DateTime, Utc};
use chrono_tz::America::New_York;
use domain::StudentId;

const STYLE: &str = "body{font:12pt/1.4 Georgia,serif;margin:2cm auto;max-width:26cm;color:#111}\
    h1{font-size:1.5em;margin:0 0 .2em}p{margin:.3em 0}\
    table{border-collapse:collapse;width:100%;margin-top:1.2em;font-size:.85em}\
    th,td{border:1px solid #999;padding:.35em .5em;text-align:left;vertical-align:top}th{background:#eee}\
    tr{break-inside:avoid}@media print{body{margin:0}}";

/// The page. Times are those of the district.
pub fn printable(id: StudentId, student: Option<&Student>, all: &[Access], now: DateTime<Utc>) -> String {
    let name = student.map(|student| format!("{} {}", student.given_name.reveal(), student.family_name.reveal()));
    let name = name.map_or_else(|| format!("student {id}"), |name| escaped(&name));
    let mut rows = String::new();
    for access in all {
        // Writing to a string does not fail.
        _ = write!(
            rows,
            "<tr><td>{}</td><td>{}{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            access.at.with_timezone(&New_York).format("%-d %B %Y, %H:%M"),
            escaped(access.partner_name.as_deref().unwrap_or("a party that is no longer on record")),
            onward(access),
            spoken(access.purposes.iter().map(Into::into)),
            spoken(access.categories.iter().map(Into::into)),
            grounds(access),
        );
    }
    if all.is_empty() {
        rows.push_str("<tr><td colspan=5>Nothing has been disclosed to anybody outside the school.</td></tr>");
    }
    let today = now.with_timezone(&New_York).format("%-d %B %Y");
    format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>Record of disclosures</title><style>{STYLE}</style>\
         <h1>Record of disclosures</h1><p>{name}</p>\
         <p>What parties outside the school were shown of this student's education record, as of {today} \
         (34 CFR 99.32).</p>\
         <table><thead><tr><th>When</th><th>To whom</th><th>For what</th><th>Which data</th><th>On which ground</th></tr>\
         </thead><tbody>{rows}</tbody></table></html>"
    )
}

/// To whom it may have gone further, and what for (34 CFR 99.32(b)).
fn onward(access: &Access) -> String {
    let named = access.onward.iter().map(|party| (escaped(&party.name), escaped(&party.interest)));
    named.map(|(name, interest)| format!("<br>and, further, {name}: {interest}")).collect()
}

fn grounds(access: &Access) -> String {
    let agreement = access.agreement.map(|id| format!("agreement {id}"));
    let consent = access.consent.map(|id| format!("consent of the family {id}"));
    let told: Vec<_> = agreement.into_iter().chain(consent).collect();
    if told.is_empty() { escaped(&access.basis) } else { told.join("<br>") }
}

fn spoken<'a>(codes: impl Iterator<Item = &'a str>) -> String {
    codes.map(|code| code.replace('_', " ")).collect::<Vec<_>>().join(", ")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_no_markup() {
        assert_eq!(escaped("<b>Ann & \"Co\"</b>"), "&lt;b&gt;Ann &amp; &quot;Co&quot;&lt;/b&gt;");
    }
}
