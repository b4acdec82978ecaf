//! Rows become bytes, some at a time: nothing holds a whole table.
use application::Error;

use super::{Cell, Sheet, form::Form, parquet::ParquetTable};

/// Rows that belong together.
pub type Rows = Vec<Vec<Cell>>;

/// A table that is being written.
pub trait Encode: Send {
    /// The bytes of some more rows.
    ///
    /// # Errors
    /// [`Error::Unavailable`] where they cannot be written.
    fn rows(&mut self, rows: &Rows) -> Result<Vec<u8>, Error>;

    /// The bytes with which the table ends.
    ///
    /// # Errors
    /// [`Error::Unavailable`] where they cannot be written.
    fn end(self: Box<Self>) -> Result<Vec<u8>, Error>;
}

/// A table of that form.
///
/// # Errors
/// [`Error::Unavailable`] where it cannot be begun.
pub fn table(form: Form, sheet: &'static Sheet) -> Result<Box<dyn Encode>, Error> {
    Ok(match form {
        Form::Csv => Box::new(CsvTable { sheet, begun: false }),
        Form::Parquet => Box::new(ParquetTable::begin(sheet)?),
    })
}

/// CSV as RFC 4180 has it, with the names of the columns first.
struct CsvTable {
    sheet: &'static Sheet,
    begun: bool,
}

impl Encode for CsvTable {
    fn rows(&mut self, rows: &Rows) -> Result<Vec<u8>, Error> {
        let mut table = csv::Writer::from_writer(vec![]);
        if !std::mem::replace(&mut self.begun, true) {
            let names = self.sheet.columns.iter().map(|column| column.name);
            table.write_record(names).map_err(Error::unavailable)?;
        }
        for row in rows {
            table.write_record(row.iter().map(Cell::written)).map_err(Error::unavailable)?;
        }
        table.into_inner().map_err(|_| Error::unavailable("a table in memory cannot be written"))
    }

    fn end(mut self: Box<Self>) -> Result<Vec<u8>, Error> {
        if self.begun { Ok(vec![]) } else { self.rows(&vec![]) }
    }
}
