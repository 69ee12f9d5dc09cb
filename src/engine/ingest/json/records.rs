//! Puts JSON records into a table and counts what is odd about them.

use std::borrow::Cow;

use super::cursor::{Cursor, Fault, Kind};
use super::fields::{self, Fields};
use crate::engine::base::{Error, Note};
use crate::engine::ingest::assemble::{Assembler, Tally};
use crate::engine::ingest::choices::ReadingChoices;
use crate::engine::ingest::format;
use crate::engine::ingest::grid::Grid;
use crate::engine::table::{Dialect, Reason, Table};

/// The column of values that are no objects.
const VALUE: &str = "value";

/// The column of the names under which records stand.
pub const KEY: &str = "key";

/// Records on their way into a table.
#[derive(Debug)]
pub struct Records {
    name: String,
    fields: Fields,
    table: Sink,
    choices: ReadingChoices,
    /// Records that are not JSON.
    broken: Tally,
    /// Records of another form than the first one.
    others: Tally,
    /// Rows that could not be read before the first one that could.
    spoilt_before: u32,
    /// Where the first record is not JSON, and what was expected there.
    fault: Option<(Place, &'static str)>,
    /// Where the text ends in the middle of a record or list.
    pub cut: Tally,
    /// Where the records stand, if not at the top: said in a note.
    pub within: Option<String>,
}

/// A place in a text, both counted from 1.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The line.
    pub line: u64,
    /// The character of the line.
    pub column: u64,
}

impl Default for Place {
    fn default() -> Self {
        Self { line: 1, column: 1 }
    }
}

impl Place {
    /// The place after these bytes.
    #[must_use]
    pub fn past(self, bytes: &[u8]) -> Self {
        let characters = |bytes: &[u8]| bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
        match bytes.iter().rposition(|byte| *byte == b'\n') {
            None => Self {
                column: self.column + characters(bytes) as u64,
                ..self
            },
            Some(last) => Self {
                line: self.line
                    + bytes
                        .iter()
                        .map(|byte| u64::from(*byte == b'\n'))
                        .sum::<u64>(),
                column: 1 + characters(bytes.get(last + 1..).unwrap_or(&[])) as u64,
            },
        }
    }
}

/// What the records are, as the first one shows.
#[derive(Debug)]
enum Sink {
    Undecided,
    Objects(Box<Assembler>),
    Lists(Box<Grid>),
}

impl Records {
    /// No records yet.
    pub fn new(name: &str, choices: &ReadingChoices) -> Self {
        Self {
            name: name.to_owned(),
            fields: Fields::default(),
            table: Sink::Undecided,
            choices: choices.clone(),
            broken: Tally::default(),
            others: Tally::default(),
            spoilt_before: 0,
            fault: None,
            cut: Tally::default(),
            within: None,
        }
    }

    /// Rows so far.
    pub fn rows(&self) -> u32 {
        match &self.table {
            Sink::Undecided => 0,
            Sink::Objects(assembler) => assembler.rows(),
            Sink::Lists(grid) => grid.rows(),
        }
    }

    /// The names of the columns of rows that are lists.
    pub fn header(&mut self, inside: &[u8]) {
        let header = [b"[", inside, b"]"].concat();
        self.choices.header_row = Some(1);
        self.item(Place::default(), &header, false);
    }

    /// Whether these bytes are one record and nothing else.
    pub fn is_whole(bytes: &[u8]) -> bool {
        let mut cursor = Cursor::new(bytes, 0);
        matches!(cursor.kind(), Ok(Kind::Object | Kind::Array))
            && cursor.skip(0).is_ok()
            && cursor.peek().is_none()
    }

    /// The next item, which begins at this place. `keyed`: its name stands before it.
    pub fn item(&mut self, at: Place, bytes: &[u8], keyed: bool) {
        if let Err(fault) = self.read(at.line, bytes, keyed) {
            let fault_at = at.past(bytes.get(..fault.at).unwrap_or(bytes));
            self.fault.get_or_insert((fault_at, fault.expected));
            self.broken.add(at.line);
            match &mut self.table {
                Sink::Undecided => self.spoilt_before += 1,
                Sink::Objects(assembler) => assembler.spoil(Reason::LineInvalid),
                Sink::Lists(_) => {}
            }
        }
    }

    fn read(&mut self, line: u64, bytes: &[u8], keyed: bool) -> Result<(), Fault> {
        let mut cursor = Cursor::new(bytes, 0);
        self.fields.begin();
        if keyed {
            let mut key = String::new();
            if !cursor.string(&mut key)? {
                self.fields.odd_bytes = true;
            }
            cursor.take(b':', "a colon after the name")?;
            self.fields.put(KEY, &key);
        }
        match cursor.kind()? {
            Kind::Object => self.fields.object(&mut cursor)?,
            Kind::Array if keyed => self.fields.scalar(&mut cursor, VALUE)?,
            Kind::Array => return self.list(line, &mut cursor),
            _ => self.fields.scalar(&mut cursor, VALUE)?,
        }
        nothing_more(&mut cursor)?;
        self.put(line);
        Ok(())
    }

