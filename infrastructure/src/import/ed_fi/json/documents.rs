//! One JSON object after another out of a file, without the rest of it in memory: the items of an array, or one after another.
use std::io::BufRead;

use crate::import::{ImportError, lines::Lines};

/// The objects of a file.
pub(super) struct Documents<R> {
    file: String,
    lines: Lines<R>,
    array: Array,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Array {
    /// Nothing has been seen yet.
    Unknown,
    /// Objects follow each other without one.
    None,
    Open,
    Closed,
}

/// How far an object has been read.
#[derive(Default)]
struct Reach {
    depth: u32,
    in_text: bool,
    escaped: bool,
}

impl Reach {
    /// Whether the object ends with this byte.
    fn ends_with(&mut self, byte: u8) -> bool {
        if self.in_text {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_text = false,
                _ => {}
            }
            return false;
        }
        match byte {
            b'"' => self.in_text = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.depth == 0
    }
}

impl<R: BufRead> Documents<R> {
    pub(super) fn of(file: &str, lines: Lines<R>) -> Self {
        Self { file: file.to_owned(), lines, array: Array::Unknown }
    }

    /// Puts the next object into `item`, and says on which line it begins.
    pub(super) fn next(&mut self, item: &mut Vec<u8>) -> Result<Option<u64>, ImportError> {
        item.clear();
        self.lines.token();
        if !self.begins()? {
            return Ok(None);
        }
        let (line, mut reach) = (self.lines.line, Reach::default());
        loop {
            let buffer =
                self.lines.fill_buf().map_err(|e| malformed(&self.file, line, &format!("cannot be read: {e}")))?;
            if buffer.is_empty() {
                return Err(malformed(&self.file, line, "the file ends in the middle of an object"));
            }
            let end = buffer.iter().position(|&byte| reach.ends_with(byte));
            let taken = end.map_or(buffer.len(), |end| end + 1);
            item.extend_from_slice(&buffer[..taken]);
            self.lines.consume(taken);
            if end.is_some() {
                return Ok(Some(line));
            }
        }
    }

    /// Goes on to the next object, and stops before it; whether there is one.
    fn begins(&mut self) -> Result<bool, ImportError> {
        loop {
            let line = self.lines.line;
            let at = |what: &str| malformed(&self.file, line, what);
            let buffer = self.lines.fill_buf().map_err(|e| at(&format!("cannot be read: {e}")))?;
            let byte = match buffer {
                [] if self.array == Array::Open => return Err(at("the file ends in the middle of its array")),
                [] => return Ok(false),
                [0xef, 0xbb, 0xbf, ..] if self.array == Array::Unknown => {
                    self.lines.consume(3);
                    continue;
                }
                [byte, ..] => *byte,
            };
            match (byte, self.array) {
                (b' ' | b'\t' | b'\r' | b'\n', _) | (b',', Array::Open) => {}
                (b'{', Array::Open) => return Ok(true),
                (b'{', Array::Unknown | Array::None) => {
                    self.array = Array::None;
                    return Ok(true);
                }
                (b'[', Array::Unknown) => self.array = Array::Open,
                (b']', Array::Open) => self.array = Array::Closed,
                _ => return Err(at("neither an array of objects nor one object after another")),
            }
            self.lines.consume(1);
            self.lines.token();
        }
    }
}

fn malformed(file: &str, line: u64, what: &str) -> ImportError {
    ImportError::Malformed { file: file.to_owned(), line, what: what.to_owned() }
}

#[cfg(test)]
mod tests {
    use std::{io::BufReader, sync::Arc};

    use super::*;
    use crate::import::NoProgress;

    /// The objects of `text`, read three bytes at a time, with their lines; at its end the fault that was met.
    fn read(text: &str) -> Vec<String> {
        let lines = Lines::new(BufReader::with_capacity(3, text.as_bytes()), Arc::new(NoProgress));
        let (mut documents, mut item, mut all) = (Documents::of("f", lines), Vec::new(), Vec::new());
        loop {
            match documents.next(&mut item) {
                Ok(Some(line)) => all.push(format!("{line} {}", String::from_utf8_lossy(&item))),
                Ok(None) => return all,
                Err(error) => {
                    all.push(error.to_string().replace("; nothing of this import is stored", ""));
                    return all;
                }
            }
        }
    }

    #[test]
    fn an_array_and_one_a_line_are_the_same() {
        assert_eq!(
            read("\u{feff}[\n {\"a\": \"}]\\\"\"},\n{\"b\": [{}]}\n]\n"),
            ["2 {\"a\": \"}]\\\"\"}", "3 {\"b\": [{}]}"]
        );
        assert_eq!(read("{\"a\": 1}\r\n{\"b\": {}}"), ["1 {\"a\": 1}", "2 {\"b\": {}}"]);
        assert!(read(" [ ] ").is_empty() && read("").is_empty());
    }

    #[test]
    fn a_file_cut_short_is_told() {
        assert_eq!(
            read("[{\"a\": 1},\n{\"b\":"),
            ["1 {\"a\": 1}", "f, line 2: the file ends in the middle of an object"]
        );
        assert_eq!(read("[{\"a\": 1}"), ["1 {\"a\": 1}", "f, line 1: the file ends in the middle of its array"]);
        let neither = "f, line 1: neither an array of objects nor one object after another";
        assert_eq!(read("<html>"), [neither]);
        assert_eq!(read("[{}] {}"), ["1 {}", neither]);
        assert_eq!(read("[1]"), [neither]);
    }
}
