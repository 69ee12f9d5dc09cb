//! Reads delimited text from bytes as they come, in one pass, straight into columns.

use std::borrow::Cow;

use super::align::Looks;
use super::assemble::{Assembler, Tally};
use super::beginning::Start;
use super::cell_text::CellText;
use super::choices::ReadingChoices;
use super::decode::Decoder;
use super::encoding::{Encoding, UTF_8};
use super::encoding_guess::{self, Beginning};
use super::evidence::{Evidence, Stretches};
use super::regular::{Regular, Shape, WINDOW};
use super::structure::Structure;
use super::swaps::Prepared;
use super::tokenizer::{CellRange, Scan, scan};
use super::{Finished, empty_columns, format, preamble, sniff, structure, wide_months, wrapped};
use crate::engine::base::{Error, Note};
use crate::engine::table::{CHECKPOINT_ROWS, Checkpoint, Dialect, LineEnds, Reason};

/// More columns than this is not a table that a person made.
const MOST_COLUMNS: usize = 4_096;

/// A record of more bytes is a long one.
const LONG_RECORD: usize = 256 * 1024;

/// A stretch of regular records shorter than this is hardly worth looking for, in bytes.
const SHORT_STRETCH: usize = 2_048;

/// Delimited text whose beginning is known, so that reading can begin.
#[derive(Debug)]
pub struct Delimited {
    pending: Vec<u8>,
    /// How many bytes must wait before a long record is scanned again from its beginning.
    enough: usize,
    decoder: Decoder,
    prepared: Prepared,
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
        let mut decoder = Decoder::new(beginning.encoding);
        let mut start = Start {
            pending: decoder.decode(head, complete).to_vec(),
            dialect: Dialect::default(),
            cells: Vec::new(),
            line: 1,
            passed: beginning.mark as u64,
            preamble: Tally::default(),
        };
        match &choices.found_dialect {
            Some(found) => start.dialect.clone_from(found),
            None => start.find_dialect(complete, choices.delimiter.as_deref())?,
        }
        let (mut prepared, length) = start.prepare(complete);
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
        prepared.drop(length - start.pending.len());
        let mut assembler = assembler(name, &structure, &records, choices, &start.dialect);
        assembler.seen.preamble = start.preamble;
        let mut delimited = Self {
            pending: start.pending,
            enough: 0,
            decoder,
            prepared,
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
        if self.pending.len() >= self.enough {
            self.read_records(false);
        }
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
            return Ok(Finished::ReadAgain(Box::new(choices)));
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
        if self.dialect.wrapped || self.dialect.has_exchanges() {
            return None;
        }
        let misfits = seen.short_rows.count
            + seen.shifted_rows.count
            + seen.long_rows.count
            + seen.odd_quotes.count;
        if misfits * 20 <= u64::from(self.rows()) {
            return None;
        }
        let chosen = self.choices.delimiter.as_deref();
        let delimiter = chosen.and_then(|chosen| chosen.bytes().next());
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
            found_dialect: Some(Box::new(Dialect { line_ends, ..found })),
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
        self.prepared.replace(&mut self.pending, complete);
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
            let record = pending.get(from..next).unwrap_or_default();
            let rescued = self.rescued(&pending, &cells, record);
            self.record(&pending, &cells, rescued, byte);
            self.line += lines;
            from = next;
        }
        self.cells = cells;
        self.pending = pending;
        self.pending.drain(..from);
        // A record of many pieces is not scanned once a piece, which would take time without end.
        let waiting = self.pending.len();
        self.enough = if waiting > LONG_RECORD {
            waiting + waiting.div_ceil(2)
        } else {
            0
        };
        self.prepared.drop(from);
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

