//! A table as Parquet: every column may be empty, and so many rows as come together are a row group.
use std::{
    io,
    sync::{Arc, Mutex, PoisonError},
};

use application::Error;
use chrono::NaiveDate;
use parquet::{
    basic::{LogicalType, Repetition, Type as Physical},
    data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type},
    errors::ParquetError,
    file::{properties::WriterProperties, writer::SerializedColumnWriter, writer::SerializedFileWriter},
    schema::types::Type,
};

use super::{
    Cell, Kind, Sheet,
    encode::{Encode, Rows},
};

/// What was written and not yet handed on.
#[derive(Clone, Default)]
struct Outlet(Arc<Mutex<Vec<u8>>>);

impl Outlet {
    fn drain(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl io::Write for Outlet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A Parquet file that is being written.
pub struct ParquetTable {
    sheet: &'static Sheet,
    writer: SerializedFileWriter<Outlet>,
    outlet: Outlet,
}

impl ParquetTable {
    /// Begins it.
    ///
    /// # Errors
    /// [`Error::Unavailable`] where the columns do not make a schema.
    pub fn begin(sheet: &'static Sheet) -> Result<Self, Error> {
        let outlet = Outlet::default();
        let fields: Result<Vec<_>, _> = sheet.columns.iter().map(|column| field(column.name, column.kind)).collect();
        let schema = Type::group_type_builder(sheet.name).with_fields(fields.map_err(Error::unavailable)?).build();
        let schema = Arc::new(schema.map_err(Error::unavailable)?);
        let properties = WriterProperties::builder().set_created_by("Throughline".to_owned()).build();
        let writer = SerializedFileWriter::new(outlet.clone(), schema, Arc::new(properties));
        Ok(Self { sheet, writer: writer.map_err(Error::unavailable)?, outlet })
    }

    fn group(&mut self, rows: &Rows) -> Result<(), ParquetError> {
        let mut group = self.writer.next_row_group()?;
        for (number, column) in self.sheet.columns.iter().enumerate() {
            let Some(mut writer) = group.next_column()? else { break };
            let cells = || rows.iter().map(|row| row.get(number).unwrap_or(&Cell::Empty));
            match column.kind {
                Kind::Text => write::<ByteArrayType>(&mut writer, cells().map(text))?,
                Kind::Whole => write::<Int64Type>(&mut writer, cells().map(whole))?,
                Kind::Number => write::<DoubleType>(&mut writer, cells().map(number_of))?,
                Kind::Day => write::<Int32Type>(&mut writer, cells().map(day))?,
            }
            writer.close()?;
        }
        group.close()?;
        Ok(())
    }
}

impl Encode for ParquetTable {
    fn rows(&mut self, rows: &Rows) -> Result<Vec<u8>, Error> {
        if !rows.is_empty() {
            self.group(rows).map_err(Error::unavailable)?;
        }
        Ok(self.outlet.drain())
    }

    fn end(self: Box<Self>) -> Result<Vec<u8>, Error> {
        self.writer.close().map_err(Error::unavailable)?;
        Ok(self.outlet.drain())
    }
}

fn field(name: &str, kind: Kind) -> Result<Arc<Type>, ParquetError> {
    let (physical, logical) = match kind {
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Whole => (Physical::INT64, None),
        Kind::Number => (Physical::DOUBLE, None),
        Kind::Day => (Physical::INT32, Some(LogicalType::Date)),
    };
    let field = Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL);
    Ok(Arc::new(field.with_logical_type(logical).build()?))
}

/// Writes the cells of a column; what is empty has no value, only a level.
fn write<T: DataType>(
    writer: &mut SerializedColumnWriter<'_>,
    cells: impl Iterator<Item = Option<T::T>>,
) -> Result<(), ParquetError> {
    let (mut values, mut levels) = (vec![], vec![]);
    for cell in cells {
        levels.push(i16::from(cell.is_some()));
        values.extend(cell);
    }
    writer.typed::<T>().write_batch(&values, Some(&levels), None)?;
    Ok(())
}

fn text(cell: &Cell) -> Option<ByteArray> {
    match cell {
        Cell::Text(text) => Some(text.as_str().into()),
        _ => None,
    }
}

fn whole(cell: &Cell) -> Option<i64> {
    match cell {
        Cell::Whole(number) => Some(*number),
        _ => None,
    }
}

fn number_of(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Number(number) => Some(*number),
        _ => None,
    }
}

/// Days since the first of 1970.
fn day(cell: &Cell) -> Option<i32> {
    match cell {
        Cell::Day(day) => i32::try_from((*day - NaiveDate::default()).num_days()).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
