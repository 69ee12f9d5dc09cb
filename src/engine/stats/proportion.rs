//! Proportions: intervals and the comparison of two.

use super::normal;
use crate::engine::base::math;

/// Name of the method of [`wilson`], as shown to a reader.
pub const WILSON: &str = "Wilson score";
/// Name of the method of [`newcombe_difference`], as shown to a reader.
pub const NEWCOMBE: &str = "Newcombe hybrid score";
/// Name of the method of [`two_proportion_p`], as shown to a reader.
pub const POOLED_Z: &str = "two-proportion z test, pooled";

/// Wilson score interval of a proportion, without continuity correction.
///
/// Both ends lie in 0..=1; with no success the lower end is exactly 0, with nothing but successes
/// the upper end is exactly 1. `None` without trials, with more successes than trials, or unless
/// 0 < level < 1.
///
/// Formula: (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n), where p = successes/n and z is the
/// normal quantile of the level. Assumes independent trials.
///
/// # Source
/// Wilson, E. B. (1927), "Probable inference, the law of succession, and statistical inference".
pub fn wilson(successes: u64, n: u64, level: f64) -> Option<(f64, f64)> {
    let z = normal::half_width(level)?;
    wilson_with(successes, n, z)
}

/// Newcombe's 95 % interval of the difference of two proportions, the first less the second.
///
/// Both ends lie in −1..=1. `None` without trials on a side, or with more successes than trials.
/// Never narrower at the edges (0 % or 100 %) than the sample warrants, unlike the textbook's.
///
/// # Source
/// Newcombe, R. G. (1998), "Interval estimation for the difference between independent
/// proportions", method 10.
pub fn newcombe_difference(
    successes_first: u64,
    n_first: u64,
    successes_second: u64,
    n_second: u64,
) -> Option<(f64, f64)> {
    let (low_first, high_first) = wilson_with(successes_first, n_first, normal::Z_95)?;
    let (low_second, high_second) = wilson_with(successes_second, n_second, normal::Z_95)?;
    let first = successes_first as f64 / n_first as f64;
    let second = successes_second as f64 / n_second as f64;
    let difference = first - second;
    let below = hypotenuse(first - low_first, high_second - second);
    let above = hypotenuse(high_first - first, second - low_second);
    Some((
        (difference - below).max(-1.0),
        (difference + above).min(1.0),
    ))
}

/// Two-sided p-value for two equal proportions, from the pooled z statistic.
///
/// `None` where [`two_proportion_z`] is.
pub fn two_proportion_p(
    successes_first: u64,
    n_first: u64,
    successes_second: u64,
    n_second: u64,
) -> Option<f64> {
    two_proportion_z(successes_first, n_first, successes_second, n_second).map(normal::two_sided_p)
}

/// The pooled z statistic of two proportions, the first less the second.
///
/// `None` without trials on a side, with more successes than trials, and where all trials of both
/// sides succeeded or all failed: there is then no variance to compare with.
///
/// # Source
/// Textbook score test; the same as Pearson's chi-squared (1900) of the 2 × 2 table, unsquared.
pub fn two_proportion_z(
    successes_first: u64,
    n_first: u64,
    successes_second: u64,
    n_second: u64,
) -> Option<f64> {
    if n_first == 0 || n_second == 0 || successes_first > n_first || successes_second > n_second {
        return None;
    }
    let (n_first, n_second) = (n_first as f64, n_second as f64);
    let (successes_first, successes_second) = (successes_first as f64, successes_second as f64);
    let pooled = (successes_first + successes_second) / (n_first + n_second);
    let variance = pooled * (1.0 - pooled) * (1.0 / n_first + 1.0 / n_second);
    if variance <= 0.0 {
        return None;
    }
    Some((successes_first / n_first - successes_second / n_second) / math::sqrt(variance))
}

/// Wilson's interval, `z` standard errors wide on each side.
fn wilson_with(successes: u64, n: u64, z: f64) -> Option<(f64, f64)> {
    if n == 0 || successes > n {
        return None;
    }
    let trials = n as f64;
    let share = successes as f64 / trials;
    let square = z * z;
    let shrink = 1.0 + square / trials;
    let centre = (share + square / (2.0 * trials)) / shrink;
    let variance = share * (1.0 - share) / trials + square / (4.0 * trials * trials);
    let margin = z * math::sqrt(variance) / shrink;
    // At the edges the ends are exact; rounding would leave a residue of 1e-17.
    let low = if successes == 0 { 0.0 } else { centre - margin };
    let high = if successes == n { 1.0 } else { centre + margin };
    Some((low.clamp(0.0, share), high.clamp(share, 1.0)))
}

/// Length of the vector (x, y).
fn hypotenuse(x: f64, y: f64) -> f64 {
    math::sqrt(x * x + y * y)
}
