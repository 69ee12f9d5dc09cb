//! Reads one table from bytes as they come, in one pass, straight into columns.

use super::super::base::{Error, Note};
use super::super::table::{ColumnBuilder, Dialect, PREVIEW_ROWS, Reason, Table};
use super::tokenizer::{CellRange, Scan, scan};
use super::{format, header, sniff};

/// How much of the head is looked at before reading begins.
const HEAD_BYTES: usize = 256 * 1024;

/// More columns than this is not a table that a person made.
const MOST_COLUMNS: usize = 4_096;

/// Reads one table. Feed it all bytes, then finish it.
#[derive(Debug)]
pub struct Reader {
    name: String,
    header_row: Option<u32>,
    pending: Vec<u8>,
    started: bool,
    dialect: Dialect,
    columns: Vec<ColumnBuilder>,
    cells: Vec<CellRange>,
    rows: u32,
    line: u64,
    spoilt: Vec<(u32, Reason)>,
    preview: Vec<Vec<String>>,
    seen: Seen,
}

/// What happened on the way, to be told in notes: how often, and the first line.
#[derive(Debug, Default)]
struct Seen {
    blank_rows: Tally,
    short_rows: Tally,
    long_rows: Tally,
    odd_quotes: Tally,
    not_utf8: Tally,
    preamble: Tally,
}

#[derive(Debug, Default)]
struct Tally {
    count: u64,
    first_line: u64,
}

impl Tally {
    const fn add(&mut self, line: u64) {
        if self.count == 0 {
            self.first_line = line;
        }
        self.count += 1;
    }
}

impl Reader {
    /// A reader for a table of this name. `header_row`: the line of the header as the user says
    /// it, from 1; 0 says that there is none.
    pub fn new(name: &str, header_row: Option<u32>) -> Self {
        Self {
            name: name.to_owned(),
            header_row,
            pending: Vec::new(),
            started: false,
            dialect: Dialect::default(),
            columns: Vec::new(),
            cells: Vec::new(),
            rows: 0,
            line: 1,
            spoilt: Vec::new(),
            preview: Vec::new(),
            seen: Seen::default(),
        }
    }

    /// Rows read so far.
    pub const fn rows(&self) -> u32 {
        self.rows
    }

