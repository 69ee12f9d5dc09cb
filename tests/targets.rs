//! Targets: of a figure, of segments, and of the rest of the year, against figures worked out by hand.
#![expect(clippy::unwrap_used, reason = "test code")]

mod support;

use std::fmt::Write as _;

use kept::engine::report::{Finding, RestOfYear, RestOutcome, RestWay, TargetReport};
use support::{assert_close, finding, options, report_on};

fn found(table: &str, kpi: &str, choices: &str) -> Finding {
    let report = report_on(&[("pasted", table.as_bytes())], &options(choices)).unwrap();
    finding(&report, kpi).clone()
}

fn target(table: &str, kpi: &str, choices: &str) -> TargetReport {
    found(table, kpi, choices).target.unwrap()
}

fn rest(table: &str, kpi: &str, choices: &str) -> RestOfYear {
    target(table, kpi, choices).rest_of_year.unwrap()
}

/// 100 visitors in January, 200 in February, 300 in March.
const VISITORS: &str = "month,visitors\n2025-01,100\n2025-02,200\n2025-03,300\n";

#[test]
fn the_months_left_must_bring_what_a_sum_lacks() {
    let target = r#"{"targets":{"foot_traffic":{"year":2400,"value":500}}}"#;
    let found = rest(VISITORS, "foot_traffic", target);
    assert_eq!((found.year, found.way), (2025, RestWay::Sum));
    assert_eq!((found.months_done, found.months_left), (3, 9));
    assert_close(found.so_far.unwrap(), 600.0, 1e-12, "so far");
    // (2,400 − 600) ÷ 9
    assert_close(found.needed.unwrap(), 200.0, 1e-12, "a month");
    assert_eq!(found.outcome, RestOutcome::Needed);
}

