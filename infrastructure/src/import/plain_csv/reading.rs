//! One CSV file, read row by row.
use std::{
    borrow::Cow,
    collections::HashSet,
    fs::File,
    io::{BufRead, BufReader},
};

use csv::{ByteRecord, ReaderBuilder};

use super::{
    columns::name,
    directory::CsvFile,
    mending::{Cells, mend, mended, refuse},
    style::Style,
    writing::{plain, text},
};
use crate::import::{ImportError, kind::Holds, lines::Lines, reading::Sink};

/// Where one kind's fields stand in a file.
struct Taken {
    kind: usize,
    fields: Vec<(usize, String, Holds)>,
    /// Of a second kind in the file: the columns that make a row one of it.
    own: Vec<&'static str>,
}

/// Reads one file into `sink`.
pub(super) fn read(file: &CsvFile, sink: &mut Sink) -> Result<(), ImportError> {
    let progress = sink.progress();
    progress.now(&file.name);
    sink.begin(&file.name)?;
    let opened = File::open(&file.path).map_err(|e| ImportError::file(&file.path, e))?;
    let mut lines = Lines::new(BufReader::with_capacity(1 << 16, opened), progress);
    let malformed = |line, what: &str| ImportError::Malformed { file: file.name.clone(), line, what: what.to_owned() };
    let head = lines.fill_buf().map_err(|e| ImportError::file(&file.path, e))?;
    let style = Style::of(head).map_err(|what| malformed(1, what))?;
    let mut builder = ReaderBuilder::new();
    builder.flexible(true).has_headers(false).delimiter(style.delimiter);
    let mut reader = builder.escape(style.backslash.then_some(b'\\')).from_reader(lines);
    let (mut head, mut row, mut seen) = (ByteRecord::new(), ByteRecord::new(), HashSet::new());
    reader.get_mut().token();
    if !reader.read_byte_record(&mut head).map_err(|_| malformed(1, "cannot be read"))? {
        return Ok(());
    }
    let columns: Vec<String> = head.iter().map(|column| name(file.holds, &text(column))).collect();
    let all = taken(file, &columns, sink).map_err(|what| malformed(1, &what))?;
    let primary = all.first().map_or(0, |taken| taken.kind);
    loop {
        reader.get_mut().token();
        let more = reader.read_byte_record(&mut row);
        let line = row.position().map_or_else(|| reader.position().line(), csv::Position::line);
        match more {
            Ok(true) if row == head => sink.not_used(&format!("{}: the line of column names once more", file.name)),
            Ok(true) => match cells(&columns, &row) {
                Ok(cells) if cells.are_empty() => {}
                Ok(mut cells) => {
                    mend(file.holds, &mut cells);
                    match refuse(file.holds, &cells) {
                        Some(reason) => sink.refuse(primary, line, reason),
                        None => hand_over(file, &all, &cells, line, &mut seen, sink)?,
                    }
                }
                Err(reason) => sink.refuse(primary, line, &reason),
            },
            Ok(false) => return Ok(()),
            Err(_) => return Err(malformed(line, "cannot be read: damaged, or a field longer than a mebibyte")),
        }
    }
}

/// The kinds that the file holds, or which column it misses. What nobody asks for is counted.
fn taken(file: &CsvFile, columns: &[String], sink: &mut Sink) -> Result<Vec<Taken>, String> {
    let (mut all, mut known): (Vec<Taken>, HashSet<String>) = (Vec::new(), HashSet::new());
    let has = |field: &str| columns.iter().any(|c| c == field) || mended(file.holds, field, columns);
    for (kind, plan) in sink.plans().iter().enumerate().filter(|(_, p)| p.kind.elements.contains(&file.holds)) {
        let identity = plan.kind.identity.iter().flat_map(|identity| identity.from);
        let required = plan.kind.columns.iter().filter(|column| column.required).flat_map(|column| column.from);
        let required: Vec<&'static str> = identity.chain(required).copied().filter(|f| !f.starts_with('@')).collect();
        known.extend(plan.slots().map(|(field, _)| field.to_owned()));
        let missing = required.iter().find(|field| !has(field));
        let own = match (all.first(), missing) {
            (None, Some(missing)) => {
                return Err(format!("no column {missing}: is the line of column names missing?"));
            }
            (Some(_), Some(_)) => continue,
            (None, None) => Vec::new(),
            (Some(first), None) => {
                let also = |field: &&'static str| first.fields.iter().any(|(_, other, _)| other == field);
                required.into_iter().filter(|field| !also(field)).collect()
            }
        };
        let holds =
            |field: &str| plan.kind.columns.iter().find(|c| c.from.contains(&field)).map_or(Holds::Text, |c| c.holds);
        let fields = plan.slots().map(|(field, slot)| (slot, field.to_owned(), holds(field))).collect();
        all.push(Taken { kind, fields, own });
    }
    for column in columns.iter().filter(|c| !c.is_empty() && !known.contains(*c) && !mended(file.holds, c, &[])) {
        sink.not_used(&format!("{}: column {column}", file.name));
    }
    Ok(all)
}

/// The fields of a row by their columns. Fields that are empty may be left out at its end, and may go on beyond it.
fn cells<'a>(columns: &'a [String], row: &'a ByteRecord) -> Result<Cells<'a>, String> {
    let texts: Vec<Cow<'a, str>> = row.iter().map(text).collect();
    if texts.iter().skip(columns.len()).any(|text| !text.is_empty()) {
        return Err(format!("has {} fields, not {}", texts.len(), columns.len()));
    }
    for (place, column) in columns.iter().enumerate().skip(1).filter(|(_, column)| !column.is_empty()) {
        let twice = columns[..place].iter().position(|other| other == column);
        let text = |place: usize| texts.get(place).filter(|text| !text.is_empty());
        if let (Some(one), Some(other)) = (twice.and_then(text), text(place))
            && one != other
        {
            return Err(format!("{column}: stands twice, and says two things"));
        }
    }
    Ok(Cells::new(columns, texts))
}

/// Hands the row over as every kind that it is.
fn hand_over(
    file: &CsvFile,
    all: &[Taken],
    cells: &Cells<'_>,
    line: u64,
    seen: &mut HashSet<String>,
    sink: &mut Sink,
) -> Result<(), ImportError> {
    for (number, Taken { kind, fields, own }) in all.iter().enumerate() {
        let second = number > 0;
        if second && own.iter().all(|field| cells.get(field).is_none()) {
            continue;
        }
        // An incident stands once for every student in it.
        let incident = || format!("{:?} {:?}", cells.get("school_id"), cells.get("incident_id"));
        if !second && file.holds == "incidents" && !seen.insert(incident()) {
            continue;
        }
        let mut read = sink.plans()[*kind].fields();
        for (slot, field, holds) in fields {
            let text = if field == "@file" { Some(file.holds) } else { cells.get(field) };
            read[*slot].extend(text.map(|text| plain(Cow::Borrowed(text), *holds)));
        }
        sink.row(*kind, line, None, &read, None)?;
    }
    Ok(())
}
