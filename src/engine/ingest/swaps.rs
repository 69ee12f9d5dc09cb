//! Delimiters and line ends of more than one byte.
//!
//! The scanner knows delimiters and line ends of one byte. Others are exchanged for one, and the
//! bytes before it become blanks, which are no part of a cell: so every byte keeps its place.

use super::line_ends::MixedEnds;
use super::sample_records::Records;
use super::sniff;
use super::typographic_quotes::{self, Opened};
use crate::engine::table::{Dialect, QuoteMarks, Swap};

/// Stands for a delimiter of more than one byte, or beyond ASCII.
const STAND_IN: u8 = 0x1F;

/// Delimiters of several characters that programs write.
const TEXTS: [&[u8]; 16] = [
    b"|~|", b"~|~", b"^|^", b"|^|", b"<|>", b"<>", b"||", b"::", b";;", b"~~", b"^^", b"##",
    b"\t\t", b",,", b"@@", b"!!",
];

/// Line ends beyond line feed and carriage return: of mainframes, of Unicode, of ASCII.
const LINE_ENDS: [&[u8]; 3] = ["\u{85}".as_bytes(), "\u{2028}".as_bytes(), b"\x1e"];

/// The line end of this sample, where its lines end with neither a line feed nor a return.
pub fn line_end(sample: &[u8]) -> Option<Swap> {
    if sample.contains(&b'\n') || sample.contains(&b'\r') {
        return None;
    }
    let often = |text: &&[u8]| sample.windows(text.len()).filter(|it| it == text).count() > 1;
    LINE_ENDS.into_iter().find(often).map(|text| Swap {
        text: text.to_vec(),
        byte: b'\n',
    })
}

/// The delimiter that the user chose, where it is more than one ASCII character: as the sample
/// writes it.
pub fn chosen(delimiter: &str, sample: &[u8]) -> Option<Swap> {
    if delimiter.len() < 2 {
        return None;
    }
    let mut text = delimiter.as_bytes().to_vec();
    if let (false, Some(byte)) = (holds(sample, &text), one_byte(delimiter)) {
        text = vec![byte];
    }
    Some(Swap {
        text,
        byte: STAND_IN,
    })
}

/// The byte of a character in Latin encodings.
fn one_byte(text: &str) -> Option<u8> {
    let mut characters = text.chars();
    let first = u8::try_from(characters.next()?).ok()?;
    characters.next().is_none().then_some(first)
}

fn holds(sample: &[u8], text: &[u8]) -> bool {
    sample.windows(text.len()).any(|it| it == text)
}

/// The delimiter of this sample that the scanner does not know, where one parts its records more
/// evenly than the dialect that was found.
pub fn delimiter(sample: &[u8], found: &Dialect, complete: bool) -> Option<Swap> {
    let even = |sample: &[u8], dialect: &Dialect| {
        let found = Records::of(sample, dialect, complete);
        let (width, times) = found.usual_width()?;
        let records = found.widths.len();
        (width > 1 && records > 2).then(|| times as f64 / records as f64)
    };
    // Times and texts hold the others evenly too.
    let before = even(sample, found)
        .filter(|_| sniff::is_separator(found.delimiter))
        .unwrap_or(0.0);
    let quote = found.quote.or(Some(b'"'));
    let other = Dialect {
        delimiter: STAND_IN,
        quote,
        ..found.clone()
    };
    let mut best: Option<(f64, Swap)> = None;
    for text in candidates(sample, found, before >= 0.9) {
        let swap = Swap {
            text,
            byte: STAND_IN,
        };
        let mut swapped = sample.to_vec();
        let mut swapping = Swapping::of(vec![swap.clone()], quote);
        swapping.replace(&mut swapped, true);
        let (whole, share) = (swapping.uses_up(found.delimiter), even(&swapped, &other));
        let Some(share) = share.filter(|share| *share >= 0.9 && (whole || before < 0.9)) else {
            continue;
        };
        if best
            .as_ref()
            .is_none_or(|(highest, _)| share > *highest + 1e-9)
        {
            best = Some((share, swap));
        }
    }
    best.map(|(_, swap)| swap)
}

