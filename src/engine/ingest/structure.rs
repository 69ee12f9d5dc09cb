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
    if let Some(first) = names.names.first_mut() {
        // A second mark of the byte order is no part of a name.
        *first = first.trim_matches('\u{feff}').to_owned();
    }
    if let (Some(above), Some(first)) = (above, sample.first())
        && let Some(joined) = header_names::with_groups(above, first)
    {
        (names.names, names.duplicates) = header_names::distinct(&joined);
    }
    if lacks_first_name(sample, names.rows as usize) {
        // As R writes it: rows have a name of their own, and nothing stands above it.
        names.names.insert(0, String::new());
        (names.names, names.duplicates) = header_names::distinct(&names.names);
    }
    Structure {
        header_rows: names.rows,
        headers: names.names,
        duplicate_headers: names.duplicates,
    }
}

/// Whether every row has one cell more than the header, the first ones all different or all empty
/// and the last ones filled.
fn lacks_first_name(sample: &[Vec<String>], header_rows: usize) -> bool {
    let (Some(header), Some(body)) = (sample.first(), sample.get(header_rows..)) else {
        return false;
    };
    let mut firsts: Vec<&String> = body.iter().filter_map(|row| row.first()).collect();
    firsts.sort_unstable();
    let all_different = firsts.windows(2).all(|pair| pair[0] != pair[1])
        || firsts.iter().all(|first| first.trim().is_empty());
    let is_filled = |row: &Vec<String>| row.last().is_some_and(|cell| !cell.trim().is_empty());
    body.len() >= 2
        && body.iter().all(|row| row.len() == header.len() + 1)
        && body.iter().any(is_filled)
        && all_different
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(text: &str) -> Vec<String> {
        let sample: Vec<Vec<String>> = text
            .lines()
            .map(|line| line.split(',').map(str::to_owned).collect())
            .collect();
        find(&sample, None).headers
    }

    #[test]
    fn names_of_rows_need_no_header() {
        let text = "mpg,cyl\nMazda,21,6\nFiat,22.8,4\nAudi,,4\n";
        assert_eq!(headers(text), ["column_1", "mpg", "cyl"]);
        // A delimiter behind every row parts no cell.
        assert_eq!(headers("mpg,cyl\n21,6,\n22.8,4,\n"), ["mpg", "cyl"]);
        assert_eq!(headers("a,b\nx,1,2\nx,3,4\n"), ["a", "b"]);
    }
}
