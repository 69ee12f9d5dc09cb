//! Reads one source from bytes as they come: tells its format, and hands the bytes to what reads it.

use super::choices::ReadingChoices;
use super::delimited::Delimited;
use super::format::{self, Kind};
use super::json::Json;
use crate::engine::base::Error;
use crate::engine::table::Table;

/// How much of the head is looked at before reading begins.
const HEAD_BYTES: usize = 256 * 1024;

/// Reads one source. Feed it all bytes, then finish it.
#[derive(Debug)]
pub struct Reader {
    name: String,
    choices: ReadingChoices,
    state: State,
}

#[derive(Debug)]
enum State {
    /// The head is not complete, so nothing is decided.
    Head(Vec<u8>),
    Delimited(Box<Delimited>),
    Json(Box<Json>),
}

/// What came of reading a source to its end.
#[derive(Debug)]
pub enum Finished {
    /// Its tables: one, or one for each sheet of a workbook that holds a table.
    Tables(Vec<Table>),
    /// What stands further below shows that the beginning was misread: read it again like this.
    /// Never the answer where the choices were [`ReadingChoices::settled`].
    ReadAgain(ReadingChoices),
}

impl Reader {
    /// A reader for a source of this name.
    pub fn new(name: &str, choices: ReadingChoices) -> Self {
        Self {
            name: name.to_owned(),
            choices,
            state: State::Head(Vec::new()),
        }
    }

    /// Rows read so far.
    pub fn rows(&self) -> u32 {
        match &self.state {
            State::Head(_) => 0,
            State::Delimited(text) => text.rows(),
            State::Json(json) => json.rows(),
        }
    }

    /// The next bytes. Pieces may be cut anywhere.
    ///
    /// # Errors
    /// Where the first bytes are no table.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<(), Error> {
        match &mut self.state {
            State::Head(head) => {
                head.extend_from_slice(bytes);
                if head.len() >= HEAD_BYTES {
                    self.start(false)?;
                }
            }
            State::Delimited(text) => text.feed(bytes),
            State::Json(json) => json.feed(bytes),
        }
        Ok(())
    }

    /// The tables, when there are no more bytes.
    ///
    /// # Errors
    /// Where there is nothing, no table, or no row below the header.
    pub fn finish(mut self) -> Result<Finished, Error> {
        if matches!(self.state, State::Head(_)) {
            self.start(true)?;
        }
        match self.state {
            State::Head(_) => Err(nothing(&self.name)),
            State::Delimited(text) => Ok(Finished::Tables(vec![text.finish()?])),
            State::Json(json) => Ok(Finished::Tables(vec![json.finish()?])),
        }
    }

    /// Tells the format from the head.
    fn start(&mut self, complete: bool) -> Result<(), Error> {
        let State::Head(head) = &mut self.state else {
            return Ok(());
        };
        let mut head = std::mem::take(head);
        if head.starts_with(&[0xEF, 0xBB, 0xBF]) {
            head.drain(..3);
        }
        if head.iter().all(u8::is_ascii_whitespace) {
            return Err(nothing(&self.name));
        }
        // The format shows in the first bytes.
        let first = head.get(..4096.min(head.len())).unwrap_or(&head);
        self.state = match format::tell(&self.name, first)? {
            Kind::Delimited => State::Delimited(Box::new(Delimited::start(
                &self.name,
                head,
                complete,
                &self.choices,
            )?)),
            Kind::Json => State::Json(Box::new(Json::start(
                &self.name,
                head,
                complete,
                &self.choices,
            ))),
            Kind::Zip | Kind::OldOffice => {
                return Err(format::refusal(
                    &self.name,
                    "format_unsupported",
                    "This file is a workbook or an archive",
                    format::EXPORT,
                ));
            }
        };
        Ok(())
    }
}

fn nothing(name: &str) -> Error {
    Error::new(
        "empty_input",
        format!("There is nothing to read in {}", format::shortened(name)),
        "Copy the cells with their header row, or choose the file again.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::table::Reason;

    fn read(bytes: &[u8]) -> Result<Table, Error> {
        let mut reader = Reader::new("t.csv", ReadingChoices::default());
        reader.feed(bytes)?;
        table(reader)
    }

    fn table(reader: Reader) -> Result<Table, Error> {
        match reader.finish()? {
            Finished::Tables(mut tables) => Ok(tables.remove(0)),
            Finished::ReadAgain(_) => panic!("nothing below the head contradicts it"),
        }
    }

    fn cells(table: &Table) -> Vec<Vec<String>> {
        table.preview.clone()
    }

    #[test]
    fn a_table_is_the_same_however_its_bytes_are_cut() {
        let text = "a;b;c\n1;\"x\ny\";\u{e9}\n2;;z\n".repeat(9_000);
        let whole = read(text.as_bytes()).unwrap();
        for piece in [1_000, 65_537] {
            let mut reader = Reader::new("t.csv", ReadingChoices::default());
            for bytes in text.as_bytes().chunks(piece) {
                reader.feed(bytes).unwrap();
            }
            let pieces = table(reader).unwrap();
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
