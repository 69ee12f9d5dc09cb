//! How often the intervals of lifetime values hold the truth, in worlds where it is known; as
//! `tests/coverage.rs`, and with fewer worlds, because each is fitted.
#![expect(
    clippy::unwrap_used,
    reason = "test code; each test file is a crate of its own"
)]

mod support;

use std::fmt::Write as _;

use kept::engine::base::{Date, math};
use kept::engine::stats::buying::value::{Ahead, Models, interval};
use kept::engine::stats::buying::{
    Histories, History, PurchaseModel, SpendModel, Weeks, purchases, spending,
};
use kept::engine::stats::normal;
use kept::engine::stats::rng::Rng;
use support::long::rounds;
use support::{finding, options, report_on};

/// Of worlds, each with chances of its own: the share of intervals that hold the truth.
fn covered(worlds: u32, world: impl Fn(&mut Rng) -> (Option<(f64, f64)>, f64)) -> f64 {
    let worlds = u64::from(rounds(worlds));
    let holds = (0..worlds).filter(|number| {
        let mut rng = Rng::from_seed(number * 7_919 + 13);
        let (ends, truth) = world(&mut rng);
        ends.is_some_and(|(low, high)| low <= truth && truth <= high)
    });
    holds.count() as f64 / worlds as f64
}

/// A number from the gamma distribution of this shape.
///
/// # Source
/// Marsaglia & Tsang (2000), "A simple method for generating gamma variables".
fn gamma(rng: &mut Rng, shape: f64) -> f64 {
    if shape < 1.0 {
        let less = math::pow(1.0 - rng.unit(), 1.0 / shape);
        return gamma(rng, shape + 1.0) * less;
    }
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / math::sqrt(9.0 * d);
    loop {
        let z = normal::quantile(rng.unit().clamp(1e-12, 1.0 - 1e-12)).unwrap();
        let cube = (1.0 + c * z) * (1.0 + c * z) * (1.0 + c * z);
        if cube > 0.0
            && math::ln(1.0 - rng.unit()) < 0.5 * z * z + d - d * cube + d * math::ln(cube)
        {
            return d * cube;
        }
    }
}

/// Customers who buy as the models say, each seen for half a year to a year.
fn made(rng: &mut Rng, customers: u32, models: &Models) -> Histories {
    let history = |rng: &mut Rng| {
        let age = 26.0 + f64::from(rng.below(26));
        let rate = gamma(rng, models.purchases.shape) / models.purchases.scale.0;
        let stops = gamma(rng, models.purchases.stop);
        let stop = stops / (stops + gamma(rng, models.purchases.go_on));
        let spread = gamma(rng, models.spending.between) / models.spending.scale;
        let (mut time, mut again, mut last, mut spent) = (0.0, 0, 0.0, 0.0);
        loop {
            time -= math::ln(1.0 - rng.unit()) / rate;
            if time > age {
                break;
            }
            again += 1;
            last = time;
            spent += gamma(rng, models.spending.shape) / spread;
            if rng.unit() < stop {
                break;
            }
        }
        History {
            again,
            last: Weeks(last),
            age: Weeks(age),
            mean: if again > 0 {
                spent / f64::from(again)
            } else {
                0.0
            },
        }
    };
    Histories::of((0..customers).map(|_| history(rng)).collect())
}

#[test]
fn the_value_of_order_histories() {
    let truth = Models {
        purchases: PurchaseModel {
            shape: 0.6,
            scale: Weeks(6.0),
            stop: 0.8,
            go_on: 2.5,
        },
        spending: SpendModel {
            shape: 6.0,
            between: 4.0,
            scale: 15.0,
        },
    };
    let ahead = Ahead {
        months: 12,
        discount_per_month: 0.01,
    };
    let held = covered(250, |rng| {
        let histories = made(rng, 500, &truth);
        let found = purchases::fit(&histories)
            .zip(spending::fit(&histories))
            .and_then(|(often, amounts)| interval(&often, &amounts, &histories, ahead).1);
        let ends = found.map(|ends| (ends.low, ends.high));
        (ends, truth.of_all(&histories, ahead))
    });
    assert!((0.92..=0.98).contains(&held), "delta method: {held}");
}

/// 160 customers of two years, lost at 4% a month at ends of months, paying 20 to 180.
fn subscriptions(rng: &mut Rng) -> String {
    let mut text = String::from("customer,started_on,ended_on,mrr\n");
    let first = Date::parse("2024-01-01").unwrap();
    for customer in 0..160 {
        let begin = rng.below(18) as i32;
        let left = (1..=24 - begin).find(|_| rng.unit() < 0.04);
        let end = left.filter(|months| begin + months < 24);
        let end = end.map_or(String::new(), |months| {
            first.plus_months(begin + months).to_string()
        });
        let amount = 20.0 + 160.0 * rng.unit() * rng.unit();
        let start = first.plus_months(begin);
        writeln!(text, "c{customer},{start},{end},{amount:.2}").unwrap();
    }
    text
}

/// 20 + 160 × ¼.
const PAID: f64 = 60.0;

fn told(rng: &mut Rng, variant: &str) -> Option<(f64, f64)> {
    let id = "customer_lifetime_value";
    let choices = format!(
        r#"{{"as_of":"2025-12-31","kpis":["{id}"],"variants":{{"{id}":"{variant}"}},"settings":{{"{id}.horizon_months":1200}}}}"#
    );
    let choices = match variant {
        "survival_discounted" => choices.replace("1200", "12"),
        _ => choices,
    };
    let report = report_on(&[("t", subscriptions(rng).as_bytes())], &options(&choices)).unwrap();
    let ends = finding(&report, id).interval.as_ref()?;
    Some((ends.low, ends.high))
}

#[test]
fn revenue_over_churn() {
    let held = covered(250, |rng| (told(rng, "subscription"), PAID / 0.04));
    assert!((0.92..=0.98).contains(&held), "revenue ÷ churn: {held}");
}

#[test]
fn months_by_the_curve() {
    let worth: f64 = (0..12)
        .map(|month| math::pow(0.96 / 1.01, f64::from(month)))
        .sum();
    let held = covered(250, |rng| (told(rng, "survival_discounted"), PAID * worth));
    assert!((0.92..=0.98).contains(&held), "curve: {held}");
}
