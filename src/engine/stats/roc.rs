//! How well a score tells the lost from the kept: the area under the receiver operating
//! characteristic.
//!
//! Scores are read as health: more is better, and the lost are expected below the kept.

use super::normal;
use crate::engine::base::math;

/// Name of the method of [`auc`], as shown to a reader.
pub const DELONG: &str = "DeLong, on the logit scale";
/// Name of the method of [`auc`] where few cases say how far lost and kept overlap.
pub const WIDER: &str = "the wider of DeLong (logit) and Newcombe (method 5)";
/// Name of the method of [`auc`] where lost and kept do not overlap.
pub const NEWCOMBE: &str = "Newcombe, method 5";

/// The smaller side must have so many cases on the wrong side of things, or DeLong's error rests on
/// one or two of them and is often too small.
const ENOUGH_MIXED: f64 = 5.0;

/// The area under the curve, with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Auc {
    /// The chance that one of the lost has a lower score than one of the kept, ties counted half:
    /// 1 is perfect, 0.5 is chance, below it the score points the wrong way.
    pub value: f64,
    /// Lower end, 0 to `value`.
    pub low: f64,
    /// Upper end, `value` to 1.
    pub high: f64,
    /// DeLong's standard error of `value`; 0 where lost and kept do not overlap.
    pub standard_error: f64,
    /// How many were lost; at least 1.
    pub lost: u64,
    /// How many were kept; at least 1.
    pub kept: u64,
    /// Name of the method of the interval, as shown to a reader.
    pub method: &'static str,
}

/// The area under the curve of `scores`, each with whether its account was lost.
///
/// The interval is DeLong's on the logit scale, so it stays within 0 to 1. DeLong's error is too
/// small where few cases overlap, and 0 where none do; so where the smaller side times the lesser of
/// the area and the rest is below 5, each end is the farther one of DeLong's and of Newcombe's score
/// interval, which knows the counts and the area alone and never shrinks to a point; without an
/// overlap it is Newcombe's.
/// Takes time of a sort. `None` without lost or without kept, when the slices differ in length, and
/// when a score is no number.
///
/// # Source
/// Mann & Whitney (1947); DeLong, DeLong & Clarke-Pearson (1988), "Comparing the areas under two or
/// more correlated receiver operating characteristic curves"; Newcombe (2006), "Confidence
/// intervals for an effect size measure based on the Mann–Whitney statistic, part 2".
pub fn auc(scores: &[f64], was_lost: &[bool]) -> Option<Auc> {
    let steps = steps(scores, was_lost)?;
    let lost: u64 = steps.iter().map(|step| step.lost).sum();
    let kept: u64 = steps.iter().map(|step| step.kept).sum();
    if lost == 0 || kept == 0 {
        return None;
    }
    let (value, variance) = area(&steps, lost as f64, kept as f64);
    let standard_error = math::sqrt(variance);
    let by_counts = newcombe(value, lost as f64, kept as f64);
    let mixed = lost.min(kept) as f64 * value.min(1.0 - value);
    let (within, method) = match on_logits(value, standard_error) {
        None => (by_counts, NEWCOMBE),
        Some(found) if mixed >= ENOUGH_MIXED => (found, DELONG),
        Some((low, high)) => ((low.min(by_counts.0), high.max(by_counts.1)), WIDER),
    };
    let (low, high) = within;
    Some(Auc {
        value,
        low: low.min(value),
        high: high.max(value),
        standard_error,
        lost,
        kept,
        method,
    })
}

/// The lost and the kept with one score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) lost: u64,
    pub(super) kept: u64,
}

/// Everyone by score, the lowest first; `None` for slices of different lengths and a score that is
/// no finite number.
pub(super) fn steps(scores: &[f64], was_lost: &[bool]) -> Option<Vec<Step>> {
    if scores.len() != was_lost.len() || !scores.iter().all(|score| score.is_finite()) {
        return None;
    }
    let mut pairs: Vec<(f64, bool)> = scores
        .iter()
        .copied()
        .zip(was_lost.iter().copied())
        .collect();
    pairs.sort_unstable_by(|one, other| one.0.total_cmp(&other.0));
    // By difference, because 0 and −0 are one score.
    let alike = |one: &(f64, bool), other: &(f64, bool)| other.0 - one.0 <= 0.0;
    let steps = pairs.chunk_by(alike).map(|group| {
        let lost = group.iter().filter(|pair| pair.1).count() as u64;
        let kept = group.len() as u64 - lost;
        Step { lost, kept }
    });
    Some(steps.collect())
}

