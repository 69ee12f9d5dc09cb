//! Where in the first records the table begins, and what its columns are called.

use super::header;

/// The shape of a table as its first records show it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Structure {
    /// Records of the header: 0 where there is none.
    pub header_rows: u32,
    /// One name a column.
    pub headers: Vec<String>,
}

/// The shape of a table whose first records are these; records before the table are gone already.
///
/// `header_row`: what the user said, 0 for no header.
pub fn find(sample: &[Vec<String>], header_row: Option<u32>) -> Structure {
    let width = sample.first().map_or(0, Vec::len);
    let has_header = header_row.map_or_else(|| header::is_header(sample), |row| row > 0);
    let headers = match sample.first() {
        Some(first) if has_header => header::names(first),
        _ => header::numbered(width),
    };
    Structure {
        header_rows: u32::from(has_header),
        headers,
    }
}
