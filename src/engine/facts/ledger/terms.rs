//! Terms: when a customer could leave.

use super::timeline::Stretch;
use crate::engine::base::{Date, Period};

/// Whether a term of the stretch ends within the period. A term of up to a month always does in a
/// period of a month.
pub(super) fn comes_due(stretch: &Stretch, term_months: f64, period: Period) -> bool {
    if period.start.0 <= stretch.end && stretch.end < period.end.0 {
        return true;
    }
    let whole = term_months.round();
    if whole < 1.0 || (whole - term_months).abs() > 1e-9 {
        // Weeks and days: shorter than any period that is looked at by month.
        return true;
    }
    let start = Date(stretch.start);
    let months = whole as i32;
    let passed = period.start.month_index() - start.month_index();
    let first = passed.div_euclid(months).max(1);
    (first - 1..=first + 1)
        .filter(|terms| *terms > 0)
        .map(|terms| start.plus_months(terms * months))
        .any(|day| period.contains(day))
}
