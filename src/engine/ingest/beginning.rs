//! The beginning of a text: what dialect it shows, what stands above its table.

use super::assemble::Tally;
use super::cell_text::CellText;
use super::swaps::{self, Prepared, Swapping};
use super::tokenizer::{CellRange, Scan, scan};
use super::{sniff, typographic_quotes, wrapped};
use crate::engine::base::Error;
use crate::engine::table::{Dialect, Swap};

/// How many of the first records are looked at to tell the header.
const SAMPLE_RECORDS: usize = 140;

/// Whether anything is in a record.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Filled {
    /// Nothing.
    None,
    /// Something.
    Some,
}

/// The beginning of a text, while it is looked at.
#[derive(Debug)]
pub struct Start {
    /// Bytes that wait to be read.
    pub pending: Vec<u8>,
    /// How they are cut.
    pub dialect: Dialect,
    /// Room for the cells of one record.
    pub cells: Vec<CellRange>,
    /// The line on which the waiting bytes begin, from 1.
    pub line: u64,
    /// Bytes of the file before them.
    pub passed: u64,
    /// Lines that stand above the header.
    pub preamble: Tally,
}

impl Start {
    /// Finds the dialect. `chosen`: the delimiter that the user chose.
    ///
    /// # Errors
    /// `delimiter_unsupported`.
    pub fn find_dialect(&mut self, complete: bool, chosen: Option<&str>) -> Result<(), Error> {
        let mut sample = self.pending.clone();
        let mut found: Vec<Swap> = swaps::line_end(&sample).into_iter().collect();
        Swapping::of(found.clone(), Some(b'"')).replace(&mut sample, complete);
        let chosen_swap = chosen.and_then(|chosen| swaps::chosen(chosen, &sample));
        let plain = match chosen.filter(|_| chosen_swap.is_none()) {
            None => None,
            Some(chosen) => Some(plain_delimiter(chosen)?),
        };
        self.dialect = sniff::sniff(&sample, complete, plain);
        let given = plain.is_some() || sniff::declared(&sample).is_some();
        let swap = chosen_swap.or_else(|| {
            let search = (!given).then_some(&self.dialect)?;
            swaps::delimiter(&sample, search, complete)
        });
        if let Some(swap) = swap {
            Swapping::of(vec![swap.clone()], self.dialect.quote).replace(&mut sample, complete);
            self.dialect = sniff::sniff(&sample, complete, Some(swap.byte));
            found.push(swap);
        } else if !given && let Some(inner) = wrapped::find(&sample, &self.dialect, complete) {
            self.dialect = inner;
        }
        if !self.dialect.wrapped {
            self.dialect.quote_marks = typographic_quotes::find(&sample, &self.dialect, complete);
        }
        if self.dialect.quote_marks.is_some() {
            self.dialect.quote = self.dialect.quote.or(Some(b'"'));
        }
        self.dialect.swaps = found;
        Ok(())
    }

    /// Makes the waiting bytes ready for the scanner; with how many bytes were there.
    pub fn prepare(&mut self, complete: bool) -> (Prepared, usize) {
        let mut prepared = Prepared::of(&self.dialect);
        prepared.replace(&mut self.pending, complete);
        (prepared, self.pending.len())
    }

    /// Drops so many records before the header; those with something in them are counted.
    pub fn skip_preamble(&mut self, records: usize, complete: bool) {
        for _ in 0..records {
            let line = self.line;
            if self.skip_record(complete) == Some(Filled::Some) {
                self.preamble.add(line);
            }
        }
    }

    /// Drops blank records.
    pub fn skip_blank(&mut self, complete: bool) {
        while let Some((next, lines, Filled::None)) = self.next_record(complete) {
            self.drop_record(next, lines);
        }
    }

    /// Drops one record, and says whether anything was in it.
    pub fn skip_record(&mut self, complete: bool) -> Option<Filled> {
        let (next, lines, filled) = self.next_record(complete)?;
        self.drop_record(next, lines);
        Some(filled)
    }

    /// Where the next record ends, how many lines it takes, and whether anything is in it.
    fn next_record(&mut self, complete: bool) -> Option<(usize, u64, Filled)> {
        if self.pending.is_empty() {
            return None;
        }
        let Scan::Record { next, lines, .. } =
            scan(&self.pending, 0, &self.dialect, complete, &mut self.cells)
        else {
            return None;
        };
        let blank = self
            .cells
            .iter()
            .all(|cell| raw(&self.pending, *cell).trim_ascii().is_empty());
        Some((next, lines, if blank { Filled::None } else { Filled::Some }))
    }

    fn drop_record(&mut self, next: usize, lines: u64) {
        self.pending.drain(..next);
        self.passed += next as u64;
        self.line += lines;
    }

    /// The first records as texts, each with its line.
    pub fn sample(&mut self, complete: bool, text: CellText) -> Vec<(u64, Vec<String>)> {
        let mut records = Vec::new();
        let (mut from, mut line) = (0, self.line);
        while from < self.pending.len() && records.len() < SAMPLE_RECORDS {
            let Scan::Record { next, lines, .. } = scan(
                &self.pending,
                from,
                &self.dialect,
                complete,
                &mut self.cells,
            ) else {
                break;
            };
            let read = |cell: &CellRange| text.read(&self.pending, *cell).into_owned();
            let texts: Vec<String> = self.cells.iter().map(read).collect();
            let texts = match texts.as_slice() {
                [line] if self.dialect.wrapped => wrapped::cells(line, &self.dialect),
                _ => texts,
            };
            records.push((line, texts));
            from = next;
            line += lines;
        }
        records
    }
}

fn raw(bytes: &[u8], cell: CellRange) -> &[u8] {
    bytes.get(cell.start..cell.end).unwrap_or(&[])
}

/// The byte of a delimiter that is one ASCII character.
fn plain_delimiter(chosen: &str) -> Result<u8, Error> {
    let one = <[u8; 1]>::try_from(chosen.as_bytes()).ok();
    one.map(|[byte]| byte)
        .filter(|byte| byte.is_ascii() && !matches!(byte, b'\n' | b'\r' | b'"'))
        .ok_or_else(|| {
            Error::new(
                "delimiter_unsupported",
                "The delimiter that was chosen cannot part cells.",
                "Choose one plain character, such as a comma, a semicolon, a tab or |.",
            )
        })
}
