//! Lifetime values of made orders against a slow, obvious second version of them, which looks at
//! customer by customer; and what is refused, with what words.
#![expect(
    clippy::unwrap_used,
    reason = "test code; each test file is a crate of its own"
)]

#[path = "support/lifetime.rs"]
mod lifetime;
mod support;

use std::fmt::Write as _;

use kept::engine::base::{Date, math};
use kept::engine::stats::buying::value::{Ahead, Models};
use kept::engine::stats::buying::{Histories, History, Weeks, purchases, spending};
use kept::engine::stats::rng::Rng;
use lifetime::{ID, choices, refused, report};
use support::{assert_close, finding};

/// Orders on few days, so that some customers order twice on one day.
fn orders(rng: &mut Rng, customers: u32) -> Vec<(u32, Date, f64)> {
    let first = Date::parse("2025-01-01").unwrap();
    let mut found = Vec::new();
    for customer in 0..customers {
        let mut day = rng.below(200) as i32;
        let usual = 10.0 + 60.0 * rng.unit();
        loop {
            let amount = (usual * (0.5 + rng.unit()) * 100.0).round() / 100.0;
            found.push((customer, first.plus_days(day), amount));
            if rng.unit() < 0.45 {
                break;
            }
            day += rng.below(40) as i32;
            if day > 364 {
                break;
            }
        }
    }
    found
}

fn order_table(orders: &[(u32, Date, f64)]) -> String {
    let mut text = String::from("order_id,order_date,customer_id,total\n");
    for (number, (customer, day, amount)) in orders.iter().enumerate() {
        writeln!(text, "{number},{day},c{customer},{amount:.2}").unwrap();
    }
    text
}

/// A customer's days, each once, with what was spent on it.
fn plain_days(orders: &[(u32, Date, f64)], customer: u32) -> Vec<(Date, f64)> {
    let own = orders.iter().filter(|it| it.0 == customer);
    let mut days: Vec<(Date, f64)> = own.map(|it| (it.1, it.2)).collect();
    days.sort_by_key(|it| it.0);
    let mut found: Vec<(Date, f64)> = Vec::new();
    for (day, amount) in days {
        match found.last_mut() {
            Some((last, all)) if *last == day => *all += amount,
            _ => found.push((day, amount)),
        }
    }
    found
}

