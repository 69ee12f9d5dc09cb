//! Value: how the text of one cell becomes a number, a moment, or a yes or no.
//!
//! Takes: a trimmed text and the column's habits. Gives: a value, or nothing.
//! Never: guesses between two readings: it reports which readings are possible.
//! Start at [`date::parse`] and [`number::parse`].

pub mod answer_words;
pub mod date;
pub mod date_words;
pub mod flag;
pub mod missing;
pub mod number;
