//! Reads one sheet, cell by cell, and gives its rows.

use calamine::{Cell, DataRef, XlsxCellReader, XlsxError};

use super::number_format::{self, Moment};
use super::parts::Parts;
use super::serial::{self, Epoch};
use crate::engine::base::Error;
use crate::engine::ingest::format;

/// Cells of a sheet that are looked at, empty ones included.
const MOST_CELLS: u64 = 100_000_000;

/// A sheet whose filled cells span more places than this has to fill at least one of a thousand.
const SPAN: u64 = 50_000_000;

/// More columns than this is not a table that a person made.
const MOST_COLUMNS: u32 = 4_096;

/// Takes a row: its number from 1, and its cells from the first column on.
pub type Row<'a> = dyn FnMut(u64, &[String]) + 'a;

/// What could not be read of a sheet.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unread {
    /// Cells that contradict the workbook's own rules.
    pub unreadable: u64,
    /// Filled cells beyond the columns that are read.
    pub beyond: u64,
}

/// Why a sheet was not read.
#[derive(Debug)]
pub enum Stopped {
    /// Refused by our rules.
    Refused(Error),
    /// The workbook is damaged.
    Damaged(XlsxError),
}

/// The span of the filled cells.
#[derive(Debug, Default)]
struct Extent {
    filled: u64,
    rows: Option<(u32, u32)>,
    columns: Option<(u32, u32)>,
}

impl Extent {
    /// Takes a filled cell in; tells columns and rows where the cells lie too far apart.
    fn add(&mut self, row: u32, column: u32) -> Option<(u64, u64)> {
        let wider = |range: Option<(u32, u32)>, place: u32| {
            range.map_or((place, place), |(low, high)| {
                (low.min(place), high.max(place))
            })
        };
        let (rows, columns) = (wider(self.rows, row), wider(self.columns, column));
        self.rows = Some(rows);
        self.columns = Some(columns);
        self.filled += 1;
        let tall = u64::from(rows.1 - rows.0) + 1;
        let wide = u64::from(columns.1 - columns.0) + 1;
        (tall * wide > SPAN && tall * wide > self.filled * 1_000).then_some((wide, tall))
    }
}

/// Reads the cells of a sheet and gives each row that has a filled one.
///
/// # Errors
/// `cells_too_far_apart`, `too_many_cells_in_sheet`, or the workbook is damaged.
pub fn read(
    name: &str,
    reader: &mut XlsxCellReader<'_, Parts>,
    epoch: Epoch,
    give: &mut Row<'_>,
) -> Result<Unread, Stopped> {
    let moments: Vec<Option<Moment>> = reader
        .styles()
        .iter()
        .map(|style| {
            let format = style.number_format.as_ref()?;
            number_format::moment(&format.format_code)
        })
        .collect();
    let mut unread = Unread::default();
    let (mut extent, mut looked_at) = (Extent::default(), 0_u64);
    let (mut row, mut cells): (u32, Vec<String>) = (0, Vec::new());
    loop {
        let (cell, style) = match reader.next_cell_with_style_id() {
            Ok(None) => break,
            Ok(Some(found)) => found,
            Err(error) if is_of_one_cell(&error) => {
                unread.unreadable += 1;
                continue;
            }
            Err(error) => return Err(Stopped::Damaged(error)),
        };
        looked_at += 1;
        if looked_at > MOST_CELLS {
            return Err(Stopped::Refused(too_many(name)));
        }
        let (at_row, column) = cell.get_position();
        let text = text_of(&cell, moments.get(style).copied().flatten(), epoch);
        if text.is_empty() {
            continue;
        }
        if let Some((wide, tall)) = extent.add(at_row, column) {
            return Err(Stopped::Refused(too_far_apart(name, wide, tall)));
        }
        if column >= MOST_COLUMNS {
            unread.beyond += 1;
            continue;
        }
        if at_row != row {
            if extent.filled > 1 {
                give(u64::from(row) + 1, &cells);
            }
            cells.iter_mut().for_each(String::clear);
            row = at_row;
        }
        let place = column as usize;
        if cells.len() <= place {
            cells.resize(place + 1, String::new());
        }
        if let Some(cell) = cells.get_mut(place) {
            *cell = text;
        }
    }
    if extent.filled > 0 {
        give(u64::from(row) + 1, &cells);
    }
    Ok(unread)
}

/// Errors after which the next cell can still be read.
const fn is_of_one_cell(error: &XlsxError) -> bool {
    matches!(
        error,
        XlsxError::CellError(_)
            | XlsxError::ParseFloat(_)
            | XlsxError::ParseInt(_)
            | XlsxError::CellTAttribute(_)
            | XlsxError::Unrecognized { .. }
            | XlsxError::UnexpectedNode(_)
            | XlsxError::Unexpected(_)
    )
}

/// A cell as text; empty cells are empty.
fn text_of(cell: &Cell<DataRef<'_>>, moment: Option<Moment>, epoch: Epoch) -> String {
    match cell.get_value() {
        DataRef::Empty => String::new(),
        DataRef::Int(value) => value.to_string(),
        DataRef::Float(value) => serial::number(*value),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(value) => {
            let kind = moment.unwrap_or(if value.is_duration() {
                Moment::Duration
            } else if value.as_f64() < 1.0 {
                Moment::Time
            } else {
                Moment::Date
            });
            serial::moment(value.as_f64(), kind, epoch)
        }
        DataRef::Error(error) => error.to_string(),
    }
}

fn too_far_apart(name: &str, wide: u64, tall: u64) -> Error {
    Error::new(
        "cells_too_far_apart",
        format!(
            "Filled cells of a sheet stand {wide} columns and {tall} rows apart with almost nothing between them, in {}",
            format::shortened(name)
        ),
        "Delete the stray cells below or to the right of the table, or copy the table to a sheet of its own.",
    )
}

fn too_many(name: &str) -> Error {
    Error::new(
        "workbook_unsafe",
        format!(
            "A sheet has more than {MOST_CELLS} cells, in {}",
            format::shortened(name)
        ),
        "Export the sheet as CSV.",
    )
}
