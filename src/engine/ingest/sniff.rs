//! Finds the delimiter, the quote, the escape and the line end from a piece of the text.
//!
//! A dialect is good where records have equally many cells and cells look like something that
//! people put into one: a number, a date, words without delimiters. The idea is that of G. van den
//! Burg, A. Nazábal and C. Sutton, "Wrangling messy CSV files by detecting row and type patterns",
//! Data Mining and Knowledge Discovery 33 (2019).

use super::super::table::{Dialect, LineEnd, LineEnds};
use super::line_ends::{Ends, MixedEnds};
use super::sample_records::Records;

/// Delimiters that are tried. Where two fit equally well, the earlier one is taken.
const DELIMITERS: [u8; 11] = [
    b'\t', b';', b',', b'|', 0x1F, 0x01, b'^', b'~', b':', b'#', b' ',
];

/// The dialect that fits best. `complete`: the sample is the whole text. Text without any delimiter
/// is a table of one column. `chosen`: the user's delimiter.
pub fn sniff(sample: &[u8], complete: bool, chosen: Option<u8>) -> Dialect {
    let (line_end, line_ends) = Ends::of(sample).usual();
    let base = Dialect {
        line_end,
        line_ends,
        ..Dialect::default()
    };
    let declared = declared(sample);
    let preamble_rows = u32::from(declared.is_some());
    let delimiters = match chosen.or(declared) {
        Some(delimiter) => vec![delimiter],
        None => DELIMITERS.to_vec(),
    };
    let sure = delimiters.len() == 1;
    let search = if sure { Search::Given } else { Search::Open };
    let mut best: Option<(f64, Dialect)> = None;
    for delimiter in delimiters.iter().copied() {
        // Dates with a time hold blanks: more cells alone do not make them columns.
        if delimiter == b' '
            && let Some((_, dialect)) = &best
            && parts_evenly(sample, dialect, complete)
        {
            continue;
        }
        for dialect in forms(sample, &base, delimiter) {
            let Some(score) = score(sample, &dialect, complete, search) else {
                continue;
            };
            if best
                .as_ref()
                .is_none_or(|(highest, _)| score > *highest + 1e-9)
            {
                best = Some((score, dialect));
            }
        }
    }
    let fallback = Dialect {
        delimiter: if sure {
            delimiters.first().copied().unwrap_or(b',')
        } else {
            b','
        },
        ..base
    };
    let found = best.map_or(fallback, |(_, dialect)| dialect);
    let mixed = with_mixed_ends(sample, complete, &found);
    Dialect {
        preamble_rows,
        ..mixed.unwrap_or(found)
    }
}

/// The dialects with this delimiter that the sample gives reason to try, the usual one first.
fn forms(sample: &[u8], base: &Dialect, delimiter: u8) -> Vec<Dialect> {
    let has = |text: &[u8]| sample.windows(text.len()).any(|window| window == text);
    if !sample.contains(&delimiter) {
        return Vec::new();
    }
    let plain = Dialect {
        delimiter,
        ..base.clone()
    };
    let mut forms = vec![plain.clone()];
    if has(b"\\\"") {
        forms.push(Dialect {
            escape: Some(b'\\'),
            ..plain.clone()
        });
    }
    for quote in *b"'`" {
        if has(&[delimiter, quote]) || has(&[quote, delimiter]) {
            forms.push(Dialect {
                quote: Some(quote),
                ..plain.clone()
            });
        }
    }
    if has(b"\"") {
        forms.push(Dialect {
            quote: None,
            ..plain
        });
    }
    forms
}

/// The delimiter that Excel writes into a first line `sep=;`.
pub fn declared(head: &[u8]) -> Option<u8> {
    let rest = head
        .get(..4)
        .filter(|start| start.eq_ignore_ascii_case(b"sep="))
        .and(head.get(4..))?;
    match rest {
        [delimiter, b'\n' | b'\r', ..] => Some(*delimiter),
        _ => None,
    }
}

