//! Figures of factories, counters, marketplaces, projects, trials and goals against slow, obvious
//! second versions of them, on made tables with gaps, zeros and empty cells.
#![expect(clippy::unwrap_used, unreachable_pub, reason = "test code")]

#[path = "support/figures.rs"]
mod figures;
mod support;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use figures::{cell, check, day, ratio, report, share, sum, written};
use kept::engine::stats::rng::Rng;
use support::finding;
use support::long::rounds;

#[test]
fn units_of_steps() {
    let mut rng = Rng::from_seed(15);
    for _ in 0..rounds(150) {
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
            (
                "defects_per_million",
                share(sum(&plain, 2, &[2, 3]), chances).map(|rate| rate * 1e6),
            ),
            (
                "parts_per_million",
                share(defective, inspected).map(|rate| rate * 1e6),
            ),
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
    for _ in 0..rounds(150) {
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
    for _ in 0..rounds(150) {
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
fn stock_of_sites() {
    let mut rng = Rng::from_seed(18);
    for _ in 0..rounds(150) {
        let mut table = String::from("month,site,cogs,opening inventory,closing inventory\n");
        let mut balances = [0.0; 7];
        let mut cost = 0.0;
        for site in ["A", "B"] {
            let mut stock = f64::from(50 + rng.below(400));
            balances[0] += stock;
            for (month, balance) in balances.iter_mut().enumerate().skip(1) {
                let next = f64::from(50 + rng.below(400));
                let sold = f64::from(rng.below(900));
                writeln!(table, "2025-{month:02},{site},{sold},{stock},{next}").unwrap();
                cost += sold;
                stock = next;
                *balance += stock;
            }
        }
        let ends = f64::midpoint(balances[0], balances[6]);
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
    }
}

#[test]
fn visitors_with_outages() {
    let mut rng = Rng::from_seed(19);
    for _ in 0..rounds(150) {
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
    }
}

#[test]
fn trials_and_who_paid() {
    let mut rng = Rng::from_seed(20);
    for _ in 0..rounds(150) {
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
    }
}

#[test]
fn goals_and_returns() {
    let mut rng = Rng::from_seed(21);
    for _ in 0..rounds(150) {
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
