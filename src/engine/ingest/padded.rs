//! Cuts lines whose columns are padded with blanks: a run of blanks parts two cells.

use super::super::table::{Dialect, LineEnd};
use super::tokenizer::{CellRange, Scan};

/// Scans one record, as [`super::tokenizer::scan`] does.
pub fn scan(
    bytes: &[u8],
    from: usize,
    dialect: &Dialect,
    complete: bool,
    cells: &mut Vec<CellRange>,
) -> Scan {
    cells.clear();
    let line_end = match dialect.line_end {
        LineEnd::LineFeed => b'\n',
        LineEnd::CarriageReturn => b'\r',
    };
    let rest = bytes.get(from..).unwrap_or_default();
    let length = match rest.iter().position(|byte| *byte == line_end) {
        Some(length) => length,
        None if complete => rest.len(),
        None => return Scan::NeedMore,
    };
    let line = rest.get(..length).unwrap_or_default();
    let mut at = 0;
    while at < line.len() {
        let blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r');
        let skip = |at: usize, wanted: bool| {
            line.get(at..)
                .and_then(|rest| rest.iter().position(|byte| blank(byte) != wanted))
                .map_or(line.len(), |length| at + length)
        };
        let start = skip(at, true);
        let quoted = dialect.quote.is_some() && line.get(start).copied() == dialect.quote;
        let close = line
            .get(start + 1..)
            .filter(|_| quoted)
            .and_then(|rest| rest.iter().position(|byte| Some(*byte) == dialect.quote));
        let (cell, next) = if let Some(length) = close {
            let end = start + 1 + length;
            ((start + 1, end), end + 1)
        } else {
            let end = skip(start, false);
            ((start, end), end)
        };
        if start < line.len() {
            cells.push(CellRange {
                start: from + cell.0,
                end: from + cell.1,
                doubled: false,
            });
        }
        at = next.max(at + 1);
    }
    if cells.is_empty() {
        cells.push(CellRange {
            start: from,
            end: from,
            doubled: false,
        });
    }
    Scan::Record {
        next: (from + length + 1).min(bytes.len()),
        lines: 1,
        odd_quotes: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_blanks_part_cells() {
        let dialect = Dialect {
            delimiter: b' ',
            ..Dialect::default()
        };
        let text = b"  00004    1 19970101  2   29.33\r\n a \"b c\"  \n\n";
        let (mut from, mut read) = (0, Vec::new());
        let mut cells = Vec::new();
        while from < text.len() {
            let Scan::Record { next, .. } = scan(text, from, &dialect, true, &mut cells) else {
                panic!("the text is whole");
            };
            let record: Vec<&str> = cells
                .iter()
                .map(|cell| std::str::from_utf8(&text[cell.start..cell.end]).unwrap())
                .collect();
            read.push(record.join("|"));
            from = next;
        }
        assert_eq!(read, ["00004|1|19970101|2|29.33", "a|b c", ""]);
    }
}