    /// The next bytes.
    ///
    /// # Errors
    /// Where the first bytes are no delimited text.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.pending.extend_from_slice(bytes);
        if !self.started {
            if self.pending.len() < HEAD_BYTES {
                return Ok(());
            }
            self.start(false)?;
        }
        self.read_records(false);
        Ok(())
    }

    /// The table, when there are no more bytes.
    ///
    /// # Errors
    /// Where there is nothing, no delimited text, or no row below the header.
    pub fn finish(mut self) -> Result<Table, Error> {
        if !self.started {
            self.start(true)?;
        }
        self.read_records(true);
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
            dialect: self.dialect,
            columns: self
                .columns
                .into_iter()
                .map(ColumnBuilder::finish)
                .collect(),
            rows: self.rows,
            spoilt: self.spoilt,
            notes,
            preview: self.preview,
        })
    }

    /// Finds dialect and header from the head, and makes the columns.
    fn start(&mut self, complete: bool) -> Result<(), Error> {
        self.started = true;
        if self.pending.starts_with(&[0xEF, 0xBB, 0xBF]) {
            self.pending.drain(..3);
        }
        let head = self
            .pending
            .get(..HEAD_BYTES.min(self.pending.len()))
            .unwrap_or(&[]);
        if head.iter().all(u8::is_ascii_whitespace) {
            return Err(Error::new(
                "empty_input",
                format!(
                    "There is nothing to read in {}",
                    format::shortened(&self.name)
                ),
                "Copy the cells with their header row, or choose the file again.",
            ));
        }
        format::check(&self.name, head.get(..4096.min(head.len())).unwrap_or(head))?;
        self.dialect = sniff::sniff(head, complete && head.len() == self.pending.len());
        if let Some(row) = self.header_row {
            self.dialect.preamble_rows = row.saturating_sub(1);
        }
        self.skip_preamble(complete);
        let sample = self.sample(complete);
        let width = sample.first().map_or(0, Vec::len);
        if width > MOST_COLUMNS {
            return Err(Error::new(
                "too_many_columns",
                format!(
                    "The first row has {width} cells, more than the {MOST_COLUMNS} columns that are read, in {}",
                    format::shortened(&self.name)
                ),
                "Check the delimiter: the file may be one long line.",
            ));
        }
        let has_header = self
            .header_row
            .map_or_else(|| header::is_header(&sample), |row| row > 0);
        self.dialect.header_rows = u32::from(has_header);
        let names = match sample.into_iter().next() {
            Some(first) if has_header => {
                self.skip_record(complete);
                header::names(&first)
            }
            _ => header::numbered(width),
        };
        self.columns = names.iter().map(|name| ColumnBuilder::new(name)).collect();
        Ok(())
    }

    /// Drops the lines before the header, and blank lines among them.
    fn skip_preamble(&mut self, complete: bool) {
        let mut left = self.dialect.preamble_rows;
        loop {
            let Scan::Record { next, lines, .. } =
                scan(&self.pending, 0, &self.dialect, complete, &mut self.cells)
            else {
                return;
            };
            let blank = self.cells.iter().all(|c| {
                self.pending
                    .get(c.start..c.end)
                    .is_none_or(|b| b.trim_ascii().is_empty())
            });
            if !blank {
                if left == 0 {
                    return;
                }
                left -= 1;
                self.seen.preamble.add(self.line);
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

    /// The first records as texts, to tell the header.
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
                    .map(|cell| text_of(&self.pending, *cell).0)
                    .collect(),
            );
            from = next;
        }
        records
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
                self.seen.odd_quotes.add(self.line);
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
        let filled = |cell: &CellRange| {
            bytes
                .get(cell.start..cell.end)
                .is_some_and(|b| !b.trim_ascii().is_empty())
        };
        if !cells.iter().any(filled) && (cells.len() == 1 || self.columns.len() > 1) {
            self.seen.blank_rows.add(self.line);
            return;
        }
        let width = self.columns.len();
        if cells.iter().skip(width).any(filled) {
            // With too many cells nobody can say which belongs to which column.
            self.seen.long_rows.add(self.line);
            self.spoilt.push((self.rows, Reason::TooManyCells));
            self.columns.iter_mut().for_each(|column| column.push(""));
            self.rows += 1;
            return;
        }
        if cells.len() < width {
            self.seen.short_rows.add(self.line);
        }
        let mut preview = (self.preview.len() < PREVIEW_ROWS).then(Vec::new);
        let mut utf8 = true;
        for (place, column) in self.columns.iter_mut().enumerate() {
            let cell = cells.get(place).copied().unwrap_or(CellRange {
                start: 0,
                end: 0,
                doubled: false,
            });
            let raw = bytes.get(cell.start..cell.end).unwrap_or(&[]);
            match std::str::from_utf8(raw) {
                Ok(text) if !cell.doubled => {
                    let text = text.trim();
                    column.push(text);
                    if let Some(preview) = preview.as_mut() {
                        preview.push(text.to_owned());
                    }
                }
                _ => {
                    let (text, was_utf8) = text_of(bytes, cell);
                    utf8 &= was_utf8;
                    column.push(text.trim());
                    if let Some(preview) = preview.as_mut() {
                        preview.push(text);
                    }
                }
            }
        }
        if !utf8 {
            self.seen.not_utf8.add(self.line);
        }
        if let Some(preview) = preview {
            self.preview.push(preview);
        }
        self.rows += 1;
    }

    fn notes(&mut self) -> Vec<Note> {
        let mut notes = Vec::new();
        let mut say = |tally: &Tally, code: &str, effect: &str| {
            if tally.count > 0 {
                notes.push(
                    Note::new(code, effect)
                        .in_table(&self.name)
                        .counted(tally.count)
                        .from_line(tally.first_line),
                );
            }
        };
        let seen = &self.seen;
        say(
            &seen.preamble,
            "lines_before_header",
            "Lines before the header are not part of the table and were skipped.",
        );
        say(
            &seen.blank_rows,
            "blank_rows",
            "Blank lines are not rows and were skipped.",
        );
        say(
            &seen.short_rows,
            "row_too_short",
            "Rows with fewer cells than the header were read with the missing cells empty.",
        );
        say(
            &seen.long_rows,
            "row_too_long",
            "Rows with more cells than the header were left out, because their cells cannot be told apart.",
        );
        say(
            &seen.odd_quotes,
            "quote_odd",
            "A quotation mark was not closed or had text after it; it was kept as a character.",
        );
        say(
            &seen.not_utf8,
            "encoding_mixed",
            "Rows with bytes that are not UTF-8 were read as Windows-1252.",
        );
        if seen.not_utf8.count > 0 {
            self.dialect.encoding = "windows-1252";
        }
        notes
    }
}

