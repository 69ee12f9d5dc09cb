//! Puts records into columns, whatever the records came from, and counts what is odd about them.

use std::borrow::Cow;

use super::align::{Aligned, Looks};
use super::choices::WantedColumns;
use super::odd_records::{self, Suspect};
use super::totals::Suspects;
use super::wide_months::{self, Months};
use super::{empty_columns, format, totals};
use crate::engine::base::{Error, Note};
use crate::engine::table::value::missing;
use crate::engine::table::{
    CellSpan, Column, ColumnBuilder, Dialect, PREVIEW_ROWS, Reason, Table, Wide, unneeded,
};

/// A table under construction. Give it every record below the header, then finish it.
#[derive(Debug)]
pub struct Assembler {
    name: String,
    columns: Vec<ColumnBuilder>,
    rows: u32,
    spoilt: Vec<(u32, Reason)>,
    preview: Vec<Vec<String>>,
    /// The header as the file has it.
    headers: Vec<String>,
    /// Columns that are kept, whatever their name.
    wanted: WantedColumns,
    /// Columns of months, to be turned into rows.
    months: Option<Months>,
    /// What the columns of the file hold, where the first rows show it.
    looks: Option<Looks>,
    /// The last record was blank or a comment.
    after_gap: bool,
    /// A second table has begun.
    in_other_table: bool,
    /// Rows of the file that may be totals or averages.
    suspects: Suspects,
    /// Rows of the file with one filled cell after a gap, as long as nothing else follows.
    lone: Vec<u32>,
    /// Headers of columns whose cells are not kept.
    not_kept: Vec<String>,
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
    /// Records with fewer cells than the header, none of which can be told to be missing.
    pub shifted_rows: Tally,
    /// Records cut unlike the others that fit the columns in one way only.
    pub aligned_rows: Tally,
    /// Records with a quotation mark that was not closed, or text after a closing one.
    pub odd_quotes: Tally,
    /// Records with bytes that are not of the file's encoding and were read in another.
    pub odd_bytes: Tally,
    /// Lines before the header.
    pub preamble: Tally,
    /// Lines between the rows that begin with `#`.
    pub comments: Tally,
    /// Records that are the header once more.
    pub repeated_headers: Tally,
    /// Lines at the foot of an export.
    pub footers: Tally,
    /// Headers of other tables below this one.
    pub other_tables: Tally,
    /// Headers that stood more than once.
    pub duplicate_headers: u64,
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
    // Control-Z ends texts of old systems.
    let is_filled = |cell: &str| !matches!(cell.trim(), "" | "\u{1a}");
    let filled = cells.iter().any(|cell| is_filled(cell.as_ref()));
    !filled && (cells.len() <= 1 || width > 1)
}

impl Assembler {
    /// A table with these headers.
    pub fn new(name: &str, headers: &[String]) -> Self {
        Self::keeping(name, headers, &WantedColumns::default())
    }

    /// A table with these headers. `wanted`: columns that are kept, even where their name says that
    /// nobody needs them.
    pub fn keeping(name: &str, headers: &[String], wanted: &WantedColumns) -> Self {
        let mut assembler = Self {
            name: name.to_owned(),
            columns: Vec::new(),
            rows: 0,
            spoilt: Vec::new(),
            preview: Vec::new(),
            headers: headers.to_vec(),
            wanted: wanted.clone(),
            months: None,
            looks: None,
            after_gap: false,
            in_other_table: false,
            suspects: Suspects::default(),
            lone: Vec::new(),
            not_kept: Vec::new(),
            seen: Seen::default(),
        };
        for header in headers {
            let column = assembler.column(header);
            assembler.columns.push(column);
        }
        assembler
    }

