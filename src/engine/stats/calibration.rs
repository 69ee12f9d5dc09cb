//! Whether chances that were told came true as often as was told.

use super::minimise::{Slope, minimise};
use super::normal;
use super::proportion;
use crate::engine::base::math;

/// Cases that lie next to each other by what was told of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// The lowest value told in it.
    pub from: f64,
    /// The highest.
    pub to: f64,
    /// The mean of the values told.
    pub told: f64,
    /// How many cases; at least 1.
    pub count: u64,
    /// To how many of them it happened.
    pub happened: u64,
    /// `happened` ÷ `count`, 0 to 1.
    pub observed: f64,
    /// Lower end of the 95 % interval of `observed` (Wilson).
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Cases in about `bins` groups of equal size, the lowest values first; the values may be chances
/// or a score.
///
/// Equal values are never parted, so there may be fewer groups, and of different sizes: the order
/// of rows decides nothing. `None` without cases, for no bins, when the slices differ in length,
/// and when a value is no number.
pub fn bins(told: &[f64], happened: &[bool], bins: u32) -> Option<Vec<Bin>> {
    if told.is_empty() || told.len() != happened.len() || bins == 0 {
        return None;
    }
    if !told.iter().all(|value| value.is_finite()) {
        return None;
    }
    let mut pairs: Vec<(f64, bool)> = told.iter().copied().zip(happened.iter().copied()).collect();
    pairs.sort_unstable_by(|one, other| one.0.total_cmp(&other.0));
    let size = pairs.len() as f64 / f64::from(bins);
    let mut found = Vec::new();
    let mut from = 0;
    for number in 1..=bins {
        let ideal = (f64::from(number) * size).round() as usize;
        let mut to = ideal.clamp(from, pairs.len());
        // On to the next different value.
        while let (Some(here), Some(next)) = (to.checked_sub(1), pairs.get(to)) {
            let different = pairs.get(here).is_none_or(|last| next.0 - last.0 > 0.0);
            if different {
                break;
            }
            to += 1;
        }
        if let Some(bin) = pairs.get(from..to).and_then(of_group) {
            found.push(bin);
            from = to;
        }
    }
    Some(found)
}

/// One group of cases in order; `None` for none.
fn of_group(group: &[(f64, bool)]) -> Option<Bin> {
    let (first, last) = (group.first()?, group.last()?);
    let count = group.len() as u64;
    let happened = group.iter().filter(|pair| pair.1).count() as u64;
    let (low, high) = proportion::wilson(happened, count, 0.95)?;
    let mean = math::sum(group.iter().map(|pair| pair.0)) / count as f64;
    Some(Bin {
        from: first.0,
        to: last.0,
        told: mean.clamp(first.0, last.0),
        count,
        happened,
        observed: happened as f64 / count as f64,
        low,
        high,
    })
}

/// The Brier score of chances: the mean of (chance − outcome)².
///
/// 0 is perfect; telling everybody the share that it happened to gives share × (1 − share), at most
/// 0.25. `None` without cases, when the slices differ in length, and when a chance is not within 0
/// to 1.
///
/// # Source
/// Brier (1950), "Verification of forecasts expressed in terms of probability".
pub fn brier(chances: &[f64], happened: &[bool]) -> Option<f64> {
    let valid = chances.iter().all(|chance| (0.0..=1.0).contains(chance));
    if chances.is_empty() || chances.len() != happened.len() || !valid {
        return None;
    }
    let squares = chances.iter().zip(happened).map(|(chance, happened)| {
        let off = chance - f64::from(u8::from(*happened));
        off * off
    });
    Some(math::sum(squares) / chances.len() as f64)
}

/// How the log-odds that came true follow those that were told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calibration {
    /// 1 is right; below, the chances told are too extreme; above, too timid.
    pub slope: f64,
    /// The 95 % interval of `slope` (Wald), lower and upper end.
    pub slope_within: (f64, f64),
    /// What must be added to all log-odds told, at slope 1: 0 is right, above 0 it happened more
    /// often than told.
    pub intercept: f64,
    /// The 95 % interval of `intercept` (Wald), lower and upper end.
    pub intercept_within: (f64, f64),
}

