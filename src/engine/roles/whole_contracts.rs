//! Amounts of whole contracts: 24,000 for two years are not 24,000 a month.
//!
//! Takes: what the columns mean so far. Gives: that such amounts are for the time from start to end,
//! or, where nothing tells how long contracts run, that they are no amounts of a subscription.

use super::choose::Choice;
use super::kind::Kind;
use super::mapping::{Mapping, Meaning};
use super::role::Role;
use super::seen::Seen;
use super::vocabulary;

/// Of ten contracts so many must have an end.
const WITH_AN_END: u64 = 9;

/// How sure a column is of which the header says less than the cells.
const BY_ITS_CELLS: f64 = 0.8;

/// Whether a column tells for how many months contracts run.
fn tells_months(one: &Seen<'_>) -> bool {
    const TERMS: [&str; 9] = [
        "term", "length", "laufzeit", "duree", "duracion", "plazo", "duracao", "durata", "looptijd",
    ];
    const YEARS: [&str; 8] = [
        "years", "jahre", "jahren", "ans", "anos", "anni", "jaren", "days",
    ];
    let has = |words: &[&str]| one.header.split(' ').any(|word| words.contains(&word));
    has(&TERMS)
        && !has(&YEARS)
        && one.profile.filled() > 0
        && vocabulary::share_known(one.column, vocabulary::is_interval) >= 0.95
}

/// Settles what the amounts are for; what the user has said stays.
pub fn settle(mapping: &mut Mapping, seen: &[Seen<'_>], chosen: &[Choice]) {
    let is_said = |column: usize| chosen.get(column).is_some_and(Choice::is_given);
    let (Some(amount), None) = (
        mapping.column_of(Role::Amount),
        mapping.column_of(Role::Interval),
    ) else {
        return;
    };
    let header = seen.get(amount).map_or("", |one| one.header.as_str());
    if !mapping.kinds.contains(&Kind::Subscription)
        || mapping.amount_spans_stretch
        || is_said(amount)
        || !vocabulary::speaks_of_a_whole_contract(header)
    {
        return;
    }
    if let Some(term) = seen.iter().position(|one| tells_months(one))
        && let Some(meaning) = mapping.columns.get_mut(term)
        && meaning.role.is_none()
        && !is_said(term)
    {
        meaning.role = Some(Role::Interval);
        meaning.confidence = BY_ITS_CELLS;
        meaning.because =
            String::from("The header and its cells tell how many months contracts run.");
        return;
    }
    let ends = mapping
        .column_of(Role::EndedAt)
        .and_then(|column| seen.get(column));
    let has_ends = ends.is_some_and(|one| {
        one.profile.filled() > 0 && one.profile.filled() * 10 >= one.profile.rows * WITH_AN_END
    });
    if has_ends && mapping.column_of(Role::StartedAt).is_some() {
        mapping.amount_spans_stretch = true;
    } else if let Some(meaning) = mapping.columns.get_mut(amount) {
        *meaning = Meaning::default();
    }
}
