//! Different texts, each held once and known by a number.

/// Texts in one buffer, with an open-addressing index. Number 0 is always the empty text.
///
/// Numbers are given in the order of first appearance, so the same cells give the same numbers.
#[derive(Clone, Debug)]
pub struct Interner {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    slots: Vec<Slot>,
}

/// A place of the index: a text's number, and part of its hash, which settles most comparisons
/// without a look at the text.
#[derive(Clone, Copy, Debug)]
struct Slot {
    tag: u32,
    code: u32,
}

/// A free slot of the index.
const FREE: Slot = Slot {
    tag: 0,
    code: u32::MAX,
};

impl Default for Interner {
    fn default() -> Self {
        let mut interner = Self {
            bytes: Vec::new(),
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
        self.bytes.len()
    }

    /// The text of this number; empty for a number never given.
    pub fn text(&self, code: u32) -> &str {
        std::str::from_utf8(self.raw(code)).unwrap_or("")
    }

    fn raw(&self, code: u32) -> &[u8] {
        let code = code as usize;
        let Some(&end) = self.ends.get(code) else {
            return &[];
        };
        let start = if code == 0 { 0 } else { self.ends[code - 1] };
        &self.bytes[start..end]
    }

    /// All texts, in the order of their numbers.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        (0..self.len() as u32).map(|code| self.text(code))
    }

    /// The number of the text, a new one where it was not held yet.
    pub fn intern(&mut self, text: &str) -> u32 {
        let wanted = text.as_bytes();
        let tag = hash(wanted);
        let mask = self.slots.len() - 1;
        let mut place = tag as usize & mask;
        loop {
            let slot = self.slots[place];
            if slot.code == FREE.code {
                break;
            }
            if slot.tag == tag && self.raw(slot.code) == wanted {
                return slot.code;
            }
            place = (place + 1) & mask;
        }
        let code = self.ends.len() as u32;
        self.bytes.extend_from_slice(wanted);
        self.ends.push(self.bytes.len());
        self.slots[place] = Slot { tag, code };
        if self.ends.len() * 2 > self.slots.len() {
            self.grow();
        }
        code
    }

    fn grow(&mut self) {
        let mask = self.slots.len() * 2 - 1;
        let mut slots = vec![FREE; mask + 1];
        for slot in self.slots.iter().filter(|slot| slot.code != FREE.code) {
            let mut place = slot.tag as usize & mask;
            while slots[place].code != FREE.code {
                place = (place + 1) & mask;
            }
            slots[place] = *slot;
        }
        self.slots = slots;
    }
}

/// Multiply-and-fold over words of eight bytes: fast on short keys, the same on every machine.
fn hash(bytes: &[u8]) -> u32 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut state = bytes.len() as u64 ^ FACTOR;
    let mut words = bytes.chunks_exact(8);
    for word in &mut words {
        let mut eight = [0; 8];
        eight.copy_from_slice(word);
        state = fold(state ^ u64::from_le_bytes(eight), FACTOR);
    }
    let mut tail = [0; 8];
    tail[..words.remainder().len()].copy_from_slice(words.remainder());
    let folded = fold(state ^ u64::from_le_bytes(tail), FACTOR);
    (folded ^ (folded >> 32)) as u32
}

const fn fold(a: u64, b: u64) -> u64 {
    let product = (a as u128).wrapping_mul(b as u128);
    (product as u64) ^ ((product >> 64) as u64)
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
    fn the_empty_text_is_number_zero() {
        let mut interner = Interner::default();
        assert_eq!(interner.intern(""), 0);
        assert_eq!(interner.intern("a"), 1);
        assert_eq!(interner.text(99), "");
    }
}
