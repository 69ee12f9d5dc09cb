//! Purchases a year × their value × years: from orders, and from typed figures.

use super::histories::{Bought, last_day};
use super::{OWN, after_margin, margin, scaled};
use crate::engine::kpi::on_spend::above_nothing;
use crate::engine::kpi::prelude::*;
use crate::engine::kpi::scope::Subject;
use crate::engine::stats::mean::{self, Moments};

/// Days in a year.
const YEAR_DAYS: f64 = 365.25;

/// Purchases a year × value × years.
///
/// # Errors
/// `years_missing`; `frequency_unit_open`; what typed terms lack; those of the orders.
pub fn simple(scope: &Scope<'_>) -> Outcome<Estimate> {
    let margin = margin(scope)?;
    let found = match scope.subject {
        Subject::Typed(_) => typed(scope)?,
        _ => of_orders(scope)?,
    };
    Ok(after_margin(found, margin))
}

/// Orders of the period: their number a customer and year, and their mean value.
fn of_orders(scope: &Scope<'_>) -> Outcome<Estimate> {
    let last = last_day(scope)?;
    let first = scope.window.map(|window| window.start.0);
    let bought = Bought::up_to(scope, last)?;
    let begins = first.or(bought.first_day()).unwrap_or(last.0);
    let (mut purchases, mut spent) = (0_u64, Vec::new());
    for own in bought.customers() {
        let before = own.days.partition_point(|day| *day < begins);
        if before < own.days.len() {
            purchases += (own.days.len() - before) as u64;
            spent.push(own.amounts[before..].iter().sum());
        }
    }
    let customers = spent.len() as u64;
    at_least_one(customers, "customers with an order")?;
    let Some(years) = scope.setting(&format!("{OWN}.lifetime_years")) else {
        return Err(Refusal::new(
            "years_missing",
            "How many years a customer stays is in no column of orders.",
            "Set the years, or choose the rule that works it out from how customers come back.",
        ));
    };
    if !(years > 0.0 && years <= 100.0) {
        return Err(Refusal::new(
            "setting_unsuited",
            "The years that a customer stays are not between 0 and 100.",
            "Give them as a number of years, such as 2.",
        ));
    }
    let period = f64::from(last.0 + 1 - begins) / YEAR_DAYS;
    let revenue = math::sum(spent.iter().copied());
    let moments = Moments::from_values(&spent);
    let found = Estimate {
        interval: moments
            .t_interval()
            .map(|ends| interval(ends, mean::STUDENT)),
        ..Estimate::of(
            revenue / customers as f64,
            customers,
            Spread::StandardError(
                moments
                    .variance()
                    .map(|it| math::sqrt(it / customers as f64)),
            ),
        )
    };
    let found = found.with_parts(vec![
        ("average_order_value", revenue / purchases as f64),
        (
            "purchases_per_year",
            purchases as f64 / customers as f64 / period,
        ),
        ("years", years),
        ("customers", customers as f64),
    ]);
    Ok(scaled(found, years / period))
}

fn typed(scope: &Scope<'_>) -> Outcome<Estimate> {
    let value = above_nothing(scope, "average_order_value")?;
    let years = above_nothing(scope, "years");
    let told = scope.figure("purchases_per_year");
    let often = match (told, scope.figure("number_of_purchases")) {
        (Err(_), Ok(number)) => a_year(scope, number, value, years.clone()?)?,
        (told, _) => told?,
    };
    let years = years?;
    if often < 0.0 {
        return Err(Refusal::new(
            "term_negative",
            "The number of purchases is less than nothing.",
            "Look whether it is written with a minus, or in the wrong place.",
        ));
    }
    let found = Estimate::of(value * often * years, 1, Spread::StandardError(None));
    Ok(found.with_parts(vec![
        ("average_order_value", value),
        ("purchases_per_year", often),
        ("years", years),
    ]))
}

/// A number of purchases of which the setting says what it counts.
fn a_year(scope: &Scope<'_>, number: f64, value: f64, years: f64) -> Outcome<f64> {
    let unit = scope.settings.get(&format!("{OWN}.purchases_are"));
    match unit.and_then(|it| it.as_str()) {
        Some("a_year") => Ok(number),
        Some("a_month") => Ok(number * 12.0),
        Some("a_week") => Ok(number * YEAR_DAYS / 7.0),
        Some("in_all") => Ok(number / years),
        _ => Err(Refusal::new(
            "frequency_unit_open",
            format!(
                "The number of purchases may be of a year or of all years together: {} if of a year, {} if of all.",
                value * number * years,
                value * number
            ),
            "Call it purchases per year, or set what the number of purchases counts.",
        )),
    }
}
