//! Prose: which words stand in cells of free text, cell by cell.
//!
//! Takes: texts. Gives: their words as numbers, in their order, in about a byte and a half a word.
//! Never: keeps a text; knows which words say something (that is `reasons`).
//! Start at [`Prose`]. Tests sit beside the code; `tests/reasons_oracle.rs` counts by hand.

pub mod cut;
pub mod headers;

use super::interner::Interner;
use super::value::missing;
use cut::{Cutter, Found};

/// More different words than this are not held; the rarest are forgotten then.
pub const MOST_WORDS: usize = 1 << 16;

/// The words of texts, one text a cell. Takes no more memory than the texts, and usually a quarter.
#[derive(Clone, Debug, Default)]
pub struct Prose {
    /// For every text its pieces, each a number of seven bits a byte, and [`END`] behind the last.
    stream: Vec<u8>,
    vocabulary: Interner,
    /// How often each word of the vocabulary came so far.
    counts: Vec<u32>,
    /// How often a word came that was forgotten.
    forgotten: u64,
    cutter: Cutter,
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
                        let number = vocabulary.intern_at(word.within, word.at, word.len);
                        if counts.len() <= number as usize {
                            counts.resize(number as usize + 1, 0);
                        }
                        if let Some(count) = counts.get_mut(number as usize) {
                            *count = count.saturating_add(1);
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
    pub fn read(&self, mut visit: impl FnMut(u32, &[Piece])) {
        let mut pieces = Vec::new();
        let (mut text, mut at) = (0, 0);
        while let Some((code, next)) = code_at(&self.stream, at) {
            at = next;
            if code == END {
                visit(text, &pieces);
                pieces.clear();
                text += 1;
            } else {
                pieces.push(Piece::of_code(code));
            }
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
                .iter()
                .map(|piece| match piece {
                    Piece::Word(number) => prose.vocabulary().text(*number),
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
    fn words_take_less_room_than_their_texts() {
        let mut prose = Prose::default();
        let text = "The new reports are easy to use and the support team is very helpful";
        for _ in 0..1_000 {
            prose.push(text);
        }
        assert!(prose.stream.len() < 1_000 * 16);
    }
}