/// Texts that may part cells. `is_even`: the delimiter that was found parts them evenly, so only
/// one that it is a piece of comes into question.
fn candidates(sample: &[u8], found: &Dialect, is_even: bool) -> Vec<Vec<u8>> {
    let mut texts: Vec<Vec<u8>> = Vec::new();
    let piece = |text: &[u8]| text.contains(&found.delimiter);
    let written = TEXTS.iter().filter(|text| !is_even || piece(text));
    texts.extend(
        written
            .filter(|text| holds(sample, text))
            .map(|text| text.to_vec()),
    );
    // Quotes behind a blank stand around cells only where the blank belongs to the delimiter.
    let quote = found.quote.unwrap_or(b'"');
    let before_quotes =
        |mark: &u8| (!is_even || *mark == found.delimiter) && holds(sample, &[*mark, b' ', quote]);
    let marks = b",;|".iter().copied().filter(before_quotes);
    texts.extend(marks.map(|mark| vec![mark, b' ']));
    if !is_even {
        let between = b",;|".map(|mark| vec![b' ', mark, b' ']);
        texts.extend(between.into_iter().filter(|text| holds(sample, text)));
        let text =
            String::from_utf8_lossy(sample.get(..4096.min(sample.len())).unwrap_or_default());
        let mut marks: Vec<char> = text
            .chars()
            .filter(|it| !it.is_ascii() && !it.is_alphanumeric() && !it.is_whitespace())
            .filter(|it| *it != char::REPLACEMENT_CHARACTER && !typographic_quotes::is_quote(*it))
            .collect();
        marks.sort_unstable();
        marks.dedup();
        texts.extend(marks.iter().take(32).map(|it| it.to_string().into_bytes()));
        if std::str::from_utf8(sample).is_err() {
            // Signs of Latin encodings that are no letters.
            texts.extend(
                (0xA1..0xC0_u8)
                    .filter(|it| sample.contains(it) && !matches!(it, 0xAB | 0xBB))
                    .map(|it| vec![it]),
            );
        }
    }
    texts
}

/// Exchanges texts in bytes that come piece by piece, outside quotes.
#[derive(Clone, Debug, Default)]
pub struct Swapping {
    swaps: Vec<Swap>,
    quote: Option<u8>,
    /// Between cells, where that is one byte already.
    delimiter: Option<u8>,
    marks: Option<QuoteMarks>,
    /// How many of the waiting bytes were looked at.
    done: usize,
    /// Inside a quoted cell.
    quoted: bool,
    /// Something but blanks stands in the cell.
    within: bool,
    /// Single bytes outside quotes that were left as they are, by their value.
    left: Vec<u64>,
    /// How many texts were exchanged.
    exchanged: u64,
    /// How many cells between marks there were.
    quoted_cells: u64,
}

impl Swapping {
    /// Exchanges these.
    pub fn of(swaps: Vec<Swap>, quote: Option<u8>) -> Self {
        Self {
            swaps,
            quote,
            ..Self::default()
        }
    }

    /// Exchanges what this dialect asks for.
    pub fn of_dialect(dialect: &Dialect) -> Self {
        Self {
            delimiter: Some(dialect.delimiter),
            marks: dialect.quote_marks.clone(),
            ..Self::of(dialect.swaps.clone(), dialect.quote)
        }
    }

    /// Exchanges these marks alone, in a text of this dialect whose other exchanges were made.
    pub fn with_marks(dialect: &Dialect, marks: QuoteMarks) -> Self {
        Self {
            delimiter: Some(dialect.delimiter),
            marks: Some(marks),
            ..Self::of(Vec::new(), dialect.quote)
        }
    }

    /// How many cells stood between marks.
    pub const fn quoted_cells(&self) -> u64 {
        self.quoted_cells
    }

    /// What opens at the beginning of these bytes, where a cell may begin.
    fn opened(&self, rest: &[u8], complete: bool) -> Opened {
        let Some(marks) = self.marks.as_ref().filter(|_| !self.within) else {
            return Opened::No;
        };
        typographic_quotes::opened(rest, marks, complete, |after| {
            after.first().copied() == self.delimiter
                || self.swaps.iter().any(|swap| after.starts_with(&swap.text))
        })
    }

