//! Opens a workbook that was checked, and makes tables of its sheets.

use std::cell::Cell;
use std::rc::Rc;

use calamine::{Reader as _, SheetType, SheetVisible, Xlsx, XlsxError};

use super::guard::Seen;
use super::parts::Parts;
use super::serial::Epoch;
use super::sheet::{self, Row, Stopped, Unread};
use super::{preflight, zip_directory};
use crate::engine::base::{Error, Note};
use crate::engine::ingest::choices::ReadingChoices;
use crate::engine::ingest::format;
use crate::engine::ingest::grid::Grid;
use crate::engine::table::{Dialect, Format, Table};

/// A larger file is not taken into memory.
const MOST_FILE_BYTES: usize = 1 << 29;

/// The bytes of an archive or of an old office file, until they are all there.
#[derive(Debug)]
pub struct Workbook {
    name: String,
    bytes: Vec<u8>,
    choices: ReadingChoices,
    kind: format::Kind,
}

impl Workbook {
    /// Begins with the head.
    pub const fn start(
        name: String,
        head: Vec<u8>,
        kind: format::Kind,
        choices: ReadingChoices,
    ) -> Self {
        Self {
            name,
            bytes: head,
            choices,
            kind,
        }
    }

    /// The next bytes.
    ///
    /// # Errors
    /// `workbook_unsafe` where the file is too large.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<(), Error> {
        if self.bytes.len() + bytes.len() > MOST_FILE_BYTES {
            return Err(Error::new(
                "workbook_unsafe",
                format!(
                    "A workbook of more than {} MiB is not opened: {}",
                    MOST_FILE_BYTES >> 20,
                    format::shortened(&self.name)
                ),
                "Export the sheet as CSV.",
            ));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }

    /// The tables, when there are no more bytes.
    ///
    /// # Errors
    /// Where it is no workbook, is not safe to open, is damaged, or holds no table.
    pub fn finish(self) -> Result<Vec<Table>, Error> {
        let choices = self.choices.clone();
        self.open()?.tables(&choices)
    }

    /// Opens the workbook, when there are no more bytes.
    ///
    /// # Errors
    /// Where it is no workbook, is not safe to open, or is damaged.
    pub fn open(self) -> Result<Sheets, Error> {
        if self.kind == format::Kind::OldOffice {
            return Err(old_office(&self.name, &self.bytes));
        }
        let Some(entries) = zip_directory::read(&self.bytes) else {
            return Err(damaged(&self.name, "its directory is missing or cut short"));
        };
        preflight::check(&self.name, &entries, self.bytes.len() as u64)?;
        let parts = Parts::new(Rc::new(self.bytes), &entries);
        let seen = Rc::clone(&parts.seen);
        let workbook = Xlsx::new(parts).map_err(|error| explained(&self.name, &error))?;
        Ok(Sheets {
            name: self.name,
            workbook,
            seen,
        })
    }
}

/// A workbook that is open.
pub struct Sheets {
    name: String,
    workbook: Xlsx<Parts>,
    seen: Rc<Cell<Seen>>,
}

