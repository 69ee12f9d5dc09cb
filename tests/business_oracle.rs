//! Figures of shops and deliveries against slow, obvious second versions of them, on made
//! tables with gaps, zeros, empty cells, several rows a day and answers in words. Every rule that a
//! table supports must agree, over everything, for every month, and from typed figures.
#![expect(
    clippy::too_many_lines,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "test code; a made table and its oracle stand side by side"
)]

#[path = "support/figures.rs"]
mod figures;
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use figures::{cell, check, day, ratio, report, share, sum, written};
use kept::engine::report::Finding;
use kept::engine::stats::rng::Rng;
use support::finding;
use support::long::rounds;

#[test]
fn funnels_of_months_and_channels() {
    let mut rng = Rng::from_seed(11);
    for round in 0..rounds(150) {
        let mut table =
            String::from("month,channel,sessions,add to carts,checkouts,purchases,revenue\n");
        let mut by_month: BTreeMap<u32, Vec<Vec<Option<f64>>>> = BTreeMap::new();
        for month in 1..=6 {
            for channel in ["search", "mail"] {
                // Visits, carts, checkouts, purchases, revenue.
                let row = vec![
                    cell(&mut rng, 200, 900),
                    cell(&mut rng, 60, 200),
                    cell(&mut rng, 30, 90),
                    cell(&mut rng, 0, 40),
                    cell(&mut rng, 0, 5_000).map(|cents| cents / 4.0),
                ];
                let cells: Vec<String> = row.iter().map(|cell| written(*cell)).collect();
                writeln!(table, "2025-{month:02},{channel},{}", cells.join(",")).unwrap();
                by_month.entry(month).or_default().push(row);
            }
        }
        let rows: Vec<Vec<Option<f64>>> = by_month.values().flatten().cloned().collect();
        let conversion =
            |rows: &[Vec<Option<f64>>]| share(sum(rows, 3, &[0, 3]), sum(rows, 0, &[0, 3]));
        let choices = r#"{"as_of":"2025-06-30"}"#;
        let found = report(&table, choices);
        check(
            finding(&found, "conversion_rate"),
            &vec![("standard", conversion(&rows))],
            &table,
        );
        let known = [1, 3];
        let both = [1, 2, 3];
        let carts = vec![
            (
                "standard",
                share(sum(&rows, 3, &known), sum(&rows, 1, &known)).map(|rate| 1.0 - rate),
            ),
            (
                "checkout",
                share(sum(&rows, 3, &both), sum(&rows, 2, &both)).map(|rate| 1.0 - rate),
            ),
        ];
        check(finding(&found, "cart_abandonment_rate"), &carts, &table);
        let sold = [3, 4];
        let seen = [0, 3, 4];
        let value = vec![
            ("mean", ratio(sum(&rows, 4, &sold), sum(&rows, 3, &sold))),
            (
                "per_visit",
                ratio(sum(&rows, 4, &seen), sum(&rows, 0, &seen)),
            ),
        ];
        check(finding(&found, "average_transaction_value"), &value, &table);
        // A month is the sum of its rows, not the mean of their rates.
        let series = &finding(&found, "conversion_rate").series;
        for point in series {
            let month = point.start.ymd().1;
            assert_eq!(
                point.value.map(|rate| (rate * 1e12).round()),
                conversion(&by_month[&month]).map(|rate| (rate * 1e12).round()),
                "{round}\n{table}"
            );
        }
    }
}

