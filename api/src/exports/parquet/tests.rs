//! What is written is read again.
use parquet::{
    file::{reader::FileReader, serialized_reader::SerializedFileReader},
    record::RowAccessor,
};

use super::*;
use crate::exports::{Column, form::Form};

const SHEET: Sheet = Sheet {
    name: "sheet",
    columns: &[
        Column::new("name", Kind::Text, "code", "a test", "A name."),
        Column::new("number", Kind::Whole, "students", "a test", "A number."),
        Column::new("share", Kind::Number, "days", "a test", "A share."),
        Column::new("on", Kind::Day, "date", "a test", "A day."),
    ],
};

fn rows() -> Rows {
    let day = "2026-03-02".parse().expect("a date");
    vec![
        vec![Cell::text("é, \"x\""), Cell::Whole(-3), Cell::Number(0.25), Cell::Day(day)],
        vec![Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty],
    ]
}

fn written(form: Form, groups: &[Rows]) -> Vec<u8> {
    let mut table = crate::exports::encode::table(form, &SHEET).expect("a table");
    let mut bytes: Vec<u8> = groups.iter().flat_map(|rows| table.rows(rows).expect("rows")).collect();
    bytes.extend(table.end().expect("an end"));
    bytes
}

#[test]
fn parquet_comes_back_as_it_was_written_group_by_group() {
    let bytes = written(Form::Parquet, &[rows(), vec![], rows()]);
    let file = SerializedFileReader::new(bytes::Bytes::from(bytes)).expect("a file");
    assert_eq!(file.metadata().num_row_groups(), 2);
    let all: Vec<_> = file.get_row_iter(None).expect("rows").collect::<Result<_, _>>().expect("rows");
    assert_eq!(all.len(), 4);
    assert_eq!(all[2].get_string(0).expect("a name"), "é, \"x\"");
    assert_eq!((all[2].get_long(1).expect("a number"), all[2].get_double(2).expect("a share")), (-3, 0.25));
    assert_eq!(all[2].to_string(), "{name: \"é, \"x\"\", number: -3, share: 0.25, on: 2026-03-02}");
    assert!(all[3].get_string(0).is_err(), "nothing is there");
}

#[test]
fn a_table_without_rows_has_its_columns() {
    let bytes = written(Form::Parquet, &[]);
    let file = SerializedFileReader::new(bytes::Bytes::from(bytes)).expect("a file");
    assert_eq!(file.metadata().file_metadata().schema_descr().num_columns(), 4);
    assert_eq!(String::from_utf8(written(Form::Csv, &[])).expect("text"), "name,number,share,on\n");
}

#[test]
fn csv_is_quoted_and_empty_cells_are_empty() {
    let text = String::from_utf8(written(Form::Csv, &[rows()])).expect("text");
    assert_eq!(text, "name,number,share,on\n\"é, \"\"x\"\"\",-3,0.25,2026-03-02\n,,,\n");
}