/// The cell as text, and whether it was UTF-8. Bytes that are not are read as Windows-1252.
fn text_of(bytes: &[u8], cell: CellRange) -> (String, bool) {
    let raw = bytes.get(cell.start..cell.end).unwrap_or(&[]);
    let (text, utf8) = match std::str::from_utf8(raw) {
        Ok(text) => (text.to_owned(), true),
        Err(_) => (raw.iter().map(|byte| windows_1252(*byte)).collect(), false),
    };
    (
        if cell.doubled {
            text.replace("\"\"", "\"")
        } else {
            text
        },
        utf8,
    )
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<Table, Error> {
        let mut reader = Reader::new("t.csv", None);
        reader.feed(bytes)?;
        reader.finish()
    }

    fn cells(table: &Table) -> Vec<Vec<String>> {
        table.preview.clone()
    }

    #[test]
    fn a_table_is_the_same_however_its_bytes_are_cut() {
        let text = "a;b;c\n1;\"x\ny\";\u{e9}\n2;;z\n".repeat(9_000);
        let whole = read(text.as_bytes()).unwrap();
        for piece in [1_000, 65_537] {
            let mut reader = Reader::new("t.csv", None);
            for bytes in text.as_bytes().chunks(piece) {
                reader.feed(bytes).unwrap();
            }
            let pieces = reader.finish().unwrap();
            assert_eq!(pieces.rows, whole.rows);
            for (a, b) in pieces.columns.iter().zip(&whole.columns) {
                assert_eq!(a.keys().codes, b.keys().codes);
            }
        }
    }

    #[test]
    fn rows_of_uneven_length_are_told() {
        let table = read(b"a,b\n1,2\n3\n4,5,6\n7,8,\n\n9,10\n").unwrap();
        assert_eq!(table.rows, 5);
        assert_eq!(table.spoilt, [(2, Reason::TooManyCells)]);
        let told: Vec<(&str, Option<u64>)> = table
            .notes
            .iter()
            .map(|n| (n.code.as_str(), n.line))
            .collect();
        assert_eq!(
            told,
            [
                ("blank_rows", Some(6)),
                ("row_too_short", Some(3)),
                ("row_too_long", Some(4))
            ]
        );
    }

    #[test]
    fn byte_order_marks_and_old_encodings_are_read() {
        let table = read(b"\xEF\xBB\xBFname,n\nCaf\xE9,1\n").unwrap();
        assert_eq!(table.columns[0].name, "name");
        assert_eq!(cells(&table), [["Café", "1"]]);
        assert_eq!(table.dialect.encoding, "windows-1252");
    }

    #[test]
    fn nothing_and_headers_alone_are_errors_with_advice() {
        assert_eq!(read(b"  \n").unwrap_err().code, "empty_input");
        assert_eq!(read(b"a,b,c\n").unwrap_err().code, "no_rows");
    }

    #[test]
    fn a_file_without_a_last_line_end_keeps_its_last_row() {
        assert_eq!(read(b"a,b\n1,2\n3,4").unwrap().rows, 2);
        assert_eq!(read(b"a\r1\r2").unwrap().rows, 2);
    }
}
