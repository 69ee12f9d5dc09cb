//! Different texts, each held once and known by a number.

use super::eight;

/// Texts in one buffer, with an open-addressing index. Number 0 is always the empty text.
///
/// Numbers are given in the order of first appearance, so the same cells give the same numbers.
#[derive(Clone, Debug)]
pub struct Interner {
    /// The texts one after the other, and eight bytes behind them so that a whole word can be
    /// read at any text's start.
    bytes: Vec<u8>,
    ends: Vec<usize>,
    slots: Vec<Slot>,
}

/// A place of the index: a text's number, and what settles most comparisons without a look at the
/// text: the bytes of a text of up to eight, the hash of a longer one.
#[derive(Clone, Copy, Debug)]
struct Slot {
    key: u64,
    len: u32,
    code: u32,
}

/// A free slot of the index.
const FREE: Slot = Slot {
    key: 0,
    len: 0,
    code: u32::MAX,
};

/// So many bytes are their own key.
const SHORT: usize = 8;

/// What stands behind the last text.
const MARGIN: [u8; 8] = [0; 8];

impl Default for Interner {
    fn default() -> Self {
        let mut interner = Self {
            bytes: MARGIN.to_vec(),
            ends: Vec::new(),
            slots: vec![FREE; 16],
        };
        interner.intern("");
        interner
    }
}

impl Interner {
    /// How many different texts it holds, the empty one included.
    pub const fn len(&self) -> usize {
        self.ends.len()
    }

    /// Never true: the empty text is always held.
    pub const fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Bytes of all texts together.
    pub const fn text_bytes(&self) -> usize {
        self.bytes.len() - MARGIN.len()
    }

    /// The text of this number; empty for a number never given.
    pub fn text(&self, code: u32) -> &str {
        let (start, end) = self.place(code);
        self.bytes
            .get(start..end)
            .and_then(|raw| std::str::from_utf8(raw).ok())
            .unwrap_or("")
    }

    /// Where the text of this number stands.
    #[inline]
    fn place(&self, code: u32) -> (usize, usize) {
        let code = code as usize;
        let Some(&end) = self.ends.get(code) else {
            return (0, 0);
        };
        let start = code
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
            .copied()
            .unwrap_or(0);
        (start, end)
    }

    /// All texts, in the order of their numbers.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        (0..self.len() as u32).map(|code| self.text(code))
    }

    /// The number of the text, a new one where it was not held yet.
    pub fn intern(&mut self, text: &str) -> u32 {
        self.intern_at(text.as_bytes(), 0, text.len())
    }

    /// The number of the text that stands in a larger one: quicker than [`Interner::intern`],
    /// because whole words can be read beyond its end. The bytes must be UTF-8.
    #[inline]
    pub fn intern_at(&mut self, bytes: &[u8], at: usize, len: usize) -> u32 {
        let key = if len <= SHORT {
            eight::word(bytes, at, len)
        } else {
            hash(bytes, at, len)
        };
        let mask = self.slots.len() - 1;
        let mut slot_at = place_of(key, len as u32) & mask;
        loop {
            let slot = self.slots[slot_at];
            if slot.code == FREE.code {
                break;
            }
            if slot.key == key
                && slot.len == len as u32
                && (len <= SHORT || self.is_at(slot.code, bytes, at, len))
            {
                return slot.code;
            }
            slot_at = (slot_at + 1) & mask;
        }
        let slot = Slot {
            key,
            len: len as u32,
            code: self.len() as u32,
        };
        self.add(bytes.get(at..at + len).unwrap_or(&[]), slot, slot_at)
    }

    /// Whether the text of this number stands in a larger one.
    #[inline]
    fn is_at(&self, code: u32, bytes: &[u8], at: usize, len: usize) -> bool {
        eight::equal(&self.bytes, self.place(code).0, bytes, at, len)
    }

    #[cold]
    fn add(&mut self, text: &[u8], slot: Slot, slot_at: usize) -> u32 {
        self.bytes.truncate(self.text_bytes());
        self.bytes.extend_from_slice(text);
        self.ends.push(self.bytes.len());
        self.bytes.extend_from_slice(&MARGIN);
        self.slots[slot_at] = slot;
        if self.ends.len() * 2 > self.slots.len() {
            self.grow();
        }
        slot.code
    }

    fn grow(&mut self) {
        let mask = self.slots.len() * 2 - 1;
        let mut slots = vec![FREE; mask + 1];
        for slot in self.slots.iter().filter(|slot| slot.code != FREE.code) {
            let mut place = place_of(slot.key, slot.len) & mask;
            while slots[place].code != FREE.code {
                place = (place + 1) & mask;
            }
            slots[place] = *slot;
        }
        self.slots = slots;
    }
}

/// Where the search for a key begins, before it is cut to the size of the index.
#[inline]
const fn place_of(key: u64, len: u32) -> usize {
    const SPREAD: u64 = 0xD6E8_FEB8_6659_FD93;
    let spread = (key ^ len as u64).wrapping_mul(SPREAD);
    ((spread ^ spread >> 32).wrapping_mul(SPREAD) >> 32) as usize
}

/// Multiply-and-shift over words of eight bytes: fast on short keys, the same on every machine,
/// and without the 128-bit products that WebAssembly lacks.
#[inline]
fn hash(bytes: &[u8], at: usize, len: usize) -> u64 {
    const FIRST: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut state = len as u64;
    let mut done = 0;
    while done < len {
        state = (state ^ eight::word(bytes, at + done, len - done)).wrapping_mul(FIRST);
        state ^= state >> 32;
        done += 8;
    }
    state
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_have_equal_numbers_and_different_ones_do_not() {
        let mut interner = Interner::default();
        let words: Vec<String> = (0..20_000)
            .map(|n| format!("customer {}", n % 7_001))
            .collect();
        let codes: Vec<u32> = words.iter().map(|word| interner.intern(word)).collect();
        assert_eq!(interner.len(), 7_002);
        for (word, code) in words.iter().zip(codes) {
            assert_eq!(interner.text(code), word);
        }
    }

    #[test]
    fn a_text_inside_another_has_the_number_of_the_text_alone() {
        let mut interner = Interner::default();
        let line = "a,ab,abcdefgh,abcdefghi,abcdefghijklmnopq,ab\0";
        for text in [
            "a",
            "ab",
            "abcdefgh",
            "abcdefghi",
            "abcdefghijklmnopq",
            "ab\0",
        ] {
            let code = interner.intern(text);
            let at = line.rfind(text).unwrap();
            assert_eq!(interner.intern_at(line.as_bytes(), at, text.len()), code);
        }
        assert_eq!(interner.len(), 7);
    }

    #[test]
    fn the_empty_text_is_number_zero() {
        let mut interner = Interner::default();
        assert_eq!(interner.intern(""), 0);
        assert_eq!(interner.intern("a"), 1);
        assert_eq!(interner.text(99), "");
    }
}