    /// A column for this header: one that keeps its cells, or one that only marks where they are.
    fn column(&mut self, header: &str) -> ColumnBuilder {
        let is_in = |list: &[String]| list.iter().any(|wanted| wanted == header);
        if is_in(&self.wanted.comments) {
            return ColumnBuilder::new(header).reading_words();
        }
        if unneeded::reason(header).is_none() || is_in(&self.wanted.headers) {
            return ColumnBuilder::new(header);
        }
        self.not_kept.push(header.to_owned());
        ColumnBuilder::presence(header)
    }

    /// Turns columns of months into rows: each record becomes as many rows as there are months,
    /// each with the record's other cells, its month and the month's number.
    pub fn turn_long(&mut self, months: Months) {
        let end = (months.from + months.labels.len()).min(self.columns.len());
        if self.rows > 0 || months.from >= end {
            return;
        }
        let others: Vec<&String> = self
            .headers
            .iter()
            .enumerate()
            .filter(|(place, _)| !(months.from..end).contains(place))
            .map(|(_, header)| header)
            .collect();
        let free = |name: &str| {
            let taken = others.iter().any(|header| header.as_str() == name);
            ColumnBuilder::new(&if taken {
                format!("{name} (2)")
            } else {
                name.to_owned()
            })
        };
        let added = [free("month"), free(months.name_of_cells())];
        self.columns.drain(months.from..end);
        self.columns.extend(added);
        self.months = Some(months);
    }

    /// What the columns of the file hold: uneven records are read by that.
    pub fn know_looks(&mut self, looks: Option<Looks>) {
        self.looks = looks;
    }

    /// Whether cells are known not to fit the columns from the first on.
    pub fn is_misfit(&self, cells: &[String]) -> bool {
        self.looks.as_ref().is_some_and(|looks| !looks.fit(cells))
    }

    /// Whether the cell is known not to fit the column at this place.
    pub fn is_misfit_at(&self, place: usize, cell: &str) -> bool {
        self.looks
            .as_ref()
            .is_some_and(|looks| !looks.fit_at(place, cell))
    }

    /// Rows of the file so far.
    pub const fn rows(&self) -> u32 {
        self.rows
    }

    /// Columns of the file so far.
    pub const fn columns(&self) -> usize {
        self.headers.len()
    }

    /// Rows of the table for each row of the file.
    fn per_record(&self) -> u32 {
        self.months
            .as_ref()
            .map_or(1, |months| months.labels.len() as u32)
    }

    /// One more column, empty in the rows before.
    pub fn add_column(&mut self, header: &str) {
        let mut column = self.column(header);
        (0..self.rows * self.per_record()).for_each(|_| column.push(""));
        self.columns.push(column);
        self.headers.push(header.to_owned());
        for row in &mut self.preview {
            row.push(String::new());
        }
    }

    /// The next record cannot be read: it is a row that is left out for this reason.
    pub fn spoil(&mut self, reason: Reason) {
        let per_record = self.per_record();
        for row in 0..per_record {
            self.spoilt.push((self.rows * per_record + row, reason));
            self.columns.iter_mut().for_each(|column| column.push(""));
        }
        self.rows += 1;
    }

    /// Makes room for so many rows of the file in all.
    pub fn make_room(&mut self, rows: usize) {
        let rows = rows.saturating_mul(self.per_record() as usize);
        for column in &mut self.columns {
            column.make_room(rows);
        }
    }

    /// Whether records may come in stretches: the first ones are looked at one by one, and so are
    /// those after a gap, of another table, and with months side by side.
    pub const fn takes_stretches(&self) -> bool {
        self.preview.len() >= PREVIEW_ROWS
            && self.months.is_none()
            && !self.after_gap
            && !self.in_other_table
    }

    /// The header of the first column.
    pub fn first_header(&self) -> &str {
        self.headers.first().map_or("", String::as_str)
    }

    /// The next records, with a cell for every column, the first of them filled and nothing about it
    /// that makes it suspect: where their cells stand in the bytes, row by row and without blanks
    /// around them. All must be UTF-8.
    pub fn stretch(&mut self, bytes: &[u8], spans: &[CellSpan], records: usize) {
        let width = self.columns.len();
        for (place, column) in self.columns.iter_mut().enumerate() {
            let rows = spans.chunks_exact(width);
            column.push_all(bytes, rows.filter_map(|row| row.get(place).copied()));
        }
        self.rows += records as u32;
    }