#[test]
fn a_year_may_begin_in_another_month() {
    let begins = |month: u32| {
        let choices = format!(r#"{{"year_starts":{month},"targets":{{"foot_traffic":2400}}}}"#);
        rest(VISITORS, "foot_traffic", &choices)
    };
    // From February 2025 on, February and March are over: (2,400 − 500) ÷ 10.
    let february = begins(2);
    assert_eq!((february.year, february.begins), (2025, Some(2)));
    assert_eq!((february.months_done, february.months_left), (2, 10));
    assert_close(february.so_far.unwrap(), 500.0, 1e-12, "so far");
    assert_close(february.needed.unwrap(), 190.0, 1e-12, "a month");
    assert_eq!(
        begins(1),
        rest(
            VISITORS,
            "foot_traffic",
            r#"{"targets":{"foot_traffic":2400}}"#
        )
    );
    // From April 2024 on the sum so far is not known: nine months are missing.
    let april = r#"{"year_starts":4,"targets":{"foot_traffic":2400}}"#;
    let told = target(VISITORS, "foot_traffic", april);
    assert_eq!(told.refusal.unwrap().code, "month_missing");
    // A rate needs only what the table holds: the year from April 2024 has ended with March.
    let given =
        r#"{"as_of":"2025-03-31","year_starts":4,"targets":{"customer_satisfaction_score":0.75}}"#;
    let over = rest(&answers(), "customer_satisfaction_score", given);
    assert_eq!(
        (over.year, over.begins, over.months_left),
        (2024, Some(4), 0)
    );
    for month in [0, 13] {
        let choices = options(&format!(r#"{{"year_starts":{month}}}"#));
        let error = report_on(&[("pasted", VISITORS.as_bytes())], &choices).unwrap_err();
        assert_eq!(error.code, "year_starts_invalid");
    }
}

#[test]
fn a_target_of_a_month_is_twelve_times_that_for_the_year() {
    let monthly = r#"{"period":{"unit":"month"},"targets":{"foot_traffic":250}}"#;
    let found = rest(VISITORS, "foot_traffic", monthly);
    assert_close(found.wanted, 3_000.0, 1e-12, "wanted");
    // (3,000 − 600) ÷ 9
    assert_close(found.needed.unwrap(), 2_400.0 / 9.0, 1e-12, "a month");
    let of_all = r#"{"targets":{"foot_traffic":2400}}"#;
    assert_close(
        rest(VISITORS, "foot_traffic", of_all).wanted,
        2_400.0,
        1e-12,
        "all",
    );
}

#[test]
fn a_sum_without_the_first_months_of_the_year_is_not_known() {
    let late = "month,visitors\n2025-02,200\n2025-03,300\n";
    let told = target(late, "foot_traffic", r#"{"targets":{"foot_traffic":2400}}"#);
    assert_eq!(told.refusal.unwrap().code, "month_missing");
    let one = "month,visitors\n2025-01,200\n";
    let told = target(one, "foot_traffic", r#"{"targets":{"foot_traffic":2400}}"#);
    assert_eq!(told.refusal.unwrap().code, "months_too_few");
}

/// Ten answers in January, eight satisfied; thirty in February, eighteen satisfied.
fn answers() -> String {
    let mut table = String::from("respondent,csat,date\n");
    for (month, count, satisfied) in [(1, 10, 8), (2, 30, 18)] {
        for place in 0..count {
            let answer = if place < satisfied { 5 } else { 2 };
            let day = 1 + place % 28;
            writeln!(table, "{month}x{place},{answer},2025-{month:02}-{day:02}").unwrap();
        }
    }
    table
}

#[test]
fn a_rate_is_weighed_by_what_it_rests_on() {
    let given = r#"{"as_of":"2025-02-28","targets":{"customer_satisfaction_score":0.75}}"#;
    let found = rest(&answers(), "customer_satisfaction_score", given);
    assert_eq!(found.way, RestWay::Rate);
    assert_eq!((found.months_done, found.months_left), (2, 10));
    // 26 of 40 so far, 20 answers a month.
    assert_close(found.so_far.unwrap(), 0.65, 1e-12, "so far");
    assert_close(found.weight_a_month.unwrap(), 20.0, 1e-12, "weight");
    // 0.75 × 240 = 180 satisfied; 154 more of 200.
    assert_close(found.needed.unwrap(), 0.77, 1e-9, "needed");
    // January again, of the year after: nothing is over yet.
    let later = given.replace("2025-02-28", "2026-01-15");
    let found = rest(&answers(), "customer_satisfaction_score", &later);
    assert_eq!(
        (found.year, found.months_done, found.months_left),
        (2026, 0, 12)
    );
    assert_close(found.needed.unwrap(), 0.75, 1e-9, "nothing so far");
}

#[test]
fn a_share_that_would_have_to_pass_all_is_out_of_reach_and_one_below_nothing_secured() {
    let outcome = |wanted: f64| {
        let given = format!(
            r#"{{"as_of":"2025-11-30","targets":{{"customer_satisfaction_score":{wanted}}}}}"#
        );
        // Eleven months of ten answers, half of them satisfied.
        let mut table = String::from("respondent,csat,date\n");
        for month in 1..=11 {
            for place in 0..10 {
                let answer = if place < 5 { 5 } else { 1 };
                writeln!(table, "{month}x{place},{answer},2025-{month:02}-10").unwrap();
            }
        }
        rest(&table, "customer_satisfaction_score", &given)
    };
    // 0.6 × 120 = 72, and 55 are there: 17 of 10 is impossible.
    let out = outcome(0.6);
    assert_eq!(out.outcome, RestOutcome::OutOfReach);
    assert_close(out.needed.unwrap(), 1.7, 1e-9, "needed");
    // 0.45 × 120 = 54.
    assert_eq!(outcome(0.45).outcome, RestOutcome::Secured);
    assert_eq!(outcome(0.5).outcome, RestOutcome::Needed);
}

#[test]
fn a_year_that_is_over_was_met_or_missed() {
    let given = r#"{"as_of":"2025-12-31","targets":{"customer_satisfaction_score":0.65}}"#;
    let found = rest(&answers(), "customer_satisfaction_score", given);
    assert_eq!((found.months_left, found.needed), (0, None));
    assert_eq!(found.outcome, RestOutcome::Met);
    let missed = given.replace("0.65", "0.66");
    let found = rest(&answers(), "customer_satisfaction_score", &missed);
    assert_eq!(found.outcome, RestOutcome::Missed);
}

#[test]
fn what_is_there_at_the_end_must_rise_by_equal_steps() {
    let table = "customer,month,mrr\nA,2025-01,100\nA,2025-02,100\nB,2025-02,60\nA,2025-03,100\nB,2025-03,80\n";
    let given = r#"{"targets":{"monthly_recurring_revenue":360}}"#;
    let found = rest(table, "monthly_recurring_revenue", given);
    assert_eq!(found.way, RestWay::Level);
    assert_close(found.so_far.unwrap(), 180.0, 1e-12, "now");
    // (360 − 180) ÷ 9
    assert_close(found.needed.unwrap(), 20.0, 1e-12, "a month");
    // New revenue of a month is a sum all the same.
    let given = r#"{"targets":{"net_new_recurring_revenue":30}}"#;
    let told = target(table, "net_new_recurring_revenue", given);
    assert!(told.rest_of_year.is_none_or(|it| it.way == RestWay::Sum));
}

#[test]
fn a_median_does_not_follow_from_its_months() {
    let mut table = String::from("Ticket ID,Created at,Resolved at\n");
    for (month, hours) in [(1, [1, 5, 9, 2]), (2, [20, 4, 7, 8])] {
        for (place, hours) in hours.into_iter().enumerate() {
            writeln!(
                table,
                "{month}{place},2025-{month:02}-03T00:00:00Z,2025-{month:02}-03T{hours:02}:00:00Z"
            )
            .unwrap();
        }
    }
    let given = r#"{"as_of":"2025-02-28","targets":{"resolution_time":4}}"#;
    let told = target(&table, "resolution_time", given);
    assert_eq!(told.refusal.unwrap().code, "year_not_of_months");
}

#[test]
fn a_segment_has_its_own_target_with_its_interval_in_view() {
    let mut table = String::from("respondent,csat,plan\n");
    for place in 0..100 {
        let (plan, answer) = if place % 2 == 0 {
            ("Team", if place < 96 { 5 } else { 1 })
        } else {
            ("Basic", if place % 4 == 1 { 5 } else { 1 })
        };
        writeln!(table, "p{place},{answer},{plan}").unwrap();
    }
    let given = r#"{"segment":"plan","targets":{"customer_satisfaction_score":
        {"value":0.7,"segments":{"Team":0.8,"Basic":0.55,"Gone":0.9}}}}"#;
    let found = found(&table, "customer_satisfaction_score", given);
    let of = |name: &str| {
        let segment = found.segments.iter().find(|it| it.is == name).unwrap();
        (segment.target.clone().unwrap(), segment.low.unwrap())
    };
    // 48 of 50 with the whole interval above 0.8; 25 of 50 spans 0.55.
    let (team, low) = of("Team");
    assert!(low > 0.8, "{low}");
    assert_close(team.value, 0.8, 1e-12, "of the team");
    assert_eq!(team.met, Some(true));
    assert_eq!(of("Basic").0.met, None);
    let whole = found.target.unwrap();
    assert_close(whole.value, 0.7, 1e-12, "the figure's own");
    // Without dates nothing can be said of a year.
    assert_eq!(whole.refusal.unwrap().code, "no_dates");
}

#[test]
fn segments_alone_set_no_target_of_the_figure() {
    let table = "respondent,csat,plan\n1,5,A\n2,1,A\n3,5,B\n";
    let given =
        r#"{"segment":"plan","targets":{"customer_satisfaction_score":{"segments":{"A":0.9}}}}"#;
    let found = found(table, "customer_satisfaction_score", given);
    assert_eq!(found.target, None);
    let with: Vec<&str> = found
        .segments
        .iter()
        .filter(|it| it.target.is_some())
        .map(|it| it.is.as_str())
        .collect();
    assert_eq!(with, ["A"]);
}
