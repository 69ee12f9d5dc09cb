//! Finds where cells end, 64 bytes at a time: what [`super::tokenizer`] does byte by byte, for text
//! whose quotes stand only around cells.
//!
//! To the next person: whether a byte lies in quotes follows from how many quotes stand before it.
//! That is wrong where a quote stands inside a cell, so the reader of the marks checks every record
//! that has a quote, and gives it to the slow scanner where quotes are anything but plain.

use crate::engine::table::{Dialect, LineEnd};

/// Bytes looked at together.
const BLOCK: usize = 64;

/// Marks of a stretch of text that begins with a record.
#[derive(Debug, Default)]
pub struct Marks {
    /// Delimiters and line ends outside quotes, ascending.
    pub places: Vec<u32>,
    /// Which of the places are line ends: one more than the place's own place in that list.
    pub records: Vec<u32>,
    /// A bit for every byte that is a quote or beyond ASCII.
    special: Vec<u64>,
    /// The same, and a bit for every byte at either end of a cell that is no letter, digit or mark.
    careful: Vec<u64>,
}

impl Marks {
    /// Marks the text, dropping earlier marks.
    pub fn find(&mut self, text: &[u8], dialect: &Dialect) {
        self.places.clear();
        self.records.clear();
        self.special.clear();
        self.careful.clear();
        let mut before = Before::default();
        let line_end = match dialect.line_end {
            LineEnd::LineFeed => b'\n',
            LineEnd::CarriageReturn => b'\r',
        };
        let wanted = [
            dialect.delimiter,
            line_end,
            dialect.quote.unwrap_or(line_end),
        ];
        let has_quote = if dialect.quote.is_some() { u64::MAX } else { 0 };
        // All ones while the text is inside quotes.
        let mut inside = 0_u64;
        let (blocks, rest) = text.as_chunks::<BLOCK>();
        let mut last = [0; BLOCK];
        for (byte, from) in last.iter_mut().zip(rest) {
            *byte = *from;
        }
        let last = (!rest.is_empty()).then_some(&last);
        for (place, block) in blocks.iter().chain(last).enumerate() {
            let found = masks(block, wanted);
            let quotes = found.quotes & has_quote;
            let quoted = running_parity(quotes) ^ inside;
            inside = if quoted >> 63 == 1 { u64::MAX } else { 0 };
            let special = quotes | found.beyond_ascii;
            let mut ends = (found.delimiters | found.line_ends) & !quoted;
            // Zeros behind the text may be what is looked for.
            if place == blocks.len() {
                ends &= (1 << rest.len()) - 1;
            }
            let mut line_ends = ends & found.line_ends;
            let returns = found.returns & !found.line_ends;
            // A return before a line feed is part of the line end.
            let all = ends | returns & line_ends >> 1;
            let odd = found.odd & !all;
            self.special.push(special);
            self.careful
                .push(special | odd & (all << 1 | before.carry | all >> 1));
            if let Some(careful) = place.checked_sub(1).and_then(|at| self.careful.get_mut(at)) {
                *careful |= before.odd_last(all, line_ends);
            }
            before = Before {
                carry: all >> 63,
                odd,
                returns,
            };
            while line_ends != 0 {
                let before = ends & (line_ends ^ (line_ends - 1));
                self.records
                    .push(self.places.len() as u32 + before.count_ones());
                line_ends &= line_ends - 1;
            }
            let base = (place * BLOCK) as u32;
            while ends != 0 {
                self.places.push(base + ends.trailing_zeros());
                ends &= ends - 1;
            }
        }
    }

    /// Whether a byte from `start` up to before `end` is a quote or beyond ASCII.
    #[inline]
    pub fn has_special(&self, start: usize, end: usize) -> bool {
        any_between(&self.special, start, end)
    }

    /// The same, or whether a cell among these bytes begins or ends with what may be a blank.
    #[inline]
    pub fn needs_care(&self, start: usize, end: usize) -> bool {
        any_between(&self.careful, start, end)
    }
}

/// Whether a bit from `start` up to before `end` is set.
#[inline]
fn any_between(words: &[u64], start: usize, end: usize) -> bool {
    let (first, last) = (start >> 6, end >> 6);
    let from_start = u64::MAX << (start & 63);
    let to_end = (1 << (end & 63)) - 1;
    let word = |place: usize| words.get(place).copied().unwrap_or(0);
    if first == last {
        return word(first) & from_start & to_end != 0;
    }
    word(first) & from_start != 0
        || word(last) & to_end != 0
        || (first + 1..last).any(|place| word(place) != 0)
}

/// What the block before says about this one.
struct Before {
    /// One where this block begins with a cell.
    carry: u64,
    odd: u64,
    returns: u64,
}

impl Default for Before {
    /// The text begins with a cell.
    fn default() -> Self {
        Self {
            carry: 1,
            odd: 0,
            returns: 0,
        }
    }
}

impl Before {
    /// The bit of that block's odd byte with which a cell ends, where this block begins with an end.
    const fn odd_last(&self, ends: u64, line_ends: u64) -> u64 {
        if ends & 1 == 0 {
            0
        } else if line_ends & 1 == 1 && self.returns >> 63 == 1 {
            self.odd & 1 << 62
        } else {
            self.odd & 1 << 63
        }
    }
}

/// A bit for every byte of a block, by what the byte is.
struct Masks {
    delimiters: u64,
    line_ends: u64,
    quotes: u64,
    beyond_ascii: u64,
    returns: u64,
    /// Neither a letter nor a digit nor a mark of ASCII.
    odd: u64,
}

