//! The statistics against what statsmodels, scipy, numpy and lifelines give for real tables.
//!
//! The tables and answers belong to other people and are not part of this repository: they lie in
//! a folder beside it. Where that folder is absent each test says so and checks nothing.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "helpers of tests: a wrong file has to fail loudly, an absent one has to be seen"
)]

use std::fs;
use std::path::PathBuf;

use kept::engine::stats::log_rank::{Group, log_rank};
use kept::engine::stats::mean::{Moments, mean, t_interval};
use kept::engine::stats::net_promoter::{self, Answers};
use kept::engine::stats::proportion::{
    newcombe_difference, two_proportion_p, two_proportion_z, wilson,
};
use kept::engine::stats::quantile::{select_quantiles, type7};
use kept::engine::stats::ranked::Ranked;
use kept::engine::stats::survival::{
    Curve, kaplan_meier, median, median_with_open, restricted_mean, survival_at,
};
use serde_json::Value;

/// Arithmetic has to agree to this relative tolerance.
const ARITHMETIC: f64 = 1e-9;
/// Interpolated quantiles have to agree to this relative tolerance.
const INTERPOLATED: f64 = 1e-6;

/// The text of a shared file; `None`, and a word about it, where the folder is absent.
fn shared(name: &str) -> Option<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    if !path.is_dir() {
        eprintln!("skipped: ../shared/data is absent, nothing compared with {name}");
        return None;
    }
    Some(fs::read_to_string(path.join(name)).unwrap())
}

fn answers(name: &str) -> Option<Value> {
    let text = shared(&format!("expected/{name}"))?;
    Some(serde_json::from_str(&text).unwrap())
}

fn count(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    list(value).iter().map(number).collect()
}

#[track_caller]
fn close(actual: f64, expected: f64, tolerance: f64) {
    // Below 1e-12 an expected number is the residue of rounding and counts as 0.
    let allowed = tolerance * expected.abs() + 1e-12;
    assert!(
        (actual - expected).abs() <= allowed,
        "{actual} is not within {allowed} of {expected}"
    );
}

#[track_caller]
fn both(actual: (f64, f64), expected: &Value) {
    close(actual.0, number(&expected[0]), ARITHMETIC);
    close(actual.1, number(&expected[1]), ARITHMETIC);
}

#[test]
fn wilson_agrees_with_statsmodels() {
    let Some(expected) = answers("intervals.json") else {
        return;
    };
    for case in list(&expected["proportions"]) {
        let (successes, n) = (count(&case["k"]), count(&case["n"]));
        for (level, key) in [
            (0.80, "wilson_80"),
            (0.90, "wilson_90"),
            (0.95, "wilson_95"),
            (0.99, "wilson_99"),
        ] {
            both(wilson(successes, n, level).unwrap(), &case[key]);
        }
    }
}

#[test]
fn two_proportions_agree_with_statsmodels() {
    let Some(expected) = answers("intervals.json") else {
        return;
    };
    for case in list(&expected["two_proportions"]) {
        let [k1, n1, k2, n2] = ["k1", "n1", "k2", "n2"].map(|key| count(&case[key]));
        let z = two_proportion_z(k1, n1, k2, n2).unwrap();
        close(z, number(&case["pooled_z"]), ARITHMETIC);
        let p = two_proportion_p(k1, n1, k2, n2).unwrap();
        close(p / number(&case["p"]), 1.0, ARITHMETIC);
        both(
            newcombe_difference(k1, n1, k2, n2).unwrap(),
            &case["newcombe_95"],
        );
    }
}

