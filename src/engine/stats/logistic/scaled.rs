//! Columns brought to a mean of 0 and a spread of 1, as rows that lie together in memory.

use super::Weight;
use super::newton::Rows;
use crate::engine::base::math;
use std::cmp::Ordering;

/// The rows of a fit.
pub(super) struct Scaled {
    /// The row of the caller that each of ours is: sorted by what stands in them, so that sums do
    /// not depend on the order in which they came.
    pub(super) order: Vec<u32>,
    /// Whether each of our rows was kept.
    pub(super) kept: Vec<bool>,
    /// Row by row: 1, then each column that varies.
    values: Vec<f64>,
    /// How many numbers a row has.
    pub(super) width: usize,
    /// What is known of each column before the fit; `per_unit` is its spread, or 0.
    pub(super) weights: Vec<Weight>,
}

impl Scaled {
    pub(super) fn of(columns: &[&[f64]], was_kept: &[bool]) -> Self {
        let mut order: Vec<u32> = (0..was_kept.len() as u32).collect();
        order.sort_unstable_by(|one, other| compare(columns, was_kept, (*one, *other)));
        let weights: Vec<Weight> = columns
            .iter()
            .map(|column| of_column(&order, column))
            .collect();
        let varying = weights.iter().filter(|weight| weight.varies).count();
        let width = varying + 1;
        let mut values = Vec::with_capacity(width * order.len());
        for row in &order {
            values.push(1.0);
            for (column, weight) in columns.iter().zip(&weights).filter(|it| it.1.varies) {
                let value = value_at(column, *row);
                let off = (value - weight.mean) / weight.per_unit;
                values.push(if value.is_nan() { 0.0 } else { off });
            }
        }
        let kept_at = |row: &u32| was_kept.get(*row as usize) == Some(&true);
        Self {
            kept: order.iter().map(kept_at).collect(),
            order,
            values,
            width,
            weights,
        }
    }

    pub(super) fn rows(&self) -> Rows<'_> {
        Rows {
            values: &self.values,
            width: self.width,
            kept: &self.kept,
        }
    }
}

fn value_at(column: &[f64], row: u32) -> f64 {
    column.get(row as usize).copied().unwrap_or(f64::NAN)
}

/// By outcome, then by the columns one after another.
fn compare(columns: &[&[f64]], was_kept: &[bool], (one, other): (u32, u32)) -> Ordering {
    let kept = |row: u32| was_kept.get(row as usize);
    let by_column = |column: &&[f64]| value_at(column, one).total_cmp(&value_at(column, other));
    let by_columns = || columns.iter().map(by_column).find(|it| it.is_ne());
    kept(one)
        .cmp(&kept(other))
        .then_with(|| by_columns().unwrap_or(Ordering::Equal))
}

/// The mean and the spread of the values that are there.
fn of_column(order: &[u32], column: &[f64]) -> Weight {
    let present = || {
        let values = order.iter().map(|row| value_at(column, *row));
        values.filter(|value| !value.is_nan())
    };
    let count = present().count() as f64;
    let mean = if count > 0.0 {
        math::sum(present()) / count
    } else {
        0.0
    };
    let squares = math::sum(present().map(|value| (value - mean) * (value - mean)));
    let spread = math::sqrt(squares / count.max(1.0));
    // Rounding leaves some 1e-16 of the mean as the spread of equal values.
    let varies = spread > 1e-12 * mean.abs() && spread.is_finite();
    Weight {
        per_unit: if varies { spread } else { 0.0 },
        per_spread: 0.0,
        mean,
        missing: (order.len() as f64 - count) as u64,
        varies,
    }
}
