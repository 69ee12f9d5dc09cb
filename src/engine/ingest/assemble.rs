//! Puts records into columns, whatever the records came from, and counts what is odd about them.

use std::borrow::Cow;

use super::format;
use crate::engine::base::{Error, Note};
use crate::engine::table::{CellSpan, ColumnBuilder, Dialect, PREVIEW_ROWS, Reason, Table};

/// A table under construction. Give it every record below the header, then finish it.
#[derive(Debug)]
pub struct Assembler {
    name: String,
    columns: Vec<ColumnBuilder>,
    rows: u32,
    spoilt: Vec<(u32, Reason)>,
    preview: Vec<Vec<String>>,
    /// What happened on the way, to be told in notes.
    pub seen: Seen,
}

/// How often something odd was seen.
#[derive(Debug, Default)]
pub struct Seen {
    /// Lines without a filled cell.
    pub blank_rows: Tally,
    /// Records with fewer cells than the header.
    pub short_rows: Tally,
    /// Records with more filled cells than the header.
    pub long_rows: Tally,
    /// Records with a quotation mark that was not closed, or text after a closing one.
    pub odd_quotes: Tally,
    /// Records with bytes that are not of the file's encoding and were read in another.
    pub odd_bytes: Tally,
    /// Lines before the header.
    pub preamble: Tally,
}

/// How often, and the first line.
#[derive(Debug, Default)]
pub struct Tally {
    /// How often.
    pub count: u64,
    /// The line of the file where it was first, from 1.
    pub first_line: u64,
}

impl Tally {
    /// Counts one more.
    pub const fn add(&mut self, line: u64) {
        if self.count == 0 {
            self.first_line = line;
        }
        self.count += 1;
    }
}

/// Whether a record is a blank line rather than a row of a table so wide: in a table of several
/// columns, one with nothing in its cells; in a table of one column, nothing but one empty cell.
pub fn is_blank(cells: &[impl AsRef<str>], width: usize) -> bool {
    let filled = cells.iter().any(|cell| !cell.as_ref().trim().is_empty());
    !filled && (cells.len() <= 1 || width > 1)
}

impl Assembler {
    /// A table with these headers.
    pub fn new(name: &str, headers: &[String]) -> Self {
        Self {
            name: name.to_owned(),
            columns: headers
                .iter()
                .map(|header| ColumnBuilder::new(header))
                .collect(),
            rows: 0,
            spoilt: Vec::new(),
            preview: Vec::new(),
            seen: Seen::default(),
        }
    }

    /// Rows so far.
    pub const fn rows(&self) -> u32 {
        self.rows
    }

    /// Columns so far.
    pub const fn columns(&self) -> usize {
        self.columns.len()
    }

    /// One more column, empty in the rows before.
    pub fn add_column(&mut self, header: &str) {
        let mut column = ColumnBuilder::new(header);
        (0..self.rows).for_each(|_| column.push(""));
        self.columns.push(column);
        for row in &mut self.preview {
            row.push(String::new());
        }
    }

    /// The next record cannot be read: it is a row that is left out for this reason.
    pub fn spoil(&mut self, reason: Reason) {
        self.spoilt.push((self.rows, reason));
        self.columns.iter_mut().for_each(|column| column.push(""));
        self.rows += 1;
    }

    /// Whether records may come in stretches: the first ones are looked at one by one.
    pub const fn takes_stretches(&self) -> bool {
        self.preview.len() >= PREVIEW_ROWS
    }

    /// The next records, with a cell for every column and at least one of them filled: where their
    /// cells stand in the bytes, row by row and without blanks around them. All must be UTF-8.
    pub fn stretch(&mut self, bytes: &[u8], spans: &[CellSpan], records: usize) {
        let width = self.columns.len();
        for (place, column) in self.columns.iter_mut().enumerate() {
            let cells = spans.get(place..).unwrap_or_default();
            column.push_all(bytes, cells.iter().step_by(width).copied());
        }
        self.rows += records as u32;
    }

    /// The next record: so many cells, and each one's text by its place.
    pub fn record<'a>(&mut self, line: u64, cells: usize, cell: impl Fn(usize) -> Cow<'a, str>) {
        let filled = |place: usize| !cell(place).trim().is_empty();
        let width = self.columns.len();
        if !(0..cells).any(filled) && (cells <= 1 || width > 1) {
            self.seen.blank_rows.add(line);
            return;
        }
        if (width..cells).any(filled) {
            // With too many cells nobody can say which belongs to which column.
            self.seen.long_rows.add(line);
            self.spoil(Reason::TooManyCells);
            return;
        }
        if cells < width {
            self.seen.short_rows.add(line);
        }
        let mut preview = (self.preview.len() < PREVIEW_ROWS).then(Vec::new);
        for (place, column) in self.columns.iter_mut().enumerate() {
            let text = if place < cells {
                cell(place)
            } else {
                Cow::Borrowed("")
            };
            column.push(text.trim());
            if let Some(preview) = preview.as_mut() {
                preview.push(text.trim().to_owned());
            }
        }
        if let Some(preview) = preview {
            self.preview.push(preview);
        }
        self.rows += 1;
    }

    /// The table.
    ///
    /// # Errors
    /// `no_rows` where nothing came below the header.
    pub fn finish(self, dialect: Dialect) -> Result<Table, Error> {
        if self.rows == 0 {
            return Err(Error::new(
                "no_rows",
                format!(
                    "There is a header with {} columns and no row below it in {}",
                    self.columns.len(),
                    format::shortened(&self.name)
                ),
                "Check that the export was not cut short or filtered to nothing, and add the rows.",
            ));
        }
        let notes = self.notes();
        Ok(Table {
            name: self.name,
            sheet: None,
            dialect,
            columns: self
                .columns
                .into_iter()
                .map(ColumnBuilder::finish)
                .collect(),
            rows: self.rows,
            spoilt: self.spoilt,
            notes,
            preview: self.preview,
            checkpoints: Vec::new(),
        })
    }

    fn notes(&self) -> Vec<Note> {
        let seen = &self.seen;
        [
            (
                &seen.preamble,
                "lines_before_header",
                "Lines before the header are not part of the table and were skipped.",
            ),
            (
                &seen.blank_rows,
                "blank_rows",
                "Blank lines are not rows and were skipped.",
            ),
            (
                &seen.short_rows,
                "row_too_short",
                "Rows with fewer cells than the header were read with the missing cells empty.",
            ),
            (
                &seen.long_rows,
                "row_too_long",
                "Rows with more cells than the header were left out, because their cells cannot be told apart.",
            ),
            (
                &seen.odd_quotes,
                "quote_odd",
                "A quotation mark was not closed or had text after it; it was kept as a character.",
            ),
            (
                &seen.odd_bytes,
                "encoding_mixed",
                "Rows with bytes that are not UTF-8 were read as Windows-1252.",
            ),
        ]
        .into_iter()
        .filter(|(tally, _, _)| tally.count > 0)
        .map(|(tally, code, effect)| {
            Note::new(code, effect)
                .in_table(&self.name)
                .counted(tally.count)
                .from_line(tally.first_line)
        })
        .collect()
    }
}