    /// Exchanges what is to be exchanged in the waiting bytes. `complete`: no more bytes come.
    pub fn replace(&mut self, waiting: &mut [u8], complete: bool) {
        if self.swaps.is_empty() && self.marks.is_none() {
            return;
        }
        self.left.resize(256, 0);
        while let Some(byte) = waiting.get(self.done).copied() {
            let rest = waiting.get(self.done..).unwrap_or_default();
            let begins = |swap: &&Swap| rest.starts_with(&swap.text);
            if Some(byte) == self.quote && (self.quoted || !self.within) {
                self.quoted = !self.quoted;
                self.within |= !self.quoted;
                self.done += 1;
            } else if self.quoted {
                self.done += 1;
            } else if let Opened::Cell(length) = self.opened(rest, complete) {
                let cell = waiting.get_mut(self.done..self.done + length);
                if let (Some(cell), Some(marks)) = (cell, &self.marks) {
                    typographic_quotes::exchange(cell, marks, self.quote.unwrap_or(b'"'));
                }
                self.within = true;
                self.quoted_cells += 1;
                self.done += length;
            } else if let Some(swap) = self.swaps.iter().find(begins) {
                let end = self.done + swap.text.len();
                if let Some((last, before)) = waiting
                    .get_mut(self.done..end)
                    .and_then(<[u8]>::split_last_mut)
                {
                    before.fill(b' ');
                    *last = swap.byte;
                }
                self.within = false;
                self.exchanged += 1;
                self.done = end;
            } else if self.opened(rest, complete) == Opened::Unknown
                || !complete && self.swaps.iter().any(|swap| swap.text.starts_with(rest))
            {
                return;
            } else {
                let ends = matches!(byte, b'\n' | b'\r') || self.delimiter == Some(byte);
                self.within = !ends && (self.within || byte != b' ');
                if let Some(count) = self.left.get_mut(usize::from(byte)) {
                    *count += 1;
                }
                self.done += 1;
            }
        }
    }

    /// So many bytes at the beginning wait no longer.
    pub const fn drop(&mut self, count: usize) {
        self.done = self.done.saturating_sub(count);
    }

    /// Whether hardly any such byte is left outside quotes.
    fn uses_up(&self, byte: u8) -> bool {
        self.left
            .get(usize::from(byte))
            .is_none_or(|count| *count * 20 <= self.exchanged)
    }
}

/// Makes bytes that come piece by piece ready for the scanner.
#[derive(Clone, Debug)]
pub struct Prepared {
    swapping: Swapping,
    returns: MixedEnds,
}

impl Prepared {
    /// What a text of this dialect needs.
    pub fn of(dialect: &Dialect) -> Self {
        Self {
            swapping: Swapping::of_dialect(dialect),
            returns: MixedEnds::of(dialect),
        }
    }

    /// Replaces what is to be replaced in the waiting bytes. `complete`: no more bytes come.
    pub fn replace(&mut self, waiting: &mut [u8], complete: bool) {
        self.swapping.replace(waiting, complete);
        self.returns.replace(waiting, complete);
    }

    /// So many bytes at the beginning wait no longer.
    pub const fn drop(&mut self, count: usize) {
        self.swapping.drop(count);
        self.returns.drop(count);
    }
}

#[cfg(test)]
mod tests {
    use super::super::sniff::sniff;
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let found = sniff(text.as_bytes(), true, None);
        let swap = delimiter(text.as_bytes(), &found, true);
        let written = swap.map(|it| String::from_utf8(it.text).unwrap());
        assert_eq!(written.as_deref(), expected, "{text}");
    }

    #[test]
    fn delimiters_of_several_bytes_are_found_where_they_part_cells() {
        check("a¦b¦c\n1¦x, y¦2\n3¦u¦4\n", Some("¦"));
        check("a||b||c\n1||x||2\n3||||4\n", Some("||"));
        check("a, b, c\n1, \"x, y\", 2\n3, u, 4\n", Some(", "));
        check("a , b , c\n1 , \"x, y\" , 2\n3 , u , 4\n", Some(", "));
        check("a<>b\n1<>2\n3<>4\n", Some("<>"));
        check("a|b|c\n1|x|2\n3||4\n", None);
        check("a,b\n1,x § y\n2,z § §\n", None);
        check("a,b\n1,\"x\"\n2, z\n", None);
    }

    #[test]
    fn what_is_exchanged_stands_outside_quotes_however_the_pieces_are_cut() {
        let text = b"a||\"b||\"\"c\"||5\" d|\n||e\n".to_vec();
        let expected = b"a \x1F\"b||\"\"c\" \x1F5\" d|\n \x1Fe\n";
        let swap = Swap {
            text: b"||".to_vec(),
            byte: STAND_IN,
        };
        for piece in [1, 2, 3, 100] {
            let mut swapping = Swapping::of(vec![swap.clone()], Some(b'"'));
            let mut waiting = Vec::new();
            for bytes in text.chunks(piece) {
                waiting.extend_from_slice(bytes);
                swapping.replace(&mut waiting, false);
            }
            swapping.replace(&mut waiting, true);
            assert_eq!(waiting, expected, "pieces of {piece}");
        }
    }
}
