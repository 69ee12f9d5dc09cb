//! What accounts asked for help with.

use super::figure::{Figure, FigureUnit};
use super::source::{AsOf, Source};
use crate::engine::facts::NO_DAY;

/// How far counts of tickets look back, in days.
pub const BACK_DAYS: i32 = 90;

/// A ticket is slow that is not solved within so many days.
pub const SLOW_DAYS: i32 = 3;

/// Tickets of the last 90 days, open ones, and slow ones: not solved within three days.
pub fn figures(source: &Source<'_>, as_of: AsOf) -> Vec<Figure> {
    let Some(created) = source
        .facts
        .resolution
        .as_ref()
        .and_then(|it| it.days.as_ref())
    else {
        return Vec::new();
    };
    let reasons = match (&source.facts.backlog, &source.facts.resolution) {
        (Some(backlog), _) => &backlog.reasons,
        (None, Some(times)) => &times.reasons,
        (None, None) => return Vec::new(),
    };
    let solved = source
        .facts
        .backlog
        .as_ref()
        .and_then(|it| it.solved.as_ref());
    let [mut recent, mut open, mut slow] = [0; 3].map(|_| as_of.filled(0.0));
    for (row, account) in source.rows(reasons) {
        if !as_of.knows(created[row]) {
            continue;
        }
        let is_recent = as_of.within(created[row], 0, BACK_DAYS);
        recent[account] += f64::from(u8::from(is_recent));
        let Some(solved) = solved else { continue };
        let day = solved[row];
        let is_open = day == NO_DAY || !as_of.knows(day);
        open[account] += f64::from(u8::from(is_open));
        let until = if is_open { as_of.day.0 } else { day };
        let is_slow = is_recent && until - created[row] > SLOW_DAYS;
        slow[account] += f64::from(u8::from(is_slow));
    }
    let count = |id, name, values| Figure::new(id, name, FigureUnit::Count, values).low_is_good();
    let mut found = vec![count("tickets", "Tickets in 90 days", recent)];
    if solved.is_some() {
        found.push(count("open_tickets", "Open tickets", open));
        found.push(count(
            "slow_tickets",
            "Tickets open for over 3 days, in 90 days",
            slow,
        ));
    }
    found
}