impl Sheets {
    /// The names of its sheets, and whether each is visible.
    pub fn names(&self) -> Vec<(String, bool)> {
        self.workbook
            .sheets_metadata()
            .iter()
            .filter(|sheet| sheet.typ == SheetType::WorkSheet)
            .map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible))
            .collect()
    }

    /// Gives each row of a sheet that has a filled cell; tells what was odd about it.
    ///
    /// # Errors
    /// Where the sheet is damaged or its cells are too far apart.
    pub fn rows(&mut self, sheet: &str, give: &mut Row<'_>) -> Result<(Unread, Seen), Error> {
        let epoch = if self.workbook.has_1904_epoch() {
            Epoch::Year1904
        } else {
            Epoch::Year1900
        };
        self.seen.set(Seen::default());
        let mut reader = self
            .workbook
            .worksheet_cells_reader(sheet)
            .map_err(|error| explained(&self.name, &error))?;
        let unread =
            sheet::read(&self.name, &mut reader, epoch, give).map_err(|stopped| match stopped {
                Stopped::Refused(error) => error,
                Stopped::Damaged(error) => explained(&self.name, &error),
            })?;
        Ok((unread, self.seen.get()))
    }

    fn tables(mut self, choices: &ReadingChoices) -> Result<Vec<Table>, Error> {
        let mut failed = None;
        let mut tables = self.those(true, choices, &mut failed);
        if tables.is_empty() {
            tables = self.those(false, choices, &mut failed);
            for table in &mut tables {
                let effect = "No visible sheet holds a table, so a hidden sheet was read.";
                let note = Note::new("sheet_hidden", effect).in_table(&self.name);
                table.notes.push(note);
            }
        }
        if tables.is_empty() {
            return Err(failed.unwrap_or_else(|| no_table(&self.name)));
        }
        if let Some(error) = failed {
            let note = Note::new(&error.code, format!("{} {}", error.message, error.hint));
            for table in &mut tables {
                table.notes.push(note.clone().in_table(&self.name));
            }
        }
        Ok(tables)
    }

    /// The tables of the sheets that are visible, or of those that are not.
    fn those(
        &mut self,
        visible: bool,
        choices: &ReadingChoices,
        failed: &mut Option<Error>,
    ) -> Vec<Table> {
        let mut tables = Vec::new();
        for (sheet, _) in self.names().iter().filter(|sheet| sheet.1 == visible) {
            match self.table(sheet, choices) {
                Ok(table) => tables.push(table),
                // An empty sheet, or one with a single row, holds no table.
                Err(error) if error.code == "no_rows" => {}
                Err(error) => *failed = failed.take().or(Some(error)),
            }
        }
        tables
    }

    fn table(&mut self, sheet: &str, choices: &ReadingChoices) -> Result<Table, Error> {
        let mut grid = Grid::new(&self.name, choices);
        let (unread, seen) = self.rows(sheet, &mut |line, cells| grid.row(line, cells))?;
        let counts = [
            (
                "formula_without_value",
                seen.formulas_without_value,
                "Formulas without a stored value are empty; open the workbook, save it and drop it again to have them.",
            ),
            (
                "hidden_rows",
                seen.hidden_rows,
                "Rows that the workbook hides were read like the others.",
            ),
            (
                "cells_beside_table",
                grid.beside + unread.beyond,
                "Filled cells to the right of the table's columns were not read.",
            ),
            (
                "cells_damaged",
                unread.unreadable,
                "Cells that contradict the workbook's own rules were left empty.",
            ),
        ];
        let mut table = grid.finish(Dialect {
            format: Format::Workbook,
            delimiter: 0,
            quote: None,
            ..Dialect::default()
        })?;
        table.sheet = Some(sheet.to_owned());
        table
            .notes
            .extend(counts.into_iter().filter(|(_, count, _)| *count > 0).map(
                |(code, count, effect)| Note::new(code, effect).in_table(&self.name).counted(count),
            ));
        Ok(table)
    }
}

fn no_table(name: &str) -> Error {
    Error::new(
        "no_rows",
        format!(
            "No sheet holds a header and a row below it in {}",
            format::shortened(name)
        ),
        "Check that the export was not cut short or filtered to nothing, and add the rows.",
    )
}

/// Why a workbook cannot be read, as far as the reader of sheets tells.
fn explained(name: &str, error: &XlsxError) -> Error {
    match error {
        XlsxError::Password => preflight::encrypted(name),
        XlsxError::FileNotFound(_) | XlsxError::RelationshipNotFound => {
            damaged(name, "a part is missing")
        }
        XlsxError::Io(_) | XlsxError::Zip(_) => damaged(name, "a part cannot be unpacked"),
        XlsxError::Xml(_) | XlsxError::XmlAttr(_) | XlsxError::XmlEof(_) => {
            damaged(name, "a part is cut short or is not XML")
        }
        _ => damaged(name, "a part is not as the format asks"),
    }
}

fn damaged(name: &str, why: &str) -> Error {
    Error::new(
        "workbook_unreadable",
        format!(
            "The workbook is damaged ({why}): {}",
            format::shortened(name)
        ),
        "Open it in the spreadsheet program and save it again as .xlsx, or export the sheet as CSV.",
    )
}

/// Old office files are told apart by the names of their streams, which are UTF-16.
fn old_office(name: &str, bytes: &[u8]) -> Error {
    let holds = |stream: &str| {
        let wide: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|window| window == wide)
    };
    if holds("EncryptedPackage") {
        return preflight::encrypted(name);
    }
    let (found, hint) = if holds("WordDocument") {
        (
            "This file is an old Word document (.doc)",
            "Copy its table and paste it here.",
        )
    } else if holds("PowerPoint Document") {
        (
            "This file is an old PowerPoint presentation (.ppt)",
            "Drop the workbook or the CSV that it was made from.",
        )
    } else if holds("Workbook") || holds("Book") {
        (
            "This file is an old Excel workbook (.xls)",
            "Open it in the spreadsheet program, choose Save as, Excel workbook (.xlsx) or CSV (UTF-8), and drop that file.",
        )
    } else {
        (
            "This file is an old office document",
            "Save the table as XLSX or CSV, or copy it and paste it here.",
        )
    };
    format::refusal(name, "format_unsupported", found, hint)
}
