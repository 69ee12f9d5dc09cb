//! What the user said about how a source is to be read; what is absent is found out.

use crate::engine::options::{ColumnChoice, ColumnUse, TableMapping};
use crate::engine::table::Dialect;

/// Headers of columns that the user gave a role.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct WantedColumns {
    /// They are held, even where their name says that nobody needs them.
    pub headers: Vec<String>,
    /// Those of them that hold comments: their words are read.
    pub comments: Vec<String>,
}

impl WantedColumns {
    fn from_mapping(mapping: &TableMapping) -> Self {
        let headers = |fits: fn(&ColumnChoice) -> bool| {
            let chosen = mapping.columns.iter();
            let chosen = chosen.filter(|(_, choice)| choice.as_ref().is_some_and(fits));
            chosen.map(|(header, _)| header.clone()).collect()
        };
        Self {
            headers: headers(|_| true),
            comments: headers(|choice| {
                let (ColumnChoice::Role(role) | ColumnChoice::Use(ColumnUse { role, .. })) = choice;
                role == "comment"
            }),
        }
    }
}

/// How a source is to be cut into tables.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct ReadingChoices {
    /// Line of the header, from 1; 0: there is none.
    pub header_row: Option<u32>,
    /// Label of the character encoding, such as `utf-8` or `shift_jis`.
    pub encoding: Option<String>,
    /// What stands between cells.
    pub delimiter: Option<String>,
    /// The month of the first of several columns `M1`, `M2`, …: `YYYY-MM`.
    pub first_month: Option<String>,
    /// Columns that the user gave a role.
    pub wanted_columns: WantedColumns,
    /// The source was read to its end once, and these choices come from that: they stand.
    pub settled: bool,
    /// The encoding that the whole text shows, where its beginning showed another.
    pub found_encoding: Option<&'static str>,
    /// The encoding that the whole text shows for rows that are not valid in UTF-8.
    pub found_odd_rows: Option<&'static str>,
    /// The dialect that the whole text shows, where its beginning showed another.
    pub found_dialect: Option<Box<Dialect>>,
}

impl ReadingChoices {
    /// The part of the user's choices for a table that bears on reading it.
    pub fn from_mapping(mapping: &TableMapping) -> Self {
        Self {
            header_row: mapping.header_row,
            encoding: mapping.encoding.clone(),
            delimiter: mapping.delimiter.clone().filter(|text| !text.is_empty()),
            first_month: mapping.first_month.clone(),
            wanted_columns: WantedColumns::from_mapping(mapping),
            ..Self::default()
        }
    }
}
