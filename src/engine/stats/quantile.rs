//! Quantiles and medians, without a full sort where the sample is large.

use super::change::Change;
use super::normal;
use crate::engine::base::math;

/// Name of the method of [`type7`], as shown to a reader.
pub const TYPE_7: &str = "linear interpolation (type 7)";
/// Name of the method of [`median_interval`], as shown to a reader.
pub const ORDER_STATISTICS: &str = "order statistics";
/// Name of the method of [`median_change`], as shown to a reader.
pub const PRICE_BONETT: &str = "Price-Bonett standard errors of medians";

/// Up to this many values the binomial distribution is summed; above, it is taken as normal.
const EXACT_UP_TO: usize = 1_000;
/// From this many values on a 95 % interval of a median exists.
const FEWEST_FOR_CHANGE: usize = 6;

/// A median with the standard error that [`median_change`] compares medians with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Median {
    /// The middle value, or the mean of the middle two.
    pub median: f64,
    /// Price and Bonett's standard error, in the unit of the values.
    pub standard_error: f64,
}

/// The quantile of sorted values at `p`, by linear interpolation between ranks.
///
/// `p` runs from 0 (the smallest) to 1 (the largest). `None` without values, or unless 0 <= p <= 1.
/// The default of R, numpy and spreadsheets (`PERCENTILE.INC`).
///
/// # Source
/// Hyndman & Fan (1996), "Sample quantiles in statistical packages", type 7.
pub fn type7(sorted: &[f64], p: f64) -> Option<f64> {
    let (rank, fraction) = place(sorted.len(), p)?;
    let below = *sorted.get(rank)?;
    let above = sorted.get(rank + 1).copied().unwrap_or(below);
    between(below, above, fraction)
}

/// The type 7 quantiles of values in any order, each asked for by its share.
///
/// Reorders the values, but does not sort them: selection takes time proportional to their number.
/// `None` without values, when a share lies outside 0..=1, or when a value is not finite.
pub fn select_quantiles(values: &mut [f64], shares: &[f64]) -> Option<Vec<f64>> {
    if values.iter().any(|value| !value.is_finite()) {
        return None;
    }
    let places: Vec<(usize, f64)> = shares
        .iter()
        .map(|&share| place(values.len(), share))
        .collect::<Option<_>>()?;
    let last = values.len().checked_sub(1)?;
    let mut ranks: Vec<usize> = places
        .iter()
        .flat_map(|&(rank, _)| [rank, (rank + 1).min(last)])
        .collect();
    select_ranks(values, &mut ranks);
    places
        .iter()
        .map(|&(rank, fraction)| {
            let above = *values.get((rank + 1).min(last))?;
            between(*values.get(rank)?, above, fraction)
        })
        .collect()
}

/// Interval of the median of sorted values: the smallest symmetric pair of order statistics whose
/// coverage is at least the level.
///
/// Assumes nothing about the distribution. The pair comes from the binomial distribution: summed
/// for up to 1,000 values, by its normal approximation with continuity correction above. `None`
/// when the sample is too small for the level (fewer than 6 values at 95 %), or unless
/// 0 < level < 1.
///
/// # Source
/// Thompson, W. R. (1936), "On confidence ranges for the median"; Conover (1999), section 3.2.
pub fn median_interval(sorted: &[f64], level: f64) -> Option<(f64, f64)> {
    let (low, high) = median_ranks(sorted.len(), level)?;
    Some((*sorted.get(low)?, *sorted.get(high)?))
}

/// [`median_interval`] for values in any order, which it reorders.
///
/// `None` also when a value is not finite.
pub fn select_median_interval(values: &mut [f64], level: f64) -> Option<(f64, f64)> {
    if values.iter().any(|value| !value.is_finite()) {
        return None;
    }
    let (low, high) = median_ranks(values.len(), level)?;
    select_ranks(values, &mut [low, high]);
    Some((*values.get(low)?, *values.get(high)?))
}

/// Ranks (from 0) of the order statistics that bound the median; `None` as [`median_interval`].
pub fn median_ranks(count: usize, level: f64) -> Option<(usize, usize)> {
    let z = normal::half_width(level)?;
    let n = count as f64;
    let below = if count <= EXACT_UP_TO {
        let tail = (1.0 - level) / 2.0;
        let mut below = 0;
        while lower_tail(count, below) <= tail {
            below += 1;
        }
        below
    } else {
        (n / 2.0 + 0.5 - z * math::sqrt(n) / 2.0).max(0.0) as usize
    };
    let low = below.checked_sub(1)?;
    let high = count.checked_sub(below)?;
    (low <= high).then_some((low, high))
}

