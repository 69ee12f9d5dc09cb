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