#[test]
fn typed_figures_give_what_rows_give() {
    let mut rng = Rng::from_seed(12);
    for _ in 0..rounds(100) {
        let whole = 50 + rng.below(500);
        let part = rng.below(whole + 20);
        for (kpi, names, rows, rest) in [
            (
                "conversion_rate",
                "visits,purchases",
                "month,visits,purchases",
                false,
            ),
            (
                "cart_abandonment_rate",
                "carts,purchases",
                "month,carts,purchases",
                true,
            ),
            (
                "defect_rate",
                "inspected,defective",
                "month,inspected,defective",
                false,
            ),
            (
                "gig_completion_rate",
                "jobs accepted,jobs completed",
                "month,jobs accepted,jobs completed",
                false,
            ),
        ] {
            let typed = format!("{names}\n{whole},{part}\n");
            let typed = report(&typed, r#"{"mapping":{"pasted":{"kind":"aggregate"}}}"#);
            let half = part.div_euclid(2);
            let counted = format!(
                "{rows}\n2025-01,{},{half}\n2025-02,{},{}\n",
                whole.div_euclid(2),
                whole - whole.div_euclid(2),
                part - half
            );
            let counted = report(&counted, r#"{"as_of":"2025-02-28"}"#);
            let (typed, counted) = (finding(&typed, kpi), finding(&counted, kpi));
            let rate = share(f64::from(part), f64::from(whole));
            let expected = if rest {
                rate.map(|rate| 1.0 - rate)
            } else {
                rate
            };
            check(typed, &vec![(kept_rule(kpi), expected)], "typed");
            assert_eq!(typed.value, counted.value, "{kpi} {part} of {whole}");
            let ends = |found: &Finding| found.interval.as_ref().map(|it| (it.low, it.high));
            assert_eq!(ends(typed), ends(counted), "{kpi}");
            let code = |found: &Finding| found.refusal.as_ref().map(|it| it.code.clone());
            assert_eq!(code(typed), code(counted), "{kpi}");
        }
    }
}

/// The default rule of a KPI.
fn kept_rule(kpi: &str) -> &'static str {
    kept::engine::kpi::registry::find(kpi).unwrap().rules[0].id
}

#[test]
fn orders_of_customers() {
    let mut rng = Rng::from_seed(13);
    for _ in 0..rounds(150) {
        let customers = 3 + rng.below(12);
        let mut table =
            String::from("order_id,order_date,customer_id,total,tax,shipping,refunded amount\n");
        // Day, customer, cents: total, tax, shipping, refunds.
        let mut orders: Vec<(i32, Option<u32>, [i64; 4])> = Vec::new();
        for number in 0..5 + rng.below(40) {
            let when = rng.below(90) as i32;
            let who = (rng.below(8) > 0).then(|| rng.below(customers));
            let total = if rng.below(9) == 0 {
                -500
            } else {
                100 + i64::from(rng.below(9_000))
            };
            let money = [
                total,
                total.max(0).div_euclid(6),
                450,
                if rng.below(6) == 0 { 99 } else { 0 },
            ];
            let who_text = who.map_or_else(String::new, |who| format!("c{who}"));
            let cells: Vec<String> = money
                .iter()
                .map(|cents| format!("{:.2}", *cents as f64 / 100.0))
                .collect();
            writeln!(
                table,
                "o{number},{},{who_text},{}",
                day(when),
                cells.join(",")
            )
            .unwrap();
            if total > 0 {
                orders.push((when, who, money));
            }
        }
        let choices = r#"{"as_of":"2025-03-31","settings":{"repeat_purchase_rate.days":20}}"#;
        let found = report(&table, choices);
        let mean = |value: &dyn Fn(&[i64; 4]) -> i64| {
            let sum: i64 = orders.iter().map(|order| value(&order.2)).sum();
            ratio(sum as f64 / 100.0, orders.len() as f64)
        };
        let known: Vec<_> = orders.iter().filter(|order| order.1.is_some()).collect();
        let of_known: i64 = known.iter().map(|order| order.2[0]).sum();
        let values = vec![
            ("mean", mean(&|money| money[0])),
            ("net_of_refunds", mean(&|money| money[0] - money[3])),
            ("without_tax", mean(&|money| money[0] - money[1])),
            ("without_shipping", mean(&|money| money[0] - money[2])),
            (
                "without_tax_and_shipping",
                mean(&|money| money[0] - money[1] - money[2]),
            ),
            ("with_tax_and_shipping", mean(&|money| money[0])),
            (
                "known_customers",
                ratio(of_known as f64 / 100.0, known.len() as f64),
            ),
            ("per_visit", None),
        ];
        check(
            finding(&found, "average_transaction_value"),
            &values,
            &table,
        );

        let mut by_customer: BTreeMap<u32, Vec<i32>> = BTreeMap::new();
        for (when, who, _) in &orders {
            by_customer
                .entry(who.unwrap_or(u32::MAX))
                .or_default()
                .push(*when);
        }
        by_customer.remove(&u32::MAX);
        let rate = |is: &dyn Fn(&Vec<i32>) -> bool, among: &dyn Fn(&Vec<i32>) -> bool| {
            let all: Vec<_> = by_customer.values().filter(|days| among(days)).collect();
            share(
                all.iter().filter(|days| is(days)).count() as f64,
                all.len() as f64,
            )
        };
        let first = |days: &Vec<i32>| *days.iter().min().unwrap();
        let second = |days: &Vec<i32>| {
            let mut days = days.clone();
            days.sort_unstable();
            days.get(1).copied()
        };
        let everyone = |_: &Vec<i32>| true;
        let again = |days: &Vec<i32>| days.len() > 1;
        let orders_of_all: usize = by_customer.values().map(Vec::len).sum();
        let repeats = vec![
            ("two_orders", rate(&again, &everyone)),
            (
                "two_days",
                rate(
                    &|days| days.iter().collect::<BTreeSet<_>>().len() > 1,
                    &everyone,
                ),
            ),
            ("returning", rate(&again, &everyone)),
            (
                "within_days",
                rate(
                    &|days| second(days).is_some_and(|second| second - first(days) <= 20),
                    // The last day is day 89.
                    &|days| first(days) + 20 <= 89,
                ),
            ),
            (
                "orders",
                share(
                    (orders_of_all - by_customer.len()) as f64,
                    orders_of_all as f64,
                ),
            ),
        ];
        check(finding(&found, "repeat_purchase_rate"), &repeats, &table);

        // Of a month: those with an order in it who ordered before it or twice in it.
        let choices = r#"{"as_of":"2025-03-31","period":{"unit":"month"},"variants":{"repeat_purchase_rate":"returning"}}"#;
        let found = report(&table, choices);
        let among = |days: &Vec<i32>| days.iter().any(|day| *day >= 59);
        let is = |days: &Vec<i32>| {
            let within = days.iter().filter(|day| **day >= 59).count();
            within > 1 || days.len() > within
        };
        let expected = vec![("returning", rate(&is, &among))];
        check(finding(&found, "repeat_purchase_rate"), &expected, &table);
    }
}

/// A row of a delivery list.
struct Delivery {
    order: u32,
    promised: i32,
    requested: i32,
    delivered: Option<i32>,
    ordered: f64,
    came: Option<f64>,
}

#[test]
fn deliveries_against_promises() {
    const LAST: i32 = 60;
    let mut rng = Rng::from_seed(14);
    for _ in 0..rounds(150) {
        let (tolerance, early) = (rng.below(3) as i32, rng.below(4) as i32);
        let mut rows = Vec::new();
        let mut table = String::from(
            "order id,order date,promised date,requested date,delivered at,quantity,quantity delivered\n",
        );
        for _ in 0..5 + rng.below(30) {
            let promised = 10 + rng.below(56) as i32;
            let delivered = (rng.below(5) > 0).then(|| promised - 4 + rng.below(10) as i32);
            let ordered = f64::from(1 + rng.below(9));
            let row = Delivery {
                order: 1 + rng.below(12),
                promised,
                requested: promised - 3 + rng.below(6) as i32,
                delivered,
                ordered,
                came: delivered.map(|_| {
                    if rng.below(4) == 0 {
                        ordered - 1.0
                    } else {
                        ordered
                    }
                }),
            };
            writeln!(
                table,
                "o{},{},{},{},{},{},{}",
                row.order,
                day(0),
                day(row.promised),
                day(row.requested),
                row.delivered.map_or_else(String::new, day),
                row.ordered,
                written(row.came)
            )
            .unwrap();
            // What is promised for after the last day does not count yet.
            if row.promised <= LAST {
                rows.push(row);
            }
        }
        let choices = format!(
            r#"{{"as_of":"{}","settings":{{"on_time_delivery_rate.tolerance_days":{tolerance},"on_time_delivery_rate.early_days":{early}}}}}"#,
            day(LAST)
        );
        // On time, late, or neither yet: what comes after the last day has not come.
        let judged = |row: &Delivery, target: i32| -> Option<bool> {
            match row.delivered.filter(|day| *day <= LAST) {
                Some(came) => Some(came <= target + tolerance),
                None if LAST > target + tolerance => Some(false),
                None => None,
            }
        };
        let due: Vec<(&Delivery, bool)> = rows
            .iter()
            .filter_map(|row| Some((row, judged(row, row.promised)?)))
            .collect();
        let count = |is: &dyn Fn(&Delivery, bool) -> bool| {
            due.iter().filter(|(row, good)| is(row, *good)).count() as f64
        };
        let has_come = |row: &Delivery| row.delivered.is_some_and(|day| day <= LAST);
        let asked: Vec<bool> = rows
            .iter()
            .filter_map(|row| judged(row, row.requested))
            .collect();
        let mut orders: BTreeMap<u32, Vec<Option<bool>>> = BTreeMap::new();
        for row in &rows {
            orders
                .entry(row.order)
                .or_default()
                .push(judged(row, row.promised));
        }
        let whole = |rows: &Vec<Option<bool>>| rows.iter().all(|it| *it == Some(true));
        let failed = |rows: &Vec<Option<bool>>| rows.contains(&Some(false));
        let of_units = |good: bool| -> f64 {
            due.iter()
                .filter(|(_, it)| *it || !good)
                .map(|(row, _)| row.ordered)
                .sum()
        };
        let on_time = count(&|_, good| good);
        let expected = vec![
            ("promised", share(on_time, due.len() as f64)),
            (
                "in_full",
                share(
                    count(&|row, good| good && row.came.is_some_and(|it| it >= row.ordered)),
                    due.len() as f64,
                ),
            ),
            (
                "requested",
                share(
                    asked.iter().filter(|good| **good).count() as f64,
                    asked.len() as f64,
                ),
            ),
            (
                "orders",
                share(
                    orders.values().filter(|rows| whole(rows)).count() as f64,
                    orders
                        .values()
                        .filter(|rows| whole(rows) || failed(rows))
                        .count() as f64,
                ),
            ),
            ("units", share(of_units(true), of_units(false))),
            ("by_time", None),
            (
                "not_early",
                share(
                    count(&|row, good| {
                        good && row.delivered.is_some_and(|it| it >= row.promised - early)
                    }),
                    due.len() as f64,
                ),
            ),
            (
                "delivered_only",
                share(on_time, count(&|row, _| has_come(row))),
            ),
        ];
        let found = report(&table, &choices);
        check(finding(&found, "on_time_delivery_rate"), &expected, &table);
    }
}
