//! Lifetime values of real customers with answers from independent libraries. The tables are not
//! part of this repository; where the folder beside it is absent, these tests say so and check
//! nothing.
#![expect(
    clippy::unwrap_used,
    clippy::too_many_lines,
    clippy::print_stderr,
    reason = "test code; each test file is a crate of its own"
)]

#[path = "support/shared_data.rs"]
mod shared_data;
mod support;

use std::fs;

use kept::engine::report::Status;
use kept::engine::stats::buying::value::{Ahead, Models, interval};
use kept::engine::stats::buying::{Histories, History, Weeks, purchases, spending};
use serde_json::Value;
use shared_data::{expected, folder, number};
use support::{assert_close, finding, options, report_on};

const YEAR: Ahead = Ahead {
    months: 12,
    discount_per_month: 0.01,
};

/// The customers of the published summary: recency and age are in weeks.
fn published() -> Option<Vec<History>> {
    let path = "transactions/cdnow_customers_summary_with_transactions.csv";
    let text = fs::read_to_string(folder()?.join(path)).unwrap();
    let rows = text.lines().skip(1);
    Some(
        rows.map(|row| {
            let cells: Vec<f64> = row.split(',').map(|cell| cell.parse().unwrap()).collect();
            History {
                again: cells[1] as u32,
                last: Weeks(cells[2]),
                age: Weeks(cells[3]),
                mean: cells[4],
            }
        })
        .collect(),
    )
}

/// Parameters to a thousandth, the likelihood to a hundredth and not above by more than rounding.
#[track_caller]
fn check_fit(found: &[(&str, f64)], likelihood: f64, answers: &Value) {
    for (name, value) in found {
        assert_close(*value, number(&answers["params"][*name]), 1e-3, name);
    }
    let best = number(&answers["loglik"]);
    assert!((likelihood - best).abs() < 0.01, "{likelihood}, not {best}");
    assert!(likelihood < best + 1e-6, "{likelihood} is above {best}");
}

#[test]
fn the_published_summary_gives_the_published_parameters_and_values() {
    let (Some(customers), Some(answers)) = (published(), expected("clv_cdnow.json")) else {
        return;
    };
    let answers = &answers["published_sample_summary"];
    let histories = Histories::of(customers.clone());
    let often = purchases::fit(&histories).unwrap();
    let model = often.model;
    check_fit(
        &[
            ("r", model.shape),
            ("alpha", model.scale.0),
            ("a", model.stop),
            ("b", model.go_on),
        ],
        often.log_likelihood,
        answers,
    );
    let amounts = spending::fit(&histories).unwrap();
    let spend = amounts.model;
    check_fit(
        &[("p", spend.shape), ("q", spend.between), ("v", spend.scale)],
        amounts.log_likelihood,
        &answers["gamma_gamma"],
    );
    let correlation = number(&answers["gamma_gamma"]["corr_frequency_monetary"]);
    assert_close(
        histories.correlation().unwrap(),
        correlation,
        1e-9,
        "correlation",
    );
    let alive = customers
        .iter()
        .map(|it| model.still_buys(it.again, it.last, it.age));
    let alive = alive.sum::<f64>() / customers.len() as f64;
    assert_close(
        alive,
        number(&answers["prob_alive_mean"]),
        1e-5,
        "still buying",
    );
    for (weeks, all) in answers["expected_purchases_next"].as_object().unwrap() {
        let ahead = Weeks(weeks.parse().unwrap());
        let groups = histories.alike.iter();
        let found: f64 = groups
            .map(|it| it.customers * it.expected(&model, ahead))
            .sum();
        assert_close(found, number(all), 1e-5, weeks);
    }
    for (weeks, one) in answers["new_customer_expected"].as_object().unwrap() {
        let found = model.expected_of_new(Weeks(weeks.parse().unwrap()));
        assert_close(found, number(one), 1e-5, weeks);
    }
    for sample in answers["customers_sample"].as_array().unwrap() {
        let it = customers[number(&sample["row"]) as usize];
        let next = model.expected(it.again, it.last, it.age, Weeks(39.0));
        assert_close(
            next,
            number(&sample["expected_next_39w"]),
            1e-5,
            "next 39 weeks",
        );
    }
    let models = Models {
        purchases: model,
        spending: spend,
    };
    let value = |it: &History| models.of_customer((it.again, it.mean), (it.last, it.age), YEAR);
    for sample in answers["clv_12m_d1pct"]["sample"].as_array().unwrap() {
        let found = value(&customers[number(&sample["row"]) as usize]);
        assert_close(found, number(&sample["clv"]), 1e-5, "value");
    }
    // Weeks read as days would give 140.0962, 18.9435, 38.1806 and 1003.8681.
    for (place, worth) in [(0, 36.2785), (1, 4.6375), (2, 8.3441), (5, 283.5236)] {
        assert!((value(&customers[place]) - worth).abs() < 1e-3, "{place}");
    }
    let total: f64 = customers.iter().map(value).sum();
    assert_close(
        total,
        number(&answers["clv_12m_d1pct"]["sum"]),
        1e-6,
        "total",
    );
    let (all, ends) = interval(&often, &amounts, &histories, YEAR);
    assert_close(all, total, 1e-9, "all at once");
    let ends = ends.unwrap();
    assert!(ends.low < all && all < ends.high, "{ends:?}");
}

