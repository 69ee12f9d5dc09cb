//! The restricted mean of a survival curve with its standard error.

use super::normal;
use super::survival::{self, Curve};
use crate::engine::base::math;

/// Name of the method of [`estimate`], as shown to a reader.
pub const RESTRICTED_MEAN: &str = "restricted mean, Greenwood standard error";

/// A restricted mean, in the unit of durations.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RestrictedMean {
    /// The mean time without the event within the horizon.
    pub mean: f64,
    /// Its standard error; 0 when nothing happened before the horizon.
    pub standard_error: f64,
    /// Lower end of the 95 % interval of `mean`, at least 0.
    pub low: f64,
    /// Upper end of the 95 % interval of `mean`, at most the horizon.
    pub high: f64,
}

/// The restricted mean up to a horizon, with its standard error.
///
/// The variance is the sum over events of (area under the curve from the event to the horizon)² ·
/// d / (n (n − d)), with d events among n at risk; without censoring it is the population variance
/// over n. `None` where [`survival::restricted_mean`] is.
///
/// # Source
/// Irwin (1949); Klein & Moeschberger (2003), "Survival analysis", formula 4.5.2.
pub fn estimate(curve: &Curve, horizon: f64) -> Option<RestrictedMean> {
    let mean = survival::restricted_mean(curve, horizon)?;
    let mut area = 0.0;
    let mut end = horizon;
    let mut terms = Vec::new();
    for point in curve.points.iter().rev().filter(|point| point.at < horizon) {
        area += point.survival * (end - point.at);
        end = point.at;
        let (events, at_risk) = (point.events as f64, point.at_risk as f64);
        // Where all are lost at once no area follows, and the term is zero.
        if point.events < point.at_risk {
            terms.push(area * area * events / (at_risk * (at_risk - events)));
        }
    }
    let standard_error = math::sqrt(math::sum(terms));
    let margin = normal::Z_95 * standard_error;
    Some(RestrictedMean {
        mean,
        standard_error,
        low: (mean - margin).max(0.0),
        high: (mean + margin).min(horizon),
    })
}

#[cfg(test)]
mod tests {
    use super::super::assert_close;
    use super::*;

    /// Source: Klein & Moeschberger (2003), example 4.2: the treated patients of Freireich et al.
    /// (1963) up to 35 weeks, mean 23.287 with standard error 2.827.
    #[test]
    fn the_textbook_patients_have_the_textbook_error() {
        let durations = [
            6.0, 6.0, 6.0, 6.0, 7.0, 9.0, 10.0, 10.0, 11.0, 13.0, 16.0, 17.0, 19.0, 20.0, 22.0,
            23.0, 25.0, 32.0, 32.0, 34.0, 35.0,
        ];
        let happened = [
            true, true, true, false, true, false, true, false, false, true, true, false, false,
            false, true, true, false, false, false, false, false,
        ];
        let curve = survival::kaplan_meier(&durations, &happened).unwrap();
        let found = estimate(&curve, 35.0).unwrap();
        assert_close(found.mean, 23.287, 0.0005);
        assert_close(found.standard_error, 2.827, 0.0005);
    }

    #[test]
    fn a_horizon_beyond_what_was_seen_has_no_mean() {
        let curve = survival::kaplan_meier(&[3.0, 5.0], &[true, false]).unwrap();
        assert_eq!(estimate(&curve, 6.0), None);
        assert_eq!(estimate(&curve, 0.0), None);
        let nothing_yet = estimate(&curve, 2.0).unwrap();
        assert_close(nothing_yet.standard_error, 0.0, 0.0);
        assert_close(nothing_yet.low, 2.0, 0.0);
    }
}