    /// The next record: so many cells, and each one's text by its place.
    pub fn record<'a>(&mut self, line: u64, cells: usize, cell: impl Fn(usize) -> Cow<'a, str>) {
        let filled = |place: usize| !cell(place).trim().is_empty();
        let width = self.headers.len();
        let ends = |place: usize| cell(place).trim() == "\u{1a}";
        if (!(0..cells).any(filled) || (cells == 1 && ends(0))) && (cells <= 1 || width > 1) {
            self.seen.blank_rows.add(line);
            self.after_gap = true;
            return;
        }
        if self.is_aside(line, cells, &cell) {
            return;
        }
        // A line alone after a gap may be the title of another table.
        self.after_gap &= width > 2 && (0..cells).filter(|at| filled(*at)).count() == 1;
        let mut aligned = None;
        if cells > width {
            match self.aligned(cells, &cell) {
                Ok(row) => aligned = row,
                Err(reason) => {
                    self.seen.long_rows.add(line);
                    self.spoil(reason);
                    return;
                }
            }
            if aligned.is_some() {
                self.seen.aligned_rows.add(line);
            }
        } else if cells < width {
            let texts: Vec<String> = (0..cells).map(|place| cell(place).into_owned()).collect();
            // An empty month counts as no revenue, so a month is not taken for empty on a guess.
            let is_odd = |looks: &Looks| !looks.has_short() && self.months.is_some();
            if self.is_misfit(&texts) || self.looks.as_ref().is_some_and(is_odd) {
                // Which cell is missing cannot be told.
                self.seen.shifted_rows.add(line);
                self.spoil(Reason::TooFewCells);
                return;
            }
            self.seen.short_rows.add(line);
        }
        let text = |place: usize| match &aligned {
            Some(row) => row
                .get(place)
                .map_or(Cow::Borrowed(""), |it| Cow::Borrowed(it.as_str())),
            None if place < cells => cell(place),
            None => Cow::Borrowed(""),
        };
        if let Some(months) = self.months.take() {
            self.put_months(&months, width, text);
            self.months = Some(months);
        } else {
            self.put(text);
        }
        self.rows += 1;
    }

    /// The cells of a record that has too many, where they must be put differently than they stand.
    ///
    /// # Errors
    /// Where nobody can say which cell belongs to which column.
    fn aligned<'a>(
        &mut self,
        cells: usize,
        cell: &impl Fn(usize) -> Cow<'a, str>,
    ) -> Result<Option<Vec<String>>, Reason> {
        let width = self.headers.len();
        let texts: Vec<String> = (0..cells).map(|place| cell(place).into_owned()).collect();
        let behind = texts.iter().skip(width).any(|text| !text.trim().is_empty());
        let looks = self.looks.as_mut();
        let Some(looks) = looks.filter(|looks| behind || !looks.has_trailing()) else {
            return if behind {
                Err(Reason::TooManyCells)
            } else {
                Ok(None)
            };
        };
        match looks.align(&texts) {
            Aligned::OneWay(row) if !behind && texts.starts_with(&row) => Ok(None),
            Aligned::OneWay(row) => Ok(Some(row)),
            Aligned::NoWay if !behind => Ok(None),
            Aligned::SeveralWays | Aligned::NoWay => Err(Reason::TooManyCells),
        }
    }

    fn put<'a>(&mut self, text: impl Fn(usize) -> Cow<'a, str>) {
        let mut preview = (self.preview.len() < PREVIEW_ROWS).then(Vec::new);
        for (place, column) in self.columns.iter_mut().enumerate() {
            let text = text(place);
            column.push(text.trim());
            if let Some(preview) = preview.as_mut() {
                preview.push(text.trim().to_owned());
            }
        }
        self.preview.extend(preview);
    }

    /// One row for each month. An empty month is a month without revenue.
    fn put_months<'a>(
        &mut self,
        months: &Months,
        width: usize,
        text: impl Fn(usize) -> Cow<'a, str>,
    ) {
        let wide = months.from..months.from + months.labels.len();
        for (place, label) in wide.clone().zip(&months.labels) {
            let value = text(place);
            let value = if missing::is_missing(&value) {
                "0"
            } else {
                value.trim()
            };
            let mut row: Vec<Cow<'_, str>> = (0..width)
                .filter(|other| !wide.contains(other))
                .map(&text)
                .collect();
            row.push(Cow::Borrowed(label.as_str()));
            row.push(Cow::Borrowed(value));
            for (column, cell) in self.columns.iter_mut().zip(&row) {
                column.push(cell.trim());
            }
            if self.preview.len() < PREVIEW_ROWS {
                self.preview
                    .push(row.iter().map(|cell| cell.trim().to_owned()).collect());
            }
        }
    }

    /// Takes in a record that is no ordinary row, and says whether it was one.
    fn is_aside<'a>(
        &mut self,
        line: u64,
        cells: usize,
        cell: &impl Fn(usize) -> Cow<'a, str>,
    ) -> bool {
        let width = self.headers.len();
        let first = (0..cells)
            .map(cell)
            .find(|text| !text.trim().is_empty())
            .unwrap_or_default();
        let texts = || -> Vec<String> { (0..cells).map(|at| cell(at).trim().to_owned()).collect() };
        if self.headers.iter().any(|header| !header.is_empty())
            && self.headers.first().is_some_and(|header| *header == *first)
            && cells >= width
            && texts()
                .iter()
                .zip(&self.headers)
                .all(|(text, header)| text == header)
        {
            self.in_other_table = false;
            self.seen.repeated_headers.add(line);
            self.spoil(Reason::RepeatedHeader);
            return true;
        }
        if self.in_other_table {
            self.spoil(Reason::OtherTable);
            return true;
        }
        if self.after_gap && self.is_other_header(&texts()) {
            self.in_other_table = true;
            self.seen.other_tables.add(line);
            self.spoil(Reason::OtherTable);
            return true;
        }
        let suspect = odd_records::suspect(&first);
        let is_filled = |at: usize| !cell(at).trim().is_empty();
        let filled = || (0..cells).filter(|at| is_filled(*at)).count();
        match suspect {
            Some(Suspect::Comment) if filled() == 1 && width > 1 && is_filled(0) => {
                self.seen.comments.add(line);
                self.after_gap = true;
                return true;
            }
            Some(Suspect::Footer) if filled() <= 2 && (width > 2 || filled() < width) => {
                // Lines below the table go on.
                if self.lone.last().is_some_and(|last| last + 1 == self.rows) {
                    self.lone.push(self.rows);
                }
                self.seen.footers.add(line);
                self.spoil(Reason::Footer);
                return true;
            }
            Some(Suspect::Total) if width > 1 => self.suspects.totals.push(self.rows),
            Some(Suspect::NamedTotal) if width > 1 => self.suspects.named.push(self.rows),
            Some(Suspect::Average) if width > 1 => self.suspects.averages.push(self.rows),
            _ => {}
        }
        if width > 1 && !is_filled(0) {
            self.suspects.add_unlabelled(self.rows);
        }
        let goes_on = self.after_gap || self.lone.last().is_some_and(|last| last + 1 == self.rows);
        if goes_on && width > 2 && filled() == 1 {
            if self.lone.last().is_some_and(|last| last + 1 != self.rows) {
                self.lone.clear();
            }
            self.lone.push(self.rows);
        }
        false
    }

    /// Whether these cells after a gap are the header of another table.
    fn is_other_header(&self, cells: &[String]) -> bool {
        let is_uneven = cells.len() != self.headers.len();
        odd_records::is_other_header(cells, &self.preview)
            || (is_uneven && odd_records::is_words(cells) && self.is_misfit(cells))
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
        let per_record = self.per_record();
        let mut notes = self.notes();
        let mut columns: Vec<Column> = self
            .columns
            .into_iter()
            .map(ColumnBuilder::finish)
            .collect();
        let mut spoilt = self.spoilt;
        let mut leave_out = |records: &[u32], reason: Reason, columns: &mut [Column]| {
            for row in records
                .iter()
                .flat_map(|record| record * per_record..(record + 1) * per_record)
            {
                spoilt.push((row, reason));
                for column in columns.iter_mut() {
                    column.clear(row);
                }
            }
        };
        // Lines below the table stand at its very end.
        let ends = |lone: &[u32]| lone.last().is_some_and(|last| last + 1 == self.rows);
        if ends(&self.lone) && self.lone.len() < self.rows as usize {
            leave_out(&self.lone, Reason::Footer, &mut columns);
        }
        let totals = totals::among(&self.suspects, &columns, per_record);
        leave_out(&totals, Reason::TotalRow, &mut columns);
        spoilt.sort_unstable();
        spoilt.dedup_by_key(|(row, _)| *row);
        if !totals.is_empty() {
            let effect = "Rows that add up the others, or average them, were left out.";
            notes.push(
                Note::new("total_rows", effect)
                    .in_table(&self.name)
                    .counted(totals.len() as u64),
            );
        }
        let mut preview = self.preview;
        if self.months.is_none() {
            let dropped = empty_columns::drop_last(&mut columns, &mut preview);
            notes.extend(dropped.map(|note| note.in_table(&self.name)));
        }
        if dialect.header_rows > 0 {
            let unnamed = empty_columns::unnamed(&columns, self.headers.len());
            notes.extend(unnamed.map(|note| note.in_table(&self.name)));
        }
        Ok(Table {
            name: self.name,
            sheet: None,
            dialect,
            columns,
            rows: self.rows * per_record,
            rows_per_record: per_record,
            lacks_first_month: self.months.is_none()
                && wide_months::lacks_first_month(&self.headers),
            wide: self.months.map(|months| Wide {
                from: months.from,
                months: months.labels.len(),
                headers: self.headers,
            }),
            spoilt,
            notes,
            preview,
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
                &seen.comments,
                "comment_lines",
                "Lines that begin with # are comments and were skipped.",
            ),
            (
                &seen.repeated_headers,
                "repeated_header",
                "The header stands again between the rows; those lines were left out.",
            ),
            (
                &seen.footers,
                "footer_lines",
                "Lines at the foot of the export are no rows and were left out.",
            ),
            (
                &seen.other_tables,
                "other_table",
                "Another table begins below the first one; only the first was read.",
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
                &seen.shifted_rows,
                "row_shifted",
                "Rows with fewer cells than the header that do not fit its columns were left out, because nobody can say which cell is missing.",
            ),
            (
                &seen.aligned_rows,
                "row_aligned",
                "Rows that are cut unlike the others were read in the one way in which their cells fit the columns.",
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
        .chain(self.notes_on_columns())
        .collect()
    }

    fn notes_on_columns(&self) -> Vec<Note> {
        let mut notes = Vec::new();
        let mut note = |code: &str, count: u64, effect: String| {
            if count > 0 {
                notes.push(Note::new(code, effect).in_table(&self.name).counted(count));
            }
        };
        note(
            "header_duplicate",
            self.seen.duplicate_headers,
            String::from("Headers that stand more than once were told apart by a number."),
        );
        note(
            "columns_not_kept",
            self.not_kept.len() as u64,
            format!(
                "Nobody needs these columns for a figure, so their cells were not kept: {}.",
                self.not_kept.join(", ")
            ),
        );
        if let Some(months) = &self.months {
            let count = months.labels.len();
            note(
                "months_turned_long",
                count as u64,
                format!(
                    "{count} columns of months were read as a row for each month; an empty month counts as no revenue."
                ),
            );
        }
        notes
    }
}
