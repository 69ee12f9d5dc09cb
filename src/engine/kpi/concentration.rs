//! Concentration: a retention of money without the customers who paid most.

use super::prelude::*;

/// The figure without the customer who paid most at the start, the five and the ten.
pub const CONCENTRATION_PARTS: [Part; 3] = [
    Part {
        name: "without_largest",
        unit: Unit::Ratio,
        says: "the same without the customer who paid most at the start",
    },
    Part {
        name: "without_largest_5",
        unit: Unit::Ratio,
        says: "the same without the five who paid most",
    },
    Part {
        name: "without_largest_10",
        unit: Unit::Ratio,
        says: "the same without the ten who paid most",
    },
];

/// The figures of [`CONCENTRATION_PARTS`] from what each customer paid at the start and what of it
/// counts as kept, in billionths; those for which nobody would be left are absent.
pub fn without_largest(mut pairs: Vec<(i64, i64)>) -> Vec<(&'static str, f64)> {
    // Of equal customers the one who kept least comes first, so that the order of rows is none.
    pairs.sort_unstable_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    let most = [1, 5, 10];
    let parts = CONCENTRATION_PARTS.iter().map(|part| part.name);
    let shares = parts.zip(most).filter_map(|(name, most)| {
        let rest = pairs.get(most..).unwrap_or_default();
        let start: i128 = rest.iter().map(|(from, _)| i128::from(*from)).sum();
        let kept: i128 = rest.iter().map(|(_, to)| i128::from(*to)).sum();
        (start > 0).then(|| (name, money(kept) / money(start)))
    });
    shares.collect()
}
