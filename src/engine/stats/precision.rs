//! How many answers, tickets or customers a wanted precision takes.

use super::normal;

/// How many cases give a share like this an interval of ± `margin`, at 95 %.
///
/// `share` and `margin` are fractions. `None` unless the margin lies between 0 and a half, and the
/// share between 0 and 1.
///
/// # Source
/// Half the width of Wilson's score interval, set equal to the margin and solved for n: with q the
/// chance of the other outcome, m²n² + z²(2m² − pq)n + z⁴(m² − ¼) = 0. See
/// [`wilson`](super::proportion::wilson).
pub fn cases_for_share(share: f64, margin: f64) -> Option<u64> {
    let answerable = (0.0..=1.0).contains(&share) && margin > 0.0 && margin < 0.5;
    if !answerable {
        return None;
    }
    let z2 = normal::Z_95 * normal::Z_95;
    let m2 = margin * margin;
    let linear = z2 * (2.0 * m2 - share * (1.0 - share));
    let constant = z2 * z2 * (m2 - 0.25);
    let root = (linear * linear - 4.0 * m2 * constant).sqrt();
    whole((root - linear) / (2.0 * m2))
}

/// How many cases take an interval from half the width `now`, at `n` cases, to `margin`: widths
/// shrink with the square root of the number of cases.
///
/// `None` unless all three are positive.
pub fn cases_by_root(n: u64, now: f64, margin: f64) -> Option<u64> {
    if n == 0 || !(now > 0.0 && margin > 0.0) {
        return None;
    }
    let times = now / margin;
    whole(n as f64 * times * times)
}

/// Rounded up, where it is a number that anybody could reach.
fn whole(cases: f64) -> Option<u64> {
    const MOST: f64 = 1e15;
    (cases.is_finite() && cases < MOST).then(|| cases.max(1.0).ceil() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::stats::proportion;

    /// Counts up until the interval is narrow enough.
    fn counted_up(share: f64, margin: f64) -> u64 {
        let half = |n: u64| {
            let z2 = normal::Z_95 * normal::Z_95;
            let n = n as f64;
            let inside = share * (1.0 - share) / n + z2 / (4.0 * n * n);
            normal::Z_95 * inside.sqrt() / (1.0 + z2 / n)
        };
        (1..1_000_000).find(|n| half(*n) <= margin).unwrap()
    }

    #[test]
    fn a_share_needs_what_counting_up_finds() {
        for share in [0.0, 0.02, 0.2, 0.5, 0.9, 1.0] {
            for margin in [0.01, 0.03, 0.05, 0.2] {
                let needed = cases_for_share(share, margin).unwrap();
                assert_eq!(needed, counted_up(share, margin), "{share} ± {margin}");
            }
        }
    }

    #[test]
    fn as_many_cases_as_needed_give_the_margin() {
        let needed = cases_for_share(0.25, 0.02).unwrap().div_ceil(4);
        let (low, high) = proportion::wilson(needed, 4 * needed, 0.95).unwrap();
        assert!(((high - low) / 2.0 - 0.02).abs() < 1e-4);
    }

    #[test]
    fn half_the_width_takes_four_times_as_many() {
        assert_eq!(cases_by_root(100, 3.0, 1.5), Some(400));
        assert_eq!(cases_by_root(100, 3.0, 3.0), Some(100));
    }

    #[test]
    fn what_no_number_gives_is_none() {
        assert_eq!(cases_for_share(0.5, 0.0), None);
        assert_eq!(cases_for_share(0.5, 0.5), None);
        assert_eq!(cases_for_share(f64::NAN, 0.1), None);
        assert_eq!(cases_by_root(0, 3.0, 1.0), None);
        assert_eq!(cases_by_root(10, f64::NAN, 1.0), None);
        assert_eq!(cases_by_root(10, 3.0, 1e-12), None);
    }
}
