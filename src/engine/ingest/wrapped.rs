//! Lines that stand in quotes as a whole, as if each were one cell: a spreadsheet writes them so
//! when it opened a text without parting its cells.

use super::cell_text::CellText;
use super::encoding::UTF_8;
use super::sniff;
use super::tokenizer::{CellRange, Scan, scan};
use crate::engine::table::{Dialect, LineEnd};

/// How many records are looked at.
const MOST_RECORDS: usize = 60;

/// The dialect of the lines inside, where nearly all of the sample's lines are wrapped and have as
/// many cells as the first one.
pub fn find(sample: &[u8], dialect: &Dialect, complete: bool) -> Option<Dialect> {
    let quote = dialect.quote?;
    let (mut lines, mut wrapped) = (Vec::new(), 0);
    let (mut from, mut cells) = (0, Vec::new());
    while from < sample.len() && lines.len() < MOST_RECORDS {
        let Scan::Record { next, .. } = scan(sample, from, dialect, complete, &mut cells) else {
            break;
        };
        let record = sample.get(from..next).unwrap_or_default().trim_ascii();
        from = next;
        if let ([cell], Some(first)) = (cells.as_slice(), record.first())
            && *first == quote
        {
            let text = CellText::new(UTF_8, None, dialect).read(sample, *cell);
            lines.push(text.into_owned().into_bytes());
            wrapped += 1;
        } else if !record.is_empty() {
            lines.push(record.to_vec());
        }
    }
    if lines.len() < 2 || wrapped < 2 || wrapped * 10 < (lines.len() - 1) * 9 {
        return None;
    }
    let text = lines.join(&b'\n');
    let inner = Dialect {
        line_end: dialect.line_end,
        line_ends: dialect.line_ends,
        wrapped: true,
        ..sniff::sniff(&text, true, None)
    };
    let widths: Vec<usize> = lines
        .iter()
        .map(|line| ranges(line, &inner).len())
        .collect();
    let width = *widths.first()?;
    let even = widths.iter().filter(|it| **it == width).count();
    (width > 1 && even * 10 >= widths.len() * 9).then_some(inner)
}

/// The cells of the line that stands in a cell.
pub fn cells(line: &str, dialect: &Dialect) -> Vec<String> {
    let text = CellText::new(UTF_8, None, dialect);
    let ranges = ranges(line.as_bytes(), dialect);
    let cells = ranges
        .iter()
        .map(|cell| text.read(line.as_bytes(), *cell).into_owned());
    cells.collect()
}

fn ranges(line: &[u8], dialect: &Dialect) -> Vec<CellRange> {
    let mut cells = Vec::new();
    // Line ends inside the line belong to its cells.
    let dialect = Dialect {
        line_end: LineEnd::LineFeed,
        ..dialect.clone()
    };
    if line.is_empty() {
        return cells;
    }
    scan(line, 0, &dialect, true, &mut cells);
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<char> {
        let dialect = sniff::sniff(text.as_bytes(), true, None);
        let inner = find(text.as_bytes(), &dialect, true)?;
        Some(char::from(inner.delimiter))
    }

    #[test]
    fn lines_in_quotes_are_told_from_cells_in_quotes() {
        assert_eq!(found("\"a,b\"\n\"1,2\"\n\"3,\"\"x, y\"\"\"\n"), Some(','));
        assert_eq!(found("\"a;b\"\n\"1;2\"\n\"3;4\"\n"), Some(';'));
        assert_eq!(found("a,b\n\"1,2\"\n\"3,4\"\n"), Some(','));
        assert_eq!(found("name\n\"Doe, Ann\"\n\"Roe, Bob\"\n"), None);
        assert_eq!(found("a,b\n\"1\",\"2\"\n\"3\",\"4\"\n"), None);
    }
}