    /// A record that is a list: a row of cells, or several records in one.
    fn list(&mut self, line: u64, cursor: &mut Cursor<'_>) -> Result<(), Fault> {
        cursor.take(b'[', "a list")?;
        let mut cells = Vec::new();
        let mut first = true;
        while cursor.next_element(first)? {
            if first && cursor.kind()? == Kind::Object && !matches!(self.table, Sink::Lists(_)) {
                return self.chunk(line, cursor);
            }
            first = false;
            cells.push(fields::text_of(cursor)?);
        }
        nothing_more(cursor)?;
        if matches!(self.table, Sink::Undecided) {
            self.table = Sink::Lists(Box::new(Grid::new(&self.name, &self.choices)));
        }
        match &mut self.table {
            Sink::Lists(grid) => grid.row(line, &cells),
            _ => self.others.add(line),
        }
        Ok(())
    }

    /// Several records in one list, whose bracket is taken.
    fn chunk(&mut self, line: u64, cursor: &mut Cursor<'_>) -> Result<(), Fault> {
        let mut first = true;
        let mut records = Vec::new();
        while cursor.next_element(first)? {
            records.push(cursor.skip(1)?);
            first = false;
        }
        nothing_more(cursor)?;
        for record in records {
            self.item(Place { line, column: 1 }, cursor.slice(record), false);
        }
        Ok(())
    }

    /// The record in `fields` becomes a row.
    fn put(&mut self, line: u64) {
        let fields = &mut self.fields;
        if matches!(self.table, Sink::Undecided) {
            let mut assembler =
                Assembler::keeping(&self.name, &fields.headers, &self.choices.wanted_columns);
            (0..self.spoilt_before).for_each(|_| assembler.spoil(Reason::LineInvalid));
            self.table = Sink::Objects(Box::new(assembler));
        }
        let Sink::Objects(assembler) = &mut self.table else {
            self.others.add(line);
            return;
        };
        for header in fields.headers.iter().skip(assembler.columns()) {
            assembler.add_column(header);
        }
        if fields.odd_bytes {
            assembler.seen.odd_bytes.add(line);
        }
        assembler.record(line, fields.headers.len(), |place| {
            Cow::Borrowed(fields.cell(place))
        });
    }

    /// The table.
    ///
    /// # Errors
    /// `json_invalid` where nothing could be read, `no_rows` where nothing was there.
    pub fn finish(self, dialect: Dialect) -> Result<Table, Error> {
        let notes = self.notes();
        let nothing = || match self.fault {
            Some((Place { line, column }, expected)) => Error::new(
                "json_invalid",
                format!(
                    "Line {line}, column {column}: expected {expected}, in {}",
                    format::shortened(&self.name)
                ),
                "Export the file again, or check it where the sentence says.",
            ),
            None => Error::new(
                "no_rows",
                format!("There are no records in {}", format::shortened(&self.name)),
                "Check that the export was not cut short or filtered to nothing.",
            ),
        };
        let mut table = match self.table {
            Sink::Objects(assembler) if u64::from(assembler.rows()) > self.broken.count => {
                assembler.finish(dialect)?
            }
            Sink::Lists(grid) if grid.rows() > 0 => grid.finish(dialect)?,
            _ => return Err(nothing()),
        };
        fields::drop_null_parents(&mut table);
        let names: Vec<String> = table.columns.iter().map(|c| c.name.clone()).collect();
        for (column, name) in table.columns.iter_mut().zip(fields::unwrapped(&names)) {
            column.name = name;
        }
        table.notes.extend(notes);
        Ok(table)
    }

    fn notes(&self) -> Vec<Note> {
        let counted = [
            (
                self.broken.count,
                self.broken.first_line,
                "line_invalid",
                "Records that are not valid JSON were left out.",
            ),
            (
                self.others.count,
                self.others.first_line,
                "record_of_another_form",
                "Records of another form than the first one were left out.",
            ),
            (
                self.cut.count,
                self.cut.first_line,
                "json_cut_short",
                "The text ends before its last bracket is closed; the whole records before that were read.",
            ),
            (
                self.fields.duplicates,
                0,
                "duplicate_names",
                "A name stood twice in one record; the last value counts.",
            ),
            (
                self.fields.beyond,
                0,
                "columns_left_out",
                "Names beyond the first 4096 columns were left out.",
            ),
        ];
        let mut notes: Vec<Note> = counted
            .into_iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, line, code, effect)| {
                let note = Note::new(code, effect).in_table(&self.name).counted(count);
                if line > 0 { note.from_line(line) } else { note }
            })
            .collect();
        if let Some(within) = &self.within {
            let effect = format!(
                "The rows are the records in “{}”; what stands beside them was not read.",
                format::shortened(within)
            );
            notes.push(Note::new("json_records_chosen", effect).in_table(&self.name));
        }
        notes
    }
}

fn nothing_more(cursor: &mut Cursor<'_>) -> Result<(), Fault> {
    match cursor.peek() {
        None => Ok(()),
        Some(_) => Err(Fault {
            at: cursor.at,
            expected: "nothing more after the record",
            cut: false,
        }),
    }
}
