//! Logistic regression with weights that cannot be negative: which measures told the kept from the
//! lost, and how much of a say each deserves.
//!
//! Takes: columns of numbers, more being healthier, and whether each case was kept. Gives: a weight
//! a column, and for every case the chance told by a fit that did not see it.
//! Never: a weight below 0; a fit on too few outcomes.
//! Start at [`fit`]. Cases: below, and `tests/coverage.rs`.

mod choose;
mod newton;
mod scaled;

use newton::{Rows, Search};
use scaled::Scaled;

use super::rng::Rng;

/// Name of the method of [`fit`], as shown to a reader.
pub const METHOD: &str = "logistic regression, ridge, weights ≥ 0";
/// With fewer lost or fewer kept than this nothing is fitted.
///
/// Ten events for each weight is the old rule without a penalty; the penalty, chosen on cases that
/// a fit has not seen, takes its place from here on.
pub const FEWEST_OUTCOMES: u64 = 10;

/// Into so many parts the cases are dealt; each is told by a fit on the others.
pub const FOLDS: usize = 5;

/// What was fitted.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// One for each column, in their order.
    pub weights: Vec<Weight>,
    /// The log-odds of being kept where every column has its mean.
    pub intercept: f64,
    /// The penalty chosen: half of it times the sum of the squared weights per spread is added to
    /// the negative log-likelihood.
    pub penalty: f64,
    /// How many were lost.
    pub lost: u64,
    /// How many were kept.
    pub kept: u64,
    /// For each case, in the order given, the chance of being kept told by a fit at the same
    /// penalty on the four fifths of the cases that it does not belong to; above 0, below 1.
    /// A score of how well the weights do is made of these, or it flatters them.
    pub told: Vec<f64>,
}

/// What one column counts for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weight {
    /// What one unit more adds to the log-odds of being kept; at least 0.
    pub per_unit: f64,
    /// What one standard deviation more adds to them; at least 0.
    pub per_spread: f64,
    /// The mean of the column, which stands for every missing value.
    pub mean: f64,
    /// How many values were missing.
    pub missing: u64,
    /// Whether the column has two different values at all; if not, its weight is 0.
    pub varies: bool,
}

impl Fit {
    /// The weights per unit as shares of their sum, in the order of the columns: the weights of a
    /// score whose measures are all in the same points.
    ///
    /// `None` where all weights are 0: no column told the kept from the lost.
    pub fn shares(&self) -> Option<Vec<f64>> {
        let sum: f64 = self.weights.iter().map(|weight| weight.per_unit).sum();
        let share = |weight: &Weight| weight.per_unit / sum;
        (sum > 0.0).then(|| self.weights.iter().map(share).collect())
    }
}

/// Why nothing was fitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoFit {
    /// Fewer than [`FEWEST_OUTCOMES`] were lost, or kept.
    TooFew {
        /// How many were lost.
        lost: u64,
        /// How many were kept.
        kept: u64,
    },
    /// No column has two different values.
    NothingVaries,
    /// Columns of different lengths, or a value that is infinite.
    NotCases,
}

/// The weights, each at least 0, under which `columns` tell best who was kept.
///
/// A value that is missing is NaN and counts as the mean of the rest of its column. Columns are
/// brought to a spread of 1 first, so that the penalty treats all alike, and the penalty is the one
/// of nine, from 0.25 to 16,384, whose fits tell cases they have not seen best (log-loss, five parts
/// dealt by `seed`); of more than 5,000 cases, that many are drawn for the choice. Where lost and
/// kept do not overlap the penalty keeps the weights finite. The order of the cases changes nothing.
///
/// # Errors
/// As [`NoFit`] tells.
///
/// # Source
/// Le Cessie & van Houwelingen (1992), "Ridge estimators in logistic regression"; Bertsekas (1982),
/// "Projected Newton methods for optimization problems with simple constraints"; Prentice & Pyke
/// (1979) on drawing more of the rarer outcome, which changes the intercept alone.
pub fn fit(columns: &[&[f64]], was_kept: &[bool], seed: u64) -> Result<Fit, NoFit> {
    let fits = |column: &&[f64]| {
        column.len() == was_kept.len() && !column.iter().any(|value| value.is_infinite())
    };
    if !columns.iter().all(fits) {
        return Err(NoFit::NotCases);
    }
    let kept = was_kept.iter().filter(|kept| **kept).count() as u64;
    let lost = was_kept.len() as u64 - kept;
    if lost.min(kept) < FEWEST_OUTCOMES {
        return Err(NoFit::TooFew { lost, kept });
    }
    let scaled = Scaled::of(columns, was_kept);
    if scaled.width == 1 {
        return Err(NoFit::NothingVaries);
    }
    let rows = scaled.rows();
    let mut rng = Rng::from_seed(seed);
    let dealt = choose::deal(&scaled.kept, &mut rng);
    let penalty = choose::penalty(&rows, &dealt);
    let everyone: Vec<u32> = (0..was_kept.len() as u32).collect();
    let mut search = newton::start(&rows, &everyone);
    newton::fit(&rows, &everyone, penalty, &mut search);
    let told = told(&rows, &dealt.folds, (penalty, &search));
    let at = search.at;
    let mut found = Fit {
        weights: scaled.weights,
        intercept: at.first().copied().unwrap_or_default(),
        penalty,
        lost,
        kept,
        told: vec![0.0; was_kept.len()],
    };
    let varying = found.weights.iter_mut().filter(|weight| weight.varies);
    for (weight, per_spread) in varying.zip(at.iter().skip(1)) {
        // `per_unit` holds the spread until now.
        weight.per_unit = per_spread / weight.per_unit;
        weight.per_spread = *per_spread;
    }
    for (place, told) in scaled.order.iter().zip(told) {
        if let Some(own) = found.told.get_mut(*place as usize) {
            *own = told;
        }
    }
    Ok(found)
}

/// The chance of being kept of each row, by the fit on the other folds.
fn told(rows: &Rows<'_>, folds: &[u8], (penalty, near): (f64, &Search)) -> Vec<f64> {
    let mut told = vec![0.0; folds.len()];
    for fold in 0..FOLDS as u8 {
        let others: Vec<u32> = (0..folds.len() as u32)
            .zip(folds)
            .filter_map(|(row, of)| (*of != fold).then_some(row))
            .collect();
        let mut search = near.clone();
        newton::fit(rows, &others, penalty, &mut search);
        for (row, own) in (0..).zip(&mut told) {
            if folds.get(row as usize) == Some(&fold) {
                *own = newton::chance(rows.line(row, &search.at));
            }
        }
    }
    told
}

#[cfg(test)]
mod tests;
