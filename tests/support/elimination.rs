//! Elimination over the numbers modulo a prime: which unknowns of linear equations have one value.

use std::collections::{BTreeMap, BTreeSet};

const PRIME: u64 = (1 << 61) - 1;

/// A coefficient as such a number.
pub(crate) const fn modular(number: i64) -> u64 {
    number.rem_euclid(PRIME as i64) as u64
}

fn times(one: u64, other: u64) -> u64 {
    (u128::from(one) * u128::from(other) % u128::from(PRIME)) as u64
}

/// The inverse, by Fermat's little theorem.
fn inverse(number: u64) -> u64 {
    let (mut result, mut base, mut exponent) = (1, number, PRIME - 2);
    while exponent > 0 {
        if exponent % 2 == 1 {
            result = times(result, base);
        }
        base = times(base, base);
        exponent >>= 1;
    }
    result
}

/// The unknowns that have one value alone, by elimination over the numbers modulo a large prime:
/// those with a row of their own in reduced echelon form.
pub(crate) fn determined<V: Clone + Ord>(rows: Vec<BTreeMap<V, u64>>) -> BTreeSet<V> {
    let mut reduced: BTreeMap<V, BTreeMap<V, u64>> = BTreeMap::new();
    let less = |row: &mut BTreeMap<V, u64>, other: &BTreeMap<V, u64>, factor: u64| {
        for (variable, value) in other {
            let entry = row.entry(variable.clone()).or_insert(0);
            *entry = (*entry + PRIME - times(*value, factor)) % PRIME;
        }
        row.retain(|_, value| *value != 0);
    };
    for mut row in rows {
        for (pivot, other) in &reduced {
            if let Some(factor) = row.get(pivot).copied() {
                less(&mut row, other, factor);
            }
        }
        let Some((pivot, lead)) = row.iter().next().map(|(it, lead)| (it.clone(), *lead)) else {
            continue;
        };
        let scale = inverse(lead);
        for value in row.values_mut() {
            *value = times(*value, scale);
        }
        for other in reduced.values_mut() {
            if let Some(factor) = other.get(&pivot).copied() {
                less(other, &row, factor);
            }
        }
        reduced.insert(pivot, row);
    }
    let alone = reduced.into_iter().filter(|(_, row)| row.len() == 1);
    alone.map(|(pivot, _)| pivot).collect()
}
