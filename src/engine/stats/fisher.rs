//! Fisher's exact comparison of two proportions, for counts too small for a normal curve.

use crate::engine::base::math;

/// Name of the method of [`exact_p`], as shown to a reader.
pub const FISHER: &str = "Fisher's exact test, doubled tail";

/// Two-sided p-value for two equal proportions: twice the chance of a split at least as far to the
/// side of the one that was seen, at most 1.
///
/// Exact for any counts; relative error below 1e-8 up to ten million trials. `None` without trials
/// on a side, or with more successes than trials.
///
/// # Source
/// Fisher, R. A. (1935), "The logic of inductive inference"; Yates, F. (1984), "Tests of
/// significance for 2 × 2 contingency tables", for doubling the tail.
pub fn exact_p(
    successes_first: u64,
    n_first: u64,
    successes_second: u64,
    n_second: u64,
) -> Option<f64> {
    if n_first == 0 || n_second == 0 || successes_first > n_first || successes_second > n_second {
        return None;
    }
    let (n_one, n_two) = (n_first as f64, n_second as f64);
    // The side with the greater share, so that the tail always lies above.
    let swap = successes_first as f64 * n_two < successes_second as f64 * n_one;
    let (seen, n_seen, n_other) = if swap {
        (successes_second as f64, n_two, n_one)
    } else {
        (successes_first as f64, n_one, n_two)
    };
    let all = (successes_first + successes_second) as f64;
    let mut chance = math::exp(
        ln_choose(n_seen, seen) + ln_choose(n_other, all - seen) - ln_choose(n_seen + n_other, all),
    );
    let (mut tail, mut successes) = (0.0, seen);
    while chance > tail * 1e-17 && successes <= all.min(n_seen) {
        tail += chance;
        chance *= (all - successes) * (n_seen - successes)
            / ((successes + 1.0) * (n_other - all + successes + 1.0));
        successes += 1.0;
    }
    Some((2.0 * tail).min(1.0))
}

/// Logarithm of how many ways there are to take so many out of `n`.
fn ln_choose(n: f64, taken: f64) -> f64 {
    math::ln_gamma(n + 1.0) - math::ln_gamma(taken + 1.0) - math::ln_gamma(n - taken + 1.0)
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    /// Ways to take so many out of `n`, by Pascal's triangle.
    fn choose(n: u64, taken: u64) -> u128 {
        match (n, taken) {
            (_, 0) => 1,
            (0, _) => 0,
            _ => choose(n - 1, taken - 1) + choose(n - 1, taken),
        }
    }

    /// Every table of up to 7 and 6 trials, by counting the splits.
    #[test]
    fn small_tables_agree_with_counted_splits() {
        for (n, m) in [(1, 1), (4, 4), (7, 3), (2, 6), (5, 6)] {
            for (seen, other) in (0..=n).flat_map(|a| (0..=m).map(move |b| (a, b))) {
                let all = seen + other;
                let ways = |first: u64| -> u128 {
                    if first > all || all - first > m {
                        return 0;
                    }
                    choose(n, first) * choose(m, all - first)
                };
                let above = seen * m >= other * n;
                let splits = (0..=n).filter(|first| {
                    if above {
                        *first >= seen
                    } else {
                        *first <= seen
                    }
                });
                let tail: u128 = splits.map(ways).sum();
                let expected = (2.0 * tail as f64 / choose(n + m, all) as f64).min(1.0);
                assert_close(exact_p(seen, n, other, m).unwrap(), expected, 1e-12);
            }
        }
    }

    /// The lady who tasted tea: 3 of 4 cups right, 34 of 70 ways on both sides together.
    #[test]
    fn the_tea_is_judged_as_by_fisher() {
        assert_close(exact_p(3, 4, 1, 4).unwrap(), 34.0 / 70.0, 1e-12);
        assert_close(exact_p(4, 4, 0, 4).unwrap(), 2.0 / 70.0, 1e-12);
    }

    #[test]
    fn many_trials_come_close_to_the_normal_curve() {
        let exact = exact_p(50_600, 500_000, 50_000, 500_000).unwrap();
        let z = super::super::proportion::two_proportion_p(50_600, 500_000, 50_000, 500_000);
        assert!((exact / z.unwrap() - 1.0).abs() < 0.02);
    }

    #[test]
    fn no_trials_give_no_chance() {
        assert_eq!(exact_p(0, 0, 1, 2), None);
        assert_eq!(exact_p(3, 2, 1, 2), None);
        assert_eq!(exact_p(0, 5, 0, 5), Some(1.0));
    }
}
