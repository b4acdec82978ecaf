//! How a CSV file is written: what stands between its fields, and how a quote stands in one.

/// How one file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    /// What stands between fields.
    pub(super) delimiter: u8,
    /// Whether a backslash stands before a quote that is meant as one; otherwise such a quote stands twice.
    pub(super) backslash: bool,
}

impl Style {
    /// The style of a file that begins so, or why it cannot be read at all.
    pub(super) fn of(head: &[u8]) -> Result<Self, &'static str> {
        if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
            return Err("is written in UTF-16; save it as CSV in UTF-8");
        }
        if head.starts_with(b"PK") {
            return Err("is a workbook or an archive; save it as CSV in UTF-8");
        }
        let first = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
        let count = |delimiter: u8| first.iter().filter(|&&byte| byte == delimiter).count();
        let delimiter = [b',', b';', b'\t'].into_iter().rev().max_by_key(|&delimiter| count(delimiter)).unwrap_or(b',');
        let ends_field = |byte: u8| byte == delimiter || byte == b'\r' || byte == b'\n';
        let backslash = head.windows(3).any(|three| three.starts_with(b"\\\"") && !ends_field(three[2]));
        Ok(Self { delimiter, backslash })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_is_told_by_the_first_lines() {
        let style = |text: &str| Style::of(text.as_bytes()).map(|style| (style.delimiter, style.backslash));
        assert_eq!(style("a,b\n1,\"say \\\"no\\\" now\"\n"), Ok((b',', true)));
        assert_eq!(style("a;b\n1;\"C:\\\"\n"), Ok((b';', false)));
        assert_eq!(style("a\tb, c\td\n"), Ok((b'\t', false)));
        assert_eq!(style("student_id"), Ok((b',', false)));
        assert!(Style::of(&[0xff, 0xfe, b'a', 0]).is_err() && style("PK\u{3}\u{4}").is_err());
    }
}
