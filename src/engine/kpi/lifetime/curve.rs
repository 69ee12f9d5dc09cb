//! Month by month: what those pay who are still there, discounted.

use super::{after_margin, discount, horizon, leaving, margin, with_relative_error};
use crate::engine::base::Date;
use crate::engine::kpi::prelude::*;
use crate::engine::kpi::scope::Subject;
use crate::engine::kpi::stay_curve::{Stay, Stays};
use crate::engine::stats::mean::Moments;
use crate::engine::stats::survival::{self, Curve};

/// Name of the method of the interval, as shown to a reader.
const METHOD: &str =
    "delta method: mean revenue and Greenwood's error of the curve, on a log scale";

/// Months that count at most unless the user says otherwise.
const USUAL_HORIZON: f64 = 60.0;

/// A time this close to a whole number of months is one: months have 28 to 31 days.
const NEARLY_WHOLE: f64 = 2.0 / 30.4375;

/// What a payment of one unit a month is worth, and the variance of that.
struct Worth {
    value: f64,
    variance: f64,
}

/// Revenue × the share still there × what money is worth then, over the months up to the horizon.
///
/// # Errors
/// Those of the terms; `horizon_beyond_data` where the horizon that is set lies further ahead than
/// anyone was watched.
pub fn by_survival(scope: &Scope<'_>) -> Outcome<Estimate> {
    let margin = margin(scope)?;
    let discount = discount(scope)?;
    let set = horizon(scope)?
        .map(f64::round)
        .map(|months| months.max(1.0));
    if let Subject::Typed(_) = scope.subject {
        let terms = leaving::terms(scope)?;
        let months = set.unwrap_or(USUAL_HORIZON);
        let stay = (1.0 - terms.churn).max(0.0);
        let worth = paid(months as u32, discount, |month| {
            math::pow(stay, f64::from(month))
        });
        let found = Estimate::of(terms.revenue * worth, 1, Spread::StandardError(None));
        let mut parts = vec![("monthly_churn", terms.churn)];
        parts.extend(common(terms.revenue, months, discount));
        return Ok(after_margin(found.with_parts(parts), margin));
    }
    let (amounts, stay) = match scope.subject {
        Subject::AccountRevenue(_) => of_list(scope)?,
        _ => of_ledger(scope)?,
    };
    let Some(curve) = curve_of(&stay.stays) else {
        return Err(no_starts());
    };
    let reach = reach(&curve);
    let months = match set {
        Some(set) if set > reach => return Err(beyond(set, reach)),
        Some(set) => set,
        None => reach.min(USUAL_HORIZON),
    };
    let worth = worth(&curve, months as u32, discount);
    let moments = Moments::from_values(&amounts);
    let n = amounts.len() as f64;
    let revenue = math::sum(amounts.iter().copied()) / n;
    let found = Estimate::of(
        revenue * worth.value,
        stay.stays.months.len() as u64,
        Spread::StandardError(None),
    );
    let relative = moments.variance().map(|variance| {
        let of_mean = variance / n / (revenue * revenue);
        math::sqrt(of_mean + worth.variance / (worth.value * worth.value))
    });
    let found = found.with_parts(common(revenue, months, discount));
    let mut found = with_relative_error(found, relative.unwrap_or(0.0), METHOD);
    if scope.tells_courses() {
        found.curve = stay.points;
        found.stays = Some(stay.stays);
    }
    Ok(after_margin(found, margin))
}

/// The terms that every table gives.
fn common(revenue: f64, months: f64, discount: f64) -> Vec<(&'static str, f64)> {
    vec![
        ("monthly_revenue", revenue),
        ("horizon_months", months),
        ("discount_rate_per_month", discount),
    ]
}

fn of_list(scope: &Scope<'_>) -> Outcome<(Vec<f64>, Stay)> {
    let terms = leaving::terms(scope)?;
    let tenures = scope.tenures.ok_or_else(no_starts)?;
    Ok((terms.amounts, Stay::of_tenures(tenures, scope.rows)))
}

fn of_ledger(scope: &Scope<'_>) -> Outcome<(Vec<f64>, Stay)> {
    let (ledger, window) = scope.ledger()?;
    let (_, after) = ledger.ends(window)?;
    let paying = after.iter().filter(|amount| **amount > 0);
    let amounts: Vec<f64> = paying.map(|amount| money(i128::from(*amount))).collect();
    at_least_one(amounts.len() as u64, "customers who pay at the end")?;
    let end = window.end.plus_days(-1);
    let seen_to: Date = scope.as_of.map_or(end, |as_of| as_of.min(end));
    Ok((amounts, Stay::of_ledger(ledger, seen_to)))
}

fn no_starts() -> Refusal {
    Refusal::new(
        "starts_unknown",
        "Of no customer is it known when they began, so how long customers stay cannot be told.",
        "Add rows from before, or the day on which each customer began.",
    )
}

/// The curve of times in whole months where they nearly are: a subscription of a month ends after
/// 28 to 31 days, and its customer pays once and not twice.
fn curve_of(stays: &Stays) -> Option<Curve> {
    let months: Vec<f64> = stays
        .months
        .iter()
        .map(|months| {
            let whole = months.round();
            let is_near = (months - whole).abs() <= NEARLY_WHOLE;
            if is_near { whole } else { *months }
        })
        .collect();
    survival::kaplan_meier(&months, &stays.left)
}

/// The payments of which the curve can tell: the last falls at the last whole month that it reaches;
/// any number where nobody is left at its end.
fn reach(curve: &Curve) -> f64 {
    let last = curve.points.last();
    last.map_or(1.0, |last| {
        if last.survival > 0.0 {
            last.at.floor() + 1.0
        } else {
            f64::INFINITY
        }
    })
}

fn beyond(set: f64, reach: f64) -> Refusal {
    Refusal::new(
        "horizon_beyond_data",
        format!(
            "The horizon is {set} months, and nobody has been a customer for more than {reach}: what happens later is not in the data."
        ),
        "Choose a shorter horizon, or the rule with churn, which takes it to stay as it is.",
    )
}

/// Payments of one unit at the start of each month by those still there, at what they are worth.
fn paid(months: u32, discount: f64, still_there: impl Fn(u32) -> f64) -> f64 {
    let mut sum = math::Sum::default();
    for month in 0..months {
        sum.add(still_there(month) / math::pow(1.0 + discount, f64::from(month)));
    }
    sum.value()
}

/// The worth of the payments under a curve, and its variance: the sum over losses of (worth of what
/// follows)² · d ÷ (n (n − d)), as for a restricted mean.
///
/// # Source
/// Klein & Moeschberger (2003), "Survival analysis", formula 4.5.2, with discounted payments for the
/// area.
fn worth(curve: &Curve, months: u32, discount: f64) -> Worth {
    // Beyond a curve that ends with nobody left, nobody is there.
    let there =
        |month: u32| survival::survival_at(curve, f64::from(month)).map_or(0.0, |it| it.survival);
    let value = paid(months, discount, there);
    let mut following = vec![0.0; months as usize + 1];
    for month in (0..months).rev() {
        let now = there(month) / math::pow(1.0 + discount, f64::from(month));
        following[month as usize] = following[month as usize + 1] + now;
    }
    let terms = curve.points.iter().map(|point| {
        let first = point.at.ceil();
        if first >= f64::from(months) || point.events >= point.at_risk {
            return 0.0;
        }
        let area = following[first as usize];
        let (events, at_risk) = (point.events as f64, point.at_risk as f64);
        area * area * events / (at_risk * (at_risk - events))
    });
    Worth {
        value,
        variance: math::sum(terms),
    }
}
