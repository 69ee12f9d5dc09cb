//! Reads stretches of regular records in one go: those with a cell for every column, the first of
//! them filled and not suspect, and quotes only around whole cells. All others are left to the slow scanner.

use super::odd_records;
use super::tokenizer_blocks::Marks;
use crate::engine::table::{CellSpan, Dialect, LineEnd};

/// Bytes looked at in one go: few enough that they stay in the processor's nearest memory.
pub const WINDOW: usize = 32 * 1024;

/// Reads regular records; holds what it needs for that, to be used again.
#[derive(Debug, Default)]
pub struct Regular {
    marks: Marks,
    /// Where the cells of the records stand, row by row.
    pub spans: Vec<CellSpan>,
    /// Which of the cells of the record at hand hold doubled quotes.
    doubled: Vec<usize>,
    /// The records.
    pub records: Vec<Regularity>,
}

/// A regular record.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Regularity {
    /// Its first byte.
    pub start: usize,
    /// The first byte of the next one.
    pub next: usize,
    /// Lines of the text that it takes.
    pub lines: u64,
    /// It holds characters beyond ASCII, and is valid in UTF-8.
    pub beyond_ascii: bool,
}

/// How records are cut.
#[derive(Clone, Copy, Debug)]
pub struct Shape<'a> {
    /// The dialect; where it has an escape, no record is regular.
    pub dialect: &'a Dialect,
    /// Cells of a record.
    pub width: usize,
    /// Bytes beyond ASCII are UTF-8.
    pub utf_8: bool,
    /// The header of the first column: a record that begins with it may be the header once more.
    pub header: &'a [u8],
}

impl Regular {
    /// Reads the regular records from a place on, up to the first that is not regular or not
    /// complete, and gives the place behind the last one. Doubled quotes are halved in the bytes.
    pub fn read(&mut self, bytes: &mut [u8], from: usize, shape: &Shape<'_>) -> usize {
        self.spans.clear();
        self.records.clear();
        if shape.dialect.escape.is_some() || shape.width == 0 {
            return from;
        }
        let end = bytes.len().min(from + WINDOW);
        let mut marks = std::mem::take(&mut self.marks);
        marks.find(bytes.get(from..end).unwrap_or_default(), shape.dialect);
        let mut start = from;
        let mut first = 0;
        for behind in &marks.records {
            let behind = *behind as usize;
            let ends = marks.places.get(first..behind).unwrap_or_default();
            if ends.len() != shape.width {
                break;
            }
            let spans_before = self.spans.len();
            let Some(record) = self.record(bytes, (from, start), ends, &marks, shape) else {
                self.spans.truncate(spans_before);
                break;
            };
            self.records.push(record);
            (start, first) = (record.next, behind);
        }
        self.marks = marks;
        start
    }

    /// Reads the record from `start` on, whose cells end at these places behind `from`.
    fn record(
        &mut self,
        bytes: &mut [u8],
        (from, start): (usize, usize),
        ends: &[u32],
        marks: &Marks,
        shape: &Shape<'_>,
    ) -> Option<Regularity> {
        let next = from + *ends.last()? as usize + 1;
        let line_feeds = shape.dialect.line_end == LineEnd::LineFeed;
        if !marks.needs_care(start - from, next - from) {
            return self.plain(bytes, (from, start, next), ends, shape);
        }
        let special = marks.has_special(start - from, next - from);
        let mut beyond_ascii = false;
        if special {
            let record = bytes.get(start..next)?;
            beyond_ascii = !record.is_ascii();
            if beyond_ascii && !(shape.utf_8 && std::str::from_utf8(record).is_ok()) {
                return None;
            }
        }
        self.doubled.clear();
        let mut lines = 1;
        let mut at = start;
        for place in ends {
            let mut end = from + *place as usize;
            let after = end + 1;
            if after == next && line_feeds && end > at && bytes.get(end - 1) == Some(&b'\r') {
                end -= 1;
            }
            let (mut cell, mut cell_end) = (at, end);
            if special
                && let Some(quote) = shape.dialect.quote
                && marks.has_special(at - from, end - from)
            {
                let plain = unquoted(bytes.get(at..end)?, quote)?;
                lines += plain.lines;
                (cell, cell_end) = (at + plain.start, at + plain.end);
                if plain.doubled {
                    self.doubled.push(self.spans.len());
                }
            }
            let span = trimmed(bytes, cell, cell_end)?;
            if at == start && is_suspect(bytes, span, shape.header) {
                return None;
            }
            self.spans.push(span);
            at = after;
        }
        // Nothing is changed before the whole record is known to be regular.
        for cell in &self.doubled {
            let span = self.spans.get_mut(*cell)?;
            let start = span.start as usize;
            let written = bytes.get_mut(start..start + span.len as usize)?;
            span.len = halve(written, shape.dialect.quote?) as u32;
        }
        Some(Regularity {
            start,
            next,
            lines,
            beyond_ascii,
        })
    }
}

