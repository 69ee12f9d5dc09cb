//! Where the chosen terms stand, and how most people write them.

use std::collections::BTreeMap;

use super::choose::{Chosen, Term};
use super::comments::Weights;
use super::pairs::Pairing;
use super::words::Use;
use crate::engine::row_set::RowSet;
use crate::engine::table::prose::Piece;
use crate::engine::table::{Interner, Prose};

/// A term as it is told.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// As most people write it.
    pub written: String,
    /// The texts that hold it.
    pub texts: RowSet,
}

/// What stands between the words of a pair: up to five pieces of 24 bits each.
type Between = u128;

const BITS: u32 = 24;
const APOSTROPHE: u128 = 1;
const HYPHEN: u128 = 2;

/// For each chosen term where it stands and how it is written.
pub fn places(prose: &Prose, weights: &Weights, uses: &[Use], chosen: &[Chosen]) -> Vec<Placed> {
    // The place of each word's term, from 1: few terms are told.
    let mut words = vec![0_u8; prose.vocabulary().len()];
    let mut pairs: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    for (place, one) in chosen.iter().enumerate() {
        match one.term {
            Term::Word(word) => words[word as usize] = place as u8 + 1,
            Term::Pair(first, second) => {
                pairs.insert((first, second), place);
            }
        }
    }
    let mut is_first = vec![false; prose.vocabulary().len()];
    for (first, _) in pairs.keys() {
        is_first[*first as usize] = true;
    }
    let mut texts = vec![Vec::new(); chosen.len()];
    let mut forms: BTreeMap<(usize, Between), u64> = BTreeMap::new();
    prose.read(|text, pieces| {
        let [good, other, _] = weights.of(text);
        if good + other == 0 {
            return;
        }
        let mut stands = |place: usize| {
            let texts: &mut Vec<u32> = &mut texts[place];
            if texts.last() != Some(&text) {
                texts.push(text);
            }
        };
        let mut pairing = Pairing::default();
        let mut between: Between = 0;
        for piece in pieces {
            let pair = pairing.next(piece, uses);
            if let Piece::Word(word) = piece
                && let Some(place) = words[word as usize].checked_sub(1)
            {
                stands(place as usize);
            }
            if let Some(pair) = pair
                && is_first[pair.0 as usize]
                && let Some(place) = pairs.get(&pair)
            {
                stands(*place);
                *forms.entry((*place, between)).or_default() += u64::from(good + other);
            }
            between = match piece {
                Piece::Word(word) if uses[word as usize] != Use::Nothing => 0,
                Piece::Word(word) => between << BITS | (u128::from(word) + HYPHEN),
                Piece::Apostrophe => between << BITS | APOSTROPHE,
                Piece::Hyphen => between << BITS | HYPHEN,
                Piece::Gap | Piece::Rare | Piece::Uncut => 0,
            };
        }
    });
    let vocabulary = prose.vocabulary();
    let placed = chosen.iter().zip(texts).enumerate();
    placed
        .map(|(place, (one, texts))| Placed {
            written: match one.term {
                Term::Word(word) => vocabulary.text(word).to_owned(),
                Term::Pair(first, second) => {
                    let own = forms.range((place, 0)..=(place, Between::MAX));
                    let own = own.map(|((_, between), times)| {
                        (*times, spelled(vocabulary, first, *between, second))
                    });
                    most_frequent(own)
                }
            },
            texts: texts.into_iter().collect(),
        })
        .collect()
}

/// Two terms are the same theme where at least this share of the comments that hold one of them hold
/// both.
const SAME: f64 = 0.8;

/// The terms of which no surer one of the same side stands in nearly the same comments, at most
/// `most` of a side.
pub fn told(found: Vec<(Chosen, Placed)>, weights: &Weights, most: usize) -> Vec<(Chosen, Placed)> {
    let comments = |texts: &mut dyn Iterator<Item = u32>| -> u64 {
        let sides = texts.map(|text| weights.of(text));
        sides.map(|[good, other, _]| u64::from(good + other)).sum()
    };
    let mut told: Vec<(Chosen, Placed)> = Vec::new();
    for (chosen, placed) in found {
        let own: u64 = chosen.counts.iter().sum();
        let before = told.iter().filter(|(other, _)| other.side == chosen.side);
        let is_same = |(other, others): &(Chosen, Placed)| {
            // What turns a word round is never hidden by what does not.
            if chosen.turns && !other.turns {
                return false;
            }
            let both = comments(&mut placed.texts.iter().filter(|it| others.texts.contains(*it)));
            let any = own + other.counts.iter().sum::<u64>() - both;
            both as f64 >= SAME * any as f64
        };
        if before.clone().count() < most && !before.clone().any(is_same) {
            told.push((chosen, placed));
        }
    }
    told
}

/// The most frequent text; of several the first by its letters.
fn most_frequent(forms: impl Iterator<Item = (u64, String)>) -> String {
    let best = forms.max_by(|one, other| one.0.cmp(&other.0).then_with(|| other.1.cmp(&one.1)));
    best.map(|(_, written)| written).unwrap_or_default()
}

/// A pair with what stands between its words.
fn spelled(vocabulary: &Interner, first: u32, between: Between, second: u32) -> String {
    let mut written = vocabulary.text(first).to_owned();
    let mut joint = ' ';
    let places = (0..Between::BITS.div_euclid(BITS)).rev();
    for piece in places.map(|place| between >> (place * BITS) & ((1 << BITS) - 1)) {
        match piece {
            0 => {}
            APOSTROPHE => joint = '\'',
            HYPHEN => joint = '-',
            word => {
                written.push(std::mem::replace(&mut joint, ' '));
                written.push_str(vocabulary.text((word - HYPHEN) as u32));
            }
        }
    }
    written.push(joint);
    written.push_str(vocabulary.text(second));
    written
}
