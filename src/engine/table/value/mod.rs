//! Value: how the text of one cell becomes a number, a moment, or a yes or no.
//!
//! Takes: a trimmed text and the column's habits. Gives: a value, or nothing.
//! Never: guesses between two readings: it reports which readings are possible.
//! Start at [`date::parse`] and [`number::parse`].

pub mod answer_words;
mod clock;
mod clock_reader;
pub mod currencies;
pub mod date;
mod date_tokens;
pub mod date_words;
mod day;
mod day_halves;
pub mod duration;
pub mod flag;
pub mod fold;
pub mod iso;
mod lexicon;
pub mod missing;
pub mod money;
pub mod month_words;
pub mod number;
mod numeric_date;
pub mod serial;
