//! Table: typed columns, and how a cell's text becomes a number, a date or a yes.
//!
//! Takes: cells as text, one after the other. Gives: a [`Table`] of [`Column`]s.
//! Never: knows files, or what a column means.
//! Start at [`Table`]. Tests sit beside the code.

pub mod builder;
pub mod cells;
pub mod column;
pub mod decimals;
pub mod eight;
pub mod evidence;
pub mod instants;
pub mod interner;
pub mod keys;
pub mod numbered;
pub mod profile;
pub mod prose;
pub mod reason;
pub mod settled;
pub mod unneeded;
pub mod value;
pub mod words;

pub use builder::{CellSpan, ColumnBuilder};
pub use cells::Cells;
pub use column::Column;
pub use interner::Interner;
pub use profile::Profile;
pub use prose::Prose;
pub use reason::Reason;

use super::base::Note;

/// One table as read: columns of equal length, and what happened on the way.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// File name, or `pasted`.
    pub name: String,
    /// The sheet of a workbook that it stands on.
    pub sheet: Option<String>,
    /// How the text was cut into cells.
    pub dialect: Dialect,
    /// The columns, in the file's order.
    pub columns: Vec<Column>,
    /// Rows below the header; blank lines are not rows.
    pub rows: u32,
    /// Rows for each row of the file: 1, or the number of months where each month became a row.
    /// They stand together, so row `r` comes from row `r / rows_per_record` of the file.
    pub rows_per_record: u32,
    /// How the file had the columns, where months side by side became rows.
    pub wide: Option<Wide>,
    /// Columns that are only numbered, such as `M1`, may be months: the first one must be asked for.
    pub lacks_first_month: bool,
    /// Rows that cannot be trusted cell by cell, with the reason; their cells are empty.
    pub spoilt: Vec<(u32, Reason)>,
    /// What the reader should know.
    pub notes: Vec<Note>,
    /// The first rows as written, at most [`PREVIEW_ROWS`].
    pub preview: Vec<Vec<String>>,
    /// Where some rows stand in the file, ascending, and where the last one ends, so that rows can
    /// be read back from it; empty
    /// where the bytes of the file cannot be cut without decoding them first.
    pub checkpoints: Vec<Checkpoint>,
}

/// The columns of a file whose months stand side by side. In the table the others come first, then
/// the month, then its number.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Wide {
    /// The headers of the file.
    pub headers: Vec<String>,
    /// The place of the first month among them.
    pub from: usize,
    /// How many months there are.
    pub months: usize,
}

impl Wide {
    /// Where the cell of a file's column stands: its column in a table of so many columns, and which
    /// of the rows that were made of the record.
    pub const fn place_of(&self, column: usize, columns: usize) -> (usize, usize) {
        if column < self.from {
            (column, 0)
        } else if column < self.from + self.months {
            (columns - 1, column - self.from)
        } else {
            (column - self.months, 0)
        }
    }
}

/// Every so many rows there is a [`Checkpoint`].
pub const CHECKPOINT_ROWS: u32 = 256;

/// Where a row stands in the file.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Checkpoint {
    /// The row, from 0.
    pub row: u32,
    /// Bytes of the file before the row's record, a mark at the beginning included.
    pub byte: u64,
    /// The line on which the record begins, from 1.
    pub line: u64,
}

/// How many rows a preview holds.
pub const PREVIEW_ROWS: usize = 20;