#[test]
fn rules_on_orders_agree_with_a_look_at_every_customer() {
    let mut rng = Rng::from_seed(13);
    let all = orders(&mut rng, 400);
    let text = order_table(&all);
    let last = Date::parse("2025-12-31").unwrap();
    let first = all.iter().map(|it| it.1).min().unwrap();
    let customers: Vec<Vec<(Date, f64)>> = (0..400).map(|it| plain_days(&all, it)).collect();
    let revenue: f64 = all.iter().map(|it| it.2).sum();
    let period = f64::from(last.0 - first.0 + 1) / 365.25;
    let settings = [("lifetime_years", 3.0), ("gross_margin", 0.4)];
    let simple = report(&text, &choices("simple", &settings));
    let simple = finding(&simple, ID);
    let expected = revenue / 400.0 / period * 3.0 * 0.4;
    assert_close(simple.value.unwrap(), expected, 1e-10, "simple");
    let product: f64 = [
        "average_order_value",
        "purchases_per_year",
        "years",
        "margin",
    ]
    .iter()
    .map(|name| simple.parts.get(name).unwrap())
    .product();
    assert_close(product, expected, 1e-10, "the terms");
    let histories = customers.iter().map(|days| {
        let spent: f64 = days[1..].iter().map(|it| it.1).sum();
        let again = days.len() - 1;
        History {
            again: again as u32,
            last: Weeks::from_days(days[again].0.0 - days[0].0.0),
            age: Weeks::from_days(last.0 - days[0].0.0),
            mean: if again > 0 { spent / again as f64 } else { 0.0 },
        }
    });
    let histories = Histories::of(histories.collect());
    let often = purchases::fit(&histories).unwrap();
    let amounts = spending::fit(&histories).unwrap();
    let models = Models {
        purchases: often.model,
        spending: amounts.model,
    };
    let ahead = Ahead {
        months: 6,
        discount_per_month: 0.0,
    };
    let settings = [("horizon_months", 6.0), ("discount_rate_per_month", 0.0)];
    let told = report(&text, &choices("probabilistic", &settings));
    let told = finding(&told, ID);
    let value = models.of_all(&histories, ahead) / 400.0;
    assert_close(told.value.unwrap(), value, 1e-9, "probabilistic");
    let cut = first.0 + (f64::from(last.0 - first.0) * 2.0 / 3.0).round() as i32;
    let later = customers.iter().filter(|days| days[0].0.0 <= cut);
    let later = later.flatten().filter(|it| it.0.0 > cut).count();
    assert_close(
        told.parts.get("held_out_counted").unwrap(),
        later as f64,
        1e-12,
        "held out",
    );
    // A period asks for the value as of its end, from all orders up to then.
    let of_month =
        choices("probabilistic", &settings).replacen('{', r#"{"period":{"unit":"month"},"#, 1);
    let monthly = report(&text, &of_month);
    assert_close(
        finding(&monthly, ID).value.unwrap(),
        value,
        1e-12,
        "as of December",
    );
}

#[test]
fn a_segment_is_fitted_by_itself() {
    let mut rng = Rng::from_seed(14);
    let all = orders(&mut rng, 300);
    let mut text = String::new();
    for (place, line) in order_table(&all).lines().enumerate() {
        let country = match place.checked_sub(1).map(|order| all[order].0) {
            None => "country",
            Some(customer) if customer.is_multiple_of(3) => "one",
            Some(_) => "two",
        };
        writeln!(text, "{line},{country}").unwrap();
    }
    let segmented = choices("probabilistic", &[]).replacen('{', r#"{"segment":"country","#, 1);
    let whole = report(&text, &segmented);
    let ones: Vec<(u32, Date, f64)> = all
        .iter()
        .copied()
        .filter(|it| it.0.is_multiple_of(3))
        .collect();
    let alone = report(&order_table(&ones), &choices("probabilistic", &[]));
    let found = finding(&whole, ID)
        .segments
        .iter()
        .find(|it| it.is == "one");
    assert_close(
        found.unwrap().value.unwrap(),
        finding(&alone, ID).value.unwrap(),
        1e-9,
        "one country",
    );
}

#[test]
fn what_cannot_be_told_is_refused_with_its_reason() {
    let mut rng = Rng::from_seed(15);
    let mut all = orders(&mut rng, 300);
    let refusal_of = |orders: &[(u32, Date, f64)]| {
        let told = report(&order_table(orders), &choices("probabilistic", &[]));
        refused(finding(&told, ID))
    };
    let few: Vec<(u32, Date, f64)> = all.iter().copied().filter(|it| it.0 < 20).collect();
    let (code, message) = refusal_of(&few);
    assert_eq!(code, "too_few_repeat_customers");
    assert!(
        message.contains("of 20 customers") && message.contains("30 are"),
        "{message}"
    );
    // Who buys more often spends more at a time.
    let count = |customer: u32| all.iter().filter(|it| it.0 == customer).count() as f64;
    let tied: Vec<(u32, Date, f64)> = all
        .iter()
        .map(|it| (it.0, it.1, 10.0 * count(it.0)))
        .collect();
    let (code, message) = refusal_of(&tied);
    assert_eq!(code, "value_follows_frequency");
    assert!(
        message.contains("correlation is 0.9") && message.contains("0.30"),
        "{message}"
    );
    // Means of customers that fall off so slowly that they have no mean themselves.
    let wild: Vec<f64> = (0..300)
        .map(|_| 5.0 / math::pow(1.0 - rng.unit(), 1.6))
        .collect();
    for it in &mut all {
        it.2 = (wild[it.0 as usize] * (0.8 + 0.4 * rng.unit()) * 100.0).round() / 100.0;
    }
    let (code, message) = refusal_of(&all);
    assert_eq!(code, "no_mean_spend", "{message}");
    // One order a customer: nobody came back.
    let once: Vec<(u32, Date, f64)> = (0..100)
        .map(|it| {
            (
                it,
                Date::parse("2025-03-01").unwrap().plus_days(it as i32),
                10.0,
            )
        })
        .collect();
    assert_eq!(refusal_of(&once).0, "too_few_repeat_customers");
}

/// Everybody comes every week to the end: nobody is seen to stop, and the report says so.
#[test]
fn customers_who_never_stop_are_taken_to_go_on() {
    let mut rng = Rng::from_seed(18);
    let last = Date::parse("2025-12-31").unwrap();
    let steady: Vec<(u32, Date, f64)> = (0..2_000)
        .map(|it: i32| {
            let amount = 10.0 + f64::from(rng.below(5));
            (
                (it % 40) as u32,
                last.plus_days(-7 * it.div_euclid(40)),
                amount,
            )
        })
        .collect();
    let settings = [("discount_rate_per_month", 0.0), ("horizon_months", 1.0)];
    let told = report(&order_table(&steady), &choices("probabilistic", &settings));
    let found = finding(&told, ID);
    // 4.345 weeks a month, once a week, 12 at a time.
    assert_close(found.value.unwrap(), 4.345 * 12.0, 0.02, "a month");
    assert!(told.notes.iter().any(|note| note.code == "nobody_stops"));
}

/// A gift of nothing tells that a customer is there; a return tells nothing.
#[test]
fn orders_that_cost_nothing_are_purchases_and_returns_are_not() {
    let mut rng = Rng::from_seed(16);
    let mut all = orders(&mut rng, 300);
    let day = Date::parse("2025-10-10").unwrap();
    all.push((900, day, 0.0));
    all.push((900, day.plus_days(9), 12.0));
    all.push((901, day, -5.0));
    let told = report(&order_table(&all), &choices("probabilistic", &[]));
    let found = finding(&told, ID);
    assert_close(
        found.parts.get("customers").unwrap(),
        301.0,
        1e-12,
        "customers",
    );
    let with = found.parts.get("repeat_customers").unwrap();
    let told = report(
        &order_table(&all[..all.len() - 3]),
        &choices("probabilistic", &[]),
    );
    let without = finding(&told, ID).parts.get("repeat_customers").unwrap();
    assert_close(with, without + 1.0, 1e-12, "who came back");
}
