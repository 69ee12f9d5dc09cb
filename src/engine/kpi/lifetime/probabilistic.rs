//! What customers without a contract will buy: two models fitted to their orders.

use super::histories::{Bought, last_day};
use super::{after_margin, course, discount, horizon, margin, scaled};
use crate::engine::facts::ledger::rows::Remark;
use crate::engine::kpi::prelude::*;
use crate::engine::stats::buying::purchases::{self, PurchaseFit};
use crate::engine::stats::buying::spending::{self, SpendFit};
use crate::engine::stats::buying::value::{self, Ahead, Models};
use crate::engine::stats::buying::{Histories, SpendModel};

/// Customers who bought again that a fit needs at least.
pub const LEAST_REPEATERS: u64 = 30;

/// The strongest correlation of amount and number of purchases under which they may be taken apart.
pub const MOST_CORRELATION: f64 = 0.3;

/// Months ahead that count unless the user says otherwise.
const USUAL_MONTHS: f64 = 12.0;

/// The most months ahead.
const MOST_MONTHS: f64 = 120.0;

/// Says that all customers are taken to go on.
const NOBODY_STOPS: Remark = Remark::new(
    "nobody_stops",
    "No customer is seen to stop buying, so customer lifetime value takes all of them to go on as before; where some have stopped unseen, it is too good.",
);

/// The value of the months ahead by BG/NBD and Gamma-Gamma, the mean of all customers.
///
/// # Errors
/// Those of the orders; `too_few_repeat_customers`; `value_follows_frequency`; `no_convergence`;
/// `no_mean_spend`; `not_fitted_by_unit` for the points of a series.
pub fn by_models(scope: &Scope<'_>) -> Outcome<Estimate> {
    if scope.detail == Detail::Point {
        return Err(Refusal::new(
            "not_fitted_by_unit",
            "The models are fitted once, to all orders up to the end, and not for every point of a series.",
            "Choose a period to see the value as of its end.",
        ));
    }
    let margin = margin(scope)?;
    let ahead = ahead(scope)?;
    let last = last_day(scope)?;
    let bought = Bought::up_to(scope, last)?;
    let histories = bought.histories(last.0);
    let fits = Fits::of(&histories)?;
    let mut found = fits.estimate(&histories, ahead, scope.detail)?;
    if scope.detail == Detail::Headline
        && let Some(held_out) = course::of(&bought, last)
    {
        found.parts.extend(held_out.parts);
        found.chart = Some(held_out.chart);
    }
    if fits.purchases.nobody_stops {
        found.remarks.push(NOBODY_STOPS);
    }
    let mut found = after_margin(found, margin);
    let total = found.value * histories.customers as f64;
    found.parts.push(("total", total));
    Ok(found)
}

fn ahead(scope: &Scope<'_>) -> Outcome<Ahead> {
    let months = horizon(scope)?.unwrap_or(USUAL_MONTHS).round();
    if !(1.0..=MOST_MONTHS).contains(&months) {
        return Err(Refusal::new(
            "setting_unsuited",
            "Purchases can be told for 1 to 120 months ahead.",
            "Give a horizon of so many months; 12 is usual.",
        ));
    }
    Ok(Ahead {
        months: months as u32,
        discount_per_month: discount(scope)?,
    })
}

/// Both models as fitted.
#[derive(Clone, Copy, Debug)]
pub struct Fits {
    purchases: PurchaseFit,
    spending: SpendFit,
    mean: f64,
    correlation: f64,
}

/// How often customers buy, where there is enough to tell.
///
/// # Errors
/// `too_few_repeat_customers`; `no_convergence`.
pub fn purchase_fit(histories: &Histories) -> Outcome<PurchaseFit> {
    let again = histories.repeat_customers();
    if again < LEAST_REPEATERS {
        return Err(Refusal::new(
            "too_few_repeat_customers",
            format!(
                "{again} of {} customers bought on a second day, and {LEAST_REPEATERS} are needed to tell how customers come back.",
                histories.customers
            ),
            "Add orders of a longer time, or choose the simple rule.",
        ));
    }
    purchases::fit(histories).ok_or_else(|| unsettled("how often customers buy"))
}

