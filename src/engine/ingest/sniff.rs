//! Finds the delimiter and the line end from the head of the text.

use super::super::table::{Dialect, LineEnd};
use super::tokenizer::{CellRange, Scan, scan};

/// How many records are looked at.
const SAMPLE_RECORDS: usize = 300;

/// Delimiters that are tried. Where two fit equally well, the earlier one is taken.
const DELIMITERS: [u8; 4] = [b'\t', b';', b',', b'|'];

/// The dialect under which most records of the head have the same number of cells, more than one.
///
/// `complete`: the head is the whole text. Text without any delimiter is a table of one column.
pub fn sniff(head: &[u8], complete: bool) -> Dialect {
    let line_end = if head.contains(&b'\n') || !head.contains(&b'\r') {
        LineEnd::LineFeed
    } else {
        LineEnd::CarriageReturn
    };
    let base = Dialect {
        line_end,
        ..Dialect::default()
    };
    if let Some(delimiter) = declared(head) {
        return Dialect {
            delimiter,
            preamble_rows: 1,
            ..base
        };
    }
    let mut best: Option<(f64, Dialect)> = None;
    for delimiter in DELIMITERS {
        let dialect = Dialect {
            delimiter,
            ..base.clone()
        };
        let widths = widths(head, &dialect, complete);
        let Some((width, fit)) = usual_width(&widths) else {
            continue;
        };
        if width < 2 {
            continue;
        }
        // Agreement counts most; more cells count a little.
        let score = fit * fit + (width.min(50) as f64) / 1_000.0;
        if best
            .as_ref()
            .is_none_or(|(highest, _)| score > *highest + 1e-9)
        {
            let preamble_rows = widths
                .iter()
                .take_while(|w| **w != width && **w <= 1.max(width.div_euclid(3)))
                .count();
            let preamble_rows = if preamble_rows <= 20 {
                preamble_rows as u32
            } else {
                0
            };
            best = Some((
                score,
                Dialect {
                    preamble_rows,
                    ..dialect
                },
            ));
        }
    }
    best.map_or(base, |(_, dialect)| dialect)
}

/// The delimiter that Excel writes into a first line `sep=;`.
fn declared(head: &[u8]) -> Option<u8> {
    let rest = head
        .get(..4)
        .filter(|start| start.eq_ignore_ascii_case(b"sep="))
        .and(head.get(4..))?;
    match rest {
        [delimiter, b'\n' | b'\r', ..] => Some(*delimiter),
        _ => None,
    }
}

/// Cells of each record, blank lines left out.
fn widths(head: &[u8], dialect: &Dialect, complete: bool) -> Vec<usize> {
    let mut widths = Vec::new();
    let mut cells: Vec<CellRange> = Vec::new();
    let mut from = 0;
    while from < head.len() && widths.len() < SAMPLE_RECORDS {
        let Scan::Record { next, .. } = scan(head, from, dialect, complete, &mut cells) else {
            break;
        };
        let blank = cells.len() == 1 && cells.first().is_some_and(|c| c.start == c.end);
        if !blank {
            widths.push(cells.len());
        }
        from = next;
    }
    widths
}

/// The most frequent width (the larger one of equals) and the share of records that have it.
fn usual_width(widths: &[usize]) -> Option<(usize, f64)> {
    let count = |wanted: usize| widths.iter().filter(|width| **width == wanted).count();
    let usual = widths
        .iter()
        .copied()
        .max_by_key(|&width| (count(width), width))?;
    Some((usual, count(usual) as f64 / widths.len() as f64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, delimiter: u8, preamble_rows: u32) {
        let dialect = sniff(text.as_bytes(), true);
        assert_eq!(
            (dialect.delimiter, dialect.preamble_rows),
            (delimiter, preamble_rows),
            "{text}"
        );
    }

    #[test]
    fn the_delimiter_that_gives_even_rows_is_found() {
        check("a,b,c\n1,2,3\n4,5,6\n", b',', 0);
        check("a;b\n1,5;2,5\n3,5;4,5\n", b';', 0);
        check("a\tb\n1, 2\t3\n", b'\t', 0);
        check("a|b|c\n1|2|3\n", b'|', 0);
        check("name,note\nA,\"x;y;z\"\nB,\"u;v\"\n", b',', 0);
        check("sep=;\na;b\n1;2\n", b';', 1);
    }

    #[test]
    fn lines_before_the_table_are_seen() {
        check("Report of June\n\na,b,c\n1,2,3\n4,5,6\n", b',', 1);
    }

    #[test]
    fn one_column_has_no_delimiter() {
        check("score\n9\n10\n", b',', 0);
    }

    #[test]
    fn a_lone_carriage_return_ends_lines_only_where_there_is_no_line_feed() {
        assert_eq!(sniff(b"a,b\r1,2\r", true).line_end, LineEnd::CarriageReturn);
        assert_eq!(sniff(b"a,b\r\n1,2\r\n", true).line_end, LineEnd::LineFeed);
    }
}
