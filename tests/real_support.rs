//! Generated tickets with answers from pandas, duckdb and lifelines, under every rule that has one.
//! The generator is not part of this repository; where the folder beside it is absent, these tests
//! say so and check nothing.
#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "test code")]

#[path = "support/shared_data.rs"]
mod shared_data;
mod support;

use kept::engine::report::{Finding, Report};
use serde_json::Value;
use shared_data::{expected, folder, number};
use support::{assert_close, finding, options, report_on};

/// The tickets and the answers.
fn generated() -> Option<(Vec<u8>, Value)> {
    let made = std::process::Command::new("python3")
        .arg(folder()?.join("make_tickets.py"))
        .arg("10000")
        .output();
    let Ok(made) = made else {
        eprintln!("python3 is absent: generated tickets are not checked");
        return None;
    };
    Some((made.stdout, expected("tickets_generated.json")?))
}

fn report(tickets: &[u8], choices: &str) -> Report {
    report_on(&[("tickets.csv", tickets)], &options(choices)).unwrap()
}

#[track_caller]
fn assert_share(found: &Finding, answer: &Value) {
    assert_close(found.value.unwrap(), number(&answer["p"]), 1e-12, "share");
    assert_eq!(found.n, answer["n"].as_u64());
    let interval = found.interval.as_ref().unwrap();
    assert_close(interval.low, number(&answer["lo"]), 1e-9, "low");
    assert_close(interval.high, number(&answer["hi"]), 1e-9, "high");
}

#[test]
fn every_rule_by_month_and_priority() {
    let Some((tickets, answers)) = generated() else {
        return;
    };
    for (kpi, key) in [
        ("first_response_time", "first_response_hours"),
        ("resolution_time", "resolution_hours"),
    ] {
        for (rule, name) in [
            ("median_calendar_hours", "p50"),
            ("mean_calendar_hours", "mean"),
            ("p75_calendar_hours", "p75"),
            ("p90_calendar_hours", "p90"),
        ] {
            let choices = format!(
                r#"{{"segment":"priority","kpis":["{kpi}"],"variants":{{"{kpi}":"{rule}"}}}}"#
            );
            let report = report(&tickets, &choices);
            let found = finding(&report, kpi);
            let answer = &answers["all"][key];
            assert_close(found.value.unwrap(), number(&answer[name]), 1e-6, rule);
            assert_eq!(found.n, answer["n"].as_u64());
            assert!(found.interval.is_some(), "{rule}");
            for (priority, answer) in answers["by_priority"].as_object().unwrap() {
                let mut segments = found.segments.iter();
                let segment = segments.find(|segment| &segment.is == priority).unwrap();
                assert_close(
                    segment.value.unwrap(),
                    number(&answer[key][name]),
                    1e-6,
                    priority,
                );
                assert_eq!(segment.n, answer[key]["n"].as_u64());
            }
            assert_eq!(found.series.len(), 24);
            for point in &found.series {
                let month: String = point.start.to_string().chars().take(7).collect();
                let answer = &answers["by_month"][month.as_str()][key];
                assert_close(point.value.unwrap(), number(&answer[name]), 1e-6, &month);
                assert_eq!(point.n, answer["n"].as_u64());
            }
        }
    }
}

#[test]
fn medians_that_count_open_tickets() {
    let Some((tickets, answers)) = generated() else {
        return;
    };
    for (kpi, key) in [
        (
            "first_response_time",
            "first_response_median_with_open_hours",
        ),
        ("resolution_time", "resolution_median_with_open_hours"),
    ] {
        let choices = format!(r#"{{"kpis":["{kpi}"],"variants":{{"{kpi}":"median_with_open"}}}}"#);
        let report = report(&tickets, &choices);
        let found = finding(&report, kpi);
        assert_close(found.value.unwrap(), number(&answers[key]), 1e-9, key);
        let interval = found.interval.as_ref().unwrap();
        assert!(interval.low <= found.value.unwrap() && found.value.unwrap() <= interval.high);
    }
}

#[test]
fn promises_and_what_is_open() {
    let Some((tickets, answers)) = generated() else {
        return;
    };
    let of = |rule: &str| {
        let choices = format!(
            r#"{{"segment":"priority","variants":{{"service_level_attainment":"{rule}"}},"settings":{{
            "service_level_attainment.first_response_hours":1,"service_level_attainment.resolution_hours":24}}}}"#
        );
        report(&tickets, &choices)
    };
    let replies = of("first_response");
    assert_share(
        finding(&replies, "service_level_attainment"),
        &answers["first_response_within_1h_of_answered"],
    );
    let solutions = of("resolution");
    assert_share(
        finding(&solutions, "service_level_attainment"),
        &answers["resolved_within_24h_of_resolved"],
    );
    let backlog = finding(&solutions, "open_backlog");
    assert_close(
        backlog.value.unwrap(),
        number(&answers["all"]["unresolved"]),
        1e-12,
        "open",
    );
    for (priority, answer) in answers["by_priority"].as_object().unwrap() {
        let mut segments = backlog.segments.iter();
        let segment = segments.find(|segment| &segment.is == priority).unwrap();
        assert_close(
            segment.value.unwrap(),
            number(&answer["unresolved"]),
            1e-12,
            priority,
        );
    }
}
