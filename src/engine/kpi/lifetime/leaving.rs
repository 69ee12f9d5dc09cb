//! Revenue ÷ churn: what customers pay a month, and the share of them that leaves in one.

use super::{after_margin, horizon, margin};
use crate::engine::facts::ledger::rows::Remark;
use crate::engine::facts::{AccountRevenue, Ledger};
use crate::engine::kpi::on_spend::above_nothing;
use crate::engine::kpi::prelude::*;
use crate::engine::kpi::scope::Subject;
use crate::engine::stats::mean::Moments;
use crate::engine::stats::proportion;
use crate::engine::table::Reason;

/// Name of the method of the interval, as shown to a reader.
const METHOD: &str = "Student's t for revenue and Wilson for churn, combined on a log scale";

/// What customers pay, and how many leave.
#[derive(Clone, Debug)]
pub struct Leaving {
    /// What a customer pays a month.
    pub revenue: f64,
    /// The share of customers lost in a month.
    pub churn: f64,
    /// Customers lost, and customers at the starts of months, added up; absent for typed figures.
    pub counted: Option<(u64, u64)>,
    /// Customers that the revenue is the mean of; 1 for typed figures.
    pub customers: u64,
    /// What they pay, to say how sure the mean is; empty where it is not wanted or not known.
    pub amounts: Vec<f64>,
}

/// The terms of a period of whole months: churn is that of its months, each with its own customers
/// at the start; revenue is that of its end.
///
/// # Errors
/// `month_missing`; `no_opening`.
pub fn of_months(ledger: &Ledger, window: Period) -> Outcome<Leaving> {
    let (mut lost, mut opening) = (0, 0);
    for month in months(window) {
        let moved = ledger.movements(month)?.customers;
        lost += moved.churn;
        opening += moved.opening;
    }
    let closing = ledger.movements(window)?;
    if opening == 0 || closing.customers.closing == 0 {
        return Err(no_opening());
    }
    Ok(Leaving {
        revenue: money(closing.closing) / closing.customers.closing as f64,
        churn: lost as f64 / opening as f64,
        counted: Some((lost, opening)),
        customers: closing.customers.closing,
        amounts: Vec::new(),
    })
}

/// The months of a period.
fn months(window: Period) -> impl Iterator<Item = Period> {
    let count = window.end.month_index() - window.start.month_index();
    (0..count).map(move |month| Period {
        start: window.start.plus_months(month),
        end: window.start.plus_months(month + 1),
    })
}

/// What a customer brings: revenue × margin ÷ churn.
pub const fn value(revenue: f64, margin: Option<f64>, churn: f64) -> f64 {
    let margin = match margin {
        Some(margin) => margin,
        None => 1.0,
    };
    revenue * margin / churn
}

/// The share of customers lost a month as typed: a fraction, or above 1 in percent.
///
/// # Errors
/// `term_missing`.
pub fn typed_churn(scope: &Scope<'_>) -> Outcome<f64> {
    let churn = scope.figure("monthly_churn")?;
    Ok(if churn > 1.0 { churn / 100.0 } else { churn })
}

/// The whole months of the period of which the ledger can tell who was there at their start.
fn known_months(ledger: &Ledger, window: Period) -> Outcome<Period> {
    let is_first = |day: crate::engine::base::Date| day == day.first_of_month();
    if !is_first(window.start) || !is_first(window.end) {
        return Err(Refusal::new(
            "not_whole_months",
            "Churn is that of whole months, and the period is none.",
            "Choose months, quarters or years.",
        ));
    }
    let first = ledger.first_day().ok_or_else(no_opening)?;
    let known = first.first_of_month().plus_months(1);
    let start = window.start.max(known);
    if start >= window.end {
        return Err(no_opening());
    }
    Ok(Period { start, ..window })
}

