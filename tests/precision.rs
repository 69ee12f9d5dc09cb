//! Every figure with an interval says what a wanted precision takes.
#![expect(clippy::expect_used, reason = "test code")]

mod support;

use std::fmt::Write as _;

use support::{finding, options, report_on};

fn answers() -> String {
    let mut text = String::from("customer,nps,csat\n");
    for place in 0..400 {
        writeln!(
            text,
            "C{place},{},{}",
            (place * 7) % 11,
            1 + (place * 3) % 5
        )
        .expect("memory");
    }
    text
}

#[test]
fn a_wanted_precision_says_how_many_answers_it_takes_and_half_the_width_is_the_default() {
    let table = answers();
    let tables: [(&str, &[u8]); 1] = [("answers.csv", table.as_bytes())];
    let given = options(r#"{"precision":{"net_promoter_score":5}}"#);
    let report = report_on(&tables, &given).expect("a table");
    let score = finding(&report, "net_promoter_score");
    let precision = score.precision.as_ref().expect("an interval");
    let interval = score.interval.as_ref().expect("an interval");
    assert!((precision.margin - (interval.high - interval.low) / 2.0).abs() < 1e-12);
    assert!(precision.chosen && (precision.wanted - 5.0).abs() < 1e-12);
    // The width shrinks with the root of the number of answers, but for what the adjustment adds.
    let times = precision.margin / 5.0;
    let by_root = 400.0 * times * times;
    let needed = precision.needed.expect("a number") as f64;
    assert!(
        (needed / by_root - 1.0).abs() < 0.02,
        "{needed} and {by_root}"
    );
    let satisfied = finding(&report, "customer_satisfaction_score");
    let precision = satisfied.precision.as_ref().expect("an interval");
    assert!(!precision.chosen && (precision.wanted - precision.margin / 2.0).abs() < 1e-12);
    let times = precision.needed.expect("a number") as f64 / 400.0;
    assert!((times - 4.0).abs() < 0.1, "{times}");
}

#[test]
fn an_exact_sum_has_no_precision() {
    let table = "customer,started on,mrr\nA,2025-01-01,10\nB,2025-01-05,20\n";
    let report = report_on(&[("plans.csv", table.as_bytes())], &options("")).expect("a table");
    let revenue = finding(&report, "monthly_recurring_revenue");
    assert_eq!(revenue.precision, None);
}
