//! Where in the first records the table begins, and what its columns are called.

use super::{header, header_names};

/// The shape of a table as its first records show it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Structure {
    /// Records of the header: 0 where there is none.
    pub header_rows: u32,
    /// One name a column, each different from the others.
    pub headers: Vec<String>,
    /// Names that stood more than once and were told apart by a number.
    pub duplicate_headers: u64,
}

/// The shape of a table whose first records are these; records before the table are gone already.
///
/// `header_row`: what the user said, 0 for no header.
pub fn find(sample: &[Vec<String>], header_row: Option<u32>) -> Structure {
    find_below(None, sample, header_row)
}

/// The same, with the record that stands just above the header: it may name groups of columns.
pub fn find_below(
    above: Option<&[String]>,
    sample: &[Vec<String>],
    header_row: Option<u32>,
) -> Structure {
    let width = sample.first().map_or(0, Vec::len);
    let has_header = header_row.map_or_else(|| header::is_header(sample), |row| row > 0);
    if !has_header {
        return Structure {
            headers: header::numbered(width),
            ..Structure::default()
        };
    }
    let mut names = header_names::of_records(sample);
    if let (Some(above), Some(first)) = (above, sample.first())
        && let Some(joined) = header_names::with_groups(above, first)
    {
        (names.names, names.duplicates) = header_names::distinct(&joined);
    }
    Structure {
        header_rows: names.rows,
        headers: names.names,
        duplicate_headers: names.duplicates,
    }
}
