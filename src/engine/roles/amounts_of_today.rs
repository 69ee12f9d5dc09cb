//! Amounts of subscriptions as of today: nothing where one has ended. What was lost cannot be told
//! from them, so another column of amounts is taken where there is one.

use super::assign::{self, Guess};
use super::choose::Choice;
use super::kind::Kind;
use super::role::Role;
use super::seen::Seen;
use crate::engine::options::Decimal;
use crate::engine::table::Column;
use crate::engine::table::value::missing;

/// Rows that are looked at.
const MOST_ROWS: usize = 20_000;

/// Fewer ended subscriptions than this say nothing.
const FEWEST_ENDED: usize = 3;

/// Takes another column for the amounts, where those of the guess are as of today.
pub fn prefer_others(guesses: &mut [Guess], seen: &[Seen<'_>], chosen: &[Choice]) {
    let column_of = |role: Role| {
        guesses
            .iter()
            .find(|it| it.role == role)
            .map(|it| it.column)
    };
    let (Some(amount), Some(ended)) = (column_of(Role::Amount), column_of(Role::EndedAt)) else {
        return;
    };
    let Some(ended) = seen.get(ended).map(|it| it.column) else {
        return;
    };
    let is_chosen = chosen.get(amount).is_some_and(Choice::is_given);
    let of_today = |column: usize| {
        seen.get(column)
            .is_none_or(|it| is_of_today(it.column, ended))
    };
    if is_chosen || !of_today(amount) {
        return;
    }
    let is_free = |column: usize| guesses.iter().all(|it| it.column != column);
    let other = assign::all(Kind::Subscription, seen, chosen, &[])
        .into_iter()
        .filter(|it| it.role == Role::Amount && is_free(it.column) && !of_today(it.column))
        .max_by(|a, b| a.confidence.total_cmp(&b.confidence));
    let guess = guesses.iter_mut().find(|it| it.role == Role::Amount);
    if let (Some(guess), Some(other)) = (guess, other) {
        *guess = other;
    }
}

/// Whether the amount is zero in every row that has an end, and above it in most of the others.
fn is_of_today(amounts: &Column, ended: &Column) -> bool {
    let numbers = amounts.numbers(Decimal::Point, &[]).values;
    let (mut over, mut running, mut paying) = (0, 0, 0);
    for (row, number) in numbers.iter().enumerate().take(MOST_ROWS) {
        let pays = *number > 0.0;
        if missing::is_missing(&ended.cells.text(row)) {
            running += 1;
            paying += usize::from(pays);
        } else if pays {
            return false;
        } else {
            over += 1;
        }
    }
    over >= FEWEST_ENDED && paying * 10 >= running * 9 && running > 0
}