    /// The cells of a record that is cut unlike the others: it stands in quotes as a whole, or has
    /// another delimiter. Absent where it is cut well, or does not fit the columns then either.
    fn rescued(&self, bytes: &[u8], cells: &[CellRange], record: &[u8]) -> Option<Vec<String>> {
        let width = self.assembler.columns();
        if cells.len() >= width || cells.is_empty() {
            return None;
        }
        let read = |cell: &CellRange| self.text.read(bytes, *cell).into_owned();
        let texts: Vec<String> = cells.iter().map(read).collect();
        if self.dialect.wrapped && cells.len() == 1 {
            return Some(wrapped::cells(texts.first()?, &self.dialect));
        }
        if !self.assembler.is_misfit(&texts) {
            return None;
        }
        let fits = |cells: &Vec<String>| cells.len() == width && !self.assembler.is_misfit(cells);
        if cells.len() == 1
            && let Some(inner) = texts
                .first()
                .map(|line| wrapped::cells(line, &self.dialect))
            && fits(&inner)
        {
            return Some(inner);
        }
        let ends = record
            .iter()
            .rev()
            .take_while(|it| matches!(it, b'\n' | b'\r'))
            .count();
        let whole = CellRange {
            start: 0,
            end: record.len() - ends,
            doubled: false,
        };
        let line = self.text.read(record, whole);
        b";\t|,".iter().find_map(|delimiter| {
            let other = Dialect {
                delimiter: *delimiter,
                ..self.dialect.clone()
            };
            let cells = record
                .contains(delimiter)
                .then(|| wrapped::cells(&line, &other))?;
            fits(&cells).then_some(cells)
        })
    }

    /// Whether a delimiter before a quote is lost, so that the quoted cell was cut in two: two cells
    /// hold a quote, and one of them does not fit its column.
    fn lost_a_delimiter(&self, bytes: &[u8], cells: &[CellRange]) -> bool {
        let has_quote = |(_, cell): &(usize, &CellRange)| {
            let raw = bytes.get(cell.start..cell.end).unwrap_or_default();
            let before = cell.start.checked_sub(1).and_then(|at| bytes.get(at));
            let quote = self.dialect.quote;
            before.copied() != quote && raw.iter().any(|byte| Some(*byte) == quote)
        };
        let odd: Vec<(usize, &CellRange)> = cells.iter().enumerate().filter(has_quote).collect();
        let is_misfit = |(place, cell): &(usize, &CellRange)| {
            self.assembler
                .is_misfit_at(*place, &self.text.read(bytes, **cell))
        };
        odd.len() > 1 && odd.iter().any(is_misfit)
    }

    fn record(
        &mut self,
        bytes: &[u8],
        cells: &[CellRange],
        rescued: Option<Vec<String>>,
        byte: u64,
    ) {
        let row = self.assembler.rows();
        let text = self.text;
        if let Some(cells) = rescued {
            if !self.dialect.wrapped {
                self.assembler.seen.aligned_rows.add(self.line);
            }
            self.assembler.record(self.line, cells.len(), |place| {
                cells
                    .get(place)
                    .map_or(Cow::Borrowed(""), |cell| Cow::Borrowed(cell.as_str()))
            });
        } else {
            if cells.len() == self.assembler.columns() && self.lost_a_delimiter(bytes, cells) {
                self.assembler.seen.shifted_rows.add(self.line);
                self.assembler.spoil(Reason::TooFewCells);
                return;
            }
            self.assembler.record(self.line, cells.len(), |place| {
                cells
                    .get(place)
                    .map_or(Cow::Borrowed(""), |cell| text.read(bytes, *cell))
            });
        }
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
    dialect: &Dialect,
) -> Assembler {
    let body = records
        .get(structure.header_rows as usize..)
        .unwrap_or_default();
    let mut headers = structure.headers.clone();
    let first_month = choices.first_month.as_deref();
    let months = wide_months::find(&headers, body, first_month);
    if let Some(months) = &months {
        let named = months.from + months.labels.len();
        headers.truncate(empty_columns::filled_width(&headers, body).max(named));
    }
    let mut assembler = Assembler::keeping(name, &headers, &choices.wanted_columns);
    assembler.seen.duplicate_headers = structure.duplicate_headers;
    assembler.know_looks(Looks::of(body, headers.len(), dialect.delimiter));
    if let Some(months) = months {
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
