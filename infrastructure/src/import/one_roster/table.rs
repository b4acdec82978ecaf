//! One CSV file of a roster, read row by row.
use std::io::BufRead;

use chrono::{NaiveDate, Utc};
use csv::{ByteRecord, ReaderBuilder};

use super::manifest::Mode;
use crate::import::{ImportError, kind::Holds, lines::Lines, reading::Sink};

/// A field's place in the row, the slot it fills, and whether it is a list.
struct Field {
    place: usize,
    slot: usize,
    list: bool,
}

/// The columns of one file.
struct Columns {
    header: Vec<String>,
    id: usize,
    status: Option<usize>,
    modified: Option<usize>,
    /// The field that tells of which kind a row is.
    kind: Option<usize>,
    kinds: Vec<(usize, Vec<Field>)>,
}

/// Reads `name`, which holds the kinds whose element is `file`.
pub(super) fn read<R: BufRead>(
    file: &str,
    name: &str,
    lines: Lines<R>,
    mode: Mode,
    sink: &mut Sink,
) -> Result<(), ImportError> {
    sink.begin(name)?;
    let malformed = |line, what: &str| ImportError::Malformed { file: name.to_owned(), line, what: what.to_owned() };
    let mut reader = ReaderBuilder::new().flexible(true).has_headers(false).from_reader(lines);
    let mut row = ByteRecord::new();
    reader.get_mut().token();
    if !reader.read_byte_record(&mut row).map_err(|_| malformed(1, "cannot be read"))? {
        return Err(malformed(1, "the line of column names is missing"));
    }
    let columns = Columns::of(&row, file, sink)
        .ok_or_else(|| malformed(1, "no column sourcedId: is the line of column names missing?"))?;
    let first = columns.kinds.first().map_or(0, |(number, _)| *number);
    loop {
        reader.get_mut().token();
        let more = reader.read_byte_record(&mut row);
        let line = row.position().map_or_else(|| reader.position().line(), csv::Position::line);
        match more {
            Ok(true) => {}
            Ok(false) => return Ok(()),
            Err(_) => return Err(malformed(line, "cannot be read: damaged, or a field longer than a mebibyte")),
        }
        match columns.texts(&row, mode) {
            Err(reason) => sink.refuse(first, line, &reason),
            Ok((texts, ended)) => {
                if !columns.hand_over(&texts, line, ended, sink)? {
                    match columns.kind.filter(|&place| texts[place].is_empty()) {
                        Some(place) => sink.refuse(first, line, &format!("{}: missing", columns.header[place])),
                        None => sink.not_used(&format!("{name}: rows of another kind")),
                    }
                }
            }
        }
    }
}

impl Columns {
    fn of(row: &ByteRecord, file: &str, sink: &Sink) -> Option<Self> {
        let plain = |column: &[u8]| String::from_utf8_lossy(column).trim_start_matches('\u{feff}').trim().to_owned();
        let header: Vec<String> = row.iter().map(plain).collect();
        let place = |column: &str| header.iter().position(|h| h == column);
        let (mut kinds, mut kind) = (Vec::new(), None);
        for (number, plan) in sink.plans().iter().enumerate().filter(|(_, p)| p.kind.elements.contains(&file)) {
            kind = kind.or(plan.kind.only.and_then(|(field, _)| place(field)));
            let list = |h: &str| plan.kind.columns.iter().any(|c| lists(c.holds) && c.from.contains(&h));
            let field = |(place, h): (usize, &String)| plan.slot(h).map(|slot| Field { place, slot, list: list(h) });
            kinds.push((number, header.iter().enumerate().filter_map(field).collect()));
        }
        Some(Self {
            id: place("sourcedId")?,
            status: place("status"),
            modified: place("dateLastModified"),
            kind,
            kinds,
            header,
        })
    }

    /// The row's texts, and its last day if it is to be deleted.
    fn texts<'a>(&self, row: &'a ByteRecord, mode: Mode) -> Result<(Vec<&'a str>, Option<NaiveDate>), String> {
        if row.len() != self.header.len() {
            return Err(format!("has {} fields, not {}", row.len(), self.header.len()));
        }
        let texts: Result<Vec<&str>, _> = row.iter().map(|field| std::str::from_utf8(field).map(str::trim)).collect();
        let texts = texts.map_err(|_| "is not UTF-8".to_owned())?;
        if texts[self.id].is_empty() {
            return Err("sourcedId: missing".to_owned());
        }
        let ended = match self.status.map_or("active", |place| texts[place]) {
            "active" => None,
            "" if mode == Mode::Bulk => None,
            "tobedeleted" => Some(day(self.modified.map_or("", |place| texts[place]))),
            _ => return Err("status: neither active nor tobedeleted".to_owned()),
        };
        Ok((texts, ended))
    }

    /// Hands the row over as every kind that it is; whether it is any.
    fn hand_over(
        &self,
        texts: &[&str],
        line: u64,
        ended: Option<NaiveDate>,
        sink: &mut Sink,
    ) -> Result<bool, ImportError> {
        let mut taken = false;
        for (number, fields) in &self.kinds {
            let plan = &sink.plans()[*number];
            let mut read = plan.fields();
            for field in fields {
                let text = texts[field.place];
                let parts = if field.list { text.split(',').map(str::trim).collect() } else { vec![text] };
                read[field.slot].extend(parts.into_iter().filter(|part| !part.is_empty()).map(str::to_owned));
            }
            if plan.takes(&read) {
                sink.row(*number, line, None, &read, ended)?;
                taken = true;
            }
        }
        Ok(taken)
    }
}

fn lists(holds: Holds) -> bool {
    matches!(holds, Holds::Texts | Holds::Staged)
}

/// The day on which something came to be deleted: as the source says, or else today.
fn day(modified: &str) -> NaiveDate {
    let day = modified.get(..10).and_then(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok());
    day.unwrap_or_else(|| Utc::now().date_naive())
}
