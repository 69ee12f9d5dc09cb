//! Means: Student's interval, Welch's comparison, and a summary that merges.

use super::change::Change;
use super::student;
use crate::engine::base::math;

/// Name of the method of [`t_interval`], as shown to a reader.
pub const STUDENT: &str = "Student's t";
/// Name of the method of [`welch`], as shown to a reader.
pub const WELCH: &str = "Welch's t test";

/// Count, mean and spread of a sample; two of them merge into that of both samples.
///
/// The default is the summary of nothing, and merging with it changes nothing.
///
/// # Source
/// Welford, B. P. (1962), "Note on a method for calculating corrected sums of squares and
/// products"; Chan, Golub & `LeVeque` (1979), "Updating formulae and a pairwise algorithm".
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    count: u64,
    mean: f64,
    squares: f64,
}

impl Moments {
    /// The summary of these values, in two passes; the default when there are none.
    pub fn from_values(values: &[f64]) -> Self {
        let Some(first) = values.first() else {
            return Self::default();
        };
        // Rounding must not give equal values a spread.
        let equal = values.iter().all(|value| value.total_cmp(first).is_eq());
        let mean = if equal {
            *first
        } else {
            math::sum(values.iter().copied()) / values.len() as f64
        };
        let squares = math::sum(values.iter().map(|value| (value - mean) * (value - mean)));
        Self {
            count: values.len() as u64,
            mean,
            squares,
        }
    }

    /// The summary of a sample known by its size, mean and variance (dividing by n − 1).
    ///
    /// The default when `count` is 0.
    pub fn from_summary(count: u64, mean: f64, variance: f64) -> Self {
        if count == 0 {
            return Self::default();
        }
        Self {
            count,
            mean,
            squares: variance * (count as f64 - 1.0),
        }
    }

    /// Takes in one more value.
    pub fn add(&mut self, value: f64) {
        self.count += 1;
        let before = value - self.mean;
        self.mean += before / self.count as f64;
        self.squares += before * (value - self.mean);
    }

    /// The summary of both samples together.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        if self.count == 0 {
            return other;
        }
        if other.count == 0 {
            return self;
        }
        let count = self.count + other.count;
        let (weight_self, weight_other) = (self.count as f64, other.count as f64);
        let weight = weight_self + weight_other;
        let apart = other.mean - self.mean;
        Self {
            count,
            mean: self.mean + apart * (weight_other / weight),
            squares: self.squares
                + other.squares
                + apart * apart * (weight_self * (weight_other / weight)),
        }
    }

    /// How many values.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The arithmetic mean; `None` without values, or when a value was not finite.
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0 && self.mean.is_finite()).then_some(self.mean)
    }

    /// The variance, dividing by n − 1; `None` with fewer than two values.
    pub fn variance(&self) -> Option<f64> {
        if self.count < 2 {
            return None;
        }
        let variance = self.squares / (self.count as f64 - 1.0);
        variance.is_finite().then_some(variance)
    }

    /// Student's 95 % interval of the mean; see [`t_interval`].
    pub fn t_interval(&self) -> Option<(f64, f64)> {
        let squared_error = self.squared_error()?;
        if squared_error <= 0.0 {
            return None;
        }
        let t = student::t_quantile(0.975, self.count as f64 - 1.0)?;
        let margin = t * math::sqrt(squared_error);
        let mean = self.mean()?;
        Some((mean - margin, mean + margin))
    }

    /// The squared standard error of the mean.
    fn squared_error(&self) -> Option<f64> {
        Some(self.variance()? / self.count as f64)
    }
}

/// The arithmetic mean; `None` without values, or when one is not finite.
pub fn mean(values: &[f64]) -> Option<f64> {
    if values.is_empty() {
        return None;
    }
    let mean = math::sum(values.iter().copied()) / values.len() as f64;
    mean.is_finite().then_some(mean)
}

/// Student's 95 % interval of the mean: mean ± t(n − 1)·s/√n.
///
/// `None` with fewer than two values, or when all are equal: such a sample shows no spread to
/// form an interval from. Assumes independent values; exact for normal ones, good for bounded
/// scales from about 30. The ends may lie outside a bounded scale: cut them there.
///
/// # Source
/// Student (1908), "The probable error of a mean".
pub fn t_interval(values: &[f64]) -> Option<(f64, f64)> {
    Moments::from_values(values).t_interval()
}