/// Known differences, both on purpose: Kept cuts the interval at ±100, and where all answers fall
/// in one group it gives the adjusted Wald interval instead of one of no width.
#[test]
fn the_net_promoter_score_agrees_with_the_usual_formula() {
    let Some(expected) = answers("intervals.json") else {
        return;
    };
    let mut unanimous = 0;
    for case in list(&expected["nps"]) {
        let [promoters, passives, detractors] =
            ["promoters", "passives", "detractors"].map(|key| count(&case[key]));
        let given = Answers {
            promoters,
            passives,
            detractors,
        };
        close(
            net_promoter::score(given).unwrap(),
            number(&case["nps"]),
            ARITHMETIC,
        );
        for (level, key) in [
            (0.90, "ci_z_pop_90"),
            (0.95, "ci_z_pop_95"),
            (0.99, "ci_z_pop_99"),
        ] {
            let interval = net_promoter::interval_at(given, level).unwrap();
            if interval.method == net_promoter::ADJUSTED_WALD {
                unanimous += 1;
                assert!(interval.low < interval.high);
                continue;
            }
            let ends = numbers(&case[key]);
            close(interval.low, ends[0].max(-100.0), ARITHMETIC);
            close(interval.high, ends[1].min(100.0), ARITHMETIC);
        }
    }
    assert_eq!(
        unanimous, 12,
        "four samples are all in one group, at three levels"
    );
}

#[test]
fn means_agree_with_scipy() {
    let Some(expected) = answers("intervals.json") else {
        return;
    };
    for case in list(&expected["means"]) {
        let values = numbers(&case["x"]);
        close(mean(&values).unwrap(), number(&case["mean"]), ARITHMETIC);
        let deviation = Moments::from_values(&values).variance().unwrap().sqrt();
        close(deviation, number(&case["sd_sample"]), ARITHMETIC);
        match t_interval(&values) {
            Some(interval) => both(interval, &case["t95"]),
            // Known difference: equal values have no interval here, one of no width there.
            None => close(deviation, 0.0, 0.0),
        }
    }
}

#[test]
fn quantiles_agree_with_numpys_default() {
    let Some(expected) = answers("quantiles.json") else {
        return;
    };
    for case in list(&expected["cases"]) {
        let values = numbers(&case["x"]);
        let mut sorted = values.clone();
        sorted.sort_by(f64::total_cmp);
        let shares = numbers(&case["q"]);
        let selected = select_quantiles(&mut Ranked::of(&values).unwrap(), &shares).unwrap();
        for (index, expected) in numbers(&case["linear"]).into_iter().enumerate() {
            close(
                type7(&sorted, shares[index]).unwrap(),
                expected,
                INTERPOLATED,
            );
            close(selected[index], expected, INTERPOLATED);
        }
    }
}

/// Compares a curve with what lifelines gives for it.
fn check_curve(curve: &Curve, expected: &Value) {
    let total = |part: fn(&kept::engine::stats::survival::CurvePoint) -> u64| {
        curve.points.iter().map(part).sum::<u64>()
    };
    assert_eq!(total(|point| point.events), count(&expected["events"]));
    assert_eq!(total(|point| point.censored), count(&expected["censored"]));
    let middle = median(curve);
    assert_eq!(middle.is_some(), expected["median"].is_number());
    if let Some(middle) = middle {
        close(middle, number(&expected["median"]), 0.0);
    }
    let restricted = restricted_mean(curve, number(&expected["horizon"])).unwrap();
    close(restricted, number(&expected["rmst"]), ARITHMETIC);
    for point in list(&expected["points"]) {
        let here = survival_at(curve, number(&point["t"])).unwrap();
        close(here.survival, number(&point["S"]), ARITHMETIC);
        both((here.low, here.high), &point["loglog"]);
    }
    let Some(rows) = expected["table"].as_array() else {
        return;
    };
    assert_eq!(rows.len(), curve.points.len());
    for (row, point) in rows.iter().zip(&curve.points) {
        close(point.at, number(&row["t"]), 0.0);
        let found = [point.at_risk, point.events, point.censored];
        assert_eq!(
            found,
            ["at_risk", "events", "censored"].map(|key| count(&row[key]))
        );
        close(point.survival, number(&row["S"]), ARITHMETIC);
        close(point.low, number(&row["lo"]), ARITHMETIC);
        close(point.high, number(&row["hi"]), ARITHMETIC);
    }
}

