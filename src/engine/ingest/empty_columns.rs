//! Columns at the right edge that a spreadsheet wrote without a name and without a cell.

use super::header;
use crate::engine::base::Note;
use crate::engine::table::{Cells, Column};

/// Takes away the last columns that have neither a header nor a filled cell, and tells of them. At
/// least one column stays.
pub fn drop_last(columns: &mut Vec<Column>, preview: &mut [Vec<String>]) -> Option<Note> {
    let names = header::numbered(columns.len());
    let is_named = |column: &Column, name: &String| column.name != *name;
    let last = columns
        .iter()
        .zip(&names)
        .rposition(|(column, name)| is_named(column, name) || !is_all_empty(column))
        .unwrap_or(0);
    let dropped = columns
        .len()
        .checked_sub(last + 1)
        .filter(|count| *count > 0)?;
    columns.truncate(last + 1);
    for row in preview {
        row.truncate(last + 1);
    }
    let effect = "Columns at the right edge without a header and without a cell were left out.";
    Some(Note::new("columns_empty", effect).counted(dropped as u64))
}

/// A note on columns without a header that hold something, in a table that has a header.
pub fn unnamed(columns: &[Column], headers: usize) -> Option<Note> {
    let names = header::numbered(headers);
    let is_unnamed = |column: &&Column| names.contains(&column.name) && !is_all_empty(column);
    let count = columns.iter().filter(is_unnamed).count();
    let effect = "Columns without a header were given a number; what they mean is not known.";
    (count > 0).then(|| Note::new("header_empty", effect).counted(count as u64))
}

/// How many columns there are up to the last with a name or a filled cell in these rows.
pub fn filled_width(headers: &[String], rows: &[Vec<String>]) -> usize {
    let names = header::numbered(headers.len());
    let is_filled = |place: usize| {
        let mut cells = rows.iter().filter_map(|row| row.get(place));
        cells.any(|cell| !cell.trim().is_empty())
    };
    let used = |place: &usize| headers.get(*place) != names.get(*place) || is_filled(*place);
    (0..headers.len()).rfind(used).map_or(0, |last| last + 1)
}

fn is_all_empty(column: &Column) -> bool {
    match &column.cells {
        Cells::Dictionary { texts, .. } => texts.texts().all(str::is_empty),
        // Every other form is chosen for what filled cells look like.
        _ => false,
    }
}