impl Regular {
    /// Reads a record whose cells are as they stand.
    fn plain(
        &mut self,
        bytes: &[u8],
        (from, start, next): (usize, usize, usize),
        ends: &[u32],
        shape: &Shape<'_>,
    ) -> Option<Regularity> {
        let mut at = start as u32;
        let first = self.spans.len();
        self.spans.extend(ends.iter().map(|place| {
            let end = from as u32 + place;
            let len = end - at;
            CellSpan {
                start: std::mem::replace(&mut at, end + 1),
                len,
            }
        }));
        let last = self.spans.last_mut()?;
        if shape.dialect.line_end == LineEnd::LineFeed
            && last.len > 0
            && bytes.get(next - 2) == Some(&b'\r')
        {
            last.len -= 1;
        }
        if is_suspect(bytes, *self.spans.get(first)?, shape.header) {
            return None;
        }
        Some(Regularity {
            start,
            next,
            lines: 1,
            beyond_ascii: false,
        })
    }
}

/// Whether a record with this first cell may be no row: it is empty, a header, a total, a line at
/// the foot.
#[inline]
fn is_suspect(bytes: &[u8], first: CellSpan, header: &[u8]) -> bool {
    let start = first.start as usize;
    let text = bytes
        .get(start..start + first.len as usize)
        .unwrap_or_default();
    text.is_empty()
        || text == header
        || odd_records::may_be_suspect(text)
            && std::str::from_utf8(text).map_or(true, |text| odd_records::suspect(text).is_some())
}

/// The inside of a cell.
struct Plain {
    start: usize,
    end: usize,
    lines: u64,
    doubled: bool,
}

/// What stands between the quotes of a cell; `None` where they are not plain: inside a cell without
/// quotes around it, or behind the closing one.
fn unquoted(cell: &[u8], quote: u8) -> Option<Plain> {
    let mut plain = Plain {
        start: 0,
        end: cell.len(),
        lines: 0,
        doubled: false,
    };
    let [first, inside @ ..] = cell else {
        return Some(plain);
    };
    if *first != quote {
        return (!cell.contains(&quote)).then_some(plain);
    }
    let (last, inside) = inside.split_last()?;
    let mut open = false;
    for byte in inside {
        plain.lines += u64::from(*byte == b'\n');
        if *byte == quote {
            open = !open;
            plain.doubled = true;
        } else if open {
            return None;
        }
    }
    (plain.start, plain.end) = (1, 1 + inside.len());
    (!open && *last == quote).then_some(plain)
}

/// Makes one quote of every two, and gives the new length.
fn halve(text: &mut [u8], quote: u8) -> usize {
    let (mut len, mut skip) = (0, false);
    for from in 0..text.len() {
        let byte = text.get(from).copied().unwrap_or(0);
        if byte == quote && !skip {
            skip = true;
            continue;
        }
        skip = false;
        if let Some(to) = text.get_mut(len) {
            *to = byte;
        }
        len += 1;
    }
    len
}

