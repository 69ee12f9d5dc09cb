//! Cuts bytes into records and cells (RFC 4180, and what real files make of it).
//!
//! To the next person: a record is scanned from its first byte each time more bytes arrive, so the
//! scanner keeps no state between pieces and pieces may be cut anywhere. Keep it that way.

use super::super::table::{Dialect, LineEnd};

/// One cell of a record: a range of the scanned bytes, and how to read it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct CellRange {
    /// First byte.
    pub start: usize,
    /// First byte after it.
    pub end: usize,
    /// It holds doubled or escaped quotes, to be read as single ones.
    pub doubled: bool,
}

/// What a scan found.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Scan {
    /// A whole record.
    Record {
        /// Where the next record begins.
        next: usize,
        /// Lines of the file that it takes.
        lines: u64,
        /// A quote was opened and never closed, or text follows a closing quote.
        odd_quotes: bool,
    },
    /// The bytes end inside a record.
    NeedMore,
}

/// A quoted cell longer than this is taken for a quote that was never closed.
pub const LONGEST_QUOTED_BYTES: usize = 1 << 20;

/// Scans one record of `bytes` beginning at `from`, and puts its cells into `cells`.
///
/// `complete`: no bytes follow, so that the end of the bytes is the end of the record. At the end
/// of the bytes there is no record: callers ask only while `from < bytes.len()`.
pub fn scan(
    bytes: &[u8],
    from: usize,
    dialect: &Dialect,
    complete: bool,
    cells: &mut Vec<CellRange>,
) -> Scan {
    if dialect.delimiter == b' ' {
        return super::padded::scan(bytes, from, dialect, complete, cells);
    }
    match scan_once(bytes, from, dialect, complete, None, cells) {
        Attempt::Done(scan) => scan,
        Attempt::NeverClosed(quote) => {
            // The quote is taken as a plain character, so that it swallows no rows.
            match scan_once(bytes, from, dialect, complete, Some(quote), cells) {
                Attempt::Done(Scan::Record { next, lines, .. }) => Scan::Record {
                    next,
                    lines,
                    odd_quotes: true,
                },
                _ => Scan::NeedMore,
            }
        }
    }
}

/// A cell with text after its closing quote: kept as written, quotes included, but for two of them on
/// either side.
fn as_written(bytes: &[u8], (start, end): (usize, usize), closed: usize) -> CellRange {
    let twice = closed == start + 1
        && end > start + 4
        && bytes.get(start) == bytes.get(end - 1)
        && bytes.get(start) == bytes.get(end - 2);
    let marks = if twice { 2 } else { 0 };
    CellRange {
        start: start + marks,
        end: end - marks,
        doubled: false,
    }
}

enum Attempt {
    Done(Scan),
    NeverClosed(usize),
}

fn scan_once(
    bytes: &[u8],
    from: usize,
    dialect: &Dialect,
    complete: bool,
    plain_quote: Option<usize>,
    cells: &mut Vec<CellRange>,
) -> Attempt {
    cells.clear();
    let delimiter = dialect.delimiter;
    let line_end = match dialect.line_end {
        LineEnd::LineFeed => b'\n',
        LineEnd::CarriageReturn => b'\r',
    };
    let mut odd_quotes = false;
    let mut lines = 1;
    let mut at = from;
    loop {
        let start = at;
        let mut cell = CellRange {
            start,
            end: start,
            doubled: false,
        };
        let mut within_lines = 0;
        let quoted = dialect.quote.is_some()
            && bytes.get(at).copied() == dialect.quote
            && plain_quote.is_none_or(|quote| at < quote);
        if quoted {
            match close_quote(bytes, at, dialect.escape, complete) {
                Quoted::Closed {
                    close,
                    doubled,
                    line_feeds,
                } => {
                    cell = CellRange {
                        start: at + 1,
                        end: close,
                        doubled,
                    };
                    lines += line_feeds;
                    within_lines = line_feeds;
                    at = close + 1;
                }
                Quoted::NeedMore => return Attempt::Done(Scan::NeedMore),
                Quoted::NeverClosed => return Attempt::NeverClosed(at),
            }
        }
        let tail = at;
        while let Some(&byte) = bytes.get(at) {
            if byte == delimiter || byte == line_end {
                break;
            }
            at += 1;
        }
        let ends_line = bytes.get(at) == Some(&line_end);
        if at == bytes.len() && !complete {
            return Attempt::Done(Scan::NeedMore);
        }
        let carriage = usize::from(
            line_end == b'\n' && ends_line_with_return(bytes, tail, at, bytes.get(at).copied()),
        );
        if quoted {
            if bytes
                .get(tail..at - carriage)
                .is_some_and(|rest| !rest.trim_ascii().is_empty())
            {
                if within_lines > 0 || bytes.get(cell.end.wrapping_sub(1)) == Some(&delimiter) {
                    // The quote that closed the cell opened the next one, or one in a later line.
                    return Attempt::NeverClosed(start);
                }
                odd_quotes = true;
                cell = as_written(bytes, (start, at - carriage), cell.end);
            }
        } else {
            cell.end = at - carriage;
        }
        cells.push(cell);
        if at >= bytes.len() || ends_line {
            let next = (at + 1).min(bytes.len());
            return Attempt::Done(Scan::Record {
                next,
                lines,
                odd_quotes,
            });
        }
        at += 1;
    }
}

