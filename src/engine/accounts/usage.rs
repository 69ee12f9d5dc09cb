//! How much accounts use the product, and how that changes.

use super::figure::{Figure, FigureUnit, change};
use super::source::{AsOf, Source};

/// The stretch over which use is counted, in days.
pub const DAYS: i32 = 30;

/// Active days and users of the last 30 days, against the 30 before, and days since the last use.
pub fn figures(source: &Source<'_>, as_of: AsOf) -> Vec<Figure> {
    let Some(activity) = &source.facts.activity else {
        return Vec::new();
    };
    // Each day and each user once: sorted by account.
    let mut days: Vec<(u32, i32)> = Vec::new();
    let mut users: Vec<(u32, u32)> = Vec::new();
    let mut last = as_of.filled(f64::NAN);
    for (row, account) in source.rows(&activity.reasons) {
        let day = activity.days[row];
        if !as_of.knows(day) {
            continue;
        }
        let since = as_of.since(day);
        last[account] = if last[account].is_nan() {
            since
        } else {
            last[account].min(since)
        };
        if as_of.within(day, 0, 2 * DAYS) {
            days.push((account as u32, day));
        }
        if as_of.within(day, 0, DAYS) {
            users.push((account as u32, activity.users[row]));
        }
    }
    days.sort_unstable();
    days.dedup();
    users.sort_unstable();
    users.dedup();
    // An account that was never seen has no use to speak of, which is not the same as none.
    let seen = |values: Vec<f64>| -> Vec<f64> {
        let both = values.into_iter().zip(&last);
        both.map(|(value, last)| if last.is_nan() { f64::NAN } else { value })
            .collect()
    };
    let [mut now, mut before, mut people] = [0; 3].map(|_| as_of.filled(0.0));
    for (account, day) in days {
        let counted = if as_of.within(day, 0, DAYS) {
            &mut now
        } else {
            &mut before
        };
        counted[account as usize] += 1.0;
    }
    for (account, _) in users {
        people[account as usize] += 1.0;
    }
    let changes = before
        .iter()
        .zip(&now)
        .map(|(before, now)| change(*before, *now))
        .collect();
    vec![
        Figure::new(
            "active_days",
            "Active days in 30",
            FigureUnit::Count,
            seen(now),
        )
        .high_is_good(),
        Figure::new(
            "use_change",
            "Active days against the 30 days before",
            FigureUnit::Change,
            changes,
        )
        .high_is_good(),
        Figure::new(
            "active_users",
            "Active users in 30 days",
            FigureUnit::Count,
            seen(people),
        )
        .high_is_good(),
        Figure::new(
            "days_since_use",
            "Days since the last use",
            FigureUnit::Days,
            last,
        )
        .low_is_good(),
    ]
}