/// The dialect with mixed line ends, where more of its records have as many cells then.
fn with_mixed_ends(sample: &[u8], complete: bool, dialect: &Dialect) -> Option<Dialect> {
    let ends = Ends::of(sample);
    if ends.returns == 0 || ends.feeds + ends.both == 0 {
        return None;
    }
    let mixed = Dialect {
        line_end: LineEnd::LineFeed,
        line_ends: LineEnds::Mixed,
        ..dialect.clone()
    };
    let mut replaced = sample.to_vec();
    MixedEnds::of(&mixed).replace(&mut replaced, complete);
    let even = |sample: &[u8], dialect: &Dialect| {
        let found = Records::of(sample, dialect, complete);
        let (width, times) = found.usual_width()?;
        (width > 1).then(|| times as f64 / found.widths.len() as f64)
    };
    let share = even(&replaced, &mixed)?;
    let before = even(sample, dialect).unwrap_or(0.0);
    // Where returns end most lines, a line feed before a cell is trimmed away and shows nothing.
    let no_worse = dialect.line_end == LineEnd::CarriageReturn && share >= before;
    (share >= 0.9 && (share > before || no_worse)).then_some(mixed)
}

/// Whether the delimiter is known.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Search {
    Given,
    Open,
}

/// How well a dialect fits; absent where it makes no table.
fn score(sample: &[u8], dialect: &Dialect, complete: bool, search: Search) -> Option<f64> {
    let found = Records::of(sample, dialect, complete);
    let records = found.widths.len();
    let (usual, times) = found.usual_width()?;
    if usual < 2 && search == Search::Open {
        return None;
    }
    let share = times as f64 / records as f64;
    if search == Search::Open && !is_plausible(dialect.delimiter, share, records, &found) {
        return None;
    }
    let mut patterns: Vec<(usize, usize)> = Vec::new();
    for width in &found.widths {
        match patterns.iter_mut().find(|(known, _)| known == width) {
            Some((_, count)) => *count += 1,
            None => patterns.push((*width, 1)),
        }
    }
    let sum: f64 = patterns
        .iter()
        .map(|(width, count)| *count as f64 * (*width as f64 - 1.0).max(0.001) / *width as f64)
        .sum();
    let known = found.known as f64 / found.cells.max(1) as f64;
    // Quotes are plain characters only where half of the records make no sense otherwise.
    let even = 1.0 - found.odd_quotes as f64 / records as f64;
    if dialect.quote.is_none() {
        let quoted = Dialect {
            quote: Some(b'"'),
            ..dialect.clone()
        };
        let quoted = Records::of(sample, &quoted, complete);
        if quoted.odd_quotes * 2 <= quoted.widths.len() || records < 4 {
            return None;
        }
    }
    Some(sum / patterns.len() as f64 * known.max(0.001) * even.max(0.001))
}

/// Whether the character is made to part cells, gives nearly every record as many of them, and
/// leaves no columns that are padded with blanks inside one.
fn parts_evenly(sample: &[u8], dialect: &Dialect, complete: bool) -> bool {
    let found = Records::of(sample, dialect, complete);
    let even = found
        .usual_width()
        .is_some_and(|(_, times)| times * 20 >= found.widths.len() * 19);
    is_separator(dialect.delimiter) && even && found.padded * 20 <= found.cells
}

/// Whether people use the character to part cells, and seldom for anything else.
pub const fn is_separator(delimiter: u8) -> bool {
    matches!(delimiter, b'\t' | b';' | b',' | b'|' | 0x1F | 0x01)
}

