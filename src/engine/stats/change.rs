//! The difference between two estimates, with its interval and p-value.

use super::normal;

/// How the first of two independent estimates differs from the second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// The first estimate less the second, in their unit.
    pub difference: f64,
    /// Lower end of the 95 % interval of the difference.
    pub low: f64,
    /// Upper end of the 95 % interval of the difference.
    pub high: f64,
    /// The difference in standard errors: z or Welch's t.
    pub statistic: f64,
    /// Two-sided p-value: how often chance alone gives a difference at least as large.
    pub p_value: f64,
    /// Name of the method, as shown to a reader.
    pub method: &'static str,
}

impl Change {
    /// A change whose difference is normal with the given standard error.
    ///
    /// `None` when the standard error is not a positive number.
    pub fn from_standard_error(
        difference: f64,
        standard_error: f64,
        method: &'static str,
    ) -> Option<Self> {
        if !difference.is_finite() || !standard_error.is_finite() || standard_error <= 0.0 {
            return None;
        }
        let statistic = difference / standard_error;
        let margin = normal::Z_95 * standard_error;
        Some(Self {
            difference,
            low: difference - margin,
            high: difference + margin,
            statistic,
            p_value: normal::two_sided_p(statistic),
            method,
        })
    }
}
