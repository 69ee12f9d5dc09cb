//! Proportions: intervals and the comparison of two.

use super::normal;
use crate::engine::base::math;

/// Name of the method of [`wilson`], as shown to a reader.
pub const WILSON: &str = "Wilson score";
/// Name of the method of [`newcombe_difference`], as shown to a reader.
pub const NEWCOMBE: &str = "Newcombe hybrid score";
/// Name of the method of [`two_proportion_p`], as shown to a reader.
pub const POOLED_Z: &str = "two-proportion z test, pooled";
/// Name of the two together: the p-value by the one, the interval of the difference by the other.
pub const DIFFERENCE: &str = "two-proportion z test, pooled; Newcombe hybrid score interval";

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
    wilson_with(successes as f64, n as f64, z)
}

/// [`wilson`] at 95 % where the counts may be broken, because cases count with a share.
///
/// `None` as [`wilson`], and unless both are finite and at least 0.
pub fn wilson_of_shares(successes: f64, n: f64) -> Option<(f64, f64)> {
    wilson_with(successes, n, normal::Z_95)
}

/// Name of the method of [`upper_bound_of_none`], as shown to a reader.
pub const UPPER_BOUND: &str = "Clopper–Pearson, upper bound of none found";

/// The exact upper bound of a proportion of which no success was found among n trials, on one side.
///
/// Between 0 and 1; close to 3/n at 95 %. `None` without trials, or unless 0 < level < 1.
///
/// Formula: 1 − (1 − level)^(1/n). Assumes independent trials.
///
/// # Source
/// Clopper, C. and Pearson, E. S. (1934), "The use of confidence or fiducial limits illustrated in
/// the case of the binomial"; Hanley, J. and Lippman-Hand, A. (1983) for the rule of three.
pub fn upper_bound_of_none(n: u64, level: f64) -> Option<f64> {
    let is_level = level > 0.0 && level < 1.0;
    (n > 0 && is_level).then(|| 1.0 - math::pow(1.0 - level, 1.0 / n as f64))
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
    let (low_first, high_first) =
        wilson_with(successes_first as f64, n_first as f64, normal::Z_95)?;
    let (low_second, high_second) =
        wilson_with(successes_second as f64, n_second as f64, normal::Z_95)?;
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
fn wilson_with(successes: f64, trials: f64, z: f64) -> Option<(f64, f64)> {
    if !(trials > 0.0 && trials.is_finite() && (0.0..=trials).contains(&successes)) {
        return None;
    }
    let share = successes / trials;
    let square = z * z;
    let shrink = 1.0 + square / trials;
    let centre = (share + square / (2.0 * trials)) / shrink;
    let variance = share * (1.0 - share) / trials + square / (4.0 * trials * trials);
    let margin = z * math::sqrt(variance) / shrink;
    // At the edges the ends are exact; rounding would leave a residue of 1e-17.
    let low = if successes <= 0.0 {
        0.0
    } else {
        centre - margin
    };
    let high = if successes >= trials {
        1.0
    } else {
        centre + margin
    };
    Some((low.clamp(0.0, share), high.clamp(share, 1.0)))
}

/// Length of the vector (x, y).
fn hypotenuse(x: f64, y: f64) -> f64 {
    math::sqrt(x * x + y * y)
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    #[track_caller]
    fn check((low, high): (f64, f64), expected_low: f64, expected_high: f64, tolerance: f64) {
        assert_close(low, expected_low, tolerance);
        assert_close(high, expected_high, tolerance);
    }

    /// None of 20 is the textbook's 13.9 %; of many trials it is three over their number.
    #[test]
    fn none_found_is_bounded_from_above() {
        let bound = |n| upper_bound_of_none(n, 0.95).unwrap();
        assert_close(bound(20), 0.139_108_340_668, 1e-11);
        assert_close(bound(1_000_000) * 1e6, 2.995_727_79, 1e-7);
        assert_eq!(upper_bound_of_none(0, 0.95), None);
        assert_eq!(upper_bound_of_none(5, 1.0), None);
    }

    /// Vector G12 of the KPI catalogue, in per cent.
    #[test]
    fn wilson_gives_the_catalogue_vectors() {
        for (successes, n, low, high) in [
            (8, 10, 0.49016, 0.94332),
            (80, 100, 0.71117, 0.86663),
            (0, 20, 0.0, 0.16113),
            (13, 19, 0.46010, 0.84636),
        ] {
            check(wilson(successes, n, 0.95).unwrap(), low, high, 5e-6);
        }
    }

    /// Source: Newcombe (1998), "Two-sided confidence intervals for the single proportion",
    /// table I, method 3.
    #[test]
    fn wilson_gives_newcombes_table() {
        check(wilson(81, 263, 0.95).unwrap(), 0.2553, 0.3662, 5e-5);
        check(wilson(15, 148, 0.95).unwrap(), 0.0624, 0.1605, 5e-5);
        check(wilson(0, 20, 0.95).unwrap(), 0.0, 0.1611, 5e-5);
        check(wilson(1, 29, 0.95).unwrap(), 0.0061, 0.1718, 5e-5);
    }

    /// Source: Newcombe (1998), "Interval estimation for the difference between independent
    /// proportions", table II, method 10.
    #[test]
    fn newcombe_gives_newcombes_table() {
        for (first, n_first, second, n_second, low, high) in [
            (56, 70, 48, 80, 0.0524, 0.3339),
            (9, 10, 3, 10, 0.1705, 0.8090),
            (6, 7, 2, 7, 0.0582, 0.8062),
            (5, 56, 0, 29, -0.0381, 0.1926),
            (0, 10, 0, 20, -0.1611, 0.2775),
            (0, 10, 0, 10, -0.2775, 0.2775),
            (10, 10, 0, 20, 0.6791, 1.0),
            (10, 10, 0, 10, 0.6075, 1.0),
        ] {
            let interval = newcombe_difference(first, n_first, second, n_second).unwrap();
            check(interval, low, high, 5e-5);
        }
    }

    #[test]
    fn the_ends_are_exact_at_the_edges() {
        for n in [1, 2, 3, 10, 1_000_000] {
            let (none, _) = wilson(0, n, 0.99).unwrap();
            let (_, all) = wilson(n, n, 0.99).unwrap();
            assert_eq!(none.to_bits(), 0.0_f64.to_bits());
            assert_eq!(all.to_bits(), 1.0_f64.to_bits());
        }
    }

    #[test]
    fn no_trials_give_no_interval() {
        assert_eq!(wilson(0, 0, 0.95), None);
        assert_eq!(wilson(2, 1, 0.95), None);
        assert_eq!(wilson(1, 2, 1.0), None);
        assert_eq!(newcombe_difference(0, 0, 1, 2), None);
        assert_eq!(newcombe_difference(1, 2, 3, 2), None);
        assert_eq!(two_proportion_p(0, 0, 1, 2), None);
        assert_eq!(two_proportion_p(3, 2, 1, 2), None);
    }

    #[test]
    fn two_sides_without_variance_are_not_compared() {
        assert_eq!(two_proportion_p(5, 5, 9, 9), None);
        assert_eq!(two_proportion_p(0, 5, 0, 9), None);
    }
}
