//! Reads one source from bytes as they come: tells its format, and hands the bytes to what reads it.

use super::choices::ReadingChoices;
use super::decode::Decoder;
use super::delimited::Delimited;
use super::encoding_guess;
use super::format::{self, Kind};
use super::json::Json;
use super::xlsx::Workbook;
use crate::engine::base::Error;
use crate::engine::table::Table;

/// How much of the head is looked at before reading begins.
const HEAD_BYTES: usize = 256 * 1024;

/// Reads one source. Feed it all bytes, then finish it.
#[derive(Debug)]
pub struct Reader {
    name: String,
    choices: ReadingChoices,
    /// Bytes of the file, until room was made for its rows.
    size_bytes: Option<f64>,
    state: State,
}

/// After so many rows it is clear how long a row is, and how its columns are held.
const ROWS_TO_JUDGE: u32 = 16_384;

#[derive(Debug)]
enum State {
    /// The head is not complete, so nothing is decided.
    Head(Vec<u8>),
    Delimited(Box<Delimited>),
    /// With what decodes its bytes.
    Json(Box<Json>, Box<Decoder>),
    Workbook(Box<Workbook>),
}

/// What came of reading a source to its end.
#[derive(Debug)]
pub enum Finished {
    /// Its tables: one, or one for each sheet of a workbook that holds a table.
    Tables(Vec<Table>),
    /// What stands further below shows that the beginning was misread: read it again like this.
    /// Never the answer where the choices were [`ReadingChoices::settled`].
    ReadAgain(Box<ReadingChoices>),
}

impl Reader {
    /// A reader for a source of this name.
    pub fn new(name: &str, choices: ReadingChoices) -> Self {
        Self {
            name: name.to_owned(),
            choices,
            size_bytes: None,
            state: State::Head(Vec::new()),
        }
    }

    /// The same, of a file of so many bytes. Fewer or more may come: room is made for them, no more.
    #[must_use]
    pub const fn of_size(mut self, bytes: Option<f64>) -> Self {
        self.size_bytes = bytes;
        self
    }

    /// Rows read so far.
    pub fn rows(&self) -> u32 {
        match &self.state {
            State::Head(_) | State::Workbook(_) => 0,
            State::Delimited(text) => text.rows(),
            State::Json(json, _) => json.rows(),
        }
    }

