//! Figures on recurring revenue against a slow, obvious second version of them: what each customer
//! pays on each day, in a plain list, looked at customer by customer and day by day. Every rule must
//! agree with it on a thousand made ledgers with gaps, overlaps, changes on one day, amounts of
//! nothing, credits and stays of no day; and every bridge must lead from one rule to the other.
#![expect(clippy::unwrap_used, unreachable_pub, reason = "test code")]

#[path = "support/day_by_day.rs"]
mod day_by_day;
mod support;

use day_by_day::{AS_OF, FIRST, Oracle, Row, day, money};
use kept::engine::base::Date;
use kept::engine::report::{Finding, Status};
use kept::engine::stats::rng::Rng;
use support::long::rounds;
use support::{finding, options, report_on};

/// Rules whose figure is no quotient of two sums, so that no steps lead to it.
const NO_RATIO: [&str; 3] = ["median", "daily", "compounded_months"];

const RULES: [(&str, &[&str]); 10] = [
    ("monthly_recurring_revenue", &["end_of_period"]),
    (
        "annual_recurring_revenue",
        &["end_of_period", "average_of_months"],
    ),
    (
        "net_new_recurring_revenue",
        &[
            "ends_compared",
            "every_change",
            "new_after_90_days",
            "four_movements",
        ],
    ),
    (
        "quick_ratio",
        &[
            "ends_compared",
            "with_reactivation",
            "every_change",
            "new_after_90_days",
        ],
    ),
    (
        "average_revenue_per_account",
        &[
            "mean",
            "median",
            "per_seat",
            "with_free_customers",
            "new_business",
            "who_stay",
        ],
    ),
    ("expansion_rate", &["customers", "revenue", "share_of_won"]),
    (
        "customer_churn_rate",
        &["standard", "stripe", "departures", "daily"],
    ),
    (
        "gross_revenue_churn_rate",
        &["gross", "churn_only", "movements"],
    ),
    (
        "net_revenue_churn_rate",
        &["with_reactivation", "without_reactivation", "movements"],
    ),
    (
        "net_revenue_retention",
        &[
            "cohort",
            "movements",
            "with_reactivation",
            "without_contraction",
            "compounded_months",
        ],
    ),
];

/// A made ledger. Days are drawn from few, so that ends and starts fall together.
fn made(rng: &mut Rng, customers: usize) -> Vec<Row> {
    let days = (day(AS_OF) - day(FIRST) + 1) as u32;
    let mut rows = Vec::new();
    for customer in 0..customers {
        for _ in 0..=rng.below(4) {
            // Most in the last three months, where the periods are.
            let late = rng.below(2) == 0;
            let low = if late { days - 90 } else { 0 };
            let start = (low + rng.below((days - low).div_ceil(5)) * 5).min(days - 1);
            let stays = [0, 5, 10, 20, 40, 95, 200][rng.below(7) as usize];
            rows.push(Row {
                customer,
                start: start as usize,
                end: (rng.below(3) > 0).then_some((start + stays) as usize),
                cents: [
                    0, 0, 1_000, 1_000, 1_000, 2_550, 2_550, 9_999, 9_999, -1_000,
                ][rng.below(10) as usize],
                seats: i64::from(rng.below(4)),
            });
        }
    }
    rows
}

fn written(rows: &[Row]) -> String {
    let date = |at: usize| Date(day(FIRST) + at as i32).to_string();
    let mut text = String::from("customer,started_on,ended_on,mrr,seats\n");
    for row in rows {
        let line = [
            format!("C{}", row.customer + 1),
            date(row.start),
            row.end.map(date).unwrap_or_default(),
            format!("{:.2}", money(row.cents)),
            row.seats.to_string(),
        ];
        text.push_str(&line.join(","));
        text.push('\n');
    }
    text
}

#[track_caller]
fn same(found: Option<f64>, expected: Option<f64>, what: &str) {
    let close = match (found, expected) {
        (Some(found), Some(expected)) => (found - expected).abs() <= 1e-9 * expected.abs().max(1.0),
        (found, expected) => found == expected,
    };
    assert!(close, "{what}: {found:?} is not {expected:?}");
}

/// The last step gives the other figure, and the steps' sums are what the two differ by.
fn check_bridges(found: &Finding, oracle: &Oracle, table: &str) {
    let here = oracle.figure(&found.kpi, &found.variant);
    for other in found.variants.iter().filter(|it| it.value.is_some()) {
        let what = format!(
            "{} {} → {}\n{table}",
            found.kpi, found.variant, other.variant
        );
        let Some(last) = other.bridge.last() else {
            let no_ratio = NO_RATIO.contains(&other.variant.as_str())
                || NO_RATIO.contains(&found.variant.as_str());
            assert!(no_ratio || other.value == found.value, "no steps: {what}");
            continue;
        };
        same(last.value, other.value, &what);
        let there = oracle.figure(&found.kpi, &other.variant);
        let summed = other.bridge.iter().all(|step| step.numerator.is_some());
        if let (Some(here), Some(there), true) = (here.sums, there.sums, summed) {
            let more: f64 = other.bridge.iter().filter_map(|step| step.numerator).sum();
            same(Some(here.0 + more), Some(there.0), &what);
            let below: f64 = other
                .bridge
                .iter()
                .filter_map(|step| step.denominator)
                .sum();
            same(here.1.map(|here| here + below), there.1, &what);
        }
    }
}

#[test]
fn every_rule_agrees_with_a_plain_list_of_days() {
    let mut rng = Rng::from_seed(4);
    let (mut values, mut steps) = (0, 0);
    for _ in 0..rounds(1_000) {
        let customers = 4 + rng.below(12) as usize;
        let months = [1, 1, 3, 12][rng.below(4) as usize];
        let rows = made(&mut rng, customers);
        let table = written(&rows);
        let oracle = Oracle::new(&rows, customers, months);
        let (mut kpis, mut in_force) = (Vec::new(), Vec::new());
        for (kpi, rules) in RULES {
            let rule = rules[rng.below(rules.len() as u32) as usize];
            kpis.push(format!("\"{kpi}\""));
            in_force.push(format!("\"{kpi}\":\"{rule}\""));
        }
        let choices = format!(
            r#"{{"as_of":"{AS_OF}","period":{{"unit":"month","count":{months}}},"kpis":[{}],"variants":{{{}}}}}"#,
            kpis.join(","),
            in_force.join(",")
        );
        let report = report_on(&[("pasted", table.as_bytes())], &options(&choices)).unwrap();
        for (kpi, rules) in RULES {
            let found = finding(&report, kpi);
            let what = |rule: &str| format!("{kpi} {rule}, {months} months\n{table}");
            let expected = oracle.figure(kpi, &found.variant).value;
            same(found.value, expected, &what(&found.variant));
            if found.status == Status::Refused {
                continue;
            }
            for rule in rules {
                let other = found.variants.iter().find(|other| other.variant == *rule);
                same(
                    other.unwrap().value,
                    oracle.figure(kpi, rule).value,
                    &what(rule),
                );
                values += 1;
            }
            check_bridges(found, &oracle, &table);
            steps += found
                .variants
                .iter()
                .map(|it| it.bridge.len())
                .sum::<usize>();
        }
    }
    // Refusals everywhere would agree too.
    assert!(values > 20_000 && steps > 20_000, "{values} {steps}");
}
