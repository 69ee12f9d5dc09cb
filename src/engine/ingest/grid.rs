//! Makes a table of rows of cells that have their place already: sheets, and JSON rows that are
//! lists. The first rows are looked at together, to tell the header from what stands above it.

use std::borrow::Cow;

use super::assemble::Assembler;
use super::choices::{ReadingChoices, WantedColumns};
use super::{structure, wide_months};
use crate::engine::base::Error;
use crate::engine::table::{Dialect, Table};

/// How many rows are looked at before the header is told.
const SAMPLE_ROWS: usize = 100;

/// Rows on their way into a table.
#[derive(Debug)]
pub struct Grid {
    name: String,
    header_row: Option<u32>,
    wanted: WantedColumns,
    first_month: Option<String>,
    /// The first rows with their lines, until the header is known.
    sample: Vec<(u64, Vec<String>)>,
    /// Columns to the left of the table.
    left: usize,
    preamble_rows: u32,
    header_rows: u32,
    assembler: Option<Assembler>,
    /// Filled cells to the right of the last column.
    pub beside: u64,
}

impl Grid {
    /// An empty grid for a source of this name.
    pub fn new(name: &str, choices: &ReadingChoices) -> Self {
        Self {
            name: name.to_owned(),
            header_row: choices.header_row,
            wanted: choices.wanted_columns.clone(),
            first_month: choices.first_month.clone(),
            sample: Vec::new(),
            left: 0,
            preamble_rows: 0,
            header_rows: 0,
            assembler: None,
            beside: 0,
        }
    }

    /// Rows so far.
    pub fn rows(&self) -> u32 {
        self.assembler
            .as_ref()
            .map_or(self.sample.len() as u32, Assembler::rows)
    }

    /// The next row; rows without a filled cell need not be given.
    pub fn row(&mut self, line: u64, cells: &[String]) {
        if self.assembler.is_some() {
            self.put(line, cells);
            return;
        }
        if cells.iter().any(|cell| !cell.trim().is_empty()) {
            self.sample.push((line, cells.to_vec()));
            if self.sample.len() >= SAMPLE_ROWS {
                self.begin();
            }
        }
    }

    /// The table.
    ///
    /// # Errors
    /// `no_rows`.
    pub fn finish(mut self, dialect: Dialect) -> Result<Table, Error> {
        if self.assembler.is_none() {
            self.begin();
        }
        let dialect = Dialect {
            header_rows: self.header_rows,
            preamble_rows: self.preamble_rows,
            ..dialect
        };
        self.assembler
            .unwrap_or_else(|| Assembler::new(&self.name, &[]))
            .finish(dialect)
    }

    fn put(&mut self, line: u64, cells: &[String]) {
        let Some(assembler) = self.assembler.as_mut() else {
            return;
        };
        let cells = cells.get(self.left..).unwrap_or(&[]);
        // A cell of a grid has its place: what stands beyond the last column takes nothing away
        // from the others.
        let width = assembler.columns();
        let beside = cells.iter().skip(width);
        self.beside += beside.filter(|cell| !cell.trim().is_empty()).count() as u64;
        assembler.record(line, width, |place| {
            Cow::Borrowed(cells.get(place).map_or("", String::as_str))
        });
    }

    /// Tells the header from the first rows.
    fn begin(&mut self) {
        let sample = std::mem::take(&mut self.sample);
        let above = match self.header_row {
            None => lines_above(&sample),
            Some(row) => sample
                .iter()
                .take_while(|(line, _)| *line < u64::from(row))
                .count(),
        };
        let (preamble, table) = sample.split_at(above.min(sample.len()));
        self.left = table
            .iter()
            .filter_map(|(_, cells)| cells.iter().position(|cell| !cell.trim().is_empty()))
            .min()
            .unwrap_or(0);
        let width = table
            .iter()
            .map(|(_, cells)| width_of(cells))
            .max()
            .unwrap_or(0);
        let records: Vec<Vec<String>> = table
            .iter()
            .map(|(_, cells)| {
                (self.left..width)
                    .map(|place| cells.get(place).cloned().unwrap_or_default())
                    .collect()
            })
            .collect();
        let structure = structure::find(&records, self.header_row);
        self.preamble_rows = preamble.len() as u32;
        self.header_rows = structure.header_rows;
        let mut assembler = Assembler::keeping(&self.name, &structure.headers, &self.wanted);
        assembler.seen.duplicate_headers = structure.duplicate_headers;
        let body = records
            .get(structure.header_rows as usize..)
            .unwrap_or_default();
        let first_month = self.first_month.as_deref();
        if let Some(months) = wide_months::find(&structure.headers, body, first_month) {
            assembler.turn_long(months);
        }
        for (line, _) in preamble {
            assembler.seen.preamble.add(*line);
        }
        self.assembler = Some(assembler);
        for (line, cells) in table.iter().skip(structure.header_rows as usize) {
            self.put(*line, cells);
        }
    }
}

/// The place after the last filled cell.
fn width_of(cells: &[String]) -> usize {
    cells
        .iter()
        .rposition(|cell| !cell.trim().is_empty())
        .map_or(0, |place| place + 1)
}

/// Rows above the table: at most twenty that are far narrower than most rows.
fn lines_above(sample: &[(u64, Vec<String>)]) -> usize {
    let filled = |cells: &[String]| cells.iter().filter(|cell| !cell.trim().is_empty()).count();
    let mut counts: Vec<usize> = sample.iter().map(|(_, cells)| filled(cells)).collect();
    let above = counts.clone();
    counts.sort_unstable();
    let usual = counts.get(counts.len().div_euclid(2)).copied().unwrap_or(0);
    let narrow = above
        .iter()
        .take_while(|count| **count < usual && **count <= 1.max(usual.div_euclid(3)))
        .count();
    if narrow <= 20 { narrow } else { 0 }
}
