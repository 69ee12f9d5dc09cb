//! A ratio of sums as sums that can be added up: what several groups of customers have together.

use super::change::Change;
use crate::engine::base::math;

/// Name of the method of [`difference`], as shown to a reader.
pub const SCORE: &str = "errors around the common ratio";

/// So many customers of the same ratio say something about it.
const FEWEST_ALIKE: u64 = 6;

/// The sums behind a ratio of sums over customers, and behind its standard error.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RatioSums {
    count: u64,
    above: f64,
    below: f64,
    above_squared: f64,
    product: f64,
    below_squared: f64,
}

impl RatioSums {
    /// The sums of pairs, each a customer's numerator and denominator.
    pub fn of(pairs: impl Iterator<Item = (f64, f64)>) -> Self {
        let mut sums = Self::default();
        for (above, below) in pairs {
            sums.count += 1;
            sums.above += above;
            sums.below += below;
            sums.above_squared += above * above;
            sums.product += above * below;
            sums.below_squared += below * below;
        }
        sums
    }

    /// The sums of both groups of customers.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        Self {
            count: self.count + other.count,
            above: self.above + other.above,
            below: self.below + other.below,
            above_squared: self.above_squared + other.above_squared,
            product: self.product + other.product,
            below_squared: self.below_squared + other.below_squared,
        }
    }

    /// The sums of the same customers with every numerator so many times as large.
    #[must_use]
    pub fn times(self, times: f64) -> Self {
        Self {
            above: self.above * times,
            above_squared: self.above_squared * times * times,
            product: self.product * times,
            ..self
        }
    }

    /// How many customers.
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// The ratio; `None` where there is nothing to divide by.
    pub fn ratio(&self) -> Option<f64> {
        let ratio = self.above / self.below;
        (self.below > 0.0 && ratio.is_finite()).then_some(ratio)
    }

    /// The linearised standard error of the ratio; `None` with fewer than two customers, and where
    /// all of them have the same ratio.
    ///
    /// # Source
    /// Cochran (1977), "Sampling techniques", chapter 6.
    pub fn standard_error(&self) -> Option<f64> {
        self.error_around(self.ratio()?)
    }

    /// Whether all customers have the same ratio, and there are enough of them to say so.
    pub fn are_alike(&self) -> bool {
        self.count >= FEWEST_ALIKE && self.ratio().is_some() && self.standard_error().is_none()
    }

    /// The standard error of the ratio if the true one is this; `None` as
    /// [`RatioSums::standard_error`].
    fn error_around(&self, ratio: f64) -> Option<f64> {
        if self.count < 2 || self.below <= 0.0 {
            return None;
        }
        let squares =
            self.above_squared - 2.0 * ratio * self.product + ratio * ratio * self.below_squared;
        // Rounding leaves about 1e-16 of the squares where there is no spread at all.
        let noise = 1e-13 * (self.above_squared + ratio * ratio * self.below_squared);
        if squares.is_nan() || squares <= noise {
            return None;
        }
        let count = self.count as f64;
        let error = math::sqrt(squares * count / (count - 1.0)) / self.below;
        error.is_finite().then_some(error)
    }
}

/// How the ratio of some customers differs from that of others.
///
/// The p-value and the interval take both errors around the ratio of all customers together, after
/// the manner of a score test: where one side has lost little by chance, its own error is too small
/// as well. `None` where neither side has a spread around it.
///
/// # Source
/// Cochran (1977), "Sampling techniques", chapter 6 (errors); Rao (1948), "Large sample tests of
/// statistical hypotheses" (score test).
pub fn difference(first: &RatioSums, second: &RatioSums) -> Option<Change> {
    let together = first.merge(*second).ratio()?;
    let (one, other) = (
        first.error_around(together)?,
        second.error_around(together)?,
    );
    Change::from_standard_error(
        first.ratio()? - second.ratio()?,
        math::sqrt(one * one + other * other),
        SCORE,
    )
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::super::bootstrap::linearised_interval;
    use super::*;

    const PAIRS: [(f64, f64); 6] = [
        (90.0, 100.0),
        (0.0, 40.0),
        (55.0, 50.0),
        (12.5, 12.5),
        (700.0, 800.0),
        (3.0, 9.0),
    ];

    #[test]
    fn two_halves_have_together_the_error_of_the_whole() {
        let (first, second) = PAIRS.split_at(2);
        let of = |pairs: &[(f64, f64)]| RatioSums::of(pairs.iter().copied());
        let both = of(first).merge(of(second));
        let whole = linearised_interval(PAIRS.iter().copied(), 0.95).unwrap();
        assert_close(both.standard_error().unwrap(), whole.standard_error, 1e-12);
        let scaled = both.times(100.0);
        assert_close(
            scaled.ratio().unwrap(),
            100.0 * both.ratio().unwrap(),
            1e-10,
        );
        let hundredfold = 100.0 * whole.standard_error;
        assert_close(scaled.standard_error().unwrap(), hundredfold, 1e-9);
    }

    #[test]
    fn customers_with_one_ratio_have_no_error() {
        let same = RatioSums::of([(0.9, 1.0), (9.0, 10.0), (63.0, 70.0)].into_iter());
        assert_eq!(same.standard_error(), None);
        let alone = RatioSums::of([(1.0, 2.0)].into_iter());
        assert_eq!(alone.standard_error(), None);
        assert_eq!(RatioSums::default().ratio(), None);
    }

    #[test]
    fn the_errors_of_a_difference_are_around_the_common_ratio() {
        let heads = |kept: usize, of: usize| {
            RatioSums::of((0..of).map(move |place| (if place < kept { 1.0 } else { 0.0 }, 1.0)))
        };
        let found = difference(&heads(800, 1_000), &heads(1_680, 2_000)).unwrap();
        // By hand: the squares around 2,480 of 3,000 are those around the own share and more.
        let common = 2_480.0 / 3_000.0;
        let squares = |own: f64| own * (1.0 - own) + (own - common) * (own - common);
        let error = math::sqrt(squares(0.8) / 999.0 + squares(0.84) / 1_999.0);
        assert_close(found.statistic, -0.04 / error, 1e-9);
        // All customers of one side alike: its own error is nothing, and still it is compared.
        let alike = heads(20, 20);
        assert!(alike.are_alike());
        assert!(difference(&alike, &heads(30, 50)).unwrap().p_value < 0.01);
        assert_eq!(difference(&alike, &heads(30, 30)), None);
    }
}
