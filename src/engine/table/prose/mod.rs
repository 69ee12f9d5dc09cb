//! Prose: which words stand in cells of free text, cell by cell.
//!
//! Takes: texts. Gives: their words as numbers, in their order, in about a byte and a half a word.
//! Never: keeps a text; knows which words say something (that is `reasons`).
//! Start at [`Prose`]. Tests sit beside the code; `tests/reasons_oracle.rs` counts by hand.

pub mod cut;
pub mod headers;

use super::eight;
use super::interner::Interner;
use super::value::missing;
use cut::{Cutter, Found, Word};

/// More different words than this are not held; the rarest are forgotten then.
pub const MOST_WORDS: usize = 1 << 16;

/// The words of texts, one text a cell. Takes no more memory than the texts, and usually a quarter.
#[derive(Clone, Debug, Default)]
pub struct Prose {
    /// For every text its pieces, each a number of seven bits a byte, and [`END`] behind the last.
    stream: Vec<u8>,
    vocabulary: Interner,
    recent: Recent,
    /// How often each word of the vocabulary came so far.
    counts: Vec<u32>,
    /// How often a word came that was forgotten.
    forgotten: u64,
    cutter: Cutter,
}

/// Short words that came not long ago, with their numbers: most words of most texts are among a few
/// hundred, which fit into the processor's nearest memory while the vocabulary does not.
#[derive(Clone, Debug)]
struct Recent(Vec<(u64, u32)>);

/// How many words it holds: a power of two.
const RECENT: usize = 1 << 10;

impl Default for Recent {
    fn default() -> Self {
        // No word is made of zeros.
        Self(vec![(0, 0); RECENT])
    }
}

impl Recent {
    /// The number of a word in the vocabulary, a new one where it was not held yet.
    #[inline]
    fn number(&mut self, vocabulary: &mut Interner, word: Word<'_>) -> u32 {
        const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;
        let Word { within, at, len } = word;
        if len > 8 {
            return vocabulary.intern_at(within, at, len);
        }
        let key = eight::word(within, at, len);
        let place = key.wrapping_mul(SPREAD) >> (u64::BITS - RECENT.ilog2());
        let Some(known) = self.0.get_mut(place as usize) else {
            return vocabulary.intern_at(within, at, len);
        };
        if known.0 != key {
            *known = (key, vocabulary.intern_at(within, at, len));
        }
        known.1
    }
}

/// What a text is made of.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Piece {
    /// A word, by its number in the vocabulary.
    Word(u32),
    /// A word that was forgotten because it was rare.
    Rare,
    /// What parts words: marks, numbers, addresses.
    Gap,
    /// Letters of a script that puts no blanks between words.
    Uncut,
    /// The word before and the word behind are joined by an apostrophe.
    Apostrophe,
    /// The word before and the word behind are joined by a hyphen.
    Hyphen,
}

/// Behind the last piece of a text.
const END: u32 = 0;
const GAP: u32 = 1;
const UNCUT: u32 = 2;
const APOSTROPHE: u32 = 3;
const HYPHEN: u32 = 4;
const RARE: u32 = 5;

impl Piece {
    const fn of_code(code: u32) -> Self {
        match code {
            GAP => Self::Gap,
            UNCUT => Self::Uncut,
            APOSTROPHE => Self::Apostrophe,
            HYPHEN => Self::Hyphen,
            RARE => Self::Rare,
            // The first word has the number 1.
            word => Self::Word(word - RARE),
        }
    }
}

impl Prose {
    /// One text for every text of a dictionary, in its order, words for nothing being empty.
    pub fn of_texts(texts: &Interner) -> Self {
        let mut prose = Self::default();
        texts.texts().for_each(|text| prose.push(text));
        prose
    }

    /// One text a row, from a dictionary.
    pub fn of_rows(codes: &[u32], texts: &Interner) -> Self {
        let mut prose = Self::default();
        for code in codes {
            prose.push(texts.text(*code));
        }
        prose
    }

