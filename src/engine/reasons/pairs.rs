//! Pairs of words that stand beside each other, counted once a comment.

use super::comments::Weights;
use super::words::Use;
use crate::engine::table::Prose;
use crate::engine::table::prose::Piece;

/// Little words between two words of a pair: "temps *de* réponse", "easy *to* use".
pub const MOST_BETWEEN: u32 = 2;

/// Finds pairs in the pieces of a text, one after the other: two words with nothing between them
/// but up to [`MOST_BETWEEN`] little words, at least one of them with a meaning of its own.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pairing {
    before: Option<(u32, bool)>,
    between: u32,
}

impl Pairing {
    /// Takes the next piece, and gives the pair that it ends.
    #[inline]
    pub fn next(&mut self, piece: Piece, uses: &[Use]) -> Option<(u32, u32)> {
        let word = match piece {
            Piece::Word(word) => word,
            Piece::Apostrophe | Piece::Hyphen => return None,
            Piece::Rare | Piece::Gap | Piece::Uncut => {
                self.before = None;
                return None;
            }
        };
        let turning = match uses[word as usize] {
            Use::Nothing => {
                self.between += 1;
                if self.between > MOST_BETWEEN {
                    self.before = None;
                }
                return None;
            }
            other => other == Use::Turning,
        };
        let before = self.before.replace((word, turning));
        self.between = 0;
        let (first, first_turning) = before?;
        (first != word && !(turning && first_turning)).then_some((first, word))
    }
}

/// Counts of pairs by the side of their comments.
#[derive(Debug)]
pub struct Pairs {
    slots: Vec<Slot>,
    filled: usize,
}

#[derive(Clone, Copy, Debug)]
struct Slot {
    pair: (u32, u32),
    counts: [u32; 2],
    last_text: u32,
}

/// No pair: word 0 is no word.
const FREE: Slot = Slot {
    pair: (0, 0),
    counts: [0; 2],
    last_text: u32::MAX,
};

/// Words that may make pairs.
#[derive(Clone, Copy, Debug)]
pub struct Among<'a> {
    /// What each word is good for, by its number.
    pub uses: &'a [Use],
    /// Whether it stands often enough, by its number.
    pub is_common: &'a [bool],
}

/// Counts the pairs of common words that stand in at least `fewest` comments, and perhaps a few
/// others.
pub fn count(prose: &Prose, weights: &Weights, among: Among<'_>, fewest: u64) -> Pairs {
    // A first pass counts pairs roughly, several in one place: most are rare and fall out here, so
    // that the few others fit into the processor's nearest memory.
    let mut rough = vec![0_u32; ROUGH];
    each(prose, weights, among, |pair, _, [good, other]| {
        let sum = &mut rough[place_of(pair) & (ROUGH - 1)];
        *sum = sum.saturating_add(good + other);
    });
    let mut pairs = Pairs {
        slots: vec![FREE; 1 << 10],
        filled: 0,
    };
    each(prose, weights, among, |pair, text, weight| {
        if u64::from(rough[place_of(pair) & (ROUGH - 1)]) >= fewest {
            pairs.add(pair, text, weight);
        }
    });
    pairs
}

/// Places of the rough count; a power of two.
const ROUGH: usize = 1 << 18;

/// Gives every pair of common words with its text and how often that counts on the two sides.
fn each(
    prose: &Prose,
    weights: &Weights,
    among: Among<'_>,
    mut give: impl FnMut((u32, u32), u32, [u32; 2]),
) {
    prose.read(|text, pieces| {
        let [good, other, _] = weights.of(text);
        if good + other == 0 {
            return;
        }
        let mut pairing = Pairing::default();
        for piece in pieces {
            if let Some(pair) = pairing.next(piece, among.uses)
                && among.is_common[pair.0 as usize]
                && among.is_common[pair.1 as usize]
            {
                give(pair, text, [good, other]);
            }
        }
    });
}

impl Pairs {
    /// Every pair with its counts, in no order.
    pub fn all(&self) -> impl Iterator<Item = ((u32, u32), [u32; 2])> {
        let filled = self.slots.iter().filter(|slot| slot.pair.0 != 0);
        filled.map(|slot| (slot.pair, slot.counts))
    }

    #[inline]
    fn add(&mut self, pair: (u32, u32), text: u32, weight: [u32; 2]) {
        let mask = self.slots.len() - 1;
        let mut place = place_of(pair) & mask;
        while self.slots[place].pair.0 != 0 && self.slots[place].pair != pair {
            place = (place + 1) & mask;
        }
        let slot = &mut self.slots[place];
        if slot.pair.0 == 0 {
            self.filled += 1;
            slot.pair = pair;
        } else if slot.last_text == text {
            return;
        }
        slot.last_text = text;
        slot.counts[0] += weight[0];
        slot.counts[1] += weight[1];
        if self.filled * 2 > self.slots.len() {
            self.grow();
        }
    }

    #[cold]
    fn grow(&mut self) {
        let mask = self.slots.len() * 2 - 1;
        let mut slots = vec![FREE; mask + 1];
        for slot in self.slots.iter().filter(|slot| slot.pair.0 != 0) {
            let mut place = place_of(slot.pair) & mask;
            while slots[place].pair.0 != 0 {
                place = (place + 1) & mask;
            }
            slots[place] = *slot;
        }
        self.slots = slots;
    }
}

/// Where the search for a pair begins, before it is cut to the size of the table.
const fn place_of((first, second): (u32, u32)) -> usize {
    let key = (first as u64) << 32 | second as u64;
    (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 24) as usize
}
