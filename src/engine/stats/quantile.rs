//! Quantiles and medians, of sorted values and of values in any order.

use super::change::Change;
use super::normal;
use super::ranked::Ranked;
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
/// `None` without values, or when a share lies outside 0..=1.
pub fn select_quantiles(values: &mut Ranked<'_>, shares: &[f64]) -> Option<Vec<f64>> {
    values.find(&quantile_ranks(values.len(), shares)?);
    shares
        .iter()
        .map(|&share| {
            let (rank, fraction) = place(values.len(), share)?;
            let below = values.at(rank)?;
            between(below, values.at(rank + 1).unwrap_or(below), fraction)
        })
        .collect()
}

/// Finds in one pass what [`select_quantiles`] of these shares, [`select_median_interval`] at this
/// level and [`select_median`] will ask for, and the value of another rank.
pub fn look_ahead(values: &mut Ranked<'_>, shares: &[f64], level: f64, other: usize) {
    let count = values.len();
    let mut ranks = quantile_ranks(count, shares).unwrap_or_default();
    ranks.push(other);
    ranks.extend(quantile_ranks(count, &[0.5]).unwrap_or_default());
    let ends = median_ranks(count, level).into_iter();
    let ends = ends.chain(error_ranks(count).map(|(low, high, _)| (low, high)));
    ranks.extend(ends.flat_map(|(low, high)| [low, high]));
    values.find(&ranks);
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

/// Interval of the quantile at `p` for values in any order: the narrowest order statistics that
/// leave at most half of what the level allows on either side.
///
/// Assumes nothing about the distribution. The ranks come from the binomial distribution: summed for
/// up to 1,000 values, by its normal approximation with continuity correction above. `None` when
/// the sample is too small (of the 90th percentile, fewer than 36 values at 95 %), or unless
/// 0 < p < 1 and 0 < level < 1.
///
/// # Source
/// Conover (1999), "Practical nonparametric statistics", section 3.2.
pub fn select_quantile_interval(values: &mut Ranked<'_>, p: f64, level: f64) -> Option<(f64, f64)> {
    let (low, high) = interval_ranks(values.len(), p, level)?;
    values.find(&[low, high]);
    Some((values.at(low)?, values.at(high)?))
}

/// Ranks (from 0) of the order statistics that bound the quantile at `p`.
pub(super) fn interval_ranks(count: usize, p: f64, level: f64) -> Option<(usize, usize)> {
    let z = normal::half_width(level)?;
    if !(p > 0.0 && p < 1.0) {
        return None;
    }
    // How many values lie below the quantile is binomial: from below, and seen from above.
    let below = |p: f64| {
        if count <= EXACT_UP_TO {
            fewest(count, p, (1.0 - level) / 2.0)
        } else {
            let n = count as f64;
            (n * p + 0.5 - z * math::sqrt(n * p * (1.0 - p))).max(0.0) as usize
        }
    };
    let low = below(p).checked_sub(1)?;
    let high = count - 1 - below(1.0 - p).checked_sub(1)?;
    (low <= high).then_some((low, high))
}

/// How many more than none there are with so small a chance: the greatest k for which fewer than k
/// of `count` with chance `p` each happen with a probability of at most `tail`.
fn fewest(count: usize, p: f64, tail: f64) -> usize {
    let mut log_term = count as f64 * math::ln(1.0 - p);
    let odds = math::ln(p) - math::ln(1.0 - p);
    let mut total = 0.0;
    for k in 0..=count {
        total += math::exp(log_term);
        if total > tail {
            return k;
        }
        log_term += math::ln((count - k) as f64 / (k + 1) as f64) + odds;
    }
    count
}

/// [`median_interval`] for values in any order.
pub fn select_median_interval(values: &mut Ranked<'_>, level: f64) -> Option<(f64, f64)> {
    let (low, high) = median_ranks(values.len(), level)?;
    values.find(&[low, high]);
    Some((values.at(low)?, values.at(high)?))
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

/// [`median_of`] for values in any order.
pub fn select_median(values: &mut Ranked<'_>) -> Option<Median> {
    let (low, high, z) = error_ranks(values.len())?;
    let median = *select_quantiles(values, &[0.5])?.first()?;
    values.find(&[low, high]);
    let spread = values.at(high)? - values.at(low)?;
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
pub(super) fn place(count: usize, p: f64) -> Option<(usize, f64)> {
    if !(0.0..=1.0).contains(&p) {
        return None;
    }
    let position = count.checked_sub(1)? as f64 * p;
    let rank = position.floor();
    Some((rank as usize, position - rank))
}

/// The point `fraction` of the way from `below` to `above`; `None` when that is not finite.
pub(super) fn between(below: f64, above: f64, fraction: f64) -> Option<f64> {
    let point = below + (above - below) * fraction;
    point.is_finite().then_some(point)
}

/// The ranks that the quantiles of these shares lie between; `None` as [`place`].
fn quantile_ranks(count: usize, shares: &[f64]) -> Option<Vec<usize>> {
    let places = shares.iter().map(|&share| place(count, share));
    let places: Vec<(usize, f64)> = places.collect::<Option<_>>()?;
    let both = places.into_iter().flat_map(|(rank, _)| [rank, rank + 1]);
    Some(both.collect())
}

/// Price and Bonett's two ranks (from 0), and the normal quantile that their coverage stands for.
pub(super) fn error_ranks(count: usize) -> Option<(usize, usize, f64)> {
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

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    /// Source: Price & Bonett's standard error and the interval of the median, as the
    /// documentation of the R package statpsych 2.0.0, `ci.median`, gives them.
    #[test]
    fn ten_values_give_the_published_median() {
        let sorted = [25.0, 29.0, 35.0, 36.0, 36.0, 40.0, 41.0, 43.0, 44.0, 54.0];
        let median = median_of(&sorted).unwrap();
        assert_close(median.median, 38.0, 0.0);
        assert_close(median.standard_error, 3.261_774, 5e-7);
        assert_eq!(median_interval(&sorted, 0.95), Some((29.0, 44.0)));
    }

    /// Source: documentation of the R package DGB by Bonett, `ci.median.os`.
    ///
    /// Known difference: later versions of his statpsych take rank n/2 − √n, one further out
    /// here, and give 4.270922; the paper's (n + 1)/2 − √n stays.
    #[test]
    fn nineteen_values_give_the_published_standard_error() {
        let values = [
            30.0, 20.0, 15.0, 10.0, 10.0, 60.0, 20.0, 25.0, 20.0, 30.0, 10.0, 5.0, 50.0, 40.0,
            20.0, 10.0, 0.0, 20.0, 50.0,
        ];
        let mut ranked = Ranked::of(&values).unwrap();
        let median = select_median(&mut ranked).unwrap();
        assert_close(median.median, 20.0, 0.0);
        assert_close(median.standard_error, 5.390_263, 5e-7);
        assert_eq!(
            select_median_interval(&mut ranked, 0.95),
            Some((10.0, 30.0))
        );
    }

    /// Source: documentation of the R packages DGB (`ci.median.is`) and statpsych (`ci.median2`).
    #[test]
    fn two_medians_compare_as_published() {
        let first = [26.0, 27.0, 29.0, 32.0, 34.0, 35.0, 37.0, 39.0, 40.0, 43.0];
        let second = [31.0, 33.0, 36.0, 39.0, 42.0, 44.0, 46.0, 47.0, 48.0, 49.0];
        let change = median_change(&first, &second).unwrap();
        assert_close(change.difference, -8.5, 0.0);
        assert_close(change.difference / change.statistic, 4.316_291, 5e-7);
        assert_close(change.low, -16.95977, 5e-6);
        assert_close(change.high, -0.040_225_24, 5e-9);
    }

    #[test]
    fn five_values_are_too_few_for_an_interval_of_the_median() {
        let five = [1.0, 2.0, 3.0, 4.0, 5.0];
        assert_eq!(median_interval(&five, 0.95), None);
        assert_eq!(median_interval(&five, 0.90), Some((1.0, 5.0)));
        assert_eq!(
            median_interval(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 0.95),
            Some((1.0, 6.0))
        );
        assert_eq!(median_of(&five), None);
        assert_eq!(median_interval(&[], 0.95), None);
        assert_eq!(median_interval(&five, 1.5), None);
    }

    #[test]
    fn equal_middles_are_not_compared() {
        assert_eq!(median_change(&[3.0; 9], &[4.0; 9]), None);
    }

    /// The ranks were found by summing the binomial distribution term by term in another language.
    #[test]
    fn ranks_of_the_ninetieth_percentile() {
        assert_eq!(interval_ranks(35, 0.9, 0.95), None);
        assert_eq!(interval_ranks(36, 0.9, 0.95), Some((28, 35)));
        assert_eq!(interval_ranks(100, 0.9, 0.95), Some((83, 95)));
        for count in [20, 77, 1_000, 5_000] {
            assert_eq!(interval_ranks(count, 0.5, 0.95), median_ranks(count, 0.95));
        }
    }

    #[test]
    fn a_share_outside_zero_to_one_has_no_quantile() {
        for share in [-0.01, 1.01, f64::NAN] {
            assert_eq!(type7(&[1.0, 2.0], share), None);
            let mut ranked = Ranked::of(&[1.0, 2.0]).unwrap();
            assert_eq!(select_quantiles(&mut ranked, &[0.5, share]), None);
        }
        assert_eq!(type7(&[], 0.5), None);
        assert_eq!(
            select_quantiles(&mut Ranked::of(&[]).unwrap(), &[0.5]),
            None
        );
    }
}