    /// The next text; a word for nothing, such as `n/a`, holds no word.
    pub fn push(&mut self, text: &str) {
        if !missing::is_missing(text) {
            let Self {
                stream,
                vocabulary,
                recent,
                counts,
                cutter,
                ..
            } = self;
            // Marks between words matter, those around a text do not.
            let (mut begun, mut gap) = (false, false);
            cutter.cut(text, |found| {
                let code = match found {
                    Found::Gap => {
                        gap = begun;
                        return;
                    }
                    Found::Uncut => UNCUT,
                    Found::Apostrophe => APOSTROPHE,
                    Found::Hyphen => HYPHEN,
                    Found::Word(word) => {
                        let number = recent.number(vocabulary, word);
                        if let Some(count) = counts.get_mut(number as usize) {
                            *count = count.saturating_add(1);
                        } else {
                            counts.resize(number as usize, 0);
                            counts.push(1);
                        }
                        number + RARE
                    }
                };
                if std::mem::take(&mut gap) {
                    write(stream, GAP);
                }
                begun = true;
                write(stream, code);
            });
        }
        write(&mut self.stream, END);
        if self.vocabulary.len() > MOST_WORDS {
            self.forget_rare();
        }
    }

    /// The different words, by their numbers; number 0 is no word.
    pub const fn vocabulary(&self) -> &Interner {
        &self.vocabulary
    }

    /// How often a word came that was forgotten because there were too many different ones.
    pub const fn forgotten(&self) -> u64 {
        self.forgotten
    }

    /// Gives the pieces of every text to `visit`, with the text's place, from the first on.
    ///
    /// What is not taken from the pieces is passed over, in less time than it takes to read it.
    pub fn read(&self, mut visit: impl FnMut(u32, &mut Pieces<'_>)) {
        let mut rest = self.stream.as_slice();
        let mut text = 0;
        while !rest.is_empty() {
            let mut pieces = Pieces { rest, ended: false };
            visit(text, &mut pieces);
            rest = pieces.behind();
            text += 1;
        }
    }

    /// Forgets the rarer half of the vocabulary; the texts keep a mark in their places.
    fn forget_rare(&mut self) {
        let mut sorted: Vec<u32> = self.counts.iter().skip(1).copied().collect();
        let middle = sorted.len() >> 1;
        let (_, common, _) = sorted.select_nth_unstable(middle);
        let common = *common;
        let mut vocabulary = Interner::default();
        let mut counts = vec![0];
        let mut codes = vec![0];
        for (number, count) in (0_u32..).zip(&self.counts).skip(1) {
            if *count > common {
                codes.push(vocabulary.intern(self.vocabulary.text(number)) + RARE);
                counts.push(*count);
            } else {
                codes.push(RARE);
                self.forgotten += u64::from(*count);
            }
        }
        // In place: no number grows, so nothing is written beyond what was read.
        let (mut read, mut written) = (0, 0);
        while let Some((code, next)) = code_at(&self.stream, read) {
            let now = match code.checked_sub(RARE) {
                Some(number) if number > 0 => codes.get(number as usize).copied().unwrap_or(RARE),
                _ => code,
            };
            written = write_at(&mut self.stream, written, now);
            read = next;
        }
        self.stream.truncate(written);
        (self.vocabulary, self.counts) = (vocabulary, counts);
        self.recent = Recent::default();
    }
}

/// The pieces of one text, one after the other.
#[derive(Debug)]
pub struct Pieces<'a> {
    /// The rest of the stream, from the next piece on.
    rest: &'a [u8],
    /// The last piece was given, and [`END`] was read.
    ended: bool,
}

impl Iterator for Pieces<'_> {
    type Item = Piece;

    #[inline]
    fn next(&mut self) -> Option<Piece> {
        if self.ended {
            return None;
        }
        let (code, next) = code_at(self.rest, 0).unwrap_or((END, self.rest.len()));
        self.rest = self.rest.get(next..).unwrap_or_default();
        self.ended = code == END;
        (!self.ended).then(|| Piece::of_code(code))
    }
}

impl<'a> Pieces<'a> {
    /// What stands behind the text.
    fn behind(self) -> &'a [u8] {
        if self.ended {
            return self.rest;
        }
        // No other number ends in a byte of zero.
        let end = self.rest.iter().position(|byte| u32::from(*byte) == END);
        let behind = end.and_then(|end| self.rest.get(end + 1..));
        behind.unwrap_or_default()
    }
}

