//! Which words and pairs tell the two sides apart, and how surely.

use super::pairs::Pairs;
use super::words::Use;
use crate::engine::report::Verdict;
use crate::engine::stats::{fisher, multiple, proportion};
use crate::engine::table::Interner;

/// A term is only ever shown where at least so many comments of a side hold it, so that nobody's
/// own words are.
pub const FEWEST: u64 = 3;

/// Terms in fewer comments of each side than one in so many are no themes.
const RAREST: u64 = 1_000;

/// The most terms of a side that are told.
pub const MOST_TOLD: usize = 12;

/// The most terms of a side that are looked at for it: many stand in the same comments.
const MOST_CHOSEN: usize = 3 * MOST_TOLD;

/// A pair that makes so much of a word's comments takes its place.
const NEARLY_ALL: f64 = 0.8;

/// Below this a difference is real.
const SURE: f64 = 0.05;

/// A word, or two beside each other.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Term {
    /// A word by its number.
    Word(u32),
    /// Two words by their numbers.
    Pair(u32, u32),
}

/// A term and how the sides differ in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Chosen {
    /// The term.
    pub term: Term,
    /// One of its words turns the other round.
    pub turns: bool,
    /// The side that says it more.
    pub side: usize,
    /// Comments of each side that hold it.
    pub counts: [u64; 2],
    /// The share of its side minus that of the other, and its interval.
    pub difference: (f64, (f64, f64)),
    /// Holm's p-value over all terms compared.
    pub p_value: f64,
    /// Whether the difference is real.
    pub verdict: Verdict,
}

/// The fewest comments of each side that a term takes.
pub fn fewest(comments: [u64; 2]) -> [u64; 2] {
    comments.map(|comments| comments.div_ceil(RAREST).max(FEWEST))
}

/// Whether a term is common enough on one of the sides.
pub fn is_common(counts: [u32; 2], fewest: [u64; 2]) -> bool {
    let mut sides = counts.iter().zip(fewest);
    sides.any(|(count, fewest)| u64::from(*count) >= fewest)
}

/// The terms that may be told, those of the good side first, each side's surest first; and how many
/// terms were compared.
pub fn choose(
    (words, uses): (&[[u32; 2]], &[Use]),
    pairs: &Pairs,
    vocabulary: &Interner,
    comments: [u64; 2],
) -> (Vec<Chosen>, u64) {
    let fewest = fewest(comments);
    let mut found: Vec<(Term, [u32; 2])> = (0_u32..)
        .zip(words)
        .filter(|(word, counts)| uses[*word as usize] == Use::Theme && is_common(**counts, fewest))
        .map(|(word, counts)| (Term::Word(word), *counts))
        .collect();
    let common = pairs.all().filter(|(_, counts)| is_common(*counts, fewest));
    found.extend(common.map(|((one, other), counts)| (Term::Pair(one, other), counts)));
    let p_values: Vec<f64> = found
        .iter()
        .map(|(_, counts)| {
            let [good, other] = counts.map(u64::from);
            fisher::exact_p(good, comments[0], other, comments[1]).unwrap_or(1.0)
        })
        .collect();
    let adjusted = multiple::holm(&p_values).unwrap_or_default();
    let mut replaced = vec![false; words.len()];
    for (term, counts) in &found {
        if let Term::Pair(one, other) = term {
            for word in [*one, *other] {
                let of_word = f64::from(sum(words[word as usize]));
                replaced[word as usize] |= f64::from(sum(*counts)) >= NEARLY_ALL * of_word;
            }
        }
    }
    let compared = found.len() as u64;
    let mut sides = [Vec::new(), Vec::new()];
    for ((term, counts), p_value) in found.into_iter().zip(adjusted) {
        if matches!(term, Term::Word(word) if replaced[word as usize]) {
            continue;
        }
        if let Some(mut chosen) = compare(term, counts.map(u64::from), comments, p_value)
            && chosen.counts[chosen.side] >= fewest[chosen.side]
        {
            chosen.turns = turns(term, uses);
            sides[chosen.side].push(chosen);
        }
    }
    let told = sides.into_iter().flat_map(|mut side| {
        // Of equals those that turn a word round come first: “easy to find” says less than “not easy”.
        side.sort_by(|one, other| {
            let near = other.difference.1.0.total_cmp(&one.difference.1.0);
            near.then(other.difference.0.total_cmp(&one.difference.0))
                .then(other.counts[other.side].cmp(&one.counts[one.side]))
                .then(other.turns.cmp(&one.turns))
                .then_with(|| spelled(vocabulary, one).cmp(&spelled(vocabulary, other)))
        });
        side.truncate(MOST_CHOSEN);
        side
    });
    (told.collect(), compared)
}

/// Whether one of the words turns the other round.
fn turns(term: Term, uses: &[Use]) -> bool {
    let is_turning = |word: u32| uses[word as usize] == Use::Turning;
    matches!(term, Term::Pair(one, other) if is_turning(one) || is_turning(other))
}

fn sum([good, other]: [u32; 2]) -> u32 {
    good + other
}

fn spelled<'a>(vocabulary: &'a Interner, chosen: &Chosen) -> (&'a str, &'a str) {
    match chosen.term {
        Term::Word(word) => (vocabulary.text(word), ""),
        Term::Pair(one, other) => (vocabulary.text(one), vocabulary.text(other)),
    }
}

/// The term on the side that says it more; absent where both say it equally often.
fn compare(term: Term, counts: [u64; 2], comments: [u64; 2], p_value: f64) -> Option<Chosen> {
    // Exactly, without shares: a rounding error is no difference.
    let (good, other) = (counts[0] * comments[1], counts[1] * comments[0]);
    let side = match good.cmp(&other) {
        std::cmp::Ordering::Greater => 0,
        std::cmp::Ordering::Less => 1,
        std::cmp::Ordering::Equal => return None,
    };
    let rest = 1 - side;
    let interval = proportion::newcombe_difference(
        counts[side],
        comments[side],
        counts[rest],
        comments[rest],
    )?;
    let share = |side: usize| counts[side] as f64 / comments[side] as f64;
    Some(Chosen {
        term,
        turns: false,
        side,
        counts,
        difference: (share(side) - share(rest), interval),
        p_value,
        verdict: if p_value < SURE {
            Verdict::Real
        } else {
            Verdict::CouldBeNoise
        },
    })
}