/// Dates and amounts of the log, read as a file and with nothing said but what its columns are.
#[test]
fn the_log_of_orders_gives_the_same_through_the_whole_program() {
    let (Some(folder), Some(answers)) = (folder(), expected("clv_cdnow.json")) else {
        return;
    };
    let bytes = fs::read(folder.join("transactions/CDNOW_sample.txt")).unwrap();
    let answers = &answers["sample_log_to_1997_09_30"];
    let choices = r#"{"as_of":"1997-09-30","kpis":["customer_lifetime_value"],"mapping":{"log":{"kind":"order","header_row":0,
        "columns":{"column_1":null,"column_2":"customer","column_3":"ordered_at","column_4":null,"column_5":"amount"}}}}"#;
    let report = report_on(&[("log", &bytes)], &options(choices)).unwrap();
    let found = finding(&report, "customer_lifetime_value");
    assert_eq!(found.status, Status::Ok, "{:?}", found.refusal);
    assert_eq!(found.variant, "probabilistic");
    let part = |name: &str| found.parts.get(name).unwrap();
    for (name, value) in [
        ("customers", "customers"),
        ("repeat_customers", "repeaters"),
    ] {
        assert_close(part(name), number(&answers[value]), 1e-12, name);
    }
    assert_close(
        part("repeat_purchases"),
        number(&answers["sum_frequency"]),
        1e-12,
        "repeats",
    );
    for name in ["r", "alpha", "a", "b"] {
        assert_close(part(name), number(&answers["params"][name]), 1e-3, name);
    }
    assert!((part("log_likelihood") - number(&answers["loglik"])).abs() < 0.01);
    let amounts = &answers["gamma_gamma"];
    for name in ["p", "q", "v"] {
        assert_close(part(name), number(&amounts["params"][name]), 1e-3, name);
    }
    assert!((part("log_likelihood_value") - number(&amounts["loglik"])).abs() < 0.01);
    assert_close(
        part("mean_spend"),
        number(&amounts["population_mean_spend"]),
        1e-4,
        "mean",
    );
    let values = &answers["clv_12m_d1pct"];
    assert_close(part("total"), number(&values["sum"]), 1e-5, "total");
    assert_close(
        found.value.unwrap(),
        number(&values["mean"]),
        1e-5,
        "mean value",
    );
    assert_eq!(found.n, Some(2_357));
    // A margin takes its share of all of it.
    let with_margin = choices.replacen(
        '{',
        r#"{"settings":{"customer_lifetime_value.gross_margin":0.3},"#,
        1,
    );
    let report = report_on(&[("log", &bytes)], &options(&with_margin)).unwrap();
    let less = finding(&report, "customer_lifetime_value");
    assert_close(
        less.value.unwrap(),
        0.3 * number(&values["mean"]),
        1e-5,
        "margin",
    );
    let (all, part) = (
        found.interval.as_ref().unwrap(),
        less.interval.as_ref().unwrap(),
    );
    assert_close(part.low, 0.3 * all.low, 1e-9, "margin");
}

/// 39 of the 78 weeks are known; 1,882 orders were made by their customers afterwards.
#[test]
fn what_was_held_out_is_foretold_within_chance() {
    let Some(folder) = folder() else { return };
    let bytes = fs::read(folder.join("transactions/CDNOW_sample.txt")).unwrap();
    let choices = r#"{"kpis":["customer_lifetime_value"],"mapping":{"log":{"kind":"order","header_row":0,
        "columns":{"column_1":null,"column_2":"customer","column_3":"ordered_at","column_4":null,"column_5":"amount"}}}}"#;
    let report = report_on(&[("log", &bytes)], &options(choices)).unwrap();
    let found = finding(&report, "customer_lifetime_value");
    let part = |name: &str| found.parts.get(name).unwrap();
    let (expected, counted) = (part("held_out_expected"), part("held_out_counted"));
    eprintln!("held out: {expected} expected, {counted} counted");
    assert!(
        (expected / counted - 1.0).abs() < 0.2,
        "{expected} {counted}"
    );
    assert!(found.chart.is_some());
}

/// Paid at the start of each month by those still there, without a discount: the mean charge × the
/// area under the curve of lifelines.
#[test]
fn customers_of_a_telephone_company_pay_for_as_long_as_the_curve_says() {
    let Some(answers) = expected("survival_telco.json") else {
        return;
    };
    let choices = r#"{"kpis":["customer_lifetime_value"],"variants":{"customer_lifetime_value":"survival_discounted"},
        "settings":{"customer_lifetime_value.horizon_months":72,"customer_lifetime_value.discount_rate_per_month":0}}"#;
    let report = shared_data::report("churn/Telco-Customer-Churn.csv", choices).unwrap();
    let found = finding(&report, "customer_lifetime_value");
    let (all, simple) = (&answers["all"], &answers["simple"]);
    let worth = number(&all["rmst"]) * number(&simple["arpu_monthly"]);
    assert_close(found.value.unwrap(), worth, 1e-9, "72 months");
    assert!(found.interval.is_some() && !found.curve.is_empty());
    let churn = found
        .variants
        .iter()
        .find(|it| it.variant == "subscription");
    assert!(churn.is_some_and(|it| it.value.is_some()), "{churn:?}");
    let noted = report
        .notes
        .iter()
        .any(|note| note.code == "lifetime_revenue");
    assert!(noted, "no margin was given, and it is said");
}