/// The median of sorted values, with its standard error; `None` with fewer than 6 values.
///
/// # Source
/// Price & Bonett (2001), "Estimating the variance of the sample median".
pub fn median_of(sorted: &[f64]) -> Option<Median> {
    let (low, high, z) = error_ranks(sorted.len())?;
    let spread = sorted.get(high)? - sorted.get(low)?;
    Some(Median {
        median: type7(sorted, 0.5)?,
        standard_error: spread / (2.0 * z),
    })
}

/// [`median_of`] for values in any order, which it reorders; `None` also when one is not finite.
pub fn select_median(values: &mut [f64]) -> Option<Median> {
    let (low, high, z) = error_ranks(values.len())?;
    let median = *select_quantiles(values, &[0.5])?.first()?;
    select_ranks(values, &mut [low, high]);
    let spread = values.get(high)? - values.get(low)?;
    Some(Median {
        median,
        standard_error: spread / (2.0 * z),
    })
}

/// How the median of the first sorted sample differs from that of the second.
///
/// Normal interval and p-value with Price and Bonett's standard errors. `None` with fewer than 6
/// values on a side, or when the middle of neither sample shows any spread.
///
/// # Source
/// Price & Bonett (2002), "Distribution-free confidence intervals for difference and ratio of
/// medians".
pub fn median_change(first_sorted: &[f64], second_sorted: &[f64]) -> Option<Change> {
    median_change_from(&median_of(first_sorted)?, &median_of(second_sorted)?)
}

/// [`median_change`], from medians already taken.
pub fn median_change_from(first: &Median, second: &Median) -> Option<Change> {
    let squared =
        first.standard_error * first.standard_error + second.standard_error * second.standard_error;
    Change::from_standard_error(
        first.median - second.median,
        math::sqrt(squared),
        PRICE_BONETT,
    )
}

/// Rank (from 0) and the fraction towards the next at the share `p` of `count` values.
fn place(count: usize, p: f64) -> Option<(usize, f64)> {
    if !(0.0..=1.0).contains(&p) {
        return None;
    }
    let position = count.checked_sub(1)? as f64 * p;
    let rank = position.floor();
    Some((rank as usize, position - rank))
}

/// The point `fraction` of the way from `below` to `above`; `None` when that is not finite.
fn between(below: f64, above: f64, fraction: f64) -> Option<f64> {
    let point = below + (above - below) * fraction;
    point.is_finite().then_some(point)
}

/// Brings each rank's value to its place, smallest rank first, so that each step looks only at
/// what the steps before left above.
fn select_ranks(values: &mut [f64], ranks: &mut [usize]) {
    ranks.sort_unstable();
    let mut start = 0;
    for &rank in ranks.iter() {
        if rank < start || rank >= values.len() {
            continue;
        }
        if let Some(rest) = values.get_mut(start..) {
            rest.select_nth_unstable_by(rank - start, f64::total_cmp);
        }
        start = rank + 1;
    }
}

/// Price and Bonett's two ranks (from 0), and the normal quantile that their coverage stands for.
fn error_ranks(count: usize) -> Option<(usize, usize, f64)> {
    if count < FEWEST_FOR_CHANGE {
        return None;
    }
    let n = count as f64;
    let rank = (f64::midpoint(n, 1.0) - math::sqrt(n))
        .round_ties_even()
        .max(1.0);
    let low = rank as usize - 1;
    let z = if count <= EXACT_UP_TO {
        normal::quantile(lower_tail(count, low))?.abs()
    } else {
        (n / 2.0 - (rank - 0.5)) / (math::sqrt(n) / 2.0)
    };
    Some((low, count - 1 - low, z))
}

/// Probability of at most `successes` heads in `count` tosses of a fair coin, count <= 1,000.
fn lower_tail(count: usize, successes: usize) -> f64 {
    // 2^-1000 is still an ordinary number, so the terms need no logarithms.
    let mut term = math::pow(0.5, count as f64);
    let mut total = term;
    for head in 1..=successes.min(count) {
        term *= (count + 1 - head) as f64 / head as f64;
        total += term;
    }
    total
}
