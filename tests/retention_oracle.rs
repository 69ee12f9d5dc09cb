//! Retention, cohorts, curves and renewals of random tables against a slow and obvious second
//! version, which walks over every customer and day with plain vectors.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "test code; each test file is a crate of its own"
)]

mod support;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use kept::engine::base::Date;
use kept::engine::report::{Finding, Report};
use kept::engine::stats::rng::Rng;
use support::long::rounds;
use support::{assert_close, finding, options, report_on};

const TABLES: u32 = 100;

fn day(text: &str) -> i32 {
    Date::parse(text).unwrap().0
}

fn between(rng: &mut Rng, low: i32, high: i32) -> i32 {
    low + rng.below((high - low) as u32) as i32
}

/// The finding under every rule, the default first.
fn under_each_rule(tables: &[(&str, &[u8])], kpi: &str, more: &str) -> Vec<Finding> {
    let report = |variant: &str| -> Report {
        let chosen = format!(r#"{{{more}"kpis":["{kpi}"],"variants":{{"{kpi}":"{variant}"}}}}"#);
        report_on(tables, &options(&chosen)).unwrap()
    };
    let catalogue = kept::engine::calculator::terms::catalogue();
    let about = catalogue.iter().find(|about| about.id == kpi).unwrap();
    let rules = about.variants.iter();
    rules
        .map(|rule| finding(&report(&rule.id), kpi).clone())
        .collect()
}

/// The value is the expected one, or both are undefined; and every bridge ends at its rule.
#[track_caller]
fn assert_same(found: &Finding, expected: Option<f64>, what: &str) {
    let what = format!("{what}, {} {}", found.kpi, found.variant);
    match (found.value, expected) {
        (None, None) => {
            assert!(found.refusal.is_some(), "{what}");
            return;
        }
        (Some(value), Some(expected)) => {
            assert!(
                (value - expected).abs() <= 1e-9 * expected.abs().max(1.0),
                "{what}: {value} is not {expected}"
            );
        }
        (value, expected) => panic!("{what}: {value:?} is not {expected:?}: {:?}", found.refusal),
    }
    for other in &found.variants {
        if let (Some(last), Some(value)) = (other.bridge.last(), other.value) {
            let end = last.value.unwrap_or(f64::NAN);
            assert_close(
                end,
                value,
                1e-9,
                &format!("{what}, bridge to {}", other.variant),
            );
        }
    }
}

/// The first day of the random tables, and the last that counts.
const FIRST: &str = "2024-01-01";
const LAST: &str = "2025-12-31";

/// What each customer pays on each day, from nothing but rows.
struct Paying {
    rows: Vec<(usize, i32, i32, i64)>,
    customers: usize,
    /// By customer and day from the first to the last.
    daily: Vec<Vec<i64>>,
}

const NEVER: i32 = i32::MAX;

impl Paying {
    fn random(rng: &mut Rng) -> Self {
        let customers = 1 + rng.below(14) as usize;
        let mut rows = Vec::new();
        for customer in 0..customers {
            for _ in 0..=rng.below(3) {
                let start = between(rng, day("2024-01-01"), day("2026-01-20"));
                let end = if rng.below(3) == 0 {
                    NEVER
                } else {
                    start + between(rng, 1, 500)
                };
                rows.push((customer, start, end, i64::from(10 * (1 + rng.below(30)))));
            }
        }
        let days = day(FIRST)..=day(LAST);
        let daily = (0..customers).map(|customer| {
            let own = rows.iter().filter(move |row| row.0 == customer);
            let on = |day: i32| own.clone().filter(move |row| row.1 <= day && day < row.2);
            days.clone()
                .map(|day| on(day).map(|row| row.3).sum())
                .collect()
        });
        Self {
            daily: daily.collect(),
            rows,
            customers,
        }
    }

    fn csv(&self) -> String {
        let mut text = String::from("customer,started_on,ended_on,mrr\n");
        for (customer, start, end, amount) in &self.rows {
            let end = if *end == NEVER {
                String::new()
            } else {
                Date(*end).to_string()
            };
            writeln!(text, "C{customer},{},{end},{amount}", Date(*start)).unwrap();
        }
        text
    }

    fn amount(&self, customer: usize, on: i32) -> i64 {
        let place = usize::try_from(on - day(FIRST));
        place.map_or(0, |place| self.daily[customer][place])
    }

    /// The first day of payment, and the first day without payment after it.
    fn first_life(&self, customer: usize) -> Option<(i32, Option<i32>)> {
        let mut days = day(FIRST)..=day(LAST);
        let start = days.find(|on| self.amount(customer, *on) > 0)?;
        let end = days.find(|on| self.amount(customer, *on) == 0);
        Some((start, end))
    }
}

fn ratio(numerator: i64, denominator: i64) -> Option<f64> {
    (denominator > 0).then(|| numerator as f64 / denominator as f64)
}

#[test]
fn retention_agrees_with_a_walk_over_customers_and_days() {
    let as_of = day(LAST);
    let mut rng = Rng::from_seed(11);
    for table in 0..u64::from(rounds(TABLES)) {
        let what = format!("table {table}");
        let paying = Paying::random(&mut rng);
        let csv = paying.csv();
        let tables: [(&str, &[u8]); 1] = [("subs.csv", csv.as_bytes())];
        let months = if table % 2 == 0 { 1 } else { 12 };
        let window = (Date(as_of + 1).plus_months(-months).0, as_of + 1);
        let (before, after) = (window.0 - 1, window.1 - 1);
        let all = 0..paying.customers;
        let pays = |customer: usize, on: i32| paying.amount(customer, on);
        let count = |fits: &dyn Fn(usize) -> bool| all.clone().filter(|c| fits(*c)).count() as i64;
        let start = count(&|c| pays(c, before) > 0);
        let end = count(&|c| pays(c, after) > 0);
        let both = count(&|c| pays(c, before) > 0 && pays(c, after) > 0);
        let lives: Vec<_> = all.clone().map(|c| paying.first_life(c)).collect();
        let is_new =
            |c: usize| lives[c].is_some_and(|(start, _)| window.0 <= start && start < window.1);
        let new = count(&is_new);
        let new_there = count(&|c| is_new(c) && pays(c, after) > 0);
        let more = format!(r#""as_of":"2025-12-31","period":{{"unit":"month","count":{months}}},"#);
        let kept = under_each_rule(&tables, "customer_retention_rate", &more);
        assert_same(&kept[0], ratio(both, start), &what);
        assert_same(&kept[1], ratio(end - new, start), &what);
        assert_same(&kept[2], ratio(new_there, new), &what);

        let opening: i64 = all.clone().map(|c| pays(c, before)).sum();
        let capped: i64 = all
            .clone()
            .map(|c| pays(c, before).min(pays(c, after)))
            .sum();
        let drops: i64 = (window.0..window.1)
            .flat_map(|on| all.clone().map(move |c| (c, on)))
            .map(|(c, on)| (pays(c, on - 1) - pays(c, on)).max(0))
            .sum();
        let gross = under_each_rule(&tables, "gross_revenue_retention", &more);
        assert_same(&gross[0], ratio(capped, opening), &what);
        assert_same(&gross[1], ratio(opening - drops, opening), &what);
        if let Some(found) = kept.iter().find(|found| found.value.is_some()) {
            check_curve(found, &lives, as_of, &what);
            check_cohorts(found, &paying, &lives, &what);
        }
    }
}

/// Kaplan and Meier's product over the days on which first lifetimes ended.
fn check_curve(found: &Finding, lives: &[Option<(i32, Option<i32>)>], as_of: i32, what: &str) {
    let spans: Vec<(f64, bool)> = lives
        .iter()
        .flatten()
        .map(|(start, end)| {
            let days = end.unwrap_or(as_of + 1) - start;
            (f64::from(days) / 30.4375, end.is_some())
        })
        .collect();
    let longest = spans.iter().map(|span| span.0).fold(0.0, f64::max);
    assert_eq!(found.curve.len(), longest.floor() as usize + 1, "{what}");
    for (month, point) in found.curve.iter().enumerate() {
        let month = month as f64;
        let mut share = 1.0;
        let mut ends: Vec<f64> = spans.iter().filter(|it| it.1).map(|it| it.0).collect();
        ends.sort_by(f64::total_cmp);
        ends.dedup();
        for end in ends.into_iter().filter(|end| *end <= month) {
            let at_risk = spans.iter().filter(|span| span.0 >= end).count() as f64;
            let events = spans.iter().filter(|span| **span == (end, true)).count() as f64;
            share *= 1.0 - events / at_risk;
        }
        assert_close(point.value, share, 1e-9, what);
        let there = spans.iter().filter(|it| it.0 > month - 1.0).count() as u64;
        let left = spans
            .iter()
            .filter(|it| it.1 && it.0 > month - 1.0 && it.0 <= month)
            .count() as u64;
        assert_eq!(
            (point.at, point.at_risk, point.events),
            (month, there, left),
            "{what}"
        );
        assert!(
            point.low <= point.value && point.value <= point.high,
            "{what}"
        );
    }
}

fn check_cohorts(
    found: &Finding,
    paying: &Paying,
    lives: &[Option<(i32, Option<i32>)>],
    what: &str,
) {
    let starts: Vec<i32> = lives.iter().flatten().map(|(start, _)| *start).collect();
    let months: BTreeSet<i32> = starts
        .iter()
        .map(|start| Date(*start).month_index())
        .collect();
    assert_eq!(found.cohorts.len(), months.len(), "{what}");
    for (cohort, month) in found.cohorts.iter().zip(months) {
        let began =
            |c: &usize| lives[*c].is_some_and(|(start, _)| Date(start).month_index() == month);
        let own: Vec<usize> = (0..paying.customers).filter(began).collect();
        assert_eq!(cohort.customers, own.len() as u64, "{what}");
        let at_end = |later: usize| {
            let next = Date::from_month_index(month + later as i32 + 1).0;
            own.iter().map(move |c| paying.amount(*c, next - 1))
        };
        let first: i64 = at_end(0).sum();
        assert_close(cohort.revenue.unwrap(), first as f64, 1e-9, what);
        for (later, share) in cohort.customers_kept.iter().enumerate() {
            let there = at_end(later).filter(|amount| *amount > 0).count() as f64;
            assert_close(*share, there / own.len() as f64, 1e-9, what);
        }
        for (later, share) in cohort.revenue_kept.iter().enumerate() {
            let paid: i64 = at_end(later).sum();
            assert_close(*share, paid as f64 / first as f64, 1e-9, what);
        }
        assert_eq!(cohort.revenue_kept.is_empty(), first == 0, "{what}");
    }
}

/// A contract that was due.
#[derive(Clone, PartialEq)]
struct Due {
    customer: u32,
    day: i32,
    amount: i64,
    outcome: &'static str,
    renewed: i64,
    closed: Option<i32>,
    term: i64,
}

fn random_contracts(rng: &mut Rng) -> Vec<Due> {
    let count = 1 + rng.below(40);
    (0..count)
        .map(|_| {
            let outcome = ["Renewed", "Lost", "Open"][rng.below(3) as usize];
            let due = between(rng, day("2025-01-01"), day("2025-07-01"));
            let decided = outcome != "Open" && rng.below(4) > 0;
            Due {
                customer: rng.below(12),
                day: due,
                amount: i64::from(10 * (1 + rng.below(50))),
                outcome,
                renewed: i64::from(10 * (1 + rng.below(60))),
                closed: decided.then(|| due + between(rng, -40, 60)),
                term: [1, 12, 24, 36][rng.below(4) as usize],
            }
        })
        .collect()
}

fn contracts_csv(contracts: &[Due]) -> String {
    let mut text = String::from(
        "customer,renewal date,amount due,outcome,amount renewed,closed at,term months\n",
    );
    for it in contracts {
        let renewed = if it.outcome == "Renewed" {
            it.renewed.to_string()
        } else {
            String::new()
        };
        let closed = it
            .closed
            .map_or_else(String::new, |day| Date(day).to_string());
        writeln!(
            text,
            "C{},{},{},{},{renewed},{closed},{}",
            it.customer,
            Date(it.day),
            it.amount,
            it.outcome,
            it.term
        )
        .unwrap();
    }
    text
}

#[test]
fn renewals_agree_with_a_walk_over_contracts() {
    let mut rng = Rng::from_seed(12);
    for table in 0..u64::from(rounds(TABLES)) {
        let what = format!("table {table}");
        let contracts = random_contracts(&mut rng);
        let csv = contracts_csv(&contracts);
        let tables: [(&str, &[u8]); 1] = [("renewals.csv", csv.as_bytes())];
        let window = (day("2025-04-01"), day("2025-07-01"));
        let within = |on: i32| window.0 <= on && on < window.1;
        let more = r#""as_of":"2025-08-31","period":{"unit":"quarter"},"#;
        // The last complete quarter on the last day of August is the second one.
        let due: Vec<&Due> = contracts.iter().filter(|it| within(it.day)).collect();
        let is = |outcome: &'static str| move |it: &&&Due| it.outcome == outcome;
        let count = |outcome| due.iter().filter(is(outcome)).count() as i64;
        let (renewed, lost, open) = (count("Renewed"), count("Lost"), count("Open"));
        let closed: Vec<&Due> = contracts
            .iter()
            .filter(|it| it.outcome != "Open" && within(it.closed.unwrap_or(it.day)))
            .collect();
        let closed_renewed = closed.iter().filter(is("Renewed")).count() as i64;
        let decided = || due.iter().filter(|it| it.outcome != "Open");
        let sum = |list: &mut dyn Iterator<Item = i64>| list.sum::<i64>();
        let all_due = sum(&mut decided().map(|it| it.amount));
        let kept = sum(&mut due
            .iter()
            .filter(is("Renewed"))
            .map(|it| it.renewed.min(it.amount)));
        let paid = sum(&mut due.iter().filter(is("Renewed")).map(|it| it.renewed));
        let terms = sum(&mut decided().map(|it| it.term));
        let terms_renewed = sum(&mut due.iter().filter(is("Renewed")).map(|it| it.term));
        let all_open = sum(&mut due.iter().filter(is("Open")).map(|it| it.amount));
        let closed_due = sum(&mut closed.iter().map(|it| it.amount));
        let closed_paid = sum(&mut closed.iter().filter(is("Renewed")).map(|it| it.renewed));

        let rates = under_each_rule(&tables, "renewal_rate", more);
        assert_same(&rates[0], ratio(renewed, renewed + lost), &what);
        assert_same(&rates[1], ratio(kept, all_due), &what);
        assert_same(&rates[2], ratio(closed_renewed, closed.len() as i64), &what);
        assert_same(&rates[3], ratio(renewed, renewed + lost + open), &what);
        assert_same(
            &rates[4],
            ratio(renewed + open, renewed + lost + open),
            &what,
        );
        assert_same(&rates[5], ratio(terms_renewed, terms), &what);

        let net = under_each_rule(&tables, "net_renewal_rate", more);
        assert_same(&net[0], ratio(paid, all_due), &what);
        assert_same(&net[1], ratio(paid, all_due + all_open), &what);
        assert_same(&net[2], ratio(closed_paid, closed_due), &what);
    }
}

/// The three figures on spending, worked out from rows by hand.
#[test]
fn spending_agrees_with_a_walk_over_months() {
    let as_of = day(LAST);
    let mut rng = Rng::from_seed(13);
    for table in 0..u64::from(rounds(TABLES)) {
        let what = format!("table {table}");
        let paying = Paying::random(&mut rng);
        let mut spend = String::from("month,marketing spend\n");
        let mut amounts = Vec::new();
        for month in 1..=12 {
            let amount = i64::from(100 + rng.below(900));
            amounts.push(amount);
            writeln!(spend, "2025-{month:02},{amount}").unwrap();
        }
        let subscriptions = paying.csv();
        let tables: [(&str, &[u8]); 2] = [
            ("spend.csv", spend.as_bytes()),
            ("subs.csv", subscriptions.as_bytes()),
        ];
        let more = r#""as_of":"2025-12-31","period":{"unit":"quarter"},
            "settings":{"cac_payback_period.gross_margin":0.5},"#;
        let window = (day("2025-10-01"), as_of + 1);
        let all = 0..paying.customers;
        let pays = |c: usize, on: i32| paying.amount(c, on);
        let is_new = |c: &usize| {
            let life = paying.first_life(*c);
            life.is_some_and(|(start, _)| window.0 <= start && start < window.1)
        };
        let new: Vec<usize> = all.clone().filter(is_new).collect();
        let heads = new.len() as i64;
        let quarter: i64 = amounts[9..].iter().sum();
        let before: i64 = amounts[6..9].iter().sum();
        let revenue: i64 = new.iter().map(|c| pays(*c, as_of)).sum();
        let cost = under_each_rule(&tables, "customer_acquisition_cost", more);
        assert_same(&cost[0], ratio(quarter, heads), &what);
        assert_same(&cost[1], ratio(before, heads), &what);
        assert_same(&cost[2], ratio(quarter, revenue * 12), &what);

        let total = |on: i32| all.clone().map(|c| pays(c, on)).sum::<i64>();
        let net_new = total(as_of) - total(window.0 - 1);
        let grown: i64 = all
            .clone()
            .filter(|c| pays(*c, window.0 - 1) > 0)
            .map(|c| (pays(c, as_of) - pays(c, window.0 - 1)).max(0))
            .sum();
        let months = |spend: i64, revenue: i64| {
            (heads > 0).then_some(())?;
            Some(ratio(spend, revenue)? / 0.5)
        };
        let payback = under_each_rule(&tables, "cac_payback_period", more);
        assert_same(&payback[0], months(quarter, revenue), &what);
        assert_same(
            &payback[1],
            months(quarter, revenue).map(|it| it / 2.0),
            &what,
        );
        assert_same(&payback[2], months(quarter, net_new), &what);
        assert_same(&payback[3], months(quarter, revenue + grown), &what);
        assert_same(&payback[4], months(before, revenue), &what);

        let ends = [window.0 - 1, day("2025-10-31"), day("2025-11-30"), as_of];
        let there = |c: usize, at: usize| pays(c, ends[at]) > 0;
        let count = |fits: &dyn Fn(usize) -> bool| all.clone().filter(|c| fits(*c)).count() as i64;
        let opening: i64 = (0..3).map(|at| count(&|c| there(c, at))).sum();
        let lost: i64 = (0..3)
            .map(|at| count(&|c| there(c, at) && !there(c, at + 1)))
            .sum();
        let closing = count(&|c| there(c, 3));
        let worth = (heads > 0 && lost > 0 && closing > 0).then(|| {
            let churn = lost as f64 / opening as f64;
            total(as_of) as f64 / closing as f64 * 0.5 / churn / (quarter as f64 / heads as f64)
        });
        let times = under_each_rule(&tables, "lifetime_value_to_acquisition_cost", more);
        assert_same(&times[0], worth, &what);
        assert_same(&times[1], worth.map(|it| it * 2.0), &what);
    }
}
