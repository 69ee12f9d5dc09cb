//! The first look at the comments: how often each word stands on each side, and in which languages
//! people write.

use super::comments::Weights;
use super::stop_words::{COUNT, LANGUAGES, Marks};
use crate::engine::row_set::RowSet;
use crate::engine::table::Prose;
use crate::engine::table::prose::Piece;

/// What the first look finds.
#[derive(Debug)]
pub struct FirstLook {
    /// For each word the comments of the two sides that hold it, by its number.
    pub words: Vec<[u32; 2]>,
    /// Comments with a word: of the good side, of the other one, between them.
    pub comments: [u64; 3],
    /// The texts with a word.
    pub texts: RowSet,
    /// Comments of which no word can be told, because their script puts no blanks between words.
    pub uncut: u64,
    /// Comments that are in one language rather than in the others.
    votes: [u64; COUNT],
    /// Little words of each language.
    hits: [u64; COUNT],
}

/// What is known of a word while it is counted, side by side in memory.
#[derive(Clone, Copy, Debug)]
struct Seen {
    /// The last text in which it stood.
    last_text: u32,
    counts: [u32; 2],
    /// Languages of which it is a little word.
    languages: u8,
}

/// A language is one of the comments' from this share of them on.
const LEAST_SHARE: f64 = 0.1;

/// A comment with fewer little words of a language says nothing about its language.
const LEAST_HITS: u32 = 2;

/// Counts the words of all texts that count.
pub fn look(prose: &Prose, weights: &Weights, marks: &[Marks]) -> FirstLook {
    let mut found = FirstLook {
        words: Vec::new(),
        comments: [0; 3],
        texts: RowSet::default(),
        uncut: 0,
        votes: [0; COUNT],
        hits: [0; COUNT],
    };
    let mut with_words = Vec::new();
    let mut seen: Vec<Seen> = marks
        .iter()
        .map(|marks| Seen {
            last_text: u32::MAX,
            counts: [0; 2],
            languages: marks.nothing | marks.turning,
        })
        .collect();
    prose.read(|text, pieces| {
        let weight = weights.of(text);
        if weight == [0; 3] {
            return;
        }
        let (mut has_word, mut is_uncut) = (false, false);
        let mut hits = [0_u32; COUNT];
        for piece in pieces {
            match piece {
                Piece::Word(word) => {
                    has_word = true;
                    let seen = &mut seen[word as usize];
                    let mut languages = seen.languages;
                    while languages != 0 {
                        hits[languages.trailing_zeros() as usize] += 1;
                        languages &= languages - 1;
                    }
                    if seen.last_text != text {
                        seen.last_text = text;
                        seen.counts[0] += weight[0];
                        seen.counts[1] += weight[1];
                    }
                }
                Piece::Rare => has_word = true,
                Piece::Uncut => is_uncut = true,
                Piece::Gap | Piece::Apostrophe | Piece::Hyphen => {}
            }
        }
        let times = weight.map(u64::from);
        let all: u64 = times.iter().sum();
        if has_word {
            with_words.push(text);
            for (comments, times) in found.comments.iter_mut().zip(times) {
                *comments += times;
            }
        } else if is_uncut {
            found.uncut += all;
        }
        found.vote(hits, all);
    });
    found.texts = with_words.into_iter().collect();
    found.words = seen.into_iter().map(|seen| seen.counts).collect();
    found
}

impl FirstLook {
    /// Takes in the little words of a text that stands so often.
    fn vote(&mut self, hits: [u32; COUNT], times: u64) {
        for (sum, hits) in self.hits.iter_mut().zip(hits) {
            *sum += u64::from(hits) * times;
        }
        if let Some(place) = the_most(&hits, LEAST_HITS) {
            self.votes[place] += times;
        }
    }

    /// The languages of the comments, a bit each by their places: those in which at least one of
    /// ten is written; where all comments are too short to tell, the one of most little words.
    pub fn languages(&self) -> u8 {
        let all: u64 = self.votes.iter().sum();
        if all == 0 {
            return the_most(&self.hits, 1).map_or(0, |place| 1 << place);
        }
        let least = all as f64 * LEAST_SHARE;
        let spoken = self.votes.iter().enumerate();
        let spoken = spoken.filter(|(_, votes)| **votes as f64 >= least);
        spoken.fold(0, |bits, (place, _)| bits | 1 << place)
    }
}

/// The codes of languages given by their bits.
pub fn language_ids(bits: u8) -> Vec<String> {
    let spoken = LANGUAGES.iter().enumerate();
    spoken
        .filter(|(place, _)| bits >> place & 1 == 1)
        .map(|(_, language)| language.id.to_owned())
        .collect()
}

/// The place of the one that is greater than all others and at least `least`.
fn the_most<T: Copy + Ord>(counts: &[T; COUNT], least: T) -> Option<usize> {
    let most = counts.iter().copied().max().filter(|most| *most >= least)?;
    let mut places = counts.iter().enumerate().filter(|(_, it)| **it == most);
    let (place, _) = places.next()?;
    places.next().is_none().then_some(place)
}

/// What a word is good for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Use {
    /// It says something.
    Theme,
    /// It says something about the word beside it.
    Turning,
    /// It says nothing.
    Nothing,
}

/// What each word is good for in these languages, by its number.
pub fn uses(prose: &Prose, marks: &[Marks], languages: u8) -> Vec<Use> {
    let words = prose.vocabulary().texts().zip(marks);
    words
        .map(|(word, marks)| {
            let mut letters = word.chars();
            if marks.turning & languages != 0 {
                Use::Turning
            } else if marks.nothing & languages != 0
                || letters.next().is_none()
                || letters.next().is_none()
            {
                Use::Nothing
            } else {
                Use::Theme
            }
        })
        .collect()
}