/// How the mean of the first sample differs from that of the second, by Welch's t test.
///
/// `None` with fewer than two values on a side, or when neither side has any spread.
///
/// # Source
/// Welch, B. L. (1947), "The generalization of 'Student's' problem when several different
/// population variances are involved".
pub fn welch(first: &[f64], second: &[f64]) -> Option<Change> {
    welch_from(&Moments::from_values(first), &Moments::from_values(second))
}

/// [`welch`], from summaries.
pub fn welch_from(first: &Moments, second: &Moments) -> Option<Change> {
    let (squared_first, squared_second) = (first.squared_error()?, second.squared_error()?);
    let squared = squared_first + squared_second;
    if squared <= 0.0 {
        return None;
    }
    let degrees = squared * squared
        / (squared_first * squared_first / (first.count as f64 - 1.0)
            + squared_second * squared_second / (second.count as f64 - 1.0));
    let error = math::sqrt(squared);
    let difference = first.mean()? - second.mean()?;
    let statistic = difference / error;
    let margin = student::t_quantile(0.975, degrees)? * error;
    Some(Change {
        difference,
        low: difference - margin,
        high: difference + margin,
        statistic,
        p_value: student::two_sided_p(statistic, degrees)?,
        method: WELCH,
    })
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    /// Source: Student (1908), additional hours of sleep by two drugs; Welch's test of them as R's
    /// `t.test(extra ~ group, data = sleep)` prints it.
    #[test]
    fn two_drugs_compare_as_in_r() {
        let first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
        let second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
        let change = welch(&first, &second).unwrap();
        assert_close(change.difference, -1.58, 1e-12);
        assert_close(change.statistic, -1.8608, 5e-5);
        assert_close(change.p_value, 0.07939, 5e-6);
        assert_close(change.low, -3.365_483_2, 5e-8);
        assert_close(change.high, 0.205_483_2, 5e-8);
    }

    #[test]
    fn summaries_compare_like_the_samples_they_are_of() {
        let (first, second) = ([3.0, 5.0, 4.0, 8.0], [1.0, 2.5, 3.5]);
        let summary = |values: &[f64]| {
            let moments = Moments::from_values(values);
            let (mean, variance) = (moments.mean().unwrap(), moments.variance().unwrap());
            Moments::from_summary(moments.count(), mean, variance)
        };
        let of_samples = welch(&first, &second).unwrap();
        let of_summaries = welch_from(&summary(&first), &summary(&second)).unwrap();
        assert_close(of_summaries.low, of_samples.low, 1e-12);
        assert_close(of_summaries.high, of_samples.high, 1e-12);
        assert_close(of_summaries.p_value, of_samples.p_value, 1e-12);
    }

    /// Source: the table of Student's t: 2.776 at 97.5 % with 4 degrees of freedom.
    #[test]
    fn five_values_have_four_degrees_of_freedom() {
        let (low, high) = t_interval(&[1.0, 2.0, 3.0, 4.0, 5.0]).unwrap();
        let margin = 2.776_445_105 * math::sqrt(0.5);
        assert_close(low, 3.0 - margin, 1e-9);
        assert_close(high, 3.0 + margin, 1e-9);
    }

    /// The mean itself is rounded here; what it lacks must not grow by the size of the values.
    #[test]
    fn a_large_mean_costs_the_variance_no_digit() {
        let values = [1e9 + 1.0, 1e9 + 2.0, 1e9 + 2.0];
        let variance = Moments::from_values(&values).variance().unwrap();
        assert_close(variance, 1.0 / 3.0, 1e-12);
    }

    #[test]
    fn equal_values_show_no_spread() {
        assert_eq!(t_interval(&[0.1; 7]), None);
        assert_eq!(welch(&[0.1; 7], &[0.3; 3]), None);
        assert!(welch(&[0.1; 7], &[0.3, 0.4]).is_some());
    }

    #[test]
    fn too_few_values_have_no_interval() {
        assert_eq!(mean(&[]), None);
        assert_eq!(t_interval(&[]), None);
        assert_eq!(t_interval(&[1.0]), None);
        assert_eq!(welch(&[1.0], &[1.0, 2.0]), None);
        assert_eq!(Moments::default().mean(), None);
        assert_eq!(Moments::from_summary(1, 2.0, 0.0).variance(), None);
    }

    #[test]
    fn a_value_that_is_not_finite_has_no_mean() {
        for value in [f64::NAN, f64::INFINITY] {
            assert_eq!(mean(&[1.0, value]), None);
            assert_eq!(t_interval(&[1.0, value, 2.0]), None);
            assert_eq!(welch(&[1.0, value], &[1.0, 2.0]), None);
        }
    }
}