/// The median without the curve has to be that of the curve.
fn check_fast_median(durations: &[f64], happened: &[bool], curve: &Curve) {
    let pairs = || durations.iter().copied().zip(happened.iter().copied());
    let finished: Vec<f64> = pairs().filter(|pair| pair.1).map(|pair| pair.0).collect();
    let open: Vec<f64> = pairs().filter(|pair| !pair.1).map(|pair| pair.0).collect();
    let mut ranked = Ranked::of(&finished).unwrap();
    assert_eq!(median_with_open(&mut ranked, &open), median(curve));
}

#[test]
fn the_textbook_patients_agree_with_lifelines() {
    let Some(expected) = answers("survival_freireich_6mp.json") else {
        return;
    };
    let durations = numbers(&expected["durations"]);
    let happened: Vec<bool> = numbers(&expected["events"])
        .iter()
        .map(|x| *x > 0.5)
        .collect();
    let curve = kaplan_meier(&durations, &happened).unwrap();
    check_curve(&curve, &expected["all"]);
    check_fast_median(&durations, &happened, &curve);
}

#[test]
fn seven_thousand_subscribers_agree_with_lifelines() {
    let Some(expected) = answers("survival_telco.json") else {
        return;
    };
    let table = shared("churn/Telco-Customer-Churn.csv").unwrap();
    let mut lines = table
        .lines()
        .map(|line| line.split(',').collect::<Vec<_>>());
    let header = lines.next().unwrap();
    let place = |name: &str| header.iter().position(|column| *column == name).unwrap();
    let (tenure, contract, churn) = (place("tenure"), place("Contract"), place("Churn"));
    let rows: Vec<Vec<&str>> = lines.collect();
    let check = |only: Option<&str>, expected: &Value| {
        let chosen = || {
            rows.iter()
                .filter(|row| only.is_none_or(|name| row[contract] == name))
        };
        let durations: Vec<f64> = chosen().map(|row| row[tenure].parse().unwrap()).collect();
        let happened: Vec<bool> = chosen().map(|row| row[churn] == "Yes").collect();
        assert_eq!(durations.len() as u64, count(&expected["n"]));
        let curve = kaplan_meier(&durations, &happened).unwrap();
        check_curve(&curve, expected);
        check_fast_median(&durations, &happened, &curve);
    };
    let compare = |column: usize, expected: &Value| {
        let mut names: Vec<&str> = rows.iter().map(|row| row[column]).collect();
        names.sort_unstable();
        names.dedup();
        let parts: Vec<(Vec<f64>, Vec<bool>)> = names
            .iter()
            .map(|name| {
                let chosen = rows.iter().filter(|row| row[column] == *name);
                chosen
                    .map(|row| (row[tenure].parse::<f64>().unwrap(), row[churn] == "Yes"))
                    .unzip()
            })
            .collect();
        let groups: Vec<Group<'_>> = parts
            .iter()
            .map(|(durations, happened)| Group {
                durations,
                happened,
            })
            .collect();
        let test = log_rank(&groups).unwrap();
        close(test.statistic, number(&expected["chi2"]), ARITHMETIC);
        assert_eq!(u64::from(test.degrees), count(&expected["df"]));
        close(test.p_value, number(&expected["p"]), ARITHMETIC);
        test
    };
    // Too small for a number, here as there; its logarithm is known.
    let by_contract = compare(contract, &expected["logrank_contract"]);
    close(
        by_contract.ln_p_value,
        -by_contract.statistic / 2.0,
        ARITHMETIC,
    );
    compare(place("gender"), &expected["logrank_gender"]);
    check(None, &expected["all"]);
    for (name, expected) in expected["by_contract"].as_object().unwrap() {
        check(Some(name), expected);
    }
}