/// The terms that these facts give.
///
/// # Errors
/// Those of [`of_months`]; `not_whole_months`; what a typed term lacks.
pub fn terms(scope: &Scope<'_>) -> Outcome<Leaving> {
    match scope.subject {
        Subject::Typed(_) => Ok(Leaving {
            revenue: above_nothing(scope, "monthly_revenue")?,
            churn: typed_churn(scope)?,
            counted: None,
            customers: 1,
            amounts: Vec::new(),
        }),
        Subject::AccountRevenue(list) => of_list(scope, list),
        _ => {
            let (ledger, window) = scope.ledger()?;
            let window = known_months(ledger, window)?;
            let mut found = of_months(ledger, window)?;
            if scope.detail != Detail::Bridge {
                let paid = ledger.snapshot(window.end.plus_days(-1));
                let paying = paid.iter().filter(|amount| **amount > 0);
                found.amounts = paying.map(|amount| money(i128::from(*amount))).collect();
            }
            Ok(found)
        }
    }
}

/// The terms of a list without dates: who left, over the months that all of them have stayed.
fn of_list(scope: &Scope<'_>, list: &AccountRevenue) -> Outcome<Leaving> {
    let tenures = scope.tenures.ok_or_else(no_opening)?;
    let rows = scope.rows.iter().map(|row| *row as usize);
    let known = rows.filter(|row| tenures.reasons[*row] == Reason::Used);
    let (mut amounts, mut lost, mut stayed) = (Vec::new(), 0_u64, math::Sum::default());
    for row in known {
        amounts.push(list.amounts[row]);
        lost += u64::from(tenures.left[row]);
        stayed.add(tenures.months[row]);
    }
    let stayed = stayed.value().round() as u64;
    at_least_one(amounts.len() as u64, "customers with a known time")?;
    at_least_one(stayed, "months in which customers were there")?;
    Ok(Leaving {
        revenue: math::sum(amounts.iter().copied()) / amounts.len() as f64,
        churn: lost as f64 / stayed as f64,
        counted: Some((lost, stayed)),
        customers: amounts.len() as u64,
        amounts,
    })
}

/// How long a customer stays.
struct Lifetime {
    /// The share lost a month.
    loss: f64,
    /// Cut at the horizon.
    months: f64,
    is_cut: bool,
}

/// # Errors
/// `no_churn` where nobody leaves and there is no horizon; `part_above_whole` where more is lost
/// than there is.
fn lifetime(loss: f64, horizon: Option<f64>, lost: &str) -> Outcome<Lifetime> {
    if loss > 1.0 {
        return Err(Refusal::new(
            "part_above_whole",
            format!("More than everything is lost in a month: {loss}."),
            "Give the share that is lost in a month, such as 0.02 or 2 for 2%.",
        ));
    }
    if loss > 0.0 {
        let months = 1.0 / loss;
        let is_cut = horizon.is_some_and(|cut| cut < months);
        return Ok(Lifetime {
            loss,
            months: horizon.map_or(months, |cut| cut.min(months)),
            is_cut,
        });
    }
    match horizon {
        Some(months) => Ok(Lifetime {
            loss,
            months,
            is_cut: true,
        }),
        None => Err(Refusal::new(
            "no_churn",
            format!("{lost}, so customers would stay for ever and the value would have no end."),
            "Set a horizon in months as the longest time that counts, or choose a longer period.",
        )),
    }
}

/// Says that the time was cut.
const CUT: Remark = Remark::new(
    "lifetime_cut_at_horizon",
    "Customers would stay longer than the horizon of customer lifetime value, so only the time up to it counts.",
);

/// The estimate of revenue over a lifetime, before the margin.
fn over_lifetime(terms: &Leaving, lifetime: &Lifetime, horizon: Option<f64>) -> Estimate {
    let mut parts = vec![("monthly_revenue", terms.revenue)];
    if let Some((lost, at_start)) = terms.counted {
        parts.push(("lost", lost as f64));
        parts.push(("customer_months", at_start as f64));
    }
    parts.push(("lifetime_months", lifetime.months));
    parts.extend(horizon.map(|months| ("horizon_months", months)));
    // Not cut, it is the quotient itself and not a product with a rounded inverse.
    let revenue = if lifetime.is_cut {
        terms.revenue * lifetime.months
    } else {
        value(terms.revenue, None, lifetime.loss)
    };
    let found = Estimate::of(revenue, terms.customers, Spread::StandardError(None));
    let mut found = found.with_parts(parts);
    if lifetime.is_cut {
        found.remarks.push(CUT);
    }
    found
}