/// The area and DeLong's variance of it: that of the shares of the kept above each lost one, and
/// that of the shares of the lost below each kept one.
fn area(steps: &[Step], lost: f64, kept: f64) -> (f64, f64) {
    let (mut lost_below, mut kept_above) = (0.0, kept);
    let mut places = Vec::with_capacity(steps.len());
    for step in steps {
        let (step_lost, step_kept) = (step.lost as f64, step.kept as f64);
        kept_above -= step_kept;
        let beaten = (kept_above + step_kept / 2.0) / kept;
        let beats = (lost_below + step_lost / 2.0) / lost;
        lost_below += step_lost;
        places.push((step_lost, beaten, step_kept, beats));
    }
    let value = math::sum(places.iter().map(|place| place.0 * place.1)) / lost;
    let spread = |squares: f64, count: f64| {
        // With one case there is no spread to speak of; Newcombe's interval is taken then.
        squares / (count - 1.0).max(1.0) / count
    };
    let of_lost = math::sum(places.iter().map(|place| {
        let off = place.1 - value;
        place.0 * off * off
    }));
    let of_kept = math::sum(places.iter().map(|place| {
        let off = place.3 - value;
        place.2 * off * off
    }));
    (value, spread(of_lost, lost) + spread(of_kept, kept))
}

/// DeLong's ends; `None` where there is no error or the area is at an end itself.
fn on_logits(value: f64, standard_error: f64) -> Option<(f64, f64)> {
    let room = value * (1.0 - value);
    if room <= 0.0 || standard_error <= 0.0 {
        return None;
    }
    let logit = math::ln(value / (1.0 - value));
    let margin = normal::Z_95 * standard_error / room;
    let back = |x: f64| 1.0 / (1.0 + math::exp(-x));
    Some((back(logit - margin), back(logit + margin)))
}