/// Slope and intercept of calibration.
///
/// `None` when the slices differ in length, when a chance is not above 0 and below 1, when it
/// happened to all or to none, when all chances are equal, and where the chances part the outcomes
/// without an overlap (no slope is then the best).
///
/// # Source
/// Cox (1958), "Two further applications of a model for binary regression"; Van Calster et al.
/// (2019), "Calibration: the Achilles heel of predictive analytics" (intercept at slope 1).
pub fn calibration(chances: &[f64], happened: &[bool]) -> Option<Calibration> {
    let valid = chances.iter().all(|chance| *chance > 0.0 && *chance < 1.0);
    if chances.len() != happened.len() || !valid {
        return None;
    }
    let odds: Vec<f64> = chances
        .iter()
        .map(|chance| math::ln(chance / (1.0 - chance)))
        .collect();
    let (least, most) = odds
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), it| {
            (least.min(*it), most.max(*it))
        });
    let varies = most - least > 1e-9;
    let both = happened.contains(&true) && happened.contains(&false);
    if !varies || !both {
        return None;
    }
    let surprise = |at: &[f64; 2]| surprise(&odds, happened, *at);
    let both_free = minimise([0.0, 1.0], ([true, true], FARTHEST), &surprise)?;
    let at_one = minimise([0.0, 1.0], ([true, false], FARTHEST), &surprise)?;
    let within = |at: f64, variance: f64| {
        let margin = normal::Z_95 * math::sqrt(variance);
        (at - margin, at + margin)
    };
    let [_, slope] = both_free.at;
    let [intercept, _] = at_one.at;
    let slope_within = within(slope, both_free.inverse_curvature[1][1]);
    let intercept_within = within(intercept, at_one.inverse_curvature[0][0]);
    let ends = [slope_within.0, slope_within.1, intercept_within.0];
    ends.iter()
        .all(|end| end.is_finite())
        .then_some(Calibration {
            slope,
            slope_within,
            intercept,
            intercept_within,
        })
}

/// A slope or intercept beyond this is on its way to infinity.
const FARTHEST: f64 = 60.0;

