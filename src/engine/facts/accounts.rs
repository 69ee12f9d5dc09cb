//! Accounts: customers who stayed or left, one a row, without dates.

use super::reading::{self, Reading};
use super::why_left::{self, WhyLeft};
use crate::engine::roles::Role;
use crate::engine::roles::mapping::Meaning;
use crate::engine::table::Reason;
use crate::engine::table::value::{flag, missing};

/// One entry a row.
#[derive(Clone, Debug)]
pub struct Accounts {
    /// Whether the customer has left.
    pub left: Vec<bool>,
    /// Why the customer left; empty where no column says.
    pub why_left: Vec<WhyLeft>,
    /// Why a row is left out.
    pub reasons: Vec<Reason>,
}

/// Whether a cell says that a customer has left; nothing where it says neither.
pub fn has_left(meaning: &Meaning, text: &str) -> Option<bool> {
    let says = |words: &[String]| {
        let mut words = words.iter();
        words.any(|word| word.trim().eq_ignore_ascii_case(text.trim()))
    };
    if says(&meaning.yes) {
        Some(true)
    } else if says(&meaning.no) {
        Some(false)
    } else {
        flag::parse(text)
    }
}

/// Reads who has left, where a column says so.
pub fn read(reading: &Reading<'_>) -> Option<Accounts> {
    let column = reading.mapping.column_of(Role::Churned)?;
    let meaning = reading.meaning(column);
    if !meaning.open.is_empty() {
        return None;
    }
    let keys = reading.table.columns[column].keys();
    let texts = keys.texts.texts();
    let read: Vec<Option<bool>> = texts.map(|text| has_left(meaning, &text)).collect();
    let mut reasons = reading.reasons();
    if let Some(customers) = reading.keys_of(Role::Customer) {
        reading::require_keys(&customers, &mut reasons);
        reading::require_first(&customers, &mut reasons);
    }
    let mut left = vec![false; reasons.len()];
    for (row, code) in keys.codes.iter().enumerate() {
        match read[*code as usize] {
            Some(answer) => left[row] = answer,
            None if reasons[row] == Reason::Used => {
                let empty = missing::is_missing(&keys.texts.text(*code));
                reasons[row] = if empty {
                    Reason::NumberMissing
                } else {
                    Reason::AnswerInvalid
                };
            }
            None => {}
        }
    }
    Some(Accounts {
        left,
        why_left: why_left::read(reading).unwrap_or_default(),
        reasons,
    })
}
