//! Reads delimited text from bytes as they come, in one pass, straight into columns.

use super::assemble::{Assembler, Tally};
use super::cell_text::CellText;
use super::choices::ReadingChoices;
use super::decode::Decoder;
use super::encoding::{Encoding, UTF_8};
use super::encoding_guess::{self, Beginning};
use super::evidence::Evidence;
use super::regular::{Regular, Shape};
use super::tokenizer::{CellRange, Scan, scan};
use super::{Finished, format, sniff, structure};
use crate::engine::base::{Error, Note};
use crate::engine::table::{CHECKPOINT_ROWS, Checkpoint, Dialect};

/// More columns than this is not a table that a person made.
const MOST_COLUMNS: usize = 4_096;

/// A stretch of regular records shorter than this is hardly worth looking for, in bytes.
const SHORT_STRETCH: usize = 2_048;

/// Delimited text whose beginning is known, so that reading can begin.
#[derive(Debug)]
pub struct Delimited {
    pending: Vec<u8>,
    decoder: Decoder,
    beginning: Beginning,
    text: CellText,
    choices: ReadingChoices,
    dialect: Dialect,
    cells: Vec<CellRange>,
    regular: Regular,
    line: u64,
    /// Bytes of the file before the pending ones.
    passed: u64,
    evidence: Evidence,
    checkpoints: Vec<Checkpoint>,
    assembler: Assembler,
}

