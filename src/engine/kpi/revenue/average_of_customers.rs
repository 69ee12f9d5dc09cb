//! The mean and the median of what customers pay, whichever customers they are.

use crate::engine::kpi::prelude::*;
use stats::mean::{self, Moments};
use stats::quantile;

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
fn of_heads(scope: &Scope<'_>, customers: &[Paying]) -> Tally {
    let mut tally = Tally::ratio(Counted::Money, &CLASSES, scope.names_customers());
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

/// The terms that a mean and a median share, the chart, and the amounts.
fn terms(scope: &Scope<'_>, customers: &[Paying]) -> (Vec<(&'static str, f64)>, Vec<f64>) {
    let revenue: i128 = customers.iter().map(|(_, _, paid)| i128::from(*paid)).sum();
    let mut amounts = amounts(customers);
    let mut parts = vec![
        ("revenue", money(revenue)),
        ("customers", customers.len() as f64),
    ];
    if scope.detail == Detail::Headline {
        parts.extend(median(&mut amounts).map(|median| ("median", median)));
    }
    (parts, amounts)
}

fn median(amounts: &mut [f64]) -> Option<f64> {
    quantile::select_quantiles(amounts, &[0.5]).and_then(|found| found.first().copied())
}

/// The mean of what these customers pay.
///
/// # Errors
/// `no_rows_count` without customers.
pub fn mean_of(scope: &Scope<'_>, customers: &[Paying]) -> Outcome<Estimate> {
    let n = customers.len() as u64;
    at_least_one(n, "paying customers")?;
    let tally = of_heads(scope, customers);
    let (mut parts, amounts) = terms(scope, customers);
    let moments = Moments::from_values(&amounts);
    let value = tally.numerator() as f64 / tally.denominator() as f64;
    parts.extend([
        ("numerator", money(tally.numerator())),
        ("denominator", n as f64),
    ]);
    let marks = [("mean", Some(value)), ("median", part(&parts, "median"))];
    Ok(Estimate {
        interval: moments
            .t_interval()
            .map(|ends| interval(ends, mean::STUDENT)),
        ..Estimate::of(value, n, Spread::Mean(moments))
    }
    .with_chart(chart(scope, &amounts, &marks))
    .with_parts(parts)
    .with_tally(tally))
}

fn part(parts: &[(&'static str, f64)], name: &str) -> Option<f64> {
    let found = parts.iter().find(|(other, _)| *other == name);
    found.map(|(_, value)| *value)
}

/// The median of what these customers pay.
///
/// # Errors
/// As [`mean_of`]; `not_finite`.
pub fn median_among(scope: &Scope<'_>, customers: &[Paying]) -> Outcome<Estimate> {
    let n = customers.len() as u64;
    at_least_one(n, "paying customers")?;
    let (parts, mut amounts) = terms(scope, customers);
    let Some(value) = median(&mut amounts) else {
        return Err(Refusal::new(
            "not_finite",
            "Some amounts are too large to be counted.",
            "Look for amounts that are no amounts.",
        ));
    };
    let ends = quantile::select_median_interval(&mut amounts, LEVEL);
    let mean = Moments::from_values(&amounts).mean();
    let marks = [("mean", mean), ("median", Some(value))];
    Ok(Estimate {
        interval: ends.map(|ends| interval(ends, quantile::ORDER_STATISTICS)),
        ..Estimate::of(
            value,
            n,
            Spread::Median(quantile::select_median(&mut amounts)),
        )
    }
    .with_chart(chart(scope, &amounts, &marks))
    .with_parts(parts))
}

fn chart(scope: &Scope<'_>, amounts: &[f64], marks: &[(&str, Option<f64>)]) -> Option<ChartSpec> {
    (scope.detail == Detail::Headline).then(|| ChartSpec {
        title: String::from("Customers by what they pay a month"),
        summary: String::new(),
        plot: Plot::Histogram {
            unit: Unit::Money,
            classes: log_classes(amounts),
            markers: marks
                .iter()
                .filter_map(|(label, at)| {
                    Some(Marker {
                        label: (*label).to_owned(),
                        at: (*at)?,
                    })
                })
                .collect(),
        },
        footnotes: vec![String::from(
            "The axis is logarithmic: each step to the right is a multiple.",
        )],
    })
}