    /// The next bytes. Pieces may be cut anywhere.
    ///
    /// # Errors
    /// Where the first bytes are no table.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<(), Error> {
        match &mut self.state {
            State::Head(head) => {
                // The head is the same bytes however the pieces are cut.
                let wanted = HEAD_BYTES.saturating_sub(head.len()).min(bytes.len());
                let (of_head, rest) = bytes.split_at_checked(wanted).unwrap_or((bytes, &[]));
                head.extend_from_slice(of_head);
                if head.len() >= HEAD_BYTES {
                    self.start(false)?;
                    if !rest.is_empty() {
                        self.feed(rest)?;
                    }
                }
            }
            State::Delimited(text) => {
                text.feed(bytes);
                let known = |_: &mut f64| text.rows() >= ROWS_TO_JUDGE;
                if let Some(size_bytes) = self.size_bytes.take_if(known) {
                    text.make_room(size_bytes);
                }
            }
            State::Json(json, decoder) => json.feed(decoder.decode(bytes, false)),
            State::Workbook(workbook) => workbook.feed(bytes)?,
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
            State::Delimited(text) => text.finish(),
            State::Json(mut json, mut decoder) => {
                json.feed(decoder.decode(&[], true));
                Ok(Finished::Tables(vec![json.finish()?]))
            }
            State::Workbook(workbook) => Ok(Finished::Tables(workbook.finish()?)),
        }
    }

    /// Tells the format from the head.
    fn start(&mut self, complete: bool) -> Result<(), Error> {
        let State::Head(head) = &mut self.state else {
            return Ok(());
        };
        let head = std::mem::take(head);
        let binary = format::is_binary(&head);
        let beginning = if binary {
            // Refused below, whatever its bytes would mean as text.
            encoding_guess::Beginning::default()
        } else {
            encoding_guess::choose(&head, complete, &self.choices)?
        };
        let body = head.get(beginning.mark..).unwrap_or_default();
        // The format shows in the first bytes.
        let shown = body.get(..4096.min(body.len())).unwrap_or(body);
        let mut decoder = Decoder::new(beginning.encoding);
        let shown = if binary {
            shown
        } else {
            decoder.decode(shown, false)
        };
        if body.len() <= 4096 && shown.iter().all(u8::is_ascii_whitespace) {
            return Err(nothing(&self.name));
        }
        self.state = match format::tell(&self.name, shown)? {
            Kind::Delimited => State::Delimited(Box::new(Delimited::start(
                &self.name,
                body,
                complete,
                &self.choices,
                beginning,
            )?)),
            Kind::Json => {
                let mut decoder = Decoder::new(beginning.encoding);
                let head = decoder.decode(body, complete).to_vec();
                let json = Json::start(&self.name, head, complete, &self.choices);
                State::Json(Box::new(json), Box::new(decoder))
            }
            kind @ (Kind::Zip | Kind::OldOffice) => State::Workbook(Box::new(Workbook::start(
                self.name.clone(),
                head,
                kind,
                self.choices.clone(),
            ))),
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
    use std::fmt::Write as _;

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
    fn letters_far_below_the_beginning_decide_the_encoding() {
        let plain = "name,city\n".to_owned() + &"Smith,London\n".repeat(30_000);
        for (label, name) in [
            ("windows-1250", "Łukasz Dvořák"),
            ("shift_jis", "株式会社テスト"),
        ] {
            let mut bytes = plain.clone().into_bytes();
            for _ in 0..20 {
                let web = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
                bytes.extend_from_slice(&web.encode(name).0);
                bytes.extend_from_slice(b",x\n");
            }
            let mut reader = Reader::new("t.csv", ReadingChoices::default());
            reader.feed(&bytes).unwrap();
            let Finished::ReadAgain(choices) = reader.finish().unwrap() else {
                panic!("{label} is seen at the end");
            };
            let settled = ReadingChoices {
                settled: true,
                ..*choices
            };
            let mut reader = Reader::new("t.csv", settled);
            reader.feed(&bytes).unwrap();
            let table = table(reader).unwrap();
            assert_eq!(table.dialect.encoding, label);
            let names = table.columns[0].keys();
            assert_eq!(names.texts.text(names.codes[30_000]), name);
        }
    }

    #[test]
    fn a_checkpoint_says_where_its_row_stands() {
        let text = String::from("\u{feff}a,b\n") + &"1,\"x\ny\"\n\n2,ö\n".repeat(1_000);
        let table = read(text.as_bytes()).unwrap();
        assert_eq!(table.checkpoints.len(), 9);
        for checkpoint in &table.checkpoints[..8] {
            let rest = &text.as_bytes()[checkpoint.byte as usize..];
            assert!(rest.starts_with(b"1,\"x\n"));
            assert_eq!(
                checkpoint.line,
                2 + 4 * u64::from(checkpoint.row.div_euclid(2))
            );
        }
    }

    #[test]
    fn columns_without_a_name_and_a_cell_at_the_edge_are_told_and_left_out() {
        let table = read(b"a,b,,\n1,2,,\n4,5,,\n").unwrap();
        assert_eq!(table.columns.len(), 2);
        assert_eq!(cells(&table), [["1", "2"], ["4", "5"]]);
        let note = table.notes.first().unwrap();
        assert_eq!((note.code.as_str(), note.count), ("columns_empty", Some(2)));
        // A name or a cell is enough to stay.
        assert_eq!(read(b"a,b,,c\n1,2,,\n4,5,,\n").unwrap().columns.len(), 4);
        assert_eq!(read(b"a,b,,\n1,2,,\n4,5,x,\n").unwrap().columns.len(), 3);
    }

    #[test]
    fn one_delimiter_too_many_at_the_end_of_a_row_moves_no_cell() {
        let mut rows = String::new();
        for row in 0..60 {
            let behind = if row % 7 == 3 { "," } else { "" };
            writeln!(rows, "{row},x{row},{}{behind}", row * 2).unwrap();
        }
        let table = read(format!("id,name,n\n{rows}").as_bytes()).unwrap();
        assert!(table.spoilt.is_empty() && table.notes.is_empty());
        let cell = |column: usize, row: usize| table.columns[column].cells.text(row).into_owned();
        for row in [3, 10, 52] {
            let read = [cell(0, row), cell(1, row), cell(2, row)];
            assert_eq!(
                read,
                [row.to_string(), format!("x{row}"), (row * 2).to_string()]
            );
        }
    }

    #[test]
    fn lines_that_end_in_two_ways_are_rows_and_can_be_read_back() {
        let mut text = String::from("id,note\r\n");
        for row in 0..6_000 {
            let end = if row % 1_000 < 500 { "\r" } else { "\r\n" };
            write!(text, "{row},\"two\rlines\"{end}").unwrap();
        }
        for piece in [1_001, 65_537] {
            let mut reader = Reader::new("t.csv", ReadingChoices::default());
            for bytes in text.as_bytes().chunks(piece) {
                reader.feed(bytes).unwrap();
            }
            let table = table(reader).unwrap();
            assert_eq!((table.rows, table.spoilt.len()), (6_000, 0));
            let from = super::super::reread::place_of(&table, 5_300).unwrap();
            let bytes = &text.as_bytes()[from.byte as usize..];
            let rows = super::super::reread::rows_from(&table, from, bytes, true, 5_300..5_301);
            assert_eq!(rows[0].cells, ["5300", "two\rlines"]);
        }
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