fn unsettled(what: &str) -> Refusal {
    Refusal::new(
        "no_convergence",
        format!(
            "The search for the model of {what} found no best fit: the orders do not tell one apart from the others."
        ),
        "Add orders of a longer time, or choose the simple rule.",
    )
}

impl Fits {
    /// Fits both models, where that can be done honestly.
    ///
    /// # Errors
    /// Those of [`purchase_fit`]; `value_follows_frequency`; `no_mean_spend`.
    pub fn of(histories: &Histories) -> Outcome<Self> {
        let purchases = purchase_fit(histories)?;
        let correlation = histories.correlation().unwrap_or(0.0);
        if correlation.abs() > MOST_CORRELATION {
            return Err(Refusal::new(
                "value_follows_frequency",
                format!(
                    "How much customers spend goes with how often they buy: the correlation is {correlation:.2}, and the model of amounts holds up to {MOST_CORRELATION:.2} only."
                ),
                "Filter by a column that parts the groups, such as private and business customers, or choose the simple rule.",
            ));
        }
        let spending = spending::fit(histories).ok_or_else(|| unsettled("what customers spend"))?;
        let mean = spending
            .model
            .mean()
            .ok_or_else(|| no_mean(&spending.model))?;
        Ok(Self {
            purchases,
            spending,
            mean,
            correlation,
        })
    }

    /// The models, which tell the value of each customer ([`Models::of_customer`]).
    pub const fn models(&self) -> Models {
        Models {
            purchases: self.purchases.model,
            spending: self.spending.model,
        }
    }

    /// The mean of all customers, before the margin.
    fn estimate(&self, histories: &Histories, ahead: Ahead, detail: Detail) -> Outcome<Estimate> {
        let (total, ends) = if detail == Detail::Bridge {
            (self.models().of_all(histories, ahead), None)
        } else {
            value::interval(&self.purchases, &self.spending, histories, ahead)
        };
        if !total.is_finite() {
            return Err(unsettled("how often customers buy"));
        }
        let found = Estimate {
            interval: ends.map(|ends| interval((ends.low, ends.high), value::DELTA_METHOD)),
            ..Estimate::of(
                total,
                histories.customers,
                Spread::StandardError(ends.map(|ends| ends.standard_error)),
            )
        };
        let mut found = scaled(found, 1.0 / histories.customers as f64);
        found.parts = self.parts(histories, ahead);
        Ok(found)
    }

    fn parts(&self, histories: &Histories, ahead: Ahead) -> Vec<(&'static str, f64)> {
        let (purchases, spending) = (self.purchases.model, self.spending.model);
        vec![
            ("customers", histories.customers as f64),
            ("repeat_customers", histories.repeat_customers() as f64),
            ("repeat_purchases", histories.repeat_purchases()),
            ("horizon_months", f64::from(ahead.months)),
            ("discount_rate_per_month", ahead.discount_per_month),
            ("r", purchases.shape),
            ("alpha", purchases.scale.0),
            ("a", purchases.stop),
            ("b", purchases.go_on),
            ("log_likelihood", self.purchases.log_likelihood),
            ("p", spending.shape),
            ("q", spending.between),
            ("v", spending.scale),
            ("log_likelihood_value", self.spending.log_likelihood),
            ("mean_spend", self.mean),
            ("correlation", self.correlation),
        ]
    }
}

fn no_mean(model: &SpendModel) -> Refusal {
    Refusal::new(
        "no_mean_spend",
        format!(
            "Customers differ so much in what they spend that the model has no mean: its q is {:.2}, and above 1 is needed.",
            model.between
        ),
        "Look for amounts that are far too large, filter by a column that parts the groups, or choose the simple rule.",
    )
}