/// With the interval of revenue and of churn together.
fn with_interval(mut found: Estimate, terms: &Leaving, horizon: Option<f64>) -> Estimate {
    let ends = || {
        let (lost, at_start) = terms.counted?;
        let (low, high) = Moments::from_values(&terms.amounts).t_interval()?;
        let (few, many) = proportion::wilson(lost, at_start, LEVEL)?;
        let cut = horizon.unwrap_or(f64::INFINITY);
        let (short, long) = ((1.0 / many).min(cut), (1.0 / few).min(cut));
        let months = found.value / terms.revenue;
        // Zou & Donner (2008): each end from the distances of both factors to their own ends.
        let away = |revenue: f64, months_there: f64| {
            let (one, other) = (
                math::ln(revenue / terms.revenue),
                math::ln(months_there / months),
            );
            math::exp(math::sqrt(one * one + other * other))
        };
        // Credits can make less than nothing of the mean; it has no logarithm then.
        (low > 0.0 && terms.revenue > 0.0 && long.is_finite()).then(|| {
            (
                found.value / away(low, short),
                found.value * away(high, long),
            )
        })
    };
    if let Some((low, high)) = ends() {
        found.interval = Some(interval((low, high), METHOD));
        found.spread = Spread::StandardError(Some((high - low) / (2.0 * stats::normal::Z_95)));
    }
    found
}

/// Revenue ÷ churn of customers, with the margin where it is known and wanted.
///
/// # Errors
/// Those of [`terms`]; `no_churn`; those of the margin.
pub fn by_churn(scope: &Scope<'_>, with_margin: bool) -> Outcome<Estimate> {
    let terms = terms(scope)?;
    let horizon = horizon(scope)?;
    let lifetime = lifetime(terms.churn, horizon, "Nobody left")?;
    let found = over_lifetime(&terms, &lifetime, horizon);
    let mut found = with_interval(found, &terms, horizon);
    found.parts.push(("monthly_churn", terms.churn));
    let margin = if with_margin { margin(scope)? } else { None };
    Ok(after_margin(found, margin))
}

/// Revenue ÷ (1 − retention of revenue): expansion counts against what is lost.
///
/// # Errors
/// Those of [`terms`]; `no_churn` where expansion makes up for all losses and there is no horizon.
pub fn by_retention(scope: &Scope<'_>) -> Outcome<Estimate> {
    let (terms, retention) = match scope.subject {
        Subject::Typed(_) => typed_retention(scope)?,
        _ => kept_revenue(scope)?,
    };
    let horizon = horizon(scope)?;
    let lost = "As much revenue was added by customers as was lost";
    let lifetime = lifetime(1.0 - retention, horizon, lost)?;
    let mut found = over_lifetime(&terms, &lifetime, horizon);
    found.parts.push(("monthly_retention", retention));
    Ok(after_margin(found, None))
}

fn typed_retention(scope: &Scope<'_>) -> Outcome<(Leaving, f64)> {
    // Retention of revenue may be above 1, so only what is far above it is taken for percent.
    const PERCENT_FROM: f64 = 3.0;
    let revenue = above_nothing(scope, "monthly_revenue")?;
    let given = scope.figure("monthly_retention")?;
    let retention = if given > PERCENT_FROM {
        given / 100.0
    } else {
        given
    };
    let terms = Leaving {
        revenue,
        churn: 1.0 - retention,
        counted: None,
        customers: 1,
        amounts: Vec::new(),
    };
    Ok((terms, retention))
}

/// The revenue that customers of the starts of months still paid at their ends, over what they paid
/// at the starts.
fn kept_revenue(scope: &Scope<'_>) -> Outcome<(Leaving, f64)> {
    let (ledger, window) = scope.ledger()?;
    let window = known_months(ledger, window)?;
    let mut terms = of_months(ledger, window)?;
    terms.counted = None;
    let (mut opening, mut kept) = (0_i128, 0_i128);
    for month in months(window) {
        let moved = ledger.movements(month)?;
        opening += moved.opening;
        kept += moved.opening + moved.expansion - moved.contraction - moved.churn;
    }
    if opening <= 0 {
        return Err(no_opening());
    }
    Ok((terms, kept as f64 / opening as f64))
}
