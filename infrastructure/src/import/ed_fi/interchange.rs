//! One interchange file, read element by element; only the texts that some column wants are ever kept.
use std::{collections::HashMap, io::BufRead};

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use crate::import::{ImportError, build::Fields, lines::Lines, reading::Sink};

/// Nothing in Ed-Fi nests nearly as deep.
const DEEPEST: usize = 64;

/// A field of its own, not in the file: the name of the row's element.
pub(super) const ELEMENT: &str = "@element";

/// A row being read.
struct Open {
    kind: Option<usize>,
    line: u64,
    xml_id: Option<String>,
    fields: Fields,
}

/// Reads the interchange `file` into `sink`. What is no interchange is counted as not used.
pub(super) fn read<R: BufRead>(file: &str, lines: Lines<R>, sink: &mut Sink) -> Result<(), ImportError> {
    let kinds: HashMap<&'static str, usize> = sink
        .plans()
        .iter()
        .enumerate()
        .flat_map(|(number, plan)| plan.kind.elements.iter().map(move |&element| (element, number)))
        .collect();
    sink.begin(file)?;
    let mut reader = Reader::from_reader(lines);
    let (mut buffer, mut depth, mut seen_root) = (Vec::new(), 0_usize, false);
    let (mut path, mut text) = (String::new(), String::new());
    let mut open: Option<Open> = None;
    loop {
        let line = reader.get_mut().line;
        reader.get_mut().token();
        buffer.clear();
        let malformed = |line, what: String| ImportError::Malformed { file: file.to_owned(), line, what };
        let event = match reader.read_event_into(&mut buffer) {
            Ok(event) => event,
            Err(error) => return Err(malformed(reader.get_mut().line, in_words(&error))),
        };
        let (start, end) = match &event {
            Event::Start(start) => (Some(start), false),
            Event::Empty(start) => (Some(start), true),
            Event::End(_) => (None, true),
            _ => (None, false),
        };
        if let Some(start) = start {
            text.clear();
            depth += 1;
            let name = start.local_name();
            let name = name.as_ref();
            match depth {
                1 if seen_root => return Err(malformed(line, "a second root element".into())),
                1 if !name.starts_with("Interchange") => {
                    sink.not_used(&format!("{file}: no Ed-Fi interchange"));
                    return Ok(());
                }
                1 => seen_root = true,
                2 => open = Some(begin(name, line, start, &kinds, sink).map_err(|what| malformed(line, what))?),
                DEEPEST.. => return Err(malformed(line, "elements nest too deep".into())),
                _ => {
                    if !path.is_empty() {
                        path.push('/');
                    }
                    path.push_str(name);
                    if let Some(id) = attribute(start, "ref").map_err(|what| malformed(line, what))? {
                        put(open.as_mut(), &format!("{path}/@ref"), &id, sink);
                    }
                }
            }
        }
        match &event {
            Event::Text(piece) => text.push_str(&piece.xml10_content()),
            Event::CData(piece) => text.push_str(&piece.xml10_content()),
            Event::GeneralRef(reference) => {
                let known = match reference.resolve_char_ref() {
                    Ok(Some(character)) => Some(character),
                    Ok(None) => predefined(&reference.xml10_content()),
                    Err(_) => None,
                };
                text.push(known.ok_or_else(|| malformed(line, "an entity that XML does not define".into()))?);
            }
            Event::Eof if depth > 0 => {
                return Err(malformed(line, format!("the file ends in the middle ({depth} elements are not closed)")));
            }
            Event::Eof if !seen_root => return Err(malformed(line, "no root element".into())),
            Event::Eof => return Ok(()),
            _ => {}
        }
        if end {
            match depth {
                1 => {}
                2 => {
                    if let Some(Open { kind: Some(kind), line, xml_id, fields }) = open.take() {
                        sink.row(kind, line, xml_id.as_deref(), &fields, None)?;
                    }
                }
                _ => {
                    let content = text.trim();
                    if !content.is_empty() {
                        put(open.as_mut(), &path, content, sink);
                    }
                    path.truncate(path.rfind('/').unwrap_or(0));
                }
            }
            text.clear();
            depth = depth.saturating_sub(1);
        }
    }
}

fn begin(
    name: &str,
    line: u64,
    start: &BytesStart<'_>,
    kinds: &HashMap<&'static str, usize>,
    sink: &mut Sink,
) -> Result<Open, String> {
    let kind = kinds.get(name).copied();
    let Some(number) = kind else {
        sink.not_used(name);
        return Ok(Open { kind, line, xml_id: None, fields: Vec::new() });
    };
    let mut fields = sink.plans()[number].fields();
    if let Some(slot) = sink.plans()[number].slot(ELEMENT) {
        fields[slot].push(name.to_owned());
    }
    Ok(Open { kind, line, xml_id: attribute(start, "id")?, fields })
}

fn put(open: Option<&mut Open>, path: &str, text: &str, sink: &Sink) {
    if let Some(open) = open
        && let Some(kind) = open.kind
        && let Some(slot) = sink.plans()[kind].slot(path)
    {
        open.fields[slot].push(text.to_owned());
    }
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Result<Option<String>, String> {
    match start.try_get_attribute(name) {
        Ok(None) => Ok(None),
        Ok(Some(found)) => Ok(Some(found.value.trim().to_owned())),
        Err(_) => Err("an attribute that cannot be read".to_owned()),
    }
}

fn predefined(name: &str) -> Option<char> {
    [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\'')]
        .into_iter()
        .find_map(|(known, character)| (known == name).then_some(character))
}

/// What is wrong, without what stands there: the parser's own words may quote it.
fn in_words(error: &quick_xml::Error) -> String {
    use quick_xml::errors::IllFormedError as Ill;
    match error {
        quick_xml::Error::Io(error) => format!("cannot be read: {error}"),
        quick_xml::Error::Syntax(error) => error.to_string(),
        quick_xml::Error::IllFormed(Ill::MismatchedEndTag { expected, .. }) => {
            format!("the element {expected} is not closed where it should be")
        }
        quick_xml::Error::IllFormed(Ill::UnmatchedEndTag(_)) => "an end tag without its start".to_owned(),
        quick_xml::Error::IllFormed(_) => "not well-formed XML".to_owned(),
        quick_xml::Error::Encoding(_) => "not UTF-8".to_owned(),
        _ => "not well-formed XML".to_owned(),
    }
}
