//! The table as it is written.
use std::collections::BTreeMap;

const TABLE: &str = include_str!("../../../authority.csv");

/// The columns before those of the callers.
const ABOUT: usize = 4;

/// All lines.
pub struct Table {
    /// The kinds of callers.
    pub callers: Vec<String>,
    /// One for each operation, or several under different circumstances.
    pub rows: Vec<Row>,
}

/// One line.
pub struct Row {
    /// The operation, with its circumstances after a slash.
    pub name: String,
    /// The operation.
    pub operation: String,
    /// The line that is carried out right before.
    pub after: String,
    /// What the body has other than the example.
    pub with: serde_json::Value,
    answers: Vec<(String, String)>,
}

impl Table {
    /// # Panics
    /// Where the file is not as its head says.
    pub fn read() -> Self {
        let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(TABLE.as_bytes());
        let callers: Vec<_> = reader.headers().expect("a head").iter().skip(ABOUT).map(str::to_owned).collect();
        let rows: Vec<_> = reader.records().map(|line| row(&line.expect("a line"), &callers)).collect();
        let mut names = BTreeMap::new();
        for row in &rows {
            assert!(names.insert(&row.name, ()).is_none(), "{} has two lines of one name", row.name);
        }
        Self { callers, rows }
    }

    /// The line of that name.
    pub fn row(&self, name: &str) -> Option<&Row> {
        self.rows.iter().find(|row| row.name == name)
    }

    /// A line to begin with for an operation that has none.
    pub fn proposed(&self, operation: &str, summary: &str) -> String {
        let answers = self.callers.iter().map(|caller| match caller.as_str() {
            "nobody" | "expired token" => ",unknown",
            "no staff record" | "not signed" => ",no",
            _ => ",?",
        });
        format!("{operation},,,\"{summary}\"{}", answers.collect::<String>())
    }
}

impl Row {
    /// Each caller with the answer that they ought to get.
    pub fn answers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.answers.iter().map(|(caller, answer)| (caller.as_str(), answer.as_str()))
    }

    /// Whether that caller may.
    pub fn allows(&self, caller: &str) -> bool {
        self.answers().any(|answer| answer == (caller, "yes"))
    }
}

fn row(line: &csv::StringRecord, callers: &[String]) -> Row {
    let name = line[0].to_owned();
    let operation = name.split(" / ").next().unwrap_or_default().to_owned();
    let with = if line[2].is_empty() { serde_json::Value::Null } else { serde_json::from_str(&line[2]).expect(&name) };
    assert!(!line[3].is_empty(), "{name}: say what it is");
    let answers = callers.iter().zip(line.iter().skip(ABOUT));
    let answers: Vec<_> = answers.map(|(caller, answer)| (caller.clone(), answer.to_owned())).collect();
    for (caller, answer) in &answers {
        assert!(
            ["yes", "no", "hidden", "unknown"].contains(&answer.as_str()),
            "{name} as {caller}: yes, no, hidden or unknown"
        );
    }
    Row { name, operation, after: line[1].to_owned(), with, answers }
}

/// A status, in the words of the table.
pub fn answer_in_words(status: u16) -> &'static str {
    match status {
        200..=299 => "yes",
        401 => "unknown",
        403 => "no",
        404 => "hidden",
        _ => "something else",
    }
}
