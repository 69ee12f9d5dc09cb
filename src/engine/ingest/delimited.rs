//! Reads delimited text from bytes as they come, in one pass, straight into columns.

use std::borrow::Cow;

use super::assemble::{Assembler, Tally};
use super::choices::ReadingChoices;
use super::tokenizer::{CellRange, Scan, scan};
use super::{format, sniff, structure};
use crate::engine::base::Error;
use crate::engine::table::{Dialect, Table};

/// More columns than this is not a table that a person made.
const MOST_COLUMNS: usize = 4_096;

/// Delimited text whose beginning is known, so that reading can begin.
#[derive(Debug)]
pub struct Delimited {
    pending: Vec<u8>,
    dialect: Dialect,
    cells: Vec<CellRange>,
    line: u64,
    assembler: Assembler,
}

impl Delimited {
    /// Finds dialect and header from the head. `complete`: the head is the whole text.
    ///
    /// # Errors
    /// `too_many_columns`.
    pub fn start(
        name: &str,
        head: Vec<u8>,
        complete: bool,
        choices: &ReadingChoices,
    ) -> Result<Self, Error> {
        let mut start = Start {
            pending: head,
            dialect: Dialect::default(),
            cells: Vec::new(),
            line: 1,
            preamble: Tally::default(),
        };
        start.dialect = sniff::sniff(&start.pending, complete);
        if let Some(row) = choices.header_row {
            start.dialect.preamble_rows = row.saturating_sub(1);
        }
        start.skip_preamble(complete);
        let sample = start.sample(complete);
        let width = sample.first().map_or(0, Vec::len);
        if width > MOST_COLUMNS {
            return Err(Error::new(
                "too_many_columns",
                format!(
                    "The first row has {width} cells, more than the {MOST_COLUMNS} columns that are read, in {}",
                    format::shortened(name)
                ),
                "Check the delimiter: the file may be one long line.",
            ));
        }
        let structure = structure::find(&sample, choices.header_row);
        start.dialect.header_rows = structure.header_rows;
        for _ in 0..structure.header_rows {
            start.skip_record(complete);
        }
        let mut assembler = Assembler::new(name, &structure.headers);
        assembler.seen.preamble = start.preamble;
        let mut delimited = Self {
            pending: start.pending,
            dialect: start.dialect,
            cells: start.cells,
            line: start.line,
            assembler,
        };
        delimited.read_records(complete);
        Ok(delimited)
    }

    /// Rows read so far.
    pub const fn rows(&self) -> u32 {
        self.assembler.rows()
    }

    /// The next bytes.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.pending.extend_from_slice(bytes);
        self.read_records(false);
    }

    /// The table, when there are no more bytes.
    ///
    /// # Errors
    /// `no_rows`.
    pub fn finish(mut self) -> Result<Table, Error> {
        self.read_records(true);
        if self.assembler.seen.odd_bytes.count > 0 {
            self.dialect.encoding = "windows-1252";
        }
        self.assembler.finish(self.dialect)
    }

    fn read_records(&mut self, complete: bool) {
        let pending = std::mem::take(&mut self.pending);
        let mut cells = std::mem::take(&mut self.cells);
        let mut from = 0;
        while from < pending.len() {
            let Scan::Record {
                next,
                lines,
                odd_quotes,
            } = scan(&pending, from, &self.dialect, complete, &mut cells)
            else {
                break;
            };
            if odd_quotes {
                self.assembler.seen.odd_quotes.add(self.line);
            }
            self.record(&pending, &cells);
            self.line += lines;
            from = next;
        }
        self.cells = cells;
        self.pending = pending;
        self.pending.drain(..from);
    }

    fn record(&mut self, bytes: &[u8], cells: &[CellRange]) {
        let odd = cells
            .iter()
            .any(|cell| std::str::from_utf8(raw(bytes, *cell)).is_err());
        if odd {
            self.assembler.seen.odd_bytes.add(self.line);
        }
        self.assembler.record(self.line, cells.len(), |place| {
            cells
                .get(place)
                .map_or(Cow::Borrowed(""), |cell| text_of(bytes, *cell))
        });
    }
}

/// The beginning of a text, while it is looked at.
struct Start {
    pending: Vec<u8>,
    dialect: Dialect,
    cells: Vec<CellRange>,
    line: u64,
    preamble: Tally,
}

impl Start {
    /// Drops the lines before the header, and blank lines among them.
    fn skip_preamble(&mut self, complete: bool) {
        let mut left = self.dialect.preamble_rows;
        loop {
            let Scan::Record { next, lines, .. } =
                scan(&self.pending, 0, &self.dialect, complete, &mut self.cells)
            else {
                return;
            };
            let blank = self
                .cells
                .iter()
                .all(|cell| raw(&self.pending, *cell).trim_ascii().is_empty());
            if !blank {
                if left == 0 {
                    return;
                }
                left -= 1;
                self.preamble.add(self.line);
            }
            self.pending.drain(..next);
            self.line += lines;
            if self.pending.is_empty() {
                return;
            }
        }
    }

    fn skip_record(&mut self, complete: bool) {
        if let Scan::Record { next, lines, .. } =
            scan(&self.pending, 0, &self.dialect, complete, &mut self.cells)
        {
            self.pending.drain(..next);
            self.line += lines;
        }
    }

    /// The first records as texts.
    fn sample(&mut self, complete: bool) -> Vec<Vec<String>> {
        let mut records = Vec::new();
        let mut from = 0;
        while from < self.pending.len() && records.len() < 100 {
            let Scan::Record { next, .. } = scan(
                &self.pending,
                from,
                &self.dialect,
                complete,
                &mut self.cells,
            ) else {
                break;
            };
            records.push(
                self.cells
                    .iter()
                    .map(|cell| text_of(&self.pending, *cell).into_owned())
                    .collect(),
            );
            from = next;
        }
        records
    }
}

fn raw(bytes: &[u8], cell: CellRange) -> &[u8] {
    bytes.get(cell.start..cell.end).unwrap_or(&[])
}

/// The cell as text. Bytes that are not UTF-8 are read as Windows-1252.
fn text_of(bytes: &[u8], cell: CellRange) -> Cow<'_, str> {
    let raw = raw(bytes, cell);
    let text = match std::str::from_utf8(raw) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(raw.iter().map(|byte| windows_1252(*byte)).collect()),
    };
    if cell.doubled {
        Cow::Owned(text.replace("\"\"", "\""))
    } else {
        text
    }
}

const fn windows_1252(byte: u8) -> char {
    /// The characters of 0x80 to 0x9F; unassigned bytes become the replacement character.
    const UPPER: [char; 32] = [
        '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž',
        '\u{fffd}', '\u{fffd}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ',
        '\u{fffd}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => UPPER[(byte - 0x80) as usize],
        _ => byte as char,
    }
}
