//! Whether one score tells the lost from the kept better than another, on the same accounts.

use super::normal;
use crate::engine::base::math;

/// Name of the method of [`difference`], as shown to a reader.
pub const METHOD: &str = "DeLong, paired";

/// How much greater the area under the curve of one score is than that of another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// The first area less the second, −1 to 1.
    pub value: f64,
    /// Lower end of the 95 % interval, −1 to `value`.
    pub low: f64,
    /// Upper end, `value` to 1.
    pub high: f64,
}

/// The area under the curve of the first score less that of the second, each account with both.
///
/// Scores are read as health: the lost are expected below the kept. Both areas rest on the same
/// accounts, so what they share does not widen the interval. Takes time of two sorts. `None` with
/// fewer than two lost or two kept, when the slices differ in length, and when a score is no number.
///
/// # Source
/// DeLong, DeLong & Clarke-Pearson (1988), "Comparing the areas under two or more correlated
/// receiver operating characteristic curves".
pub fn difference(first: &[f64], second: &[f64], was_lost: &[bool]) -> Option<Difference> {
    let lost = was_lost.iter().filter(|lost| **lost).count() as f64;
    let kept = was_lost.len() as f64 - lost;
    if lost < 2.0 || kept < 2.0 {
        return None;
    }
    let first = placements(first, was_lost, (lost, kept))?;
    let second = placements(second, was_lost, (lost, kept))?;
    let by_account = || {
        let pairs = first.iter().zip(&second).map(|(one, other)| one - other);
        pairs.zip(was_lost)
    };
    let side = |is_lost: bool, count: f64| {
        let own = || by_account().filter(move |(_, lost)| **lost == is_lost);
        let mean = math::sum(own().map(|(off, _)| off)) / count;
        let squares = math::sum(own().map(|(off, _)| (off - mean) * (off - mean)));
        (mean, squares / (count - 1.0) / count)
    };
    let ((value, of_lost), (_, of_kept)) = (side(true, lost), side(false, kept));
    let margin = normal::Z_95 * math::sqrt(of_lost + of_kept);
    Some(Difference {
        value,
        low: (value - margin).max(-1.0),
        high: (value + margin).min(1.0),
    })
}

/// For each of the lost the share of the kept above it, for each of the kept the share of the lost
/// below it, equal scores counted half.
fn placements(scores: &[f64], was_lost: &[bool], (lost, kept): (f64, f64)) -> Option<Vec<f64>> {
    if scores.len() != was_lost.len() || !scores.iter().all(|score| score.is_finite()) {
        return None;
    }
    let score = |at: &u32| scores.get(*at as usize).copied().unwrap_or_default();
    let is_lost = |at: &u32| was_lost.get(*at as usize) == Some(&true);
    let mut order: Vec<u32> = (0..scores.len() as u32).collect();
    order.sort_unstable_by(|one, other| score(one).total_cmp(&score(other)));
    let mut found = vec![0.0; scores.len()];
    let (mut lost_below, mut kept_above) = (0.0, kept);
    // By difference, because 0 and −0 are one score.
    for group in order.chunk_by(|one, other| score(other) - score(one) <= 0.0) {
        let here_lost = group.iter().filter(|at| is_lost(at)).count() as f64;
        let here_kept = group.len() as f64 - here_lost;
        kept_above -= here_kept;
        for at in group {
            if let Some(found) = found.get_mut(*at as usize) {
                *found = if is_lost(at) {
                    (kept_above + here_kept / 2.0) / kept
                } else {
                    (lost_below + here_lost / 2.0) / lost
                };
            }
        }
        lost_below += here_lost;
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::super::{assert_close, roc};
    use super::*;
    use crate::engine::stats::rng::Rng;

    fn drawn(count: usize) -> (Vec<f64>, Vec<f64>, Vec<bool>) {
        let mut rng = Rng::from_seed(11);
        let mut draw = || f64::from(rng.below(1_000)) / 1_000.0;
        let lost: Vec<bool> = (0..count).map(|_| draw() < 0.2).collect();
        let mut score = |weight: f64| {
            let of = |lost: &bool| (10.0 * (draw() - weight * f64::from(u8::from(*lost)))).round();
            lost.iter().map(of).collect::<Vec<f64>>()
        };
        let (one, other) = (score(0.5), score(0.2));
        (one, other, lost)
    }

    #[test]
    fn the_difference_is_that_of_the_two_areas() {
        let (one, other, lost) = drawn(400);
        let found = difference(&one, &other, &lost).unwrap();
        let area = |scores: &[f64]| roc::auc(scores, &lost).unwrap().value;
        assert_close(found.value, area(&one) - area(&other), 1e-12);
        assert!(found.low < found.value && found.value < found.high);
        let turned = difference(&other, &one, &lost).unwrap();
        assert_close(turned.low, -found.high, 1e-12);
    }

    #[test]
    fn against_a_score_that_says_nothing_the_error_is_that_of_one_area() {
        let (one, _, lost) = drawn(400);
        let found = difference(&one, &[1.0; 400], &lost).unwrap();
        let area = roc::auc(&one, &lost).unwrap();
        assert_close(found.value, area.value - 0.5, 1e-12);
        let margin = normal::Z_95 * area.standard_error;
        assert_close(found.high - found.value, margin, 1e-12);
    }

    #[test]
    fn a_score_against_itself_and_too_few_accounts() {
        let (one, _, lost) = drawn(50);
        let same = difference(&one, &one, &lost).unwrap();
        assert_eq!((same.low, same.value, same.high), (0.0, 0.0, 0.0));
        assert_eq!(difference(&[1.0, 2.0], &[2.0, 1.0], &[true, false]), None);
        assert_eq!(difference(&one, &[1.0], &lost), None);
    }
}
