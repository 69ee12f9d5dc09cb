//! The mean and the median of what customers pay, whichever customers they are.

use crate::engine::kpi::prelude::*;
use stats::mean::{self, Moments};
use stats::quantile;
use stats::ranked::Ranked;

/// Class of customers of a tally.
pub const BEFORE: &str = "customers who paid before the period";
/// Class of customers of a tally.
pub const NEW: &str = "customers who paid for the first time within the period";
/// Class of customers of a tally.
pub const FREE: &str = "customers with a subscription who pay nothing";
/// Class of seats of a tally.
pub const SEATS: &str = "seats of the customers who pay";
/// Class of customers of a tally.
pub const STAY: &str = "customers of the list who have not left";
/// Class of customers of a tally.
pub const LEFT: &str = "customers of the list who have left";

/// All classes.
pub const CLASSES: [&str; 6] = [BEFORE, NEW, FREE, SEATS, STAY, LEFT];

/// A customer in billionths, as the denominator of amounts in billionths.
const HEAD: i128 = 1_000_000_000;

/// A customer that counts: the class, the number, and billionths a month.
pub type Paying = (&'static str, u32, i64);

/// A tally of customers, each a head.
fn of_heads(customers: &[Paying]) -> Tally {
    let mut tally = Tally::ratio(Counted::Money, &CLASSES, true);
    for (class, customer, paid) in customers {
        tally.add(class, *customer, *paid, HEAD);
    }
    tally
}

/// What they pay, in units of money.
pub fn amounts(customers: &[Paying]) -> Vec<f64> {
    let paid = customers.iter().map(|(_, _, paid)| i128::from(*paid));
    paid.map(money).collect()
}

/// The middle amount.
fn middle(amounts: &mut Ranked<'_>) -> Option<f64> {
    quantile::select_quantiles(amounts, &[0.5])?
        .first()
        .copied()
}

/// What they pay together, in billionths.
fn revenue_of(customers: &[Paying]) -> i128 {
    customers.iter().map(|(_, _, paid)| i128::from(*paid)).sum()
}

/// The terms that a mean and a median share.
fn terms(customers: &[Paying], median: Option<f64>) -> Vec<(&'static str, f64)> {
    let mut parts = vec![
        ("revenue", money(revenue_of(customers))),
        ("customers", customers.len() as f64),
    ];
    parts.extend(median.map(|median| ("median", median)));
    parts
}

/// The mean of what these customers pay.
///
/// # Errors
/// `no_rows_count` without customers.
pub fn mean_of(scope: &Scope<'_>, customers: &[Paying]) -> Outcome<Estimate> {
    let n = customers.len() as u64;
    at_least_one(n, "paying customers")?;
    let amounts = amounts(customers);
    let moments = Moments::from_values(&amounts);
    let revenue = revenue_of(customers);
    let value = revenue as f64 / (i128::from(n) * HEAD) as f64;
    let is_headline = scope.detail == Detail::Headline;
    let mut ranked = is_headline.then(|| Ranked::of(&amounts)).flatten();
    let median = ranked.as_mut().and_then(middle);
    let mut parts = terms(customers, median);
    parts.extend([("numerator", money(revenue)), ("denominator", n as f64)]);
    let estimate = Estimate {
        interval: moments
            .t_interval()
            .map(|ends| interval(ends, mean::STUDENT)),
        ..Estimate::of(value, n, Spread::Mean(moments))
    }
    .with_chart(ranked.as_mut().map(|it| chart(it, Some(value), median)))
    .with_parts(parts);
    Ok(if scope.names_customers() {
        estimate.with_tally(of_heads(customers))
    } else {
        estimate
    })
}

/// The median of what these customers pay.
///
/// # Errors
/// As [`mean_of`]; `not_finite` for amounts that are no numbers.
pub fn median_among(scope: &Scope<'_>, customers: &[Paying]) -> Outcome<Estimate> {
    let n = customers.len() as u64;
    at_least_one(n, "paying customers")?;
    let amounts = amounts(customers);
    let too_large = || {
        Refusal::new(
            "not_finite",
            "Some amounts are too large to be counted.",
            "Look for amounts that are no amounts.",
        )
    };
    let mut ranked = Ranked::of(&amounts).ok_or_else(too_large)?;
    quantile::look_ahead(&mut ranked, &[], LEVEL, 0);
    let median = middle(&mut ranked).ok_or_else(too_large)?;
    let ends = quantile::select_median_interval(&mut ranked, LEVEL);
    let spread = Spread::Median(quantile::select_median(&mut ranked));
    let mean = Moments::from_values(&amounts).mean();
    let drawn = scope.detail == Detail::Headline;
    Ok(Estimate {
        interval: ends.map(|ends| interval(ends, quantile::ORDER_STATISTICS)),
        ..Estimate::of(median, n, spread)
    }
    .with_chart(drawn.then(|| chart(&mut ranked, mean, Some(median))))
    .with_parts(terms(customers, Some(median)))
    .with_values(scope, 0.5, amounts))
}

fn chart(amounts: &mut Ranked<'_>, mean: Option<f64>, median: Option<f64>) -> ChartSpec {
    let marker = |label: &str, at: f64| Marker {
        label: label.to_owned(),
        at,
    };
    let mean = mean.map(|at| marker("mean", at));
    let median = median.map(|at| marker("median", at));
    ChartSpec {
        title: String::from("Customers by what they pay a month"),
        summary: String::new(),
        plot: Plot::Histogram {
            unit: Unit::Money,
            classes: log_classes(amounts),
            markers: mean.into_iter().chain(median).collect(),
        },
        footnotes: vec![String::from(
            "The axis is logarithmic: each step to the right is a multiple.",
        )],
    }
}
