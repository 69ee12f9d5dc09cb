//! Figures of shops, services and factories against slow, obvious second versions of them, on made
//! tables with gaps, zeros, empty cells, several rows a day and answers in words. Every rule that a
//! table supports must agree, over everything, for every month, and from typed figures.
#![expect(clippy::unwrap_used, reason = "test code")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use kept::engine::base::Date;
use kept::engine::report::{Finding, Report};
use kept::engine::stats::rng::Rng;
use support::{finding, options, report_on};

/// Figures by rule; nothing where a rule must be refused.
type Figures = Vec<(&'static str, Option<f64>)>;

fn report(table: &str, choices: &str) -> Report {
    report_on(&[("pasted", table.as_bytes())], &options(choices)).unwrap()
}

/// Every rule of the KPI gives what is expected; a refused headline refuses the default rule.
#[track_caller]
fn check(found: &Finding, expected: &Figures, table: &str) {
    for (rule, expected) in expected {
        let value = if found.variant == *rule {
            found.value
        } else {
            let other = found.variants.iter().find(|it| it.variant == *rule);
            match other {
                Some(other) => other.value,
                // Without a headline, no other rule is told.
                None => continue,
            }
        };
        let close = match (value, expected) {
            (Some(value), Some(expected)) => {
                (value - expected).abs() <= 1e-9 * expected.abs().max(1.0)
            }
            (value, expected) => value == *expected,
        };
        let what = format!("{} {rule}: {value:?} is not {expected:?}", found.kpi);
        assert!(close, "{what} ({:?})\n{table}", found.refusal);
    }
}

/// Above ÷ below; nothing where nothing is below, or more above than below.
fn share(above: f64, below: f64) -> Option<f64> {
    (below > 0.0 && above <= below).then(|| above / below)
}

fn ratio(above: f64, below: f64) -> Option<f64> {
    (below > 0.0).then(|| above / below)
}

/// A number below the limit; nothing for one cell in ten.
fn cell(rng: &mut Rng, low: u32, high: u32) -> Option<f64> {
    let number = f64::from(low + rng.below(high - low));
    (rng.below(10) > 0).then_some(number)
}

fn written(cell: Option<f64>) -> String {
    cell.map_or_else(String::new, |number| format!("{number}"))
}

/// The sum over rows that know all of these columns.
fn sum(rows: &[Vec<Option<f64>>], column: usize, known: &[usize]) -> f64 {
    let knows = |row: &&Vec<Option<f64>>| known.iter().all(|place| row[*place].is_some());
    rows.iter()
        .filter(knows)
        .map(|row| row[column].unwrap())
        .sum()
}

#[test]
fn funnels_of_months_and_channels() {
    let mut rng = Rng::from_seed(11);
    for round in 0..150 {
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
    for _ in 0..100 {
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
            let half = part / 2;
            let counted = format!(
                "{rows}\n2025-01,{},{half}\n2025-02,{},{}\n",
                whole / 2,
                whole - whole / 2,
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

fn day(number: i32) -> String {
    Date(Date::parse("2025-01-01").unwrap().0 + number).to_string()
}

#[test]
fn orders_of_customers() {
    let mut rng = Rng::from_seed(13);
    for _ in 0..150 {
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
                total.max(0) / 6,
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
    for _ in 0..150 {
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

#[test]
fn units_of_steps() {
    let mut rng = Rng::from_seed(15);
    for _ in 0..150 {
        let mut table =
            String::from("month,process step,inspected,defective,defects,opportunities,reworked\n");
        let mut rows = Vec::new();
        for month in 1..=3 {
            for step in ["cut", "weld", "paint"] {
                let inspected = 20 + rng.below(200);
                let row = vec![
                    Some(f64::from(inspected)),
                    Some(f64::from(rng.below(10))),
                    cell(&mut rng, 0, 20),
                    cell(&mut rng, 2, 6),
                    Some(f64::from(rng.below(8))),
                ];
                let cells: Vec<String> = row.iter().map(|cell| written(*cell)).collect();
                writeln!(table, "2025-{month:02},{step},{}", cells.join(",")).unwrap();
                rows.push((step, row));
            }
        }
        let plain: Vec<Vec<Option<f64>>> = rows.iter().map(|(_, row)| row.clone()).collect();
        let chances: f64 = plain
            .iter()
            .filter(|row| row[2].is_some())
            .filter_map(|row| Some(row[0]? * row[3]?))
            .sum();
        let mut right = 1.0;
        for step in ["cut", "weld", "paint"] {
            let own: Vec<Vec<Option<f64>>> = rows
                .iter()
                .filter(|(name, _)| *name == step)
                .map(|(_, row)| row.clone())
                .collect();
            right *= 1.0 - (sum(&own, 1, &[]) + sum(&own, 4, &[])) / sum(&own, 0, &[]);
        }
        let (inspected, defective) = (sum(&plain, 0, &[]), sum(&plain, 1, &[]));
        let expected = vec![
            ("units", share(defective, inspected)),
            ("opportunities", share(sum(&plain, 2, &[2, 3]), chances)),
            (
                "defects_per_unit",
                ratio(sum(&plain, 2, &[2]), sum(&plain, 0, &[2])),
            ),
            (
                "not_first_pass",
                share(defective + sum(&plain, 4, &[]), inspected),
            ),
            ("rolled", Some(1.0 - right)),
        ];
        let found = report(&table, r#"{"as_of":"2025-03-31"}"#);
        check(finding(&found, "defect_rate"), &expected, &table);
    }
}

#[test]
fn jobs_by_status() {
    const STATUSES: [&str; 6] = [
        "completed",
        "in progress",
        "requested",
        "declined",
        "cancelled by customer",
        "no show",
    ];
    let mut rng = Rng::from_seed(16);
    for _ in 0..150 {
        let mut table = String::from("job id,date,status,complaint\n");
        let mut counts = [0.0; 6];
        let mut issues = 0.0;
        for job in 0..6 + rng.below(40) {
            // All of them occur.
            let status = if job < 6 {
                job as usize
            } else {
                rng.below(6) as usize
            };
            let complaint = rng.below(4) == 0;
            counts[status] += 1.0;
            issues += f64::from(u8::from(complaint && status == 0));
            let answer = if complaint { "yes" } else { "no" };
            let when = day(rng.below(80) as i32);
            writeln!(table, "j{job},{when},{},{answer}", STATUSES[status]).unwrap();
        }
        let [completed, _, _, declined, by_customer, no_show] = counts;
        let accepted = completed + by_customer + no_show;
        let expected = vec![
            ("accepted", share(completed, accepted)),
            ("requested", share(completed, accepted + declined)),
            ("without_issues", share(completed - issues, accepted)),
            (
                "without_customers_cancellations",
                share(completed, accepted - by_customer),
            ),
        ];
        let found = report(&table, "");
        check(finding(&found, "gig_completion_rate"), &expected, &table);
    }
}

#[test]
fn projects_by_plan_and_outcome() {
    let mut rng = Rng::from_seed(17);
    for _ in 0..150 {
        let (grace, tolerance) = (rng.below(5) as i32, f64::from(rng.below(3)) / 10.0);
        let mut table =
            String::from("project,planned end,actual end,budget,actual cost,scope met,status\n");
        // Scope, time and budget of each project that is closed.
        let mut kept: Vec<[Option<bool>; 3]> = Vec::new();
        for project in 0..6 + rng.below(20) {
            let planned = 20 + rng.below(30) as i32;
            let late = rng.below(9) as i32 - 3;
            let cost = cell(&mut rng, 70, 140);
            let scope = rng.below(4) > 0;
            let fate = rng.below(6);
            let (end, status) = match fate {
                0 if project > 3 => (String::new(), "in progress"),
                1 if project > 3 => (day(planned + late), "cancelled"),
                _ => {
                    kept.push([
                        Some(scope),
                        Some(late <= grace),
                        cost.map(|cost| cost <= 100.0 * (1.0 + tolerance) + 1e-9),
                    ]);
                    (day(planned + late), "completed")
                }
            };
            let answer = if scope { "yes" } else { "no" };
            writeln!(
                table,
                "p{project},{},{end},100,{},{answer},{status}",
                day(planned),
                written(cost)
            )
            .unwrap();
        }
        let together = |places: &[usize]| {
            let judged: Vec<bool> = kept
                .iter()
                .filter(|project| places.iter().all(|place| project[*place].is_some()))
                .map(|project| places.iter().all(|place| project[*place] == Some(true)))
                .collect();
            share(
                judged.iter().filter(|good| **good).count() as f64,
                judged.len() as f64,
            )
        };
        let expected = vec![
            ("all_three", together(&[0, 1, 2])),
            ("time_and_budget", together(&[1, 2])),
            ("in_scope", together(&[0])),
            ("on_time", together(&[1])),
            ("on_budget", together(&[2])),
        ];
        let choices = format!(
            r#"{{"as_of":"2025-04-30","settings":{{"project_success_rate.days_of_grace":{grace},"project_success_rate.budget_tolerance":{tolerance}}}}}"#
        );
        let found = report(&table, &choices);
        check(finding(&found, "project_success_rate"), &expected, &table);
    }
}

#[test]
fn stocks_visitors_trials_and_goals() {
    let mut rng = Rng::from_seed(18);
    for _ in 0..150 {
        let mut table = String::from("month,site,cogs,opening inventory,closing inventory\n");
        let mut balances = vec![0.0; 7];
        let mut cost = 0.0;
        for site in ["A", "B"] {
            let mut stock = f64::from(50 + rng.below(400));
            balances[0] += stock;
            for month in 1..=6 {
                let next = f64::from(50 + rng.below(400));
                let sold = f64::from(rng.below(900));
                writeln!(table, "2025-{month:02},{site},{sold},{stock},{next}").unwrap();
                cost += sold;
                stock = next;
                balances[month] += stock;
            }
        }
        let ends = (balances[0] + balances[6]) / 2.0;
        let expected = vec![
            ("opening_and_closing", ratio(cost, ends)),
            (
                "all_balances",
                ratio(cost, balances.iter().sum::<f64>() / 7.0),
            ),
            // January to June have 181 days.
            ("a_year", ratio(cost * 365.0 / 181.0, ends)),
            ("sales", None),
        ];
        let found = report(&table, r#"{"as_of":"2025-06-30"}"#);
        check(finding(&found, "inventory_turnover"), &expected, &table);

        let mut table = String::from("date,store,visitors,opening hours,square metres\n");
        let mut counted: Vec<(i32, f64, f64, f64)> = Vec::new();
        for when in 0..20 {
            for (store, area) in [("A", 50.0), ("B", 150.0)] {
                let visitors = if when < 2 {
                    Some(7.0)
                } else {
                    cell(&mut rng, 0, 300)
                };
                let hours = f64::from(6 + rng.below(6));
                let cell = written(visitors);
                writeln!(table, "{},{store},{cell},{hours},{area}", day(when)).unwrap();
                counted.extend(visitors.map(|visitors| (when, visitors, hours, area)));
            }
        }
        let visitors: f64 = counted.iter().map(|it| it.1).sum();
        let days = counted.iter().map(|it| it.0).collect::<BTreeSet<_>>().len() as f64;
        let area = counted.iter().map(|it| it.3).sum::<f64>() / days;
        let expected = vec![
            ("visitors", Some(visitors)),
            ("per_day", ratio(visitors, days)),
            (
                "per_open_hour",
                ratio(visitors, counted.iter().map(|it| it.2).sum()),
            ),
            ("per_area", ratio(visitors, area)),
        ];
        let found = report(&table, "");
        check(finding(&found, "foot_traffic"), &expected, &table);

        let mut table = String::from("customer id,trial started at,first paid at,plan\n");
        let mut trials = Vec::new();
        for customer in 0..20 {
            let start = rng.below(80) as i32;
            let paid = (rng.below(2) == 0).then(|| start + rng.below(50) as i32);
            let paid_text = paid.map_or_else(String::new, day);
            writeln!(table, "c{customer},{},{paid_text},team", day(start)).unwrap();
            trials.push((start, paid.filter(|paid| *paid <= 89)));
        }
        let paid = trials.iter().filter(|trial| trial.1.is_some()).count() as f64;
        let old: Vec<_> = trials.iter().filter(|trial| trial.0 + 14 <= 89).collect();
        let soon = old
            .iter()
            .filter(|it| it.1.is_some_and(|paid| paid - it.0 <= 14));
        let expected = vec![
            ("standard", share(paid, 20.0)),
            ("same_period", share(paid, 20.0)),
            ("within_days", share(soon.count() as f64, old.len() as f64)),
        ];
        let choices = r#"{"as_of":"2025-03-31","settings":{"conversion_rate.days":14}}"#;
        let found = report(&table, choices);
        check(finding(&found, "conversion_rate"), &expected, &table);

        let mut table = String::from("customer,goals set,goals met,benefit,price\n");
        let mut rows = Vec::new();
        for customer in 0..12 {
            let set = 1 + rng.below(6);
            let row = vec![
                Some(f64::from(set)),
                Some(f64::from(rng.below(set + 1))),
                cell(&mut rng, 0, 900),
                cell(&mut rng, 50, 300),
            ];
            let cells: Vec<String> = row.iter().map(|cell| written(*cell)).collect();
            writeln!(table, "c{customer},{}", cells.join(",")).unwrap();
            rows.push(row);
        }
        let back = ratio(sum(&rows, 2, &[2, 3]), sum(&rows, 3, &[2, 3]));
        let expected = vec![
            ("goals", share(sum(&rows, 1, &[]), sum(&rows, 0, &[]))),
            ("return_on_price", back),
            ("net_return", back.map(|back| back - 1.0)),
        ];
        let found = report(&table, "");
        check(finding(&found, "customer_value"), &expected, &table);
    }
}
