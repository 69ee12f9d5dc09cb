//! Concentration: how much of a total rests on its largest parts.

use crate::engine::base::math;

/// The Gini coefficient: 0 when all values are equal, near 1 when one of many holds everything.
///
/// With n values it is at most (n − 1)/n; no correction is made for that. Values of 0 count.
/// `None` without values, when all are 0, and when one is negative or not finite.
///
/// # Source
/// Gini, C. (1912), "Variabilità e mutabilità", as the sum over ranks of Sen (1973).
pub fn gini(values: &[f64]) -> Option<f64> {
    let total = total_of(values)?;
    let sorted = sorted(values);
    let count = sorted.len() as f64;
    // Ranks from the middle keep the terms small, and give exactly 0 for equal values.
    let ranked = sorted.iter().zip(1_u32..).map(|(value, rank)| {
        let from_the_middle = 2.0 * f64::from(rank) - count - 1.0;
        from_the_middle * (value / total)
    });
    Some((math::sum(ranked) / count).clamp(0.0, 1.0))
}

/// The share of the total that is left without its `largest` parts, 0 to 1.
///
/// 0 when there are no more parts than that. `None` as for [`gini`].
pub fn share_without_largest(values: &[f64], largest: usize) -> Option<f64> {
    let total = total_of(values)?;
    let sorted = sorted(values);
    let left = sorted.len().saturating_sub(largest);
    let rest = math::sum(sorted.iter().take(left).copied());
    Some((rest / total).clamp(0.0, 1.0))
}

/// Σ after ÷ Σ before, without the parts that were `largest` before: how much of a ratio of money
/// is due to a few customers.
///
/// Pairs are (before, after) of one customer each; of equals, the earlier ones in the slice are
/// taken away. `None` when nothing is left to divide by, when a number is not finite, and when a
/// `before` is negative.
pub fn ratio_without_largest(pairs: &[(f64, f64)], largest: usize) -> Option<f64> {
    let valid = |(before, after): &(f64, f64)| *before >= 0.0 && (before + after).is_finite();
    if !pairs.iter().all(valid) {
        return None;
    }
    let mut pairs = pairs.to_vec();
    pairs.sort_by(|one, other| other.0.total_cmp(&one.0));
    let rest = || pairs.iter().skip(largest);
    let before = math::sum(rest().map(|pair| pair.0));
    let ratio = math::sum(rest().map(|pair| pair.1)) / before;
    (before > 0.0 && ratio.is_finite()).then_some(ratio)
}

/// The sum, if the values can be parts of it.
fn total_of(values: &[f64]) -> Option<f64> {
    let valid = values.iter().all(|value| *value >= 0.0);
    let total = math::sum(values.iter().copied());
    (valid && total > 0.0 && total.is_finite()).then_some(total)
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    #[test]
    fn equal_parts_are_not_concentrated_and_one_whole_is() {
        assert_close(gini(&[0.1; 7]).unwrap(), 0.0, 0.0);
        assert_close(gini(&[0.0, 0.0, 0.0, 9.0]).unwrap(), 0.75, 1e-15);
        assert_close(gini(&[1.0, 2.0, 3.0, 4.0]).unwrap(), 0.25, 1e-15);
    }

    #[test]
    fn the_largest_are_taken_away_first() {
        let values = [5.0, 50.0, 10.0, 35.0];
        for (largest, left) in [(0, 1.0), (1, 0.5), (2, 0.15), (4, 0.0), (10, 0.0)] {
            let share = share_without_largest(&values, largest).unwrap();
            assert_close(share, left, 1e-15);
        }
    }

    #[test]
    fn a_ratio_that_one_customer_made_is_another_without_them() {
        let pairs = [(100.0, 180.0), (10.0, 8.0), (30.0, 30.0)];
        let ratio = |largest| ratio_without_largest(&pairs, largest);
        assert_close(ratio(0).unwrap(), 218.0 / 140.0, 1e-15);
        assert_close(ratio(1).unwrap(), 38.0 / 40.0, 1e-15);
        assert_eq!(ratio(3), None);
    }

    #[test]
    fn parts_that_are_no_parts_have_no_concentration() {
        for values in [
            &[][..],
            &[0.0, 0.0],
            &[-1.0, 2.0],
            &[f64::NAN],
            &[f64::INFINITY],
        ] {
            assert_eq!(gini(values), None);
            assert_eq!(share_without_largest(values, 1), None);
        }
        assert_eq!(ratio_without_largest(&[(-1.0, 2.0), (3.0, 3.0)], 0), None);
    }
}