/// Whether a character that also stands inside cells may part them here.
fn is_plausible(delimiter: u8, share: f64, records: usize, found: &Records) -> bool {
    match delimiter {
        _ if is_separator(delimiter) => true,
        // Words have blanks between them; columns that are padded with blanks hold values.
        b' ' => share >= 0.95 && records >= 3 && found.values * 2 >= found.cells,
        // Times, addresses of pages and numbers of things hold these.
        _ => {
            share >= 0.9
                && records >= 3
                && found.short_numbers < found.cells
                && found.slashes == 0
                && found.begin_empty * 2 < records
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, delimiter: u8) {
        assert_eq!(
            char::from(sniff(text.as_bytes(), true, None).delimiter),
            char::from(delimiter),
            "{text}"
        );
    }

    #[test]
    fn the_delimiter_that_gives_even_rows_is_found() {
        check("a,b,c\n1,2,3\n4,5,6\n", b',');
        check("a;b\n1,5;2,5\n3,5;4,5\n", b';');
        check("a\tb\n1, 2\t3\n", b'\t');
        check("a|b|c\n1|2|3\n", b'|');
        check("name,note\nA,\"x;y;z\"\nB,\"u;v\"\n", b',');
        check("sep=;\na;b\n1;2\n", b';');
        check("a:b\nx:1\ny:2\nz:3\n", b':');
        check("a^b~c\n1^2~x\n3^4~y\n", b'^');
        check("a\x1Fb\n1\x1F2\n", 0x1F);
        check(
            "  id   day  amount\n  4  19970101  2.5\n 21  19970118 12.0\n",
            b' ',
        );
        check(
            " 4  19970101  2,5\n 21  19970118  12,0\n 5  19970118  7,0\n",
            b' ',
        );
    }

    #[test]
    fn blanks_inside_dates_part_no_cells_where_a_separator_does() {
        for delimiter in ['\t', ';', ',', '|'] {
            let row = "7,2011-04-30 00:00:00,50.26,.00,2011-04-23 00:00:00\r\n";
            let rows = row.repeat(20).replace(',', &delimiter.to_string());
            check(&rows, delimiter as u8);
        }
    }

    #[test]
    fn text_with_delimiters_in_it_does_not_deceive() {
        check("id;text\n1;yes, well, no\n2;no\n3;a, b, c\n", b';');
        check(
            "when,who\n2024-01-01 10:20:30,A\n2024-01-01 10:20:31,B\n",
            b',',
        );
        check("name\temail\nB, A\tx@y.example\nD, C\tz@y.example\n", b'\t');
        check("preis;menge\n1.234,50;1\n2.000,00;2\n17,30;3\n", b';');
        check("one|two,two|three\nfour|five,five|six", b'|');
        check("a,b,c\na,b,c|d|e|f", b',');
    }

    #[test]
    fn one_column_has_no_delimiter() {
        check("score\n9\n10\n", b',');
        check("start\n10:20\n11:30\n12:40\n", b',');
        check("answer\ngood service\nvery good\nbad, and slow\n", b',');
        check(
            "page\nhttp://a.example\nhttp://b.example\nhttp://c.example\n",
            b',',
        );
    }

    #[test]
    fn quotes_and_escapes_are_found_where_they_are_used() {
        let found = |text: &str| {
            let dialect = sniff(text.as_bytes(), true, None);
            (dialect.quote, dialect.escape)
        };
        assert_eq!(found("a,b\n\"x\",\"y, z\"\n"), (Some(b'"'), None));
        assert_eq!(found("a,b\n'x','y, z'\n'u','v'\n"), (Some(b'\''), None));
        assert_eq!(
            found("\"\\\"Hacksaw\\\" Jim\";1987\n\"Bret \\\"Hit Man\\\" Hart\";1984\n"),
            (Some(b'"'), Some(b'\\'))
        );
        assert_eq!(found("a,b\nO'Brien,1\nD'Arcy,2\n"), (Some(b'"'), None));
        assert_eq!(found("a,b\n\"x \"\"y\"\"\",1\n"), (Some(b'"'), None));
    }

    #[test]
    fn a_lone_carriage_return_ends_lines_only_where_line_feeds_do_not() {
        let line_end = |text: &[u8]| sniff(text, true, None).line_end;
        assert_eq!(line_end(b"a,b\r1,2\r"), LineEnd::CarriageReturn);
        assert_eq!(line_end(b"a,b\r1,\"2\n\n\n3\"\r"), LineEnd::CarriageReturn);
        assert_eq!(line_end(b"a,b\r\n1,2\r\n"), LineEnd::LineFeed);
        assert_eq!(line_end(b"a,\"b\rc\rd\"\n1,2\n"), LineEnd::LineFeed);
        let line_ends = |text: &[u8]| sniff(text, true, None).line_ends;
        assert_eq!(line_ends(b"a,b\r\n1,2\r\n"), LineEnds::Both);
        assert_eq!(line_ends(b"a,b\n1,2\r3,4\n5,6\r7,8\n"), LineEnds::Mixed);
        assert_eq!(line_ends(b"a,b\r1,2\r3,4\r\n5,6\r7,8\r"), LineEnds::Mixed);
        // One inside a cell parts nothing.
        assert_eq!(line_ends(b"a,b\n1,x\ry\n3,4\n"), LineEnds::LineFeed);
    }
}