/// Appends a number, seven bits a byte, the lowest first.
#[inline]
fn write(stream: &mut Vec<u8>, mut code: u32) {
    while code >= 0x80 {
        stream.push(code as u8 | 0x80);
        code >>= 7;
    }
    stream.push(code as u8);
}

/// Writes a number over what stands there, and gives the place behind it.
fn write_at(stream: &mut [u8], mut at: usize, mut code: u32) -> usize {
    loop {
        let more = code >= 0x80;
        if let Some(byte) = stream.get_mut(at) {
            *byte = code as u8 & 0x7f | u8::from(more) << 7;
        }
        at += 1;
        code >>= 7;
        if !more {
            return at;
        }
    }
}

/// The number that stands at a place, and the place behind it.
#[inline]
fn code_at(stream: &[u8], mut at: usize) -> Option<(u32, usize)> {
    let (mut code, mut shift) = (0, 0);
    loop {
        let byte = *stream.get(at)?;
        at += 1;
        code |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some((code, at));
        }
        shift += 7;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(prose: &Prose) -> Vec<String> {
        let mut texts = Vec::new();
        prose.read(|_, pieces| {
            let words: Vec<&str> = pieces
                .map(|piece| match piece {
                    Piece::Word(number) => prose.vocabulary().text(number),
                    Piece::Rare => "*",
                    Piece::Gap => "|",
                    Piece::Uncut => "#",
                    Piece::Apostrophe => "'",
                    Piece::Hyphen => "-",
                })
                .collect();
            texts.push(words.join(" "));
        });
        texts
    }

    #[test]
    fn words_come_back_in_their_order() {
        let mut prose = Prose::default();
        for text in [
            "Slow. Support is SLOW, really!",
            "",
            "n/a",
            "l’app, follow-up",
        ] {
            prose.push(text);
        }
        assert_eq!(
            written(&prose),
            [
                "slow | support is slow | really",
                "",
                "",
                "l ' app | follow - up"
            ]
        );
    }

    #[test]
    fn too_many_words_lose_the_rarest_and_no_place() {
        let mut prose = Prose::default();
        for number in 0..MOST_WORDS as u32 + 2_000 {
            let mut word = String::from("z");
            let mut rest = number;
            while rest > 0 {
                word.push(char::from(b'a' + (rest % 26) as u8));
                rest = rest.div_euclid(26);
            }
            prose.push(&format!("slow support {word}"));
        }
        assert!(prose.vocabulary().len() <= MOST_WORDS);
        assert!(prose.forgotten() > 60_000);
        let texts = written(&prose);
        assert_eq!(texts.len(), MOST_WORDS + 2_000);
        assert_eq!(texts[5], "slow support *");
        assert!(texts[MOST_WORDS + 1_999].starts_with("slow support z"));
    }

    #[test]
    fn pieces_that_nobody_takes_are_passed_over() {
        let mut prose = Prose::default();
        // Words whose numbers take one byte and two.
        let letter = |place: u32| char::from(b'a' + place as u8);
        let word = |n: u32| String::from_iter([letter(n % 26), letter(n.div_euclid(26))]);
        let words: Vec<String> = (0..300).map(word).collect();
        for text in ["slow app", "", &words.join(" "), "never again"] {
            prose.push(text);
        }
        let mut firsts = Vec::new();
        prose.read(|text, pieces| {
            if text != 2 {
                firsts.push(pieces.next());
            }
        });
        let word = |number| Some(Piece::Word(number));
        assert_eq!(firsts.len(), 3);
        assert_eq!(firsts[..2], [word(1), None]);
        assert!(firsts[2].is_some_and(|it| it != Piece::Gap));
    }

    #[test]
    fn words_take_less_room_than_their_texts() {
        let mut prose = Prose::default();
        let text = "The new reports are easy to use and the support team is very helpful";
        for _ in 0..1_000 {
            prose.push(text);
        }
        assert!(prose.stream.len() < 1_000 * 16);
    }
}
