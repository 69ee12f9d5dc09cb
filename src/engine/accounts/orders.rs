//! What accounts bought.

use super::figure::{Figure, FigureUnit};
use super::source::{AsOf, Source};

/// How far sums of orders look back, in days.
const BACK_DAYS: i32 = 365;

/// Orders and money of the last 365 days, and days since the last order.
pub fn figures(source: &Source<'_>, as_of: AsOf) -> Vec<Figure> {
    let facts = source.facts;
    let Some(purchases) = &facts.purchases else {
        return Vec::new();
    };
    let amounts = facts
        .histories
        .as_ref()
        .filter(|it| it.currencies.len() < 2);
    let [mut orders, mut spent] = [0; 2].map(|_| as_of.filled(0.0));
    let mut last = as_of.filled(f64::NAN);
    for (row, account) in source.rows(&purchases.reasons) {
        let day = purchases.days[row];
        if purchases.places[row] == 0 || !as_of.knows(day) {
            continue;
        }
        let since = as_of.since(day);
        last[account] = if last[account].is_nan() {
            since
        } else {
            last[account].min(since)
        };
        if as_of.within(day, 0, BACK_DAYS) {
            orders[account] += 1.0;
            let amount = amounts.map_or(f64::NAN, |it| it.amounts[row]);
            spent[account] += if amount.is_nan() { 0.0 } else { amount };
        }
    }
    let mut found = vec![
        Figure::new("orders", "Orders in 365 days", FigureUnit::Count, orders).high_is_good(),
        Figure::new(
            "days_since_order",
            "Days since the last order",
            FigureUnit::Days,
            last,
        )
        .low_is_good(),
    ];
    if amounts.is_some() {
        let name = "Spent in 365 days";
        found.insert(
            1,
            Figure::new("spent", name, FigureUnit::Money, spent).high_is_good(),
        );
    }
    found
}
