//! Quotes around cells as word processors write them, “ and ”.
//!
//! A table that went through one has them where a program wrote `"`. They are exchanged for that
//! byte; the others of a mark become blanks inside the cell, which are no part of it, so every byte
//! keeps its place. Only what opens a cell and closes it on the same line is taken for a quote.

use super::sample_records::Records;
use super::swaps::Swapping;
use crate::engine::table::{Dialect, QuoteMarks};

/// Marks that open and close: in UTF-8, and in the code page of Windows.
const MARKS: [(&[u8], &[u8]); 7] = [
    ("“".as_bytes(), "”".as_bytes()),
    ("„".as_bytes(), "“".as_bytes()),
    ("„".as_bytes(), "”".as_bytes()),
    ("«".as_bytes(), "»".as_bytes()),
    (b"\x93", b"\x94"),
    (b"\x84", b"\x93"),
    (b"\xAB", b"\xBB"),
];

/// Whether this is a quotation mark as word processors write them, which parts no cells.
pub const fn is_quote(mark: char) -> bool {
    matches!(
        mark,
        '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '‚' | '‹' | '›'
    )
}

/// What a place that may open a cell is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Opened {
    /// No quote.
    No,
    /// More bytes are needed to tell.
    Unknown,
    /// A quoted cell of so many bytes, both marks included.
    Cell(usize),
}

/// The cell at the beginning of these bytes. `ends`: whether a cell ends before these bytes.
pub fn opened(
    bytes: &[u8],
    marks: &QuoteMarks,
    complete: bool,
    ends: impl Fn(&[u8]) -> bool,
) -> Opened {
    let (open, close) = (marks.open.as_slice(), marks.close.as_slice());
    if !bytes.starts_with(open) {
        let is_part = !complete && open.starts_with(bytes);
        return if is_part { Opened::Unknown } else { Opened::No };
    }
    // Quotes may stand within quotes.
    let (mut at, mut depth) = (open.len(), 1_u32);
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with(b"\n") || rest.starts_with(b"\r") {
            return Opened::No;
        }
        if rest.starts_with(close) {
            depth -= 1;
            at += close.len();
        } else if rest.starts_with(open) {
            depth += 1;
            at += open.len();
        } else {
            at += 1;
        }
        if depth == 0 {
            let after = bytes.get(at..).unwrap_or_default();
            let blanks = after.iter().take_while(|byte| **byte == b' ').count();
            let after = after.get(blanks..).unwrap_or_default();
            return match after.first() {
                None if !complete => Opened::Unknown,
                None | Some(b'\n' | b'\r') => Opened::Cell(at),
                Some(_) if ends(after) => Opened::Cell(at),
                Some(_) => Opened::No,
            };
        }
    }
    if complete {
        Opened::No
    } else {
        Opened::Unknown
    }
}

/// Exchanges both marks of a cell.
pub fn exchange(cell: &mut [u8], marks: &QuoteMarks, quote: u8) {
    let length = cell.len();
    if let Some(open) = cell.get_mut(..marks.open.len()) {
        open.fill(b' ');
    }
    if let Some(close) = cell.get_mut(length - marks.close.len()..) {
        close.fill(b' ');
    }
    for edge in [0, length - 1] {
        if let Some(byte) = cell.get_mut(edge) {
            *byte = quote;
        }
    }
}

/// The marks of this sample, where they stand around cells: with them its records are held more
/// evenly, or as evenly and nearly every record has such a cell.
pub fn find(sample: &[u8], found: &Dialect, complete: bool) -> Option<QuoteMarks> {
    let even = |sample: &[u8]| {
        let records = Records::of(sample, found, complete);
        let (width, times) = records.usual_width()?;
        (width > 1).then(|| {
            (
                times as f64 / records.widths.len() as f64,
                records.widths.len(),
            )
        })
    };
    let before = even(sample).map_or(0.0, |(share, _)| share);
    let (mut best, mut highest) = (None, before);
    for (open, close) in MARKS {
        // A byte of Windows' code page may be a piece of a letter in UTF-8.
        if open.len() == 1 && std::str::from_utf8(sample).is_ok() {
            continue;
        }
        let marks = QuoteMarks {
            open: open.to_vec(),
            close: close.to_vec(),
        };
        let mut exchanged = sample.to_vec();
        let mut swapping = Swapping::with_marks(found, marks.clone());
        swapping.replace(&mut exchanged, complete);
        let Some((share, records)) = even(&exchanged) else {
            continue;
        };
        let usual = swapping.quoted_cells() * 10 >= records as u64 * 9;
        if swapping.quoted_cells() > 0 && (share > highest || usual && share >= highest) {
            (best, highest) = (Some(marks), share);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::super::sniff::sniff;
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let found = sniff(text.as_bytes(), true, None);
        let marks = find(text.as_bytes(), &found, true);
        let open = marks.map(|it| String::from_utf8(it.open).unwrap());
        assert_eq!(open.as_deref(), expected, "{text}");
    }

    #[test]
    fn marks_around_cells_are_quotes_and_marks_in_texts_are_not() {
        check("a,b,c\n1,“x, y”,2\n2,“z, u”,3\n3,v,4\n", Some("“"));
        check("“a”;“b”\n“1”;“2,5”\n“3”;“4”\n", Some("“"));
        check("a,b\n1,„x, y“\n2,„u, v“\n3,w\n", Some("„"));
        check("“a”,“b”\n“1”,“x, y”\n“2”,“z”\n“3”,“u”\n", Some("“"));
        check("a,b\n1,he said “x”\n2,“y” she said\n3,z\n", None);
        check("a,b\n1,\"“x, y”\"\n2,z\n3,u\n", None);
        check("a,b\n1,“x\n2,y”\n3,z\n", None);
        check("a,b\n1,“say “x”, y”\n2,“u, v”\n3,w\n", Some("“"));
    }

    #[test]
    fn a_cell_is_told_however_the_pieces_are_cut() {
        let text = "1,“x, y”,2\n“a” b,“c”\n";
        let expected = "1,\"  x, y  \",2\n“a” b,\"  c  \"\n";
        let dialect = Dialect {
            delimiter: b',',
            quote_marks: Some(QuoteMarks {
                open: "“".as_bytes().to_vec(),
                close: "”".as_bytes().to_vec(),
            }),
            ..Dialect::default()
        };
        for piece in [1, 2, 3, 7, 100] {
            let mut swapping = Swapping::of_dialect(&dialect);
            let mut waiting = Vec::new();
            for bytes in text.as_bytes().chunks(piece) {
                waiting.extend_from_slice(bytes);
                swapping.replace(&mut waiting, false);
            }
            swapping.replace(&mut waiting, true);
            let found = String::from_utf8(waiting).unwrap();
            assert_eq!(found, expected, "pieces of {piece}");
        }
    }
}
