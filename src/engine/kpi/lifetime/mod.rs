//! Lifetime: what a customer brings until they leave, from revenue and churn, from how long
//! customers stay, and from what they have bought.
//!
//! Takes: a scope of facts. Gives: estimates, and the terms that KPIs on lifetime value share.
//! Never: sees a KPI's file; takes revenue for value without saying so; gives an endless lifetime.
//! Start at [`leaving`]. Tests: `tests/lifetime_oracle.rs`, `tests/order_value_oracle.rs`,
//! `tests/real_value.rs`.

pub mod course;
pub mod curve;
pub mod histories;
pub mod leaving;
pub mod orders;
pub mod probabilistic;

use super::on_spend;
use super::prelude::*;
use crate::engine::facts::ledger::rows::Remark;

/// The id of the KPI whose settings these are.
const OWN: &str = "customer_lifetime_value";

/// What money loses in a month unless the user says otherwise.
const USUAL_DISCOUNT: f64 = 0.01;

/// The gross margin as a fraction, where it is known.
///
/// # Errors
/// As [`on_spend::margin`], but for a margin that is missing.
pub fn margin(scope: &Scope<'_>) -> Outcome<Option<f64>> {
    let names = [
        "customer_lifetime_value.gross_margin",
        "lifetime_value_to_acquisition_cost.gross_margin",
        "cac_payback_period.gross_margin",
    ];
    match on_spend::margin(scope, &names) {
        Ok(margin) => Ok(Some(margin)),
        Err(refusal) if refusal.code == "margin_missing" => Ok(None),
        Err(refusal) => Err(refusal),
    }
}

/// The horizon that the user set, in months.
///
/// # Errors
/// `setting_unsuited` unless it is above nothing.
pub fn horizon(scope: &Scope<'_>) -> Outcome<Option<f64>> {
    match scope.setting(&format!("{OWN}.horizon_months")) {
        Some(months) if !(0.0..=1_200.0).contains(&months) || months <= 0.0 => Err(Refusal::new(
            "setting_unsuited",
            "The horizon is not between 0 and 1,200 months.",
            "Give it in months, such as 60 for five years.",
        )),
        months => Ok(months),
    }
}

/// The share by which money of the next month is worth less.
///
/// # Errors
/// `setting_unsuited` unless it is from 0 to below 1.
pub fn discount(scope: &Scope<'_>) -> Outcome<f64> {
    let rate = scope.setting(&format!("{OWN}.discount_rate_per_month"));
    let rate = rate.unwrap_or(USUAL_DISCOUNT);
    if (0.0..1.0).contains(&rate) {
        return Ok(rate);
    }
    Err(Refusal::new(
        "setting_unsuited",
        "The discount rate is not from 0 to below 1 a month.",
        "Give it as a fraction a month: 0.01 for 1% a month, 0 for none.",
    ))
}

/// The figure after the margin, with both as terms; without a margin it is said that revenue was
/// taken.
pub fn after_margin(revenue: Estimate, margin: Option<f64>) -> Estimate {
    let mut found = revenue;
    found.parts.push(("lifetime_revenue", found.value));
    let Some(margin) = margin else {
        found.remarks.push(Remark::new(
            "lifetime_revenue",
            "Customer lifetime value is lifetime revenue here: no gross margin was given, so what it costs to serve customers is not taken off.",
        ));
        return found;
    };
    found.parts.push(("margin", margin));
    scaled(found, margin)
}

/// The figure times a number above 0, its interval and its error with it.
pub fn scaled(mut found: Estimate, times: f64) -> Estimate {
    found.value *= times;
    if let Some(ends) = &mut found.interval {
        ends.low *= times;
        ends.high *= times;
    }
    if let Spread::StandardError(Some(error)) = &mut found.spread {
        *error *= times;
    }
    found
}

/// An interval that is symmetric on a logarithmic scale, from the relative standard error.
pub fn with_relative_error(found: Estimate, relative: f64, method: &str) -> Estimate {
    if !(relative > 0.0 && relative.is_finite()) {
        return found;
    }
    let wide = math::exp(stats::normal::Z_95 * relative);
    Estimate {
        interval: Some(interval((found.value / wide, found.value * wide), method)),
        spread: Spread::StandardError(Some(found.value * relative)),
        ..found
    }
}