/// Newcombe's method 5: the areas that lie at most 1.96 of their own standard errors from the one
/// found, the error being that of exponential scores with the two counts taken as equal.
fn newcombe(value: f64, lost: f64, kept: f64) -> (f64, f64) {
    let more = f64::midpoint(lost, kept) - 1.0;
    let margin = |area: f64| {
        let together = (1.0 - area) / (2.0 - area) + area / (1.0 + area);
        let variance = area * (1.0 - area) * (1.0 + more * together) / (lost * kept);
        normal::Z_95 * math::sqrt(variance)
    };
    // Halving: between `value`, which is within, and the edge, which is outside or the end itself.
    let end = |edge: f64| {
        let (mut within, mut outside) = (value, edge);
        for _ in 0..60 {
            let middle = f64::midpoint(within, outside);
            if (value - middle).abs() <= margin(middle) {
                within = middle;
            } else {
                outside = middle;
            }
        }
        outside
    };
    (end(0.0), end(1.0))
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::super::rng::Rng;
    use super::*;

    /// Every pair and every case by itself, as the paper writes it.
    fn slow(scores: &[f64], was_lost: &[bool]) -> (f64, f64) {
        let side = |lost: bool| -> Vec<f64> {
            let all = scores.iter().zip(was_lost);
            all.filter(|pair| *pair.1 == lost).map(|it| *it.0).collect()
        };
        let (lost, kept) = (side(true), side(false));
        let wins = |low: f64, high: f64| {
            if high > low {
                1.0
            } else if high < low {
                0.0
            } else {
                0.5
            }
        };
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        let of_lost: Vec<f64> = lost
            .iter()
            .map(|low| {
                mean(
                    &kept
                        .iter()
                        .map(|high| wins(*low, *high))
                        .collect::<Vec<_>>(),
                )
            })
            .collect();
        let of_kept: Vec<f64> = kept
            .iter()
            .map(|high| mean(&lost.iter().map(|low| wins(*low, *high)).collect::<Vec<_>>()))
            .collect();
        let area = mean(&of_lost);
        let variance = |values: &[f64]| {
            let squares: f64 = values.iter().map(|it| (it - area) * (it - area)).sum();
            squares / (values.len() - 1) as f64 / values.len() as f64
        };
        (area, math::sqrt(variance(&of_lost) + variance(&of_kept)))
    }

    #[test]
    fn every_pair_is_counted_and_ties_count_half() {
        for seed in 0..40 {
            let mut rng = Rng::from_seed(seed);
            let count = 20 + rng.below(150);
            let levels = 3 + rng.below(40);
            let was_lost: Vec<bool> = (0..count).map(|row| row % 5 < 2).collect();
            let scores: Vec<f64> = was_lost
                .iter()
                .map(|lost| f64::from(rng.below(levels) + if *lost { 0 } else { 2 }) - 1.0)
                .collect();
            let found = auc(&scores, &was_lost).unwrap();
            let (area, error) = slow(&scores, &was_lost);
            assert_close(found.value, area, 1e-13);
            assert_close(found.standard_error, error, 1e-13);
            assert!(0.0 <= found.low && found.low <= found.value && found.value <= found.high);
            assert!(found.low < found.high && found.high <= 1.0);
            let mixed = found.lost as f64 * area.min(1.0 - area);
            assert_eq!(found.method == DELONG, mixed >= 5.0);
        }
    }

    /// Lost and kept that do not overlap leave doubt, the more the fewer there are.
    #[test]
    fn perfect_separation_is_no_certainty() {
        let mut narrower = 0.0;
        for each in [1, 5, 40, 1_000] {
            let scores: Vec<f64> = (0..2 * each).map(f64::from).collect();
            let was_lost: Vec<bool> = (0..2 * each).map(|row| row < each).collect();
            let found = auc(&scores, &was_lost).unwrap();
            assert_close(found.value, 1.0, 0.0);
            assert_close(found.high, 1.0, 0.0);
            assert_close(found.standard_error, 0.0, 0.0);
            assert!(found.low > narrower && found.low < 1.0);
            narrower = found.low;
            let wrong: Vec<bool> = was_lost.iter().map(|lost| !lost).collect();
            let found = auc(&scores, &wrong).unwrap();
            assert_close(found.value, 0.0, 0.0);
            assert_close(found.low, 0.0, 0.0);
            assert_close(found.high, 1.0 - narrower, 1e-12);
        }
    }

    /// The ends solve the equation of the paper.
    #[test]
    fn newcombes_ends_lie_as_far_away_as_their_own_error() {
        for (value, lost, kept) in [(0.893, 51.0, 58.0), (0.6, 4.0, 300.0), (1.0, 7.0, 9.0)] {
            let (low, high) = newcombe(value, lost, kept);
            for end in [low, high] {
                let more = f64::midpoint(lost, kept) - 1.0;
                let first = end / (2.0 - end);
                let second = 2.0 * end * end / (1.0 + end);
                // Hanley and McNeil's error, written with the two chances of three cases.
                let squares =
                    end * (1.0 - end) + more * ((first - end * end) + (second - end * end));
                let error = math::sqrt(squares / (lost * kept));
                assert_close((value - end).abs(), normal::Z_95 * error, 1e-9);
            }
        }
    }

    #[test]
    fn equal_scores_tell_nothing_and_one_side_alone_has_no_area() {
        let found = auc(&[0.0, -0.0, 0.0, 0.0], &[true, false, false, true]).unwrap();
        assert_close(found.value, 0.5, 0.0);
        assert!(found.low < 0.2 && found.high > 0.8);
        assert_eq!(auc(&[], &[]), None);
        assert_eq!(auc(&[1.0, 2.0], &[true, true]), None);
        assert_eq!(auc(&[1.0, 2.0], &[false, false]), None);
        assert_eq!(auc(&[1.0], &[true, false]), None);
        assert_eq!(auc(&[1.0, f64::NAN], &[true, false]), None);
    }
}
