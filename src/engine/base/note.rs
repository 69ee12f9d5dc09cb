//! Notes: what the user should know about the data while the run goes on.

use serde::{Deserialize, Serialize};

/// Something about the data, in words and as a code.
///
/// Holds counts, names of tables and names of columns; never a cell.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Note {
    /// Stable, `snake_case`; listed in `www/docs/codes.md`.
    pub code: String,
    /// The table it is about.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub table: Option<String>,
    /// The column it is about, as its header is written.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub column: Option<String>,
    /// How many rows or cells.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub count: Option<u64>,
    /// The first line of the file it concerns, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub line: Option<u64>,
    /// What was done about it, as one sentence.
    pub effect: String,
}

impl Note {
    /// A note with a code and its effect; add the place with the other methods.
    pub fn new(code: &str, effect: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            table: None,
            column: None,
            count: None,
            line: None,
            effect: effect.into(),
        }
    }

    /// Says which table.
    #[must_use]
    pub fn in_table(mut self, table: &str) -> Self {
        self.table = Some(table.to_owned());
        self
    }

    /// Says which column.
    #[must_use]
    pub fn in_column(mut self, column: &str) -> Self {
        self.column = Some(column.to_owned());
        self
    }

    /// Says how many.
    #[must_use]
    pub const fn counted(mut self, count: u64) -> Self {
        self.count = Some(count);
        self
    }

    /// Says from which line.
    #[must_use]
    pub const fn from_line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }
}
