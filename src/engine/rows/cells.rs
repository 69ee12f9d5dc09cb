//! What stands in a row: as the file has it where it was read again, else as it is held.

use std::collections::BTreeMap;

use super::pick::Picked;
use super::query::{Bucket, CellFault, Row, Rows};
use super::read_back;
use crate::engine::fates::Understood;
use crate::engine::held::Held;
use crate::engine::table::{Cells, Column, Reason, Table};

/// The most characters of a record that are shown.
const MOST_RAW: usize = 4_000;

/// A record as it stands in the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Written {
    /// The line on which it begins, from 1.
    pub line: u64,
    /// The byte at which it begins.
    pub byte: u64,
    /// Its cells, one a column of the table; more where the record has more.
    pub cells: Vec<String>,
    /// The record.
    pub raw: String,
}

/// The answer for these rows. `written`: the records that could be read again, by row.
pub fn rows(
    picked: &Picked,
    held: &Held,
    understood: &Understood,
    written: &BTreeMap<u32, Written>,
) -> Rows {
    let table = &held.table;
    Rows {
        table: table.name.clone(),
        columns: headers(table),
        total: picked.total,
        from: picked.from,
        rows: picked
            .rows
            .iter()
            .map(|(row, reason)| one(table, understood, (*row, *reason), written.get(row)))
            .collect(),
    }
}

fn one(
    table: &Table,
    understood: &Understood,
    (row, reason): (u32, Reason),
    written: Option<&Written>,
) -> Row {
    let mut as_written = true;
    let cells: Vec<Option<String>> = match written.filter(|it| !is_realigned(table, row, it)) {
        Some(written) => {
            // A record with too few cells was read with the missing ones empty.
            let width = table
                .wide
                .as_ref()
                .map_or(table.columns.len(), |wide| wide.headers.len());
            let short = width.saturating_sub(written.cells.len());
            let missing = std::iter::repeat_n(Some(String::new()), short);
            // Empty cells beyond the last column are of no column.
            let filled = written.cells.iter().rposition(|cell| !cell.is_empty());
            let shown = width.max(filled.map_or(0, |last| last + 1));
            let cells = written.cells.iter().take(shown).cloned().map(Some);
            cells.chain(missing).collect()
        }
        None => held_cells(table, row)
            .into_iter()
            .map(|(text, exact)| {
                as_written &= exact;
                text
            })
            .collect(),
    };
    Row {
        row: u64::from(row) + 1,
        line: written
            .map(|it| it.line)
            .or_else(|| read_back::line_of(table, row)),
        byte: written.map(|it| it.byte),
        bucket: if reason == Reason::Used {
            Bucket::Used
        } else {
            Bucket::LeftOut
        },
        reason: (reason != Reason::Used).then(|| reason.code().to_owned()),
        faults: faults(table, understood, row, &cells),
        cells,
        as_written,
        raw: written.map(|it| it.raw.chars().take(MOST_RAW).collect()),
    }
}

/// Whether the row is held with its cells in other columns than they stand in.
fn is_realigned(table: &Table, row: u32, written: &Written) -> bool {
    let first = row * table.rows_per_record.max(1);
    let width = headers(table).len();
    let filled = |cells: &[String]| cells.iter().filter(|cell| !cell.is_empty()).count();
    let is_spoilt = table
        .spoilt
        .binary_search_by_key(&first, |(row, _)| *row)
        .is_ok();
    if is_spoilt || written.cells.len() == width {
        return false;
    }
    let held = held_cells(table, row).into_iter();
    let held: Vec<String> = held.map(|(text, _)| text.unwrap_or_default()).collect();
    filled(written.cells.get(width..).unwrap_or_default()) > 0
        || filled(&held) > filled(&written.cells)
}

fn faults(
    table: &Table,
    understood: &Understood,
    row: u32,
    cells: &[Option<String>],
) -> Vec<CellFault> {
    let per_record = table.rows_per_record.max(1);
    let made = row * per_record..(row + 1) * per_record;
    understood
        .faults
        .iter()
        .flat_map(|faults| {
            let rows = faults.rows_in(made.clone());
            rows.iter().map(move |row| (faults, *row))
        })
        .filter_map(|(faults, row)| {
            let column = table.columns.get(faults.column)?;
            let found = match table.wide {
                None => cells.get(faults.column).cloned().flatten(),
                Some(_) => held_text(column, row).0,
            };
            Some(CellFault {
                column: column.name.clone(),
                code: faults.reason.code().to_owned(),
                found,
                expected: faults.expected.clone(),
            })
        })
        .collect()
}

/// The headers as the file has them.
fn headers(table: &Table) -> Vec<String> {
    match &table.wide {
        Some(wide) => wide.headers.clone(),
        None => table.columns.iter().map(|it| it.name.clone()).collect(),
    }
}

/// The cells of a row of the file as they are held, each with whether it is as it was written.
fn held_cells(table: &Table, row: u32) -> Vec<(Option<String>, bool)> {
    let Some(wide) = &table.wide else {
        let cells = table.columns.iter();
        return cells.map(|column| held_text(column, row)).collect();
    };
    (0..wide.headers.len())
        .map(|place| {
            let (column, month) = wide.place_of(place, table.columns.len());
            let made = row * table.rows_per_record + month as u32;
            match table.columns.get(column) {
                // An empty month is held as no revenue.
                Some(column) => (held_text(column, made).0, false),
                None => (None, false),
            }
        })
        .collect()
}

/// The cell as it is held, and whether that is as it was written; no text where only the presence
/// of a cell is held.
fn held_text(column: &Column, row: u32) -> (Option<String>, bool) {
    match &column.cells {
        Cells::Long { filled, .. } => {
            let is_filled = filled.get(row as usize).copied().unwrap_or(false);
            ((!is_filled).then(String::new), !is_filled)
        }
        cells => (Some(cells.text(row as usize).into_owned()), true),
    }
}