/// Each bit becomes the parity of all bits up to it.
const fn running_parity(mut bits: u64) -> u64 {
    bits ^= bits << 1;
    bits ^= bits << 2;
    bits ^= bits << 4;
    bits ^= bits << 8;
    bits ^= bits << 16;
    bits ^ bits << 32
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
fn masks(block: &[u8; BLOCK], wanted: [u8; 3]) -> Masks {
    const LOW: u64 = 0x7F7F_7F7F_7F7F_7F7F;
    const ONES: u64 = 0x0101_0101_0101_0101;
    /// Gathers the high bits of eight bytes.
    const fn gathered(high_bits: u64) -> u64 {
        (high_bits >> 7 & ONES).wrapping_mul(0x0102_0408_1020_4080) >> 56
    }
    /// The high bit of each byte that is zero.
    const fn zero_bytes(word: u64) -> u64 {
        !(((word & LOW) + LOW) | word)
    }
    /// The high bit of each byte that is no visible character of ASCII.
    const fn odd_bytes(word: u64) -> u64 {
        let low = word & LOW;
        !(low + ONES * (0x80 - 0x21)) | (low + ONES) | word
    }
    let patterns = wanted.map(|byte| u64::from(byte) * ONES);
    let mut found = [0_u64; 6];
    let (words, _) = block.as_chunks::<8>();
    for (place, eight) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*eight);
        let [delimiter, line_end, quote] = patterns.map(|pattern| zero_bytes(word ^ pattern));
        let returns = zero_bytes(word ^ (b'\r' as u64 * ONES));
        let bits = [delimiter, line_end, quote, word, returns, odd_bytes(word)];
        for (mask, bits) in found.iter_mut().zip(bits) {
            *mask |= gathered(bits) << (place * 8);
        }
    }
    let [delimiters, line_ends, quotes, beyond_ascii, returns, odd] = found;
    Masks {
        delimiters,
        line_ends,
        quotes,
        beyond_ascii,
        returns,
        odd,
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
fn masks(block: &[u8; BLOCK], wanted: [u8; 3]) -> Masks {
    use core::arch::wasm32::{u8x16_bitmask, u8x16_eq, u8x16_gt, u8x16_splat, u8x16_sub, u64x2};
    let mut found = [0_u64; 6];
    let (quarters, _) = block.as_chunks::<16>();
    for (place, quarter) in quarters.iter().enumerate() {
        let both = u128::from_le_bytes(*quarter);
        let bytes = u64x2(both as u64, (both >> 64) as u64);
        let [delimiter, line_end, quote] =
            wanted.map(|byte| u8x16_bitmask(u8x16_eq(bytes, u8x16_splat(byte))));
        let beyond_ascii = u8x16_bitmask(bytes);
        let returns = u8x16_bitmask(u8x16_eq(bytes, u8x16_splat(b'\r')));
        let above = u8x16_sub(bytes, u8x16_splat(b'!'));
        let odd = u8x16_bitmask(u8x16_gt(above, u8x16_splat(b'~' - b'!')));
        let bits = [delimiter, line_end, quote, beyond_ascii, returns, odd];
        for (mask, bits) in found.iter_mut().zip(bits) {
            *mask |= u64::from(bits) << (place * 16);
        }
    }
    let [delimiters, line_ends, quotes, beyond_ascii, returns, odd] = found;
    Masks {
        delimiters,
        line_ends,
        quotes,
        beyond_ascii,
        returns,
        odd,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_told_apart_as_the_language_does() {
        for first in (0..=255_u8).step_by(BLOCK) {
            let block: [u8; BLOCK] = std::array::from_fn(|place| first + place as u8);
            let found = masks(&block, *b",\n\"");
            for (place, byte) in block.iter().enumerate() {
                let bits = [found.odd, found.returns, found.beyond_ascii, found.quotes];
                let wanted = [
                    !byte.is_ascii_graphic(),
                    *byte == b'\r',
                    !byte.is_ascii(),
                    *byte == b'"',
                ];
                assert_eq!(bits.map(|bits| bits >> place & 1 == 1), wanted, "{byte}");
            }
        }
    }

    #[test]
    fn marks_are_those_that_a_walk_over_the_bytes_finds() {
        let mut state = 1_u64;
        for length in 0..400 {
            let text: Vec<u8> = (0..length)
                .map(|_| {
                    state = state
                        .wrapping_mul(6_364_136_223_846_793_005)
                        .wrapping_add(1_442_695_040_888_963_407);
                    b"abc,,\"\n\r\x00\xC3\xFF;."[(state >> 33) as usize % 13]
                })
                .collect();
            for quote in [Some(b'"'), None] {
                let dialect = Dialect {
                    quote,
                    ..Dialect::default()
                };
                let mut inside = false;
                let mut expected = Vec::new();
                let mut records = Vec::new();
                for (place, byte) in text.iter().enumerate() {
                    inside ^= quote == Some(*byte);
                    if !inside && (*byte == b',' || *byte == b'\n') {
                        expected.push(place as u32);
                        if *byte == b'\n' {
                            records.push(expected.len() as u32);
                        }
                    }
                }
                let mut marks = Marks::default();
                marks.find(&text, &dialect);
                assert_eq!(marks.places, expected);
                assert_eq!(marks.records, records);
                for start in (0..text.len()).step_by(7) {
                    for end in (start..text.len()).step_by(5) {
                        let special = text[start..end]
                            .iter()
                            .any(|byte| quote == Some(*byte) || !byte.is_ascii());
                        assert_eq!(marks.has_special(start, end), special);
                    }
                }
            }
        }
    }
}
