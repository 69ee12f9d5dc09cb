//! Does the model foresee what it has not seen? It is fitted to the first part of the time, and what
//! it expects is set against what was counted.

use super::histories::Bought;
use super::probabilistic::purchase_fit;
use crate::engine::base::Date;
use crate::engine::chart_spec::TrendPoint;
use crate::engine::kpi::prelude::*;
use crate::engine::stats::buying::{PurchaseModel, Weeks};

/// Days that must be left to look at after the first part.
const LEAST_DAYS: i32 = 28;

/// What the model expects after the first part and what was counted, and the picture of both.
pub struct HeldOut {
    /// `held_out_expected`, `held_out_counted`, `held_out_days`.
    pub parts: Vec<(&'static str, f64)>,
    /// Repeat purchases by month: counted as the line, expected as the band.
    pub chart: ChartSpec,
}

/// The comparison, with the first two thirds of the days as the first part; absent where too little
/// is known of either part.
pub fn of(bought: &Bought, last: Date) -> Option<HeldOut> {
    let first = bought.first_day()?;
    let days = last.0 - first;
    let cut = first + (f64::from(days) * 2.0 / 3.0).round() as i32;
    if last.0 - cut < LEAST_DAYS {
        return None;
    }
    let histories = bought.histories(cut);
    let model = purchase_fit(&histories).ok()?.model;
    let ahead = Weeks::from_days(last.0 - cut);
    let groups = histories.alike.iter();
    let expected = math::sum(groups.map(|one| one.customers * one.expected(&model, ahead)));
    let months = months(bought, (first, cut, last.0), &model);
    let counted: f64 = bought
        .customers()
        .filter(|own| own.days[0] <= cut)
        .map(|own| (own.days.len() - own.days.partition_point(|day| *day <= cut)) as f64)
        .sum();
    let looks_ahead = Date(cut).plus_days(1);
    expected.is_finite().then(|| HeldOut {
        parts: vec![
            ("held_out_expected", expected),
            ("held_out_counted", counted),
            ("held_out_days", f64::from(last.0 - cut)),
        ],
        chart: ChartSpec {
            title: String::from("Repeat purchases a month, counted and expected"),
            summary: String::new(),
            plot: Plot::Trend {
                unit: Unit::Count,
                points: months,
                target: None,
            },
            footnotes: vec![format!(
                "The line is what was counted; the band is where a model fitted to the orders before {looks_ahead} expects it, chance included. From that day on the band looks ahead. Only customers who had bought before it count."
            )],
        },
    })
}

/// Repeat purchases of a month.
#[derive(Clone, Copy, Default)]
struct Month {
    counted: f64,
    /// Squares of the numbers of each customer, added up: how unequal customers are.
    squares: f64,
}

/// A point for every calendar month, of customers who had bought by the end of the first part.
fn months(
    bought: &Bought,
    (first, cut, last): (i32, i32, i32),
    model: &PurchaseModel,
) -> Vec<TrendPoint> {
    let begin = Date(first).month_index();
    let count = (Date(last).month_index() - begin + 1) as usize;
    let mut found = vec![Month::default(); count];
    let mut started = vec![0.0; (cut - first + 1) as usize];
    for own in bought.customers().filter(|own| own.days[0] <= cut) {
        started[(own.days[0] - first) as usize] += 1.0;
        let place = |day: i32| (Date(day).month_index() - begin) as usize;
        for of_month in own.days[1..].chunk_by(|one, other| place(*one) == place(*other)) {
            let month = &mut found[place(of_month[0])];
            let own = of_month.len() as f64;
            month.counted += own;
            month.squares += own * own;
        }
    }
    let customers: f64 = started.iter().sum();
    // Of a new customer, by days since the first purchase.
    let of_new: Vec<f64> = (0..=last - first)
        .map(|days| model.expected_of_new(Weeks::from_days(days)))
        .collect();
    let up_to = |day: i32| {
        let known = started.iter().enumerate();
        let aged = known.map(|(start, all)| (day - first - start as i32, all));
        math::sum(
            aged.filter(|(age, _)| *age > 0)
                .map(|(age, all)| all * of_new[age as usize]),
        )
    };
    let mut before = 0.0;
    found
        .iter()
        .enumerate()
        .map(|(place, month)| {
            let start = Date::from_month_index(begin + place as i32);
            let end = start.plus_months(1).0 - 1;
            let so_far = up_to(end.min(last));
            let expected = so_far - before;
            before = so_far;
            let variance = month.squares - month.counted * month.counted / customers;
            let chance = stats::normal::Z_95 * math::sqrt(variance.max(0.0));
            TrendPoint {
                start,
                value: Some(month.counted),
                low: Some((expected - chance).max(0.0)),
                high: Some(expected + chance),
                n: Some(customers as u64),
                partial: end > last,
            }
        })
        .collect()
}
