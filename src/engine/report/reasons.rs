//! What people say who gave good answers, beside what the others say.

use serde::{Deserialize, Serialize};

use super::{Refusal, Verdict, is_zero};

/// The words that tell the comments of one side of the answers from those of the other.
///
/// Terms are words out of the user's cells: they stand here and nowhere else, in no event and in no
/// code.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Reasons {
    /// The column of the comments.
    pub column: String,
    /// The good side, then the other one.
    pub sides: [ReasonSide; 2],
    /// Comments on answers between the two sides, which are not counted.
    #[serde(skip_serializing_if = "is_zero", default)]
    pub between: u64,
    /// Why there are no terms, and what to do.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub refusal: Option<Refusal>,
    /// Languages whose little words were left out: `en`, `de`, `fr`, `es`, `pt`, `it`, `nl`.
    pub languages: Vec<String>,
    /// How many words and pairs of words were compared.
    pub compared: u64,
    /// Comments of which no word could be told, because their script puts no blanks between words.
    #[serde(skip_serializing_if = "is_zero", default)]
    pub uncut: u64,
    /// How often a word came that was forgotten while reading, because there were too many
    /// different ones.
    #[serde(skip_serializing_if = "is_zero", default)]
    pub forgotten: u64,
    /// The method of the shares' intervals.
    pub share_method: String,
    /// The method of the differences' intervals.
    pub difference_method: String,
    /// The method of the p-values.
    pub p_method: String,
    /// The terms: those that the good side says more, then those of the other side, each the
    /// surest first.
    pub terms: Vec<ReasonTerm>,
}

/// The answers of one side.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ReasonSide {
    /// Stable, such as `promoters` and `detractors`.
    pub name: String,
    /// How many answers.
    pub answers: u64,
    /// How many of them have a comment with a word in it.
    pub comments: u64,
}

/// A word, or two words beside each other.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ReasonTerm {
    /// As most people write it, in small letters.
    pub term: String,
    /// The side that says it more.
    pub side: String,
    /// How each side says it, in the order of the sides.
    pub said: [ReasonCount; 2],
    /// The share of its side minus that of the other.
    pub difference: f64,
    /// 95 % interval of the difference.
    pub difference_interval: (f64, f64),
    /// How often chance alone would make one of so many terms differ at least this much.
    pub p_value: f64,
    /// Whether the difference is real.
    pub verdict: Verdict,
}

/// How often one side says a term.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ReasonCount {
    /// Comments that hold it, each counted once.
    pub count: u64,
    /// Its share of the side's comments.
    pub share: f64,
    /// Lower end of the share's 95 % interval.
    pub low: f64,
    /// Upper end of the share's 95 % interval.
    pub high: f64,
    /// The first rows (at most three), counted from 1 below the header.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub sample_rows: Vec<u64>,
}
