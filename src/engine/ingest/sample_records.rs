//! What the first records of a text look like under a dialect, so that dialects can be compared.

use super::tokenizer::{CellRange, Scan, scan};
use crate::engine::options::Decimal;
use crate::engine::table::Dialect;
use crate::engine::table::value::number;

/// How many records are looked at.
const SAMPLE_RECORDS: usize = 300;

/// What the records of a sample look like under a dialect.
#[derive(Debug, Default)]
pub struct Records {
    /// Cells of each record; blank lines and comments left out.
    pub widths: Vec<usize>,
    /// All cells.
    pub cells: usize,
    /// Cells that look like something people put into one.
    pub known: usize,
    /// Cells that are numbers or dates.
    pub values: usize,
    /// Cells of at most four digits.
    pub short_numbers: usize,
    /// Records whose first cell is empty.
    pub begin_empty: usize,
    /// Cells that begin with two slashes.
    pub slashes: usize,
    /// Cells of values with runs of blanks between them.
    pub padded: usize,
    /// Records with a quote that is not closed, or text after a closing one.
    pub odd_quotes: usize,
}

/// What records that begin with `#` and have several cells are.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Hashes {
    BeginComments,
    BeginRows,
}

impl Records {
    /// Looks at the first records of a sample. `complete`: it is the whole text.
    pub fn of(sample: &[u8], dialect: &Dialect, complete: bool) -> Self {
        let (found, comments) = Self::read(sample, dialect, complete, Hashes::BeginComments);
        if comments <= found.widths.len() {
            return found;
        }
        // Numbers of orders begin with `#` too (`#1001`): where most records do, they are rows.
        Self::read(sample, dialect, complete, Hashes::BeginRows).0
    }

    /// The records, and how many were passed over as comments.
    fn read(sample: &[u8], dialect: &Dialect, complete: bool, hashes: Hashes) -> (Self, usize) {
        let mut found = Self::default();
        let mut passed = 0;
        let mut cells: Vec<CellRange> = Vec::new();
        let mut from = 0;
        while from < sample.len() && found.widths.len().max(passed) < SAMPLE_RECORDS {
            let Scan::Record {
                next, odd_quotes, ..
            } = scan(sample, from, dialect, complete, &mut cells)
            else {
                break;
            };
            let filled = cells.iter().filter(|cell| cell.start != cell.end).count();
            let comment = dialect.delimiter != b'#'
                && sample.get(from) == Some(&b'#')
                && (hashes == Hashes::BeginComments || filled == 1);
            passed += usize::from(comment);
            from = next;
            if comment || filled == 0 {
                continue;
            }
            found.odd_quotes += usize::from(odd_quotes);
            found.widths.push(cells.len());
            found.begin_empty +=
                usize::from(cells.first().is_some_and(|cell| cell.start == cell.end));
            for cell in &cells {
                let raw = sample.get(cell.start..cell.end).unwrap_or_default();
                let before = cell.start.checked_sub(1).and_then(|at| sample.get(at));
                let quoted = before.is_some() && before.copied() == dialect.quote;
                found.cell(raw, quoted);
            }
        }
        (found, passed)
    }

    fn cell(&mut self, raw: &[u8], quoted: bool) {
        let raw = raw.trim_ascii();
        let digits = !raw.is_empty() && raw.iter().all(u8::is_ascii_digit);
        self.cells += 1;
        self.values += usize::from(is_value(raw));
        self.known += usize::from(quoted || is_known(raw));
        self.short_numbers += usize::from(digits && raw.len() <= 4);
        self.slashes += usize::from(raw.starts_with(b"//"));
        let run = raw.windows(2).any(|pair| pair == b"  ");
        self.padded += usize::from(run && is_value(raw));
    }

    /// The most frequent width (the larger one of equals) and how many records have it.
    pub fn usual_width(&self) -> Option<(usize, usize)> {
        let count = |wanted: usize| self.widths.iter().filter(|width| **width == wanted).count();
        let usual = self
            .widths
            .iter()
            .copied()
            .max_by_key(|&width| (count(width), width))?;
        Some((usual, count(usual)))
    }
}

/// Digits, with what dates, times, numbers and money put between and around them.
fn is_value(raw: &[u8]) -> bool {
    let digits = raw.iter().filter(|byte| byte.is_ascii_digit()).count();
    digits > 0
        && raw
            .iter()
            .all(|byte| byte.is_ascii_digit() || b"-+/.:TZ% $".contains(byte))
}

/// What people put into a cell: a value, or words without characters that part cells.
fn is_known(raw: &[u8]) -> bool {
    if !raw
        .iter()
        .any(|byte| b",;|\t^~\"{}<>\x01\x1f".contains(byte))
    {
        return ![raw.first(), raw.last()]
            .iter()
            .any(|it| matches!(it, Some(b'\'' | b'`')));
    }
    std::str::from_utf8(raw).is_ok_and(|text| {
        number::parse(text, Decimal::Point).is_some()
            || number::parse(text, Decimal::Comma).is_some()
    })
}
