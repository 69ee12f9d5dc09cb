//! A real log of three years with answers from independent libraries. The log is not part of this
//! repository; where the folder beside it is absent, these tests say so and check nothing.
#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "test code")]

#[path = "support/shared_data.rs"]
mod shared_data;
mod support;

use kept::engine::chart_spec::Plot;
use kept::engine::report::{Finding, Report};
use serde_json::Value;
use shared_data::{expected, number};
use support::{assert_close, finding};

fn answers() -> Option<Value> {
    Some(expected("engagement.json")?["tldr_2021_2023"].clone())
}

fn report(choices: &str) -> Report {
    shared_data::report("events/tldr_2021_2023.csv", choices).unwrap()
}

/// The figure of the unit that begins on the day; 0 where nobody came is a figure, too.
fn at(found: &Finding, start: &str) -> f64 {
    let point = found
        .series
        .iter()
        .find(|point| point.start.to_string() == start);
    point.unwrap().value.unwrap()
}

/// A series of one rule by one unit of time.
fn series(kpi: &str, rule: &str, unit: &str) -> Report {
    report(&format!(
        r#"{{"as_of":"2023-12-31","kpis":["{kpi}"],"period":{{"unit":"{unit}"}},"variants":{{"{kpi}":"{rule}"}}}}"#
    ))
}

#[test]
fn months_give_their_users_and_users_a_day() {
    let Some(answers) = answers() else { return };
    for (kpi, rule, answer) in [
        ("active_users", "calendar", "mau"),
        ("active_users", "mean_daily", "avg_dau_all_days"),
        ("stickiness", "all_days", "stickiness_all_days"),
        ("stickiness", "active_days", "stickiness_active_days"),
    ] {
        let report = series(kpi, rule, "month");
        let found = finding(&report, kpi);
        let months = answers["months"].as_array().unwrap();
        assert_eq!(found.series.len(), months.len());
        for month in months {
            let name = month["month"].as_str().unwrap();
            let value = at(found, &format!("{name}-01"));
            assert_close(
                value,
                number(&month[answer]),
                1e-9,
                &format!("{rule} {name}"),
            );
        }
        let last = &months[months.len() - 1];
        assert_close(found.value.unwrap(), number(&last[answer]), 1e-9, rule);
        if kpi == "stickiness" {
            let days = found.parts.get("user_days").unwrap();
            assert_close(days, number(&last["dau_sum"]), 1e-9, "user days");
        }
    }
}

#[test]
fn weeks_and_days_give_their_users() {
    let Some(answers) = answers() else { return };
    let by_week = series("active_users", "calendar", "week");
    for week in answers["weeks_head"].as_array().unwrap() {
        let start = week["week_start"].as_str().unwrap();
        let value = at(finding(&by_week, "active_users"), start);
        assert_close(value, number(&week["wau"]), 1e-12, start);
    }
    let by_day = series("active_users", "calendar", "day");
    let found = finding(&by_day, "active_users");
    for day in answers["dau_head"].as_array().unwrap() {
        let start = day["day"].as_str().unwrap();
        assert_close(at(found, start), number(&day["dau"]), 1e-12, start);
    }
    let peak = &answers["peak_dau"];
    let values = found.series.iter().filter_map(|point| point.value);
    let most = values.fold(0.0, f64::max);
    assert_close(most, number(&peak["dau"]), 1e-12, "peak");
    assert_close(
        at(found, peak["day"].as_str().unwrap()),
        most,
        1e-12,
        "peak",
    );
}

#[test]
fn rolling_windows_end_with_the_day() {
    let Some(answers) = answers() else { return };
    for (kpi, answer) in [("active_users", "mau30"), ("stickiness", "ratio")] {
        let report = series(kpi, "rolling_30_days", "day");
        for day in answers["rolling"].as_array().unwrap() {
            let start = day["day"].as_str().unwrap();
            let value = at(finding(&report, kpi), start);
            assert_close(value, number(&day[answer]), 1e-9, &format!("{kpi} {start}"));
        }
    }
}

#[test]
fn cohorts_lose_their_users_as_counted() {
    let Some(answers) = answers() else { return };
    let report = report(r#"{"as_of":"2023-12-31","kpis":["usage_retention"]}"#);
    let cohorts = &finding(&report, "usage_retention").cohorts;
    let users: u64 = cohorts.iter().map(|cohort| cohort.customers).sum();
    assert_eq!(Some(users), answers["users"].as_u64());
    for (month, counts) in answers["cohort_head"].as_object().unwrap() {
        let start = format!("{month}-01");
        let cohort = cohorts.iter().find(|it| it.start.to_string() == start);
        let cohort = cohort.unwrap();
        for (since, count) in counts.as_array().unwrap().iter().enumerate() {
            let came = cohort.customers_kept[since] * cohort.customers as f64;
            assert!(
                (came - number(count)).abs() < 1e-9,
                "{month} +{since}: {came} is not {count}"
            );
        }
    }
}

#[test]
fn a_year_gives_each_features_adoption_and_the_breadth() {
    let Some(answers) = answers() else { return };
    let year = r#""as_of":"2023-12-31","kpis":["feature_adoption_rate"],"period":{"unit":"year"}"#;
    let whole = report(&format!("{{{year}}}"));
    let found = finding(&whole, "feature_adoption_rate");
    let adoption = &answers["adoption_2023"];
    assert_close(
        found.parts.get("users").unwrap(),
        number(&adoption["active_users"]),
        1e-12,
        "active users",
    );
    assert_close(
        found.parts.get("features_per_user").unwrap(),
        number(&answers["breadth_2023_mean_features_per_user"]),
        1e-9,
        "breadth",
    );
    let Plot::Dots { dots, .. } = &found.chart.as_ref().unwrap().plot else {
        panic!("{:?}", found.chart);
    };
    let features = adoption["features"].as_object().unwrap();
    assert_eq!(
        dots.len(),
        features.len().min(12),
        "the most used are shown"
    );
    for (name, answer) in features {
        if let Some(dot) = dots.iter().find(|dot| dot.label == *name) {
            assert_close(dot.value.unwrap(), number(&answer["adoption"]), 1e-9, name);
        }
        let alone = report(&format!(
            r#"{{{year},"settings":{{"feature_adoption_rate.feature":["{name}"]}}}}"#
        ));
        let alone = finding(&alone, "feature_adoption_rate");
        assert_close(
            alone.value.unwrap(),
            number(&answer["adoption"]),
            1e-9,
            name,
        );
        let users = alone.parts.get("adopters").unwrap();
        assert_close(users, number(&answer["users"]), 1e-12, name);
    }
}
