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
        columns: table
            .columns
            .iter()
            .map(|column| column.name.clone())
            .collect(),
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
    let cells: Vec<Option<String>> = match written {
        Some(written) => {
            // A record with too few cells was read with the missing ones empty.
            let short = table.columns.len().saturating_sub(written.cells.len());
            let missing = std::iter::repeat_n(Some(String::new()), short);
            let cells = written.cells.iter().cloned().map(Some);
            cells.chain(missing).collect()
        }
        None => table
            .columns
            .iter()
            .map(|column| {
                let (text, exact) = held_text(column, row);
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

fn faults(
    table: &Table,
    understood: &Understood,
    row: u32,
    cells: &[Option<String>],
) -> Vec<CellFault> {
    understood
        .faults
        .iter()
        .filter(|faults| faults.rows.binary_search(&row).is_ok())
        .filter_map(|faults| {
            Some(CellFault {
                column: table.columns.get(faults.column)?.name.clone(),
                code: faults.reason.code().to_owned(),
                found: cells.get(faults.column).cloned().flatten(),
                expected: faults.expected.clone(),
            })
        })
        .collect()
}

/// The cell as it is held, and whether that is as it was written; no text where only the presence
/// of a cell is held.
fn held_text(column: &Column, row: u32) -> (Option<String>, bool) {
    match &column.cells {
        Cells::Long { filled } => {
            let is_filled = filled.get(row as usize).copied().unwrap_or(false);
            ((!is_filled).then(String::new), !is_filled)
        }
        cells => (Some(cells.text(row as usize).into_owned()), true),
    }
}
