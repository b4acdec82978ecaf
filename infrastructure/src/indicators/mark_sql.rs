//! How rows of attendance become marks, as an expression of SQL made from the words that the domain knows.
use domain::indicator::{ABSENCE_REASONS, CATEGORY_WORDS, Mark};

/// The mark of a row `e`, as a number: what its category says, or what its reason makes of an absence.
pub(super) fn mark() -> String {
    let category = code("e.attendance_event_category");
    let reason = code("coalesce(e.attendance_event_reason, '')");
    let says = |text: &str, words: &[(&str, Mark)]| {
        let when = words.iter().map(|(word, mark)| format!(" WHEN {text} LIKE '%{word}%' THEN {}", *mark as i16));
        when.collect::<String>()
    };
    let by_category = format!("CASE{} ELSE {} END", says(&category, CATEGORY_WORDS), Mark::Unrecognised as i16);
    let absent = Mark::Unexcused as i16;
    format!(
        "(CASE WHEN {by_category} >= {absent} THEN CASE{} ELSE {by_category} END ELSE {by_category} END)::smallint",
        says(&reason, ABSENCE_REASONS)
    )
}

/// A descriptor's code, in lower case: what stands after the `#` of its URI, or all of it where there is none.
fn code(text: &str) -> String {
    format!("lower(regexp_replace({text}, '^.*#', ''))")
}
