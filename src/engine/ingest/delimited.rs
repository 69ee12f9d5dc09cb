//! Reads delimited text from bytes as they come, in one pass, straight into columns.

use super::assemble::{Assembler, Tally};
use super::cell_text::CellText;
use super::choices::ReadingChoices;
use super::decode::Decoder;
use super::encoding::{Encoding, UTF_8};
use super::encoding_guess::{self, Beginning};
use super::evidence::{Evidence, Stretches};
use super::line_ends::MixedEnds;
use super::regular::{Regular, Shape, WINDOW};
use super::structure::Structure;
use super::tokenizer::{CellRange, Scan, scan};
use super::{Finished, format, preamble, sniff, structure, wide_months};
use crate::engine::base::{Error, Note};
use crate::engine::table::{CHECKPOINT_ROWS, Checkpoint, Dialect, LineEnds};

/// More columns than this is not a table that a person made.
const MOST_COLUMNS: usize = 4_096;

/// A stretch of regular records shorter than this is hardly worth looking for, in bytes.
const SHORT_STRETCH: usize = 2_048;
/// How many of the first records are looked at to tell the header.
const SAMPLE_RECORDS: usize = 140;

/// Delimited text whose beginning is known, so that reading can begin.
#[derive(Debug)]
pub struct Delimited {
    pending: Vec<u8>,
    decoder: Decoder,
    returns: MixedEnds,
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
    stretches: Stretches,
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
        let delimiter = match choices.delimiter {
            None => None,
            Some(character) => Some(ascii_delimiter(character)?),
        };
        let mut decoder = Decoder::new(beginning.encoding);
        let mut start = Start {
            pending: decoder.decode(head, complete).to_vec(),
            dialect: Dialect::default(),
            cells: Vec::new(),
            line: 1,
            passed: beginning.mark as u64,
            preamble: Tally::default(),
        };
        start.dialect = match &choices.found_dialect {
            Some(found) => found.clone(),
            None => sniff::sniff(&start.pending, complete, delimiter),
        };
        let (mut returns, length) = start.mixed_ends(complete);
        // Text that had to be decoded as a whole is UTF-8 by now.
        let encoding = if beginning.encoding.keeps_ascii() {
            beginning.encoding
        } else {
            UTF_8
        };
        let text = CellText::new(encoding, beginning.odd_rows, &start.dialect);
        start.dialect.preamble_rows = 0;
        if sniff::declared(&start.pending).is_some() {
            start.skip_preamble(1, complete);
        }
        let sample = start.sample(complete, text);
        let above = match choices.header_row {
            None => preamble::rows_above(&sample),
            Some(0) => preamble::comments_above(&sample),
            Some(row) => sample
                .iter()
                .take_while(|(line, _)| *line < u64::from(row))
                .count(),
        };
        start.skip_preamble(above, complete);
        let (above, sample) = sample.split_at(above.min(sample.len()));
        let width = sample.first().map_or(0, |(_, cells)| cells.len());
        if width > MOST_COLUMNS {
            return Err(too_many_columns(name, width));
        }
        let records: Vec<Vec<String>> = sample
            .iter()
            .map(|(_, cells)| cells.clone())
            .filter(|cells| preamble::filled(cells) > 0)
            .collect();
        let groups = above.last().map(|(_, cells)| cells.as_slice());
        let structure = structure::find_below(groups, &records, choices.header_row);
        start.skip_blank(complete);
        start.dialect.preamble_rows = start.preamble.count as u32;
        start.dialect.header_rows = structure.header_rows;
        for _ in 0..structure.header_rows {
            start.skip_record(complete);
            start.skip_blank(complete);
        }
        returns.drop(length - start.pending.len());
        let mut assembler = assembler(name, &structure, &records, choices);
        assembler.seen.preamble = start.preamble;
        let mut delimited = Self {
            pending: start.pending,
            decoder,
            returns,
            beginning,
            text,
            choices: choices.clone(),
            dialect: start.dialect,
            cells: start.cells,
            regular: Regular::default(),
            line: start.line,
            passed: start.passed,
            evidence: Evidence::default(),
            stretches: Stretches::default(),
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

    /// Makes room for the rows of a file of so many bytes, by the length of those so far: columns
    /// that grow by doubling take up to twice their memory, and time for moving.
    pub fn make_room(&mut self, file_bytes: f64) {
        let row_bytes = self.passed as f64 / f64::from(self.rows());
        self.assembler
            .make_room((file_bytes / row_bytes * 1.02) as usize);
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

    /// How the text must be read instead, where rows from all over it show something else than
    /// its beginning.
    fn revised(&self) -> Option<ReadingChoices> {
        if self.choices.settled {
            return None;
        }
        self.other_encoding().or_else(|| self.other_dialect())
    }

    /// Where many rows do not fit the header, the dialect is judged by stretches of the whole text.
    fn other_dialect(&self) -> Option<ReadingChoices> {
        let seen = &self.assembler.seen;
        let misfits = seen.short_rows.count + seen.long_rows.count + seen.odd_quotes.count;
        if misfits * 20 <= u64::from(self.rows()) {
            return None;
        }
        let delimiter = self
            .choices
            .delimiter
            .and_then(|character| u8::try_from(character).ok());
        let found = sniff::sniff(&self.stretches.joined(), true, delimiter);
        let same = found.delimiter == self.dialect.delimiter
            && found.quote == self.dialect.quote
            && found.escape == self.dialect.escape
            && found.line_end == self.dialect.line_end
            // The stretches of a mixed file have only line feeds by now.
            && (found.line_ends != LineEnds::Mixed || self.dialect.line_ends == LineEnds::Mixed);
        let line_ends = if self.dialect.line_ends == LineEnds::Mixed {
            LineEnds::Mixed
        } else {
            found.line_ends
        };
        (!same).then(|| ReadingChoices {
            found_dialect: Some(Dialect { line_ends, ..found }),
            ..self.choices.clone()
        })
    }

    /// Where rows are not in the encoding that the beginning showed.
    fn other_encoding(&self) -> Option<ReadingChoices> {
        let odd_rows = self.beginning.odd_rows?;
        if self.evidence.odd.count == 0 {
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
        self.returns.replace(&mut self.pending, complete);
        let mut pending = std::mem::take(&mut self.pending);
        let mut cells = std::mem::take(&mut self.cells);
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
            self.evidence
                .add(pending.get(from..next).unwrap_or_default(), self.line);
            let byte = self.passed + from as u64;
            self.stretches
                .add(pending.get(from..next).unwrap_or_default(), byte);
            self.record(&pending, &cells, byte);
            self.line += lines;
            from = next;
        }
        self.cells = cells;
        self.pending = pending;
        self.pending.drain(..from);
        self.returns.drop(from);
        self.passed += from as u64;
    }

    /// Reads regular records from a place on, and gives the place behind the last one.
    fn read_stretch(&mut self, pending: &mut [u8], from: usize) -> usize {
        let shape = Shape {
            dialect: &self.dialect,
            width: self.assembler.columns(),
            utf_8: self.text.is_utf_8(),
            header: self.assembler.first_header().as_bytes(),
        };
        // As written, for the evidence: reading halves doubled quotes in place.
        let byte = self.passed + from as u64;
        let window = from..(from + WINDOW).min(pending.len());
        let written = if self.stretches.wants_before(byte + WINDOW as u64) {
            pending.get(window).unwrap_or_default().to_vec()
        } else {
            Vec::new()
        };
        let next = self.regular.read(pending, from, &shape);
        let first_row = self.assembler.rows();
        for (row, record) in (first_row..).zip(&self.regular.records) {
            if let Some(text) = written.get(record.start - from..record.next - from) {
                self.stretches.add(text, self.passed + record.start as u64);
            }
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

/// An empty table of this structure.
fn assembler(
    name: &str,
    structure: &Structure,
    records: &[Vec<String>],
    choices: &ReadingChoices,
) -> Assembler {
    let mut assembler = Assembler::keeping(name, &structure.headers, &choices.wanted_columns);
    assembler.seen.duplicate_headers = structure.duplicate_headers;
    let body = records
        .get(structure.header_rows as usize..)
        .unwrap_or_default();
    let first_month = choices.first_month.as_deref();
    if let Some(months) = wide_months::find(&structure.headers, body, first_month) {
        assembler.turn_long(months);
    }
    assembler
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

fn ascii_delimiter(character: char) -> Result<u8, Error> {
    u8::try_from(character)
        .ok()
        .filter(|byte| byte.is_ascii() && !matches!(byte, b'\n' | b'\r' | b'"'))
        .ok_or_else(|| {
            Error::new(
                "delimiter_unsupported",
                "The delimiter that was chosen cannot part cells.",
                "Choose one plain character, such as a comma, a semicolon, a tab or |.",
            )
        })
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

/// Whether anything is in a record.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Filled {
    None,
    Some,
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
    /// Replaces lone carriage returns where line ends are mixed; with how many bytes were there.
    fn mixed_ends(&mut self, complete: bool) -> (MixedEnds, usize) {
        let mut returns = MixedEnds::of(&self.dialect);
        returns.replace(&mut self.pending, complete);
        (returns, self.pending.len())
    }

    /// Drops so many records before the header; those with something in them are counted.
    fn skip_preamble(&mut self, records: usize, complete: bool) {
        for _ in 0..records {
            let line = self.line;
            if self.skip_record(complete) == Some(Filled::Some) {
                self.preamble.add(line);
            }
        }
    }

    /// Drops blank records.
    fn skip_blank(&mut self, complete: bool) {
        while let Some((next, lines, Filled::None)) = self.next_record(complete) {
            self.drop_record(next, lines);
        }
    }

    fn skip_record(&mut self, complete: bool) -> Option<Filled> {
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
    fn sample(&mut self, complete: bool, text: CellText) -> Vec<(u64, Vec<String>)> {
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
            let texts = self
                .cells
                .iter()
                .map(|cell| text.read(&self.pending, *cell).into_owned())
                .collect();
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
