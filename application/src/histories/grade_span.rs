//! A grade, told as a span of grades.
use strum::IntoStaticStr;

/// A span of grades.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum GradeSpan {
    /// Up to the fifth.
    Elementary,
    /// From the sixth to the eighth.
    Middle,
    /// From the ninth on.
    High,
}

/// The grades by the words of Ed-Fi's `GradeLevelDescriptor`, from the first on.
const ORDINALS: [&str; 12] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth",
];

impl GradeSpan {
    /// The span of a grade as the district's systems write it: `Ninth grade`, `09`, `K`, or a descriptor's URI.
    pub fn of(grade: &str) -> Option<Self> {
        let code = grade.rsplit('#').next().unwrap_or(grade).trim().to_lowercase();
        let early = ["k", "kg", "pk"].contains(&code.as_str()) || code.contains("kinder") || code.contains("preschool");
        let by_word = ORDINALS.iter().position(|word| code.starts_with(word)).map(|at| at + 1);
        let digits: String = code.chars().take_while(char::is_ascii_digit).collect();
        let number = if early { Some(0) } else { by_word.or_else(|| digits.parse().ok()) };
        Some(match number? {
            0..=5 => Self::Elementary,
            6..=8 => Self::Middle,
            9..=12 => Self::High,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_are_read_as_systems_write_them() {
        use GradeSpan::{Elementary, High, Middle};
        let read = [
            ("uri://ed-fi.org/GradeLevelDescriptor#Ninth grade", Some(High)),
            ("Kindergarten", Some(Elementary)),
            ("K", Some(Elementary)),
            ("05", Some(Elementary)),
            ("6", Some(Middle)),
            ("8th", Some(Middle)),
            ("Ungraded", None),
            ("13", None),
            ("", None),
        ];
        for (text, span) in read {
            assert_eq!(GradeSpan::of(text), span, "{text}");
        }
    }
}
