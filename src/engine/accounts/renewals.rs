//! When accounts are due for renewal.

use super::figure::{Figure, FigureUnit};
use super::source::{AsOf, Source};
use crate::engine::facts::NO_DAY;
use crate::engine::facts::reading;
use crate::engine::facts::renewals::Ended;
use crate::engine::joins::NOBODY;
use crate::engine::roles::Role;

/// Days until the next renewal that is not decided.
pub fn figures(source: &Source<'_>, as_of: AsOf) -> Vec<Figure> {
    let Some(due) = source.reading.instants_of(Role::DueAt) else {
        return Vec::new();
    };
    let days = reading::days(&due);
    let renewals = source.facts.renewals.as_ref();
    let mut until = as_of.filled(f64::NAN);
    // A decision without a day is known today, and nobody knows since when.
    let mut is_dated = true;
    for (row, account) in source.of_rows.iter().enumerate() {
        let is_kept = source.kept.is_none_or(|kept| kept[row]);
        // A decision taken later is not known yet on the day.
        let is_decided = renewals.is_some_and(|it| {
            let closed = it.closed.get(row).copied().unwrap_or(NO_DAY);
            let is_ended = matches!(it.outcomes[row], Ended::Renewed | Ended::Lost);
            is_dated &= !is_ended || closed != NO_DAY;
            is_ended && (closed == NO_DAY || as_of.knows(closed))
        });
        if *account == NOBODY
            || !is_kept
            || is_decided
            || days[row] == NO_DAY
            || days[row] < as_of.day.0
        {
            continue;
        }
        let ahead = -as_of.since(days[row]);
        let known = &mut until[*account as usize];
        *known = if known.is_nan() {
            ahead
        } else {
            known.min(ahead)
        };
    }
    let mut figure = Figure::new(
        "renewal_days",
        "Days until renewal",
        FigureUnit::Days,
        until,
    );
    figure.is_dated = is_dated;
    vec![figure]
}
