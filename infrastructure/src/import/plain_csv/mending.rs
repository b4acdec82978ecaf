//! What a row leaves unsaid and the rest of it tells; and what a row says that nobody can read.
use std::borrow::Cow;

use domain::indicator::Mark;

use super::writing::truth;

/// The fields of one row.
pub(super) struct Cells<'a> {
    columns: &'a [String],
    texts: Vec<Cow<'a, str>>,
    mended: Vec<(&'static str, String)>,
}

impl<'a> Cells<'a> {
    pub(super) fn new(columns: &'a [String], texts: Vec<Cow<'a, str>>) -> Self {
        Self { columns, texts, mended: Vec::new() }
    }

    /// Whether nothing stands in the row.
    pub(super) fn are_empty(&self) -> bool {
        self.texts.iter().all(|text| text.is_empty())
    }

    /// The text of a column, if there is one.
    pub(super) fn get(&self, column: &str) -> Option<&str> {
        let mended = self.mended.iter().find(|(name, _)| *name == column).map(|(_, text)| text.as_str());
        let texts = || self.columns.iter().zip(&self.texts).filter(|(name, _)| *name == column);
        mended.or_else(|| texts().map(|(_, text)| &**text).find(|text| !text.is_empty()))
    }

    fn says(&self, column: &str) -> bool {
        self.get(column).and_then(truth).unwrap_or(false)
    }

    fn set(&mut self, column: &'static str, text: impl Into<String>) {
        self.mended.push((column, text.into()));
    }

    fn set_where_missing(&mut self, column: &'static str, from: &[&str]) {
        if self.get(column).is_none() {
            let parts: Vec<&str> = from.iter().filter_map(|column| self.get(column)).collect();
            if !parts.is_empty() {
                self.set(column, parts.join(" "));
            }
        }
    }
}

/// Columns that can be told from others: of which file, which, and from which; from none: always.
const MENDED: &[(&str, &str, &[&str])] = &[
    ("students", "given_name", &["full_name"]),
    ("students", "family_name", &["full_name"]),
    ("attendance", "status", &["absent"]),
    ("section_attendance", "status", &["absent"]),
    ("section_attendance", "section", &["course"]),
    ("grades", "section", &["course"]),
    ("grades", "type", &[]),
    ("grades", "numeric_grade", &["grade"]),
    ("grades", "letter_grade", &["grade"]),
    ("credits", "term", &[]),
    ("credits", "numeric_grade", &["grade"]),
    ("assessments", "sitting", &["date"]),
    ("incidents", "incident_id", &["date"]),
    ("discipline", "action_id", &["date"]),
];
/// Columns that only help.
const HELPING: &[&str] = &["full_name", "absent", "tardy", "dismissed", "excused", "grade"];

/// Whether `column` of `file` can be told from `columns`; without any, whether it helps to tell others.
pub(super) fn mended(file: &str, column: &str, columns: &[String]) -> bool {
    let told = |(of, name, from): &(&str, &str, &[&str])| {
        *of == file && *name == column && from.iter().all(|from| columns.iter().any(|c| c == from))
    };
    if columns.is_empty() { HELPING.contains(&column) } else { MENDED.iter().any(told) }
}

