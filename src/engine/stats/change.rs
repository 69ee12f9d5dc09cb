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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_without_a_standard_error_is_no_change() {
        for error in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(Change::from_standard_error(1.0, error, "z"), None);
        }
        assert_eq!(Change::from_standard_error(f64::NAN, 1.0, "z"), None);
    }

    #[test]
    fn the_interval_excludes_zero_exactly_where_p_is_below_five_in_a_hundred() {
        let inside = Change::from_standard_error(1.95, 1.0, "z").unwrap();
        assert!(inside.low < 0.0 && inside.p_value > 0.05);
        let outside = Change::from_standard_error(1.97, 1.0, "z").unwrap();
        assert!(outside.low > 0.0 && outside.p_value < 0.05);
    }
}