/// How a table's text was cut into cells.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Dialect {
    /// What the file was.
    pub format: Format,
    /// Name of the character encoding.
    pub encoding: &'static str,
    /// Where cells are read in UTF-8 if they are valid in it: the encoding of those that are not.
    pub odd_rows_encoding: Option<&'static str>,
    /// Between cells.
    pub delimiter: u8,
    /// Around cells that hold delimiters or line ends; absent where no character does that.
    pub quote: Option<u8>,
    /// Before a quote inside a quoted cell, where quotes are not doubled there.
    pub escape: Option<u8>,
    /// What the scanner ends a line with.
    pub line_end: LineEnd,
    /// What ends lines as they are written.
    pub line_ends: LineEnds,
    /// Header rows: 0 or 1.
    pub header_rows: u32,
    /// Lines before the header that belong to no table.
    pub preamble_rows: u32,
    /// Each line stands in quotes as a whole, as if it were one cell.
    pub wrapped: bool,
    /// Texts that were exchanged for one byte before the text was cut into cells.
    pub swaps: Vec<Swap>,
    /// Quotes around cells as word processors write them, exchanged too; absent where there are none.
    pub quote_marks: Option<QuoteMarks>,
}

/// Quotes of which one opens a cell and the other closes it, as they are written.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct QuoteMarks {
    /// Before the cell.
    pub open: Vec<u8>,
    /// Behind it.
    pub close: Vec<u8>,
}

/// A delimiter or line end of several bytes, and the byte that stands for it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Swap {
    /// As it is written.
    pub text: Vec<u8>,
    /// What the scanner is given.
    pub byte: u8,
}

impl Dialect {
    /// Whether bytes are exchanged before the text is cut into cells.
    pub const fn has_exchanges(&self) -> bool {
        !self.swaps.is_empty() || self.quote_marks.is_some()
    }

    /// The delimiter as it is written.
    pub fn written_delimiter(&self) -> String {
        let swap = self.swaps.iter().find(|swap| swap.byte == self.delimiter);
        swap.map_or_else(
            || char::from(self.delimiter).to_string(),
            |swap| match std::str::from_utf8(&swap.text) {
                Ok(text) => text.to_owned(),
                Err(_) => swap.text.iter().copied().map(char::from).collect(),
            },
        )
    }
}

/// What kind of file a table was read from.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Format {
    /// Text with a character between cells.
    #[default]
    Delimited,
    /// One JSON value.
    Json,
    /// JSON values one after the other.
    JsonLines,
    /// A workbook.
    Workbook,
}

impl Format {
    /// The name in the report.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Delimited => "csv",
            Self::Json => "json",
            Self::JsonLines => "ndjson",
            Self::Workbook => "xlsx",
        }
    }
}

/// What ends a line outside quotes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum LineEnd {
    /// A line feed, with or without a carriage return before it.
    LineFeed,
    /// A carriage return alone.
    CarriageReturn,
}

/// What ends lines of a file, as they are written.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum LineEnds {
    /// A line feed.
    #[default]
    LineFeed,
    /// A carriage return and a line feed, at most lines.
    Both,
    /// A carriage return alone.
    CarriageReturn,
    /// A carriage return alone at some lines, another end at others. The scanner is given line
    /// feeds instead (`ingest::line_ends`).
    Mixed,
}

impl LineEnds {
    /// The name in the report.
    pub const fn id(self) -> &'static str {
        match self {
            Self::LineFeed => "lf",
            Self::Both => "crlf",
            Self::CarriageReturn => "cr",
            Self::Mixed => "mixed",
        }
    }
}

impl Default for Dialect {
    fn default() -> Self {
        Self {
            format: Format::default(),
            encoding: "utf-8",
            odd_rows_encoding: None,
            delimiter: b',',
            quote: Some(b'"'),
            escape: None,
            line_end: LineEnd::LineFeed,
            line_ends: LineEnds::LineFeed,
            header_rows: 1,
            preamble_rows: 0,
            wrapped: false,
            swaps: Vec::new(),
            quote_marks: None,
        }
    }
}

impl Table {
    /// The place of the column with this header: written exactly so, else with blanks trimmed and
    /// case folded.
    pub fn find(&self, header: &str) -> Option<usize> {
        let exact = self.columns.iter().position(|column| column.name == header);
        exact.or_else(|| {
            let folded = header.trim().to_lowercase();
            self.columns
                .iter()
                .position(|column| column.name.trim().to_lowercase() == folded)
        })
    }
}