impl Delimited {
    /// Finds dialect and header from the head, which is without its mark. `complete`: the head is
    /// the whole text.
    ///
    /// # Errors
    /// `too_many_columns`.
    pub fn start(
        name: &str,
        head: &[u8],
        complete: bool,
        choices: &ReadingChoices,
        beginning: Beginning,
    ) -> Result<Self, Error> {
        let mut decoder = Decoder::new(beginning.encoding);
        let mut start = Start {
            pending: decoder.decode(head, complete).to_vec(),
            dialect: Dialect::default(),
            cells: Vec::new(),
            line: 1,
            passed: beginning.mark as u64,
            preamble: Tally::default(),
        };
        start.dialect = sniff::sniff(&start.pending, complete);
        if let Some(row) = choices.header_row {
            start.dialect.preamble_rows = row.saturating_sub(1);
        }
        // Text that had to be decoded as a whole is UTF-8 by now.
        let encoding = if beginning.encoding.keeps_ascii() {
            beginning.encoding
        } else {
            UTF_8
        };
        let text = CellText::new(encoding, beginning.odd_rows, &start.dialect);
        start.skip_preamble(complete);
        let sample = start.sample(complete, text);
        let width = sample.first().map_or(0, Vec::len);
        if width > MOST_COLUMNS {
            return Err(too_many_columns(name, width));
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
            decoder,
            beginning,
            text,
            choices: choices.clone(),
            dialect: start.dialect,
            cells: start.cells,
            regular: Regular::default(),
            line: start.line,
            passed: start.passed,
            evidence: Evidence::default(),
            checkpoints: Vec::new(),
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
        self.pending
            .extend_from_slice(self.decoder.decode(bytes, false));
        self.read_records(false);
    }

    /// The table, when there are no more bytes; or the wish to read the text again, where it does
    /// not bear out what its beginning showed.
    ///
    /// # Errors
    /// `no_rows`.
    pub fn finish(mut self) -> Result<Finished, Error> {
        self.pending
            .extend_from_slice(self.decoder.decode(&[], true));
        self.read_records(true);
        if let Some(choices) = self.revised() {
            return Ok(Finished::ReadAgain(choices));
        }
        let notes = self.name_encoding();
        let mut table = self.assembler.finish(self.dialect)?;
        for note in notes {
            table.notes.push(note.in_table(&table.name));
        }
        let in_place = self.beginning.encoding.keeps_ascii() && self.decoder.zeros == 0;
        if in_place {
            table.checkpoints = self.checkpoints;
            // Where the last row ends.
            table.checkpoints.push(Checkpoint {
                row: table.rows,
                byte: self.passed,
                line: self.line,
            });
        }
        Ok(Finished::Tables(vec![table]))
    }

    /// How the text must be read instead, where rows from all over it show another encoding.
    fn revised(&self) -> Option<ReadingChoices> {
        let odd_rows = self.beginning.odd_rows?;
        if self.choices.settled || self.evidence.odd.count == 0 {
            return None;
        }
        let guess = encoding_guess::from_lines(self.evidence.sample()).encoding;
        if guess == odd_rows {
            return None;
        }
        let whole = !guess.keeps_ascii() && !self.evidence.is_mostly_utf_8();
        Some(ReadingChoices {
            found_encoding: whole.then_some(guess.label),
            found_odd_rows: Some(guess.label),
            ..self.choices.clone()
        })
    }

    /// Says in dialect and notes how the text was decoded.
    fn name_encoding(&mut self) -> Vec<Note> {
        let mut notes = Vec::new();
        let (valid, odd) = (&self.evidence.valid, &self.evidence.odd);
        let encoding = self.beginning.encoding;
        self.dialect.encoding = encoding.label;
        if let Some(odd_rows) = self.beginning.odd_rows.filter(|_| encoding == UTF_8) {
            self.dialect.odd_rows_encoding = Some(odd_rows.label);
            let mostly_utf_8 = self.evidence.is_mostly_utf_8();
            if odd.count > 0 && !mostly_utf_8 {
                self.dialect.encoding = odd_rows.label;
            }
            if odd.count > 0 {
                let guess = encoding_guess::from_lines(self.evidence.sample());
                notes.push(guessed(odd_rows, &guess.others).counted(odd.count));
            }
            if odd.count > 0 && valid.count > 0 {
                let (fewer, effect) = if mostly_utf_8 {
                    let effect = format!(
                        "The file is UTF-8; rows with bytes that are not were read as {}.",
                        odd_rows.label
                    );
                    (odd, effect)
                } else {
                    let effect = format!(
                        "The file is {}; rows that are valid in UTF-8 were read so.",
                        odd_rows.label
                    );
                    (valid, effect)
                };
                notes.push(
                    Note::new("encoding_mixed", effect)
                        .counted(fewer.count)
                        .from_line(fewer.first_line),
                );
            }
        } else if self.beginning.guessed {
            notes.push(guessed(encoding, &[]));
        }
        if self.decoder.malformed > 0 {
            let effect = "Bytes that mean nothing in the file's encoding were read as �.";
            notes.push(Note::new("encoding_malformed", effect).counted(self.decoder.malformed));
        }
        if self.decoder.zeros > 0 {
            let effect = "Bytes of the value zero stand for no character and were dropped.";
            notes.push(Note::new("zero_bytes", effect).counted(self.decoder.zeros));
        }
        notes
    }

    fn read_records(&mut self, complete: bool) {
        let mut pending = std::mem::take(&mut self.pending);
        let mut cells = std::mem::take(&mut self.cells);
        let ascii = pending.is_ascii();
        let mut from = 0;
        // Where regular records are rare, looking for them takes longer than it saves.
        let mut slow_until = 0;
        while from < pending.len() {
            if from >= slow_until && self.assembler.takes_stretches() {
                let next = self.read_stretch(&mut pending, from);
                if next - from < SHORT_STRETCH {
                    slow_until = next + 2 * SHORT_STRETCH;
                }
                if next > from {
                    from = next;
                    continue;
                }
            }
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
            if !ascii {
                self.evidence
                    .add(pending.get(from..next).unwrap_or_default(), self.line);
            }
            self.record(&pending, &cells, self.passed + from as u64);
            self.line += lines;
            from = next;
        }
        self.cells = cells;
        self.pending = pending;
        self.pending.drain(..from);
        self.passed += from as u64;
    }

    /// Reads regular records from a place on, and gives the place behind the last one.
    fn read_stretch(&mut self, pending: &mut [u8], from: usize) -> usize {
        let shape = Shape {
            dialect: &self.dialect,
            width: self.assembler.columns(),
            utf_8: self.text.is_utf_8(),
        };
        let next = self.regular.read(pending, from, &shape);
        let first_row = self.assembler.rows();
        for (row, record) in (first_row..).zip(&self.regular.records) {
            if record.beyond_ascii {
                self.evidence.valid.add(self.line);
            }
            if row.is_multiple_of(CHECKPOINT_ROWS) {
                self.checkpoints.push(Checkpoint {
                    row,
                    byte: self.passed + record.start as u64,
                    line: self.line,
                });
            }
            self.line += record.lines;
        }
        let records = self.regular.records.len();
        self.assembler
            .stretch(pending, &self.regular.spans, records);
        next
    }

    fn record(&mut self, bytes: &[u8], cells: &[CellRange], byte: u64) {
        let row = self.assembler.rows();
        let text = self.text;
        self.assembler.record(self.line, cells.len(), |place| {
            cells
                .get(place)
                .map_or(std::borrow::Cow::Borrowed(""), |cell| {
                    text.read(bytes, *cell)
                })
        });
        if self.assembler.rows() > row && row.is_multiple_of(CHECKPOINT_ROWS) {
            self.checkpoints.push(Checkpoint {
                row,
                byte,
                line: self.line,
            });
        }
    }
}

fn too_many_columns(name: &str, width: usize) -> Error {
    Error::new(
        "too_many_columns",
        format!(
            "The first row has {width} cells, more than the {MOST_COLUMNS} columns that are read, in {}",
            format::shortened(name)
        ),
        "Check the delimiter: the file may be one long line.",
    )
}

fn guessed(encoding: Encoding, others: &[&str]) -> Note {
    let label = encoding.label;
    let effect = if others.is_empty() {
        format!("The file does not say its character encoding; its letters show {label}.")
    } else {
        format!(
            "The file does not say its character encoding; it was read as {label}, and {} would also fit. Choose another if letters look wrong.",
            others.join(", ")
        )
    };
    Note::new("encoding_guessed", effect)
}

/// The beginning of a text, while it is looked at.
struct Start {
    pending: Vec<u8>,
    dialect: Dialect,
    cells: Vec<CellRange>,
    line: u64,
    passed: u64,
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
            self.drop_record(next, lines);
            if self.pending.is_empty() {
                return;
            }
        }
    }

    fn skip_record(&mut self, complete: bool) {
        if let Scan::Record { next, lines, .. } =
            scan(&self.pending, 0, &self.dialect, complete, &mut self.cells)
        {
            self.drop_record(next, lines);
        }
    }

    fn drop_record(&mut self, next: usize, lines: u64) {
        self.pending.drain(..next);
        self.passed += next as u64;
        self.line += lines;
    }

    /// The first records as texts.
    fn sample(&mut self, complete: bool, text: CellText) -> Vec<Vec<String>> {
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
                    .map(|cell| text.read(&self.pending, *cell).into_owned())
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