/// The negative log-likelihood of the outcomes and its slope, if log-odds were `at[0]` plus `at[1]`
/// times those told.
fn surprise(odds: &[f64], happened: &[bool], at: [f64; 2]) -> Slope<2> {
    let (mut value, mut first, mut second) = (0.0, 0.0, 0.0);
    for (odds, happened) in odds.iter().zip(happened) {
        let line = at[0] + at[1] * odds;
        let against = if *happened { -line } else { line };
        // ln(1 + eˣ) without overflow.
        value += against.max(0.0) + math::ln_1p(math::exp(-against.abs()));
        let off = 1.0 / (1.0 + math::exp(-line)) - f64::from(u8::from(*happened));
        first += off;
        second += off * odds;
    }
    (value, [first, second])
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::super::rng::Rng;
    use super::*;

    /// Chances from a wide range, and outcomes that follow the log-odds as the first number plus
    /// the second times those told.
    fn world(count: u32, truth: [f64; 2], seed: u64) -> (Vec<f64>, Vec<bool>) {
        let mut rng = Rng::from_seed(seed);
        (0..count)
            .map(|_| {
                let odds = 6.0 * rng.unit() - 3.0;
                let line = truth[0] + truth[1] * odds;
                let chance = 1.0 / (1.0 + math::exp(-odds));
                (chance, rng.unit() < 1.0 / (1.0 + math::exp(-line)))
            })
            .unzip()
    }

    #[test]
    fn groups_hold_everyone_once_and_never_part_equals() {
        let told = [0.1, 0.2, 0.2, 0.2, 0.3, 0.4, 0.5, 0.6];
        let happened = [false, true, false, false, true, true, false, true];
        let found = bins(&told, &happened, 4).unwrap();
        let counts: Vec<[u64; 2]> = found.iter().map(|bin| [bin.count, bin.happened]).collect();
        assert_eq!(counts, [[4, 1], [2, 2], [2, 1]]);
        assert_close(found[0].told, 0.175, 1e-15);
        assert_close(found[0].observed, 0.25, 1e-15);
        assert!(found[1].low > 0.3 && found[1].high > 0.999);
        assert_eq!(bins(&told, &happened, 100).unwrap().len(), 6);
        assert_eq!(bins(&[7.0; 9], &[true; 9], 10).unwrap().len(), 1);
        assert_eq!(bins(&[], &[], 10), None);
        assert_eq!(bins(&told, &happened, 0), None);
        assert_eq!(bins(&[f64::NAN], &[true], 2), None);
    }

    #[test]
    fn groups_of_many_different_values_are_of_one_size() {
        let (told, happened) = world(1_003, [0.0, 1.0], 5);
        let found = bins(&told, &happened, 10).unwrap();
        assert_eq!(found.len(), 10);
        assert!(found.iter().all(|bin| bin.count.abs_diff(100) <= 1));
        assert_eq!(found.iter().map(|bin| bin.count).sum::<u64>(), 1_003);
        assert!(found.is_sorted_by(|one, next| one.to < next.from));
    }

    #[test]
    fn a_brier_score_is_the_mean_square() {
        let score = brier(&[0.9, 0.2, 0.5], &[true, false, true]).unwrap();
        assert_close(score, (0.01 + 0.04 + 0.25) / 3.0, 1e-15);
        assert_close(brier(&[1.0, 0.0], &[true, false]).unwrap(), 0.0, 0.0);
        assert_eq!(brier(&[], &[]), None);
        assert_eq!(brier(&[1.1], &[true]), None);
        assert_eq!(brier(&[f64::NAN], &[true]), None);
    }

    #[test]
    fn chances_and_outcomes_of_different_length_have_no_calibration() {
        let (told, happened) = world(400, [0.0, 1.0], 6);
        assert!(calibration(&told, &happened).is_some());
        assert_eq!(calibration(&told[1..], &happened), None);
        assert_eq!(calibration(&told, &happened[1..]), None);
    }

    /// The interval holds the truth of each world, drawn so that chances are right, too extreme, too
    /// low; and the slope of the likelihood is nothing at the ends found.
    #[test]
    fn the_slope_that_made_the_outcomes_is_found() {
        for (truth, seed) in [([0.0, 1.0], 1), ([0.0, 0.5], 2), ([0.7, 1.0], 3)] {
            let (told, happened) = world(4_000, truth, seed);
            let found = calibration(&told, &happened).unwrap();
            let (low, high) = found.slope_within;
            assert!(low < truth[1] && truth[1] < high, "{found:?}");
            assert!(high - low < 0.2);
            let odds: Vec<f64> = told.iter().map(|it| math::ln(it / (1.0 - it))).collect();
            let (_, flat) = surprise(&odds, &happened, [found.intercept, 1.0]);
            assert_close(flat[0], 0.0, 1e-5);
            if truth[1] > 0.9 {
                let (low, high) = found.intercept_within;
                assert!(low < truth[0] && truth[0] < high, "{found:?}");
            }
        }
    }

    #[test]
    fn chances_that_say_nothing_or_everything_have_no_slope() {
        let apart: Vec<f64> = (1..20).map(|it| f64::from(it) / 20.0).collect();
        let happened: Vec<bool> = (1..20).map(|it| it > 9).collect();
        assert_eq!(calibration(&apart, &happened), None);
        assert_eq!(calibration(&[0.5; 19], &happened), None);
        assert_eq!(calibration(&apart, &[true; 19]), None);
        assert_eq!(calibration(&[0.0, 0.5], &[true, false]), None);
        assert_eq!(calibration(&[], &[]), None);
    }
}
