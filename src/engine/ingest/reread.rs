//! Reads some rows back from the file as texts, without building columns.

use std::ops::Range;

use super::assemble::is_blank;
use super::cell_text::CellText;
use super::preamble::is_comment;
use super::swaps::Prepared;
use super::tokenizer::{CellRange, Scan, scan};
use super::wrapped;
use crate::engine::table::{Checkpoint, LineEnds, Table};

/// A row as it stands in the file.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RowText {
    /// The row, from 0, counted as the table counts the rows of its file.
    pub row: u32,
    /// The line on which it begins, from 1.
    pub line: u64,
    /// Its cells, blanks at their ends left out. There may be more or fewer than columns.
    pub cells: Vec<String>,
    /// Where its record stands in the bytes that were given.
    pub span: Range<usize>,
    /// The record, without the line end.
    pub record: String,
}

/// Where to begin to read for a row: the last checkpoint at or before it. Absent where the table's
/// file cannot be read in places.
pub fn place_of(table: &Table, row: u32) -> Option<Checkpoint> {
    let after = table
        .checkpoints
        .partition_point(|checkpoint| checkpoint.row <= row);
    table.checkpoints.get(after.checked_sub(1)?).copied()
}

/// The wanted rows that lie wholly in these bytes of the file, which begin at a checkpoint.
///
/// `complete`: the bytes go to the end of the file. Where a wanted row is missing from the answer,
/// more bytes are needed.
pub fn rows_from(
    table: &Table,
    from: Checkpoint,
    bytes: &[u8],
    complete: bool,
    wanted: Range<u32>,
) -> Vec<RowText> {
    let mut rows = Vec::new();
    let Ok(text) = CellText::of_dialect(&table.dialect) else {
        return rows;
    };
    let mut replaced = Vec::new();
    let is_mixed = table.dialect.line_ends == LineEnds::Mixed;
    let bytes = if is_mixed || table.dialect.has_exchanges() {
        replaced.extend_from_slice(bytes);
        Prepared::of(&table.dialect).replace(&mut replaced, complete);
        &replaced
    } else {
        bytes
    };
    let (mut at, mut row, mut line) = (0, from.row, from.line);
    let mut cells = Vec::new();
    let rows_of_file = table.rows.div_euclid(table.rows_per_record.max(1));
    while at < bytes.len() && row < wanted.end.min(rows_of_file) {
        let Scan::Record { next, lines, .. } =
            scan(bytes, at, &table.dialect, complete, &mut cells)
        else {
            break;
        };
        let texts: Vec<String> = cells
            .iter()
            .map(|cell| text.read(bytes, *cell).trim().to_owned())
            .collect();
        let texts = match texts.as_slice() {
            [line] if table.dialect.wrapped => wrapped::cells(line, &table.dialect),
            _ => texts,
        };
        let comment = table.columns.len() > 1 && is_comment(&texts);
        if !comment && !is_blank(&texts, table.columns.len()) {
            if wanted.contains(&row) {
                rows.push(RowText {
                    row,
                    line,
                    cells: texts,
                    span: at..next,
                    record: whole(text, bytes, at..next),
                });
            }
            row += 1;
        }
        at = next;
        line += lines;
    }
    rows
}

/// The text of a whole record.
fn whole(text: CellText, bytes: &[u8], span: Range<usize>) -> String {
    let record = CellRange {
        start: span.start,
        end: span.end,
        doubled: false,
    };
    let text = text.read(bytes, record);
    text.trim_end_matches(['\n', '\r']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::{Finished, Reader, ReadingChoices};
    use super::*;

    #[test]
    fn rows_are_read_back_as_they_stand_in_the_file() {
        let records: Vec<String> = (0..1_000)
            .map(|row| format!("{row};\"two\nlines, \"\"{row}\"\"\"\n\n"))
            .collect();
        let text = String::from("\u{feff}id;note\n") + &records.concat();
        let mut reader = Reader::new("t.csv", ReadingChoices::default());
        reader.feed(text.as_bytes()).unwrap();
        let Finished::Tables(tables) = reader.finish().unwrap() else {
            panic!("nothing contradicts the beginning");
        };
        for row in [0, 255, 256, 700, 999] {
            let from = place_of(&tables[0], row).unwrap();
            let bytes = &text.as_bytes()[from.byte as usize..];
            let rows = rows_from(&tables[0], from, bytes, true, row..row + 1);
            let span = rows[0].span.clone();
            assert!(bytes[span.clone()].starts_with(row.to_string().as_bytes()));
            assert_eq!(
                rows,
                [RowText {
                    row,
                    line: 2 + 3 * u64::from(row),
                    cells: vec![row.to_string(), format!("two\nlines, \"{row}\"")],
                    span,
                    record: format!("{row};\"two\nlines, \"\"{row}\"\"\""),
                }]
            );
            // Bytes that end inside the row give no part of it.
            let short = &bytes[..bytes.len().min(8)];
            assert!(rows_from(&tables[0], from, short, false, row..row + 1).is_empty());
        }
    }
}