/// The stretch without blanks at its ends.
#[inline]
fn trimmed(bytes: &[u8], start: usize, end: usize) -> Option<CellSpan> {
    let visible = |place: usize| bytes.get(place).is_some_and(u8::is_ascii_graphic);
    let (mut start, mut len) = (start, end - start);
    if len > 0 && !(visible(start) && visible(end - 1)) {
        let text = std::str::from_utf8(bytes.get(start..end)?).ok()?;
        let without = text.trim_start();
        start += text.len() - without.len();
        len = without.trim_end().len();
    }
    Some(CellSpan {
        start: start as u32,
        len: len as u32,
    })
}

#[cfg(test)]
mod tests {
    use super::super::cell_text::CellText;
    use super::super::encoding::UTF_8;
    use super::super::tokenizer::{Scan, scan};
    use super::*;

    /// Reads regular records, and compares each with what the slow scanner makes of it.
    fn compare(text: &[u8], dialect: &Dialect, width: usize) -> usize {
        let shape = Shape {
            dialect,
            width,
            utf_8: true,
            header: b"header",
        };
        let slow_text = CellText::new(UTF_8, None, dialect);
        let mut regular = Regular::default();
        let mut cells = Vec::new();
        let (mut from, mut records) = (0, 0);
        while from < text.len() {
            let mut bytes = text.to_vec();
            let next = regular.read(&mut bytes, from, &shape);
            let mut at = from;
            for (place, record) in regular.records.iter().enumerate() {
                let found = scan(text, at, dialect, false, &mut cells);
                assert_eq!(
                    found,
                    Scan::Record {
                        next: record.next,
                        lines: record.lines,
                        odd_quotes: false
                    },
                    "{:?}",
                    String::from_utf8_lossy(text)
                );
                assert_eq!(record.start, at);
                let fast: Vec<&str> = regular.spans[place * width..(place + 1) * width]
                    .iter()
                    .map(|span| {
                        let start = span.start as usize;
                        std::str::from_utf8(&bytes[start..start + span.len as usize]).unwrap()
                    })
                    .collect();
                let slow: Vec<String> = cells
                    .iter()
                    .map(|cell| slow_text.read(text, *cell).trim().to_owned())
                    .collect();
                assert_eq!(fast, slow);
                at = record.next;
            }
            assert_eq!(next, at);
            assert_eq!(&bytes[next..], &text[next..], "what is left is as it was");
            records += regular.records.len();
            from = match scan(text, next, dialect, true, &mut cells) {
                Scan::Record { next: after, .. } if next < text.len() => after,
                _ => text.len(),
            };
        }
        records
    }

    #[test]
    fn regular_records_are_those_of_the_slow_scanner() {
        let mut state = 3_u64;
        let mut chance = |limit: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % limit
        };
        let pieces: [&[u8]; 21] = [
            b"a",
            b"bc",
            b",",
            b",",
            b",",
            b"\n",
            b"\n",
            b"\r\n",
            b"\r",
            b"\"",
            b"\"\"",
            b"\"x\"",
            b" ",
            b"\"a,b\"",
            b"\"a\nb\"",
            b"\"a\"\"b\"",
            "é".as_bytes(),
            b"\xFF",
            b"1",
            b"\t",
            "\u{a0}".as_bytes(),
        ];
        let mut regular = 0;
        for round in 0..1_200 {
            let text: Vec<u8> = (0..chance(120))
                .flat_map(|_| pieces[chance(if round % 2 == 0 { 8 } else { 21 }) as usize])
                .copied()
                .collect();
            for (line_end, quote) in [
                (LineEnd::LineFeed, Some(b'"')),
                (LineEnd::CarriageReturn, Some(b'"')),
                (LineEnd::LineFeed, None),
            ] {
                let dialect = Dialect {
                    quote,
                    line_end,
                    ..Dialect::default()
                };
                regular += compare(&text, &dialect, 1 + (round % 3));
            }
        }
        assert!(regular > 2_000, "{regular}");
    }

    #[test]
    fn longer_texts_than_a_window_are_read_on() {
        let text = "1,\"two \"\"2\"\"\nlines\",é\r\n".repeat(2_500);
        assert!(compare(text.as_bytes(), &Dialect::default(), 3) > 2_400);
    }
}