/// Whether the cell ends with the carriage return of a `\r\n` (or of a last `\r` before the end).
fn ends_line_with_return(bytes: &[u8], from: usize, at: usize, stop: Option<u8>) -> bool {
    at > from && bytes.get(at - 1) == Some(&b'\r') && (stop == Some(b'\n') || stop.is_none())
}

enum Quoted {
    Closed {
        close: usize,
        doubled: bool,
        line_feeds: u64,
    },
    NeedMore,
    NeverClosed,
}

fn close_quote(bytes: &[u8], open: usize, escape: Option<u8>, complete: bool) -> Quoted {
    let quote = bytes.get(open).copied();
    let mut doubled = false;
    let mut line_feeds = 0;
    let mut at = open + 1;
    loop {
        match bytes.get(at) {
            Some(&byte) if escape == Some(byte) => {
                if bytes.get(at + 1).is_none() && !complete {
                    return Quoted::NeedMore;
                }
                let next = bytes.get(at + 1).copied();
                doubled |= next == quote || next == escape;
                line_feeds += u64::from(next == Some(b'\n'));
                at += 2;
            }
            Some(&byte) if quote == Some(byte) => match bytes.get(at + 1).copied() {
                next if next == quote => {
                    doubled = true;
                    at += 2;
                }
                None if !complete => return Quoted::NeedMore,
                _ => {
                    return Quoted::Closed {
                        close: at,
                        doubled,
                        line_feeds,
                    };
                }
            },
            Some(byte) => {
                line_feeds += u64::from(*byte == b'\n');
                at += 1;
            }
            None if complete => return Quoted::NeverClosed,
            None => return Quoted::NeedMore,
        }
        if at - open > LONGEST_QUOTED_BYTES {
            return Quoted::NeverClosed;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, piece: usize) -> (Vec<Vec<String>>, bool) {
        let dialect = Dialect::default();
        let bytes = text.as_bytes();
        let (mut records, mut odd) = (Vec::new(), false);
        let (mut from, mut known) = (0, piece.min(bytes.len()));
        let mut cells = Vec::new();
        while from < bytes.len() {
            match scan(
                &bytes[..known],
                from,
                &dialect,
                known == bytes.len(),
                &mut cells,
            ) {
                Scan::Record {
                    next, odd_quotes, ..
                } => {
                    odd |= odd_quotes;
                    records.push(
                        cells
                            .iter()
                            .map(|cell| {
                                let written = text.get(cell.start..cell.end).unwrap();
                                if cell.doubled {
                                    written.replace("\"\"", "\"")
                                } else {
                                    written.to_owned()
                                }
                            })
                            .collect(),
                    );
                    from = next;
                }
                Scan::NeedMore => known = (known + piece).min(bytes.len()),
            }
        }
        (records, odd)
    }

    #[track_caller]
    fn check(text: &str, expected: &[&[&str]]) {
        for piece in 1..=text.len().max(1) {
            assert_eq!(
                cut(text, piece).0,
                expected,
                "{text:?} in pieces of {piece}"
            );
        }
    }

    #[test]
    fn plain_records_end_with_either_line_end() {
        check("a,b\n1,2\n", &[&["a", "b"], &["1", "2"]]);
        check("a,b\r\n1,2", &[&["a", "b"], &["1", "2"]]);
        check("a,\n,b\n", &[&["a", ""], &["", "b"]]);
    }

    #[test]
    fn quotes_keep_delimiters_line_ends_and_quotes() {
        check(
            "\"a,b\",\"c\nd\",\"e\"\"f\"\n1,2,3\n",
            &[&["a,b", "c\nd", "e\"f"], &["1", "2", "3"]],
        );
        check("\"\",\"x\"\r\n", &[&["", "x"]]);
    }

    #[test]
    fn a_quote_inside_a_plain_cell_is_a_character() {
        check("5\" screen,b\n", &[&["5\" screen", "b"]]);
    }

    #[test]
    fn a_quote_that_never_closes_swallows_no_row() {
        let text = "a,\"b\n1,2\n3,4\n";
        let (records, odd) = cut(text, text.len());
        assert_eq!(records, [["a", "\"b"], ["1", "2"], ["3", "4"]]);
        assert!(odd);
    }

    #[test]
    fn text_after_a_closing_quote_is_kept_as_written() {
        let (records, odd) = cut("\"a\" b,c\n", 99);
        assert_eq!(records, [["\"a\" b", "c"]]);
        assert!(odd);
    }
}