/// Fills in what the rest of the row tells.
pub(super) fn mend(file: &str, cells: &mut Cells<'_>) {
    match file {
        "students" => {
            if let Some((family, given)) = cells.get("full_name").and_then(|name| name.split_once(','))
                && cells.get("family_name").is_none()
            {
                let (family, given) = (family.trim().to_owned(), given.trim().to_owned());
                cells.set("family_name", family);
                cells.set("given_name", given);
            }
        }
        "attendance" | "section_attendance" => {
            if cells.get("status").is_none() && cells.get("absent").and_then(truth).is_some() {
                let status = match (cells.says("absent"), cells.says("excused")) {
                    (true, true) => "excused absence",
                    (true, false) => "unexcused absence",
                    (false, _) if cells.says("tardy") => "tardy",
                    (false, _) if cells.says("dismissed") => "early departure",
                    (false, _) => "present",
                };
                cells.set("status", status);
            }
            cells.set_where_missing("section", &["course"]);
        }
        "grades" | "credits" => {
            if let Some(grade) = cells.get("grade") {
                let (number, letter): (Vec<_>, Vec<_>) =
                    grade.split_whitespace().map(str::to_owned).partition(|part| part.parse::<f64>().is_ok());
                cells.mended.extend(number.into_iter().next().map(|number| ("numeric_grade", number)));
                cells.mended.extend(letter.into_iter().next().map(|letter| ("letter_grade", letter)));
            }
            cells.set_where_missing("section", &["course"]);
            if cells.get("type").is_none() {
                cells.set("type", "Final");
            }
            if cells.get("term").is_none() {
                cells.set("term", "Year");
            }
        }
        "assessments" => cells.set_where_missing("sitting", &["date", "subject"]),
        "incidents" => {
            cells.set_where_missing("incident_id", &["date", "time", "student_id", "behavior"]);
            if let Some(role) = cells.get("role").map(str::to_lowercase) {
                let mut letters = role.chars();
                let first = letters.next().map(|letter| letter.to_uppercase().to_string());
                cells.set("role", first.unwrap_or_default() + letters.as_str());
            }
        }
        "discipline" => cells.set_where_missing("action_id", &["date", "action"]),
        _ => {}
    }
    // A school year is known by the year in which it ends, and is kept with both.
    if let Some(year) = cells.get("school_year").and_then(|year| year.parse::<u16>().ok()).filter(|year| *year > 1900) {
        cells.set("school_year", format!("{}-{year}", year - 1));
    }
}

/// Why nobody can tell what a row says, by the column; never with what stands in it.
pub(super) fn refuse(file: &str, cells: &Cells<'_>) -> Option<&'static str> {
    match file {
        "attendance" | "section_attendance" => {
            let status = cells.get("status")?;
            (Mark::read(status, None) == Mark::Unrecognised).then_some(
                "status: none of present, tardy, left early, partial, excused, unexcused, extended medical, suspended",
            )
        }
        "incidents" => {
            let role = cells.get("role")?;
            (!["Offender", "Victim", "Witness", "Reporter"].contains(&role))
                .then_some("role: none of offender, victim, witness, reporter")
        }
        "grades" => {
            let graded = ["numeric_grade", "letter_grade"].iter().any(|column| cells.get(column).is_some());
            (!graded).then_some("grade: missing")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a column of `file` says once the row is mended.
    fn said(file: &str, row: &[(&str, &str)], column: &str) -> Option<String> {
        let columns: Vec<String> = row.iter().map(|(name, _)| (*name).to_owned()).collect();
        let mut cells = Cells::new(&columns, row.iter().map(|(_, text)| Cow::Borrowed(*text)).collect());
        mend(file, &mut cells);
        cells.get(column).map(str::to_owned)
    }

    #[test]
    fn a_name_in_one_and_a_grade_in_one_are_taken_apart() {
        let name = [("full_name", "Fake Student, Second")];
        assert_eq!(said("students", &name, "family_name").as_deref(), Some("Fake Student"));
        assert_eq!(said("students", &name, "given_name").as_deref(), Some("Second"));
        let grade = |text, column| said("grades", &[("grade", text)], column);
        assert_eq!(
            (grade("85.12 B+", "numeric_grade"), grade("85.12 B+", "letter_grade")),
            (Some("85.12".into()), Some("B+".into()))
        );
        assert_eq!((grade("B+", "numeric_grade"), grade("70", "letter_grade")), (None, None));
    }

    #[test]
    fn flags_come_to_a_status() {
        let status = |absent, excused, tardy| {
            said("attendance", &[("absent", absent), ("excused", excused), ("tardy", tardy)], "status")
        };
        assert_eq!(status("1", "1", "0").as_deref(), Some("excused absence"));
        assert_eq!(status("1", "", "0").as_deref(), Some("unexcused absence"));
        assert_eq!(status("0", "1", "1").as_deref(), Some("tardy"));
        assert_eq!(status("", "1", "1"), None);
    }

    #[test]
    fn a_school_year_is_kept_with_both_its_years_and_what_has_no_number_gets_one() {
        assert_eq!(said("credits", &[("school_year", "2026")], "school_year").as_deref(), Some("2025-2026"));
        let incident = [("date", "2015-10-01"), ("student_id", "10"), ("behavior", "Hitting")];
        assert_eq!(said("incidents", &incident, "incident_id").as_deref(), Some("2015-10-01 10 Hitting"));
    }
}
