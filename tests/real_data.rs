//! Real tables with answers from independent libraries. The tables are not part of this
//! repository; where the folder beside it is absent, these tests say so and check nothing.
#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "test code")]

#[path = "support/shared_data.rs"]
mod shared_data;
mod support;

use serde_json::Value;
use shared_data::{expected, folder, number, report};
use support::{assert_close, finding, options, report_on};

/// `YYYY-MM` of a point.
fn month_of(point: &kept::engine::report::SeriesPoint) -> String {
    point.start.to_string().chars().take(7).collect()
}

const MARKED: &str = r#"{"mapping":{"sfo_customer_survey_2017.csv":{"columns":{
    "NETPRO":{"role":"score","question":"nps","missing":[11]},
    "Q7ALL":{"role":"score","question":"csat","missing":[0,6]}}}},"segment":"AIRLINE"}"#;

#[test]
fn the_airport_survey_asks_about_its_blank_code_and_then_agrees() {
    let (Some(answers), Some(open)) = (
        expected("surveys.json"),
        report("survey/sfo_customer_survey_2017.csv", ""),
    ) else {
        return;
    };
    let question = &open.tables[0].questions[0];
    assert_eq!(
        (
            question.code.as_str(),
            question.column.as_deref(),
            &question.choices
        ),
        ("missing_code", Some("NETPRO"), &vec![String::from("11")])
    );
    assert_eq!(
        finding(&open, "net_promoter_score")
            .refusal
            .as_ref()
            .unwrap()
            .code,
        "question_open"
    );

    let report = report("survey/sfo_customer_survey_2017.csv", MARKED).unwrap();
    let answers = &answers["sfo_2017"];
    let nps = finding(&report, "net_promoter_score");
    assert_close(
        nps.value.unwrap(),
        number(&answers["nps"]["nps"]),
        1e-9,
        "nps",
    );
    assert_eq!(nps.n, answers["nps"]["n"].as_u64());
    let interval = nps.interval.as_ref().unwrap();
    assert_close(
        interval.low,
        number(&answers["nps"]["ci_95_z_pop"][0]),
        1e-9,
        "nps low",
    );
    assert_close(
        interval.high,
        number(&answers["nps"]["ci_95_z_pop"][1]),
        1e-9,
        "nps high",
    );
    for group in ["promoters", "passives", "detractors"] {
        assert_close(
            nps.parts.get(group).unwrap(),
            number(&answers["nps"][group]),
            1e-12,
            group,
        );
    }
    for (airline, answer) in answers["nps_by_airline_n_ge_30"].as_object().unwrap() {
        let segment = nps
            .segments
            .iter()
            .find(|segment| &segment.is == airline)
            .unwrap();
        assert_close(
            segment.value.unwrap(),
            number(&answer["nps"]),
            1e-9,
            airline,
        );
        assert_close(
            segment.low.unwrap(),
            number(&answer["ci_95_z_pop"][0]),
            1e-9,
            airline,
        );
    }
}

#[test]
fn the_airport_survey_gives_its_satisfaction() {
    let (Some(answers), Some(report)) = (
        expected("surveys.json"),
        report("survey/sfo_customer_survey_2017.csv", MARKED),
    ) else {
        return;
    };
    let csat = finding(&report, "customer_satisfaction_score");
    let answer = &answers["sfo_2017"]["csat_Q7ALL"];
    assert_close(csat.value.unwrap(), number(&answer["p"]), 1e-9, "csat");
    assert_close(
        csat.interval.as_ref().unwrap().low,
        number(&answer["lo"]),
        1e-9,
        "csat low",
    );
    assert_close(
        csat.interval.as_ref().unwrap().high,
        number(&answer["hi"]),
        1e-9,
        "csat high",
    );
    assert_close(
        csat.parts.get("mean").unwrap(),
        number(&answer["mean"]),
        1e-9,
        "csat mean",
    );
}

#[test]
fn a_list_of_customers_gives_its_churn() {
    let (Some(answers), Some(report)) = (
        expected("survival_telco.json"),
        report(
            "churn/Telco-Customer-Churn.csv",
            r#"{"segment":"Contract"}"#,
        ),
    ) else {
        return;
    };
    let churn = finding(&report, "customer_churn_rate");
    let all = &answers["all"];
    assert_close(
        churn.value.unwrap(),
        number(&all["events"]) / number(&all["n"]),
        1e-12,
        "churn",
    );
    let total: u64 = churn.segments.iter().filter_map(|segment| segment.n).sum();
    assert_eq!(Some(total), all["n"].as_u64());
    let simple = &answers["simple"];
    for (kpi, answer) in [
        ("customer_churn_rate", "churn_rate"),
        ("gross_revenue_churn_rate", "revenue_churn_rate"),
        ("average_revenue_per_account", "arpu_monthly"),
    ] {
        let value = finding(&report, kpi).value.unwrap();
        assert_close(value, number(&simple[answer]), 1e-12, kpi);
    }
    // Contracts keep their customers differently, and the test says how differently.
    let stay = finding(&report, "customer_retention_rate");
    let test = stay.log_rank.unwrap();
    assert_close(
        test.statistic,
        number(&answers["logrank_contract"]["chi2"]),
        1e-9,
        "log-rank",
    );
    assert_eq!((test.degrees, test.segments), (2, 3));
    let monthly = stay.segments.iter().find(|it| it.is == "Month-to-month");
    let first = monthly.unwrap().curve.iter().find(|point| point.at >= 1.0);
    assert_close(
        first.unwrap().value,
        number(&answers["by_contract"]["Month-to-month"]["points"][0]["S"]),
        1e-9,
        "monthly contracts after a month",
    );
    // With whole months the product of those who were not lost is the curve.
    let (mut left, mut at_12) = (1.0, None);
    for age in stay.hazard.iter().take(13) {
        left *= 1.0 - age.value;
        at_12 = Some(left);
    }
    let curve = stay.curve.iter().find(|point| point.at >= 12.0).unwrap();
    assert_close(at_12.unwrap(), curve.value, 1e-9, "hazard");
    let real = churn.segments.iter().filter(|it| it.verdict.is_some());
    assert_eq!(real.count(), 3);
    let lost = finding(&report, "gross_revenue_churn_rate");
    for (part, answer) in [
        ("churn", "monthly_charges_churned"),
        ("opening", "monthly_charges_all"),
    ] {
        let amount = lost.parts.get(part).unwrap();
        assert_close(amount, number(&simple[answer]), 1e-12, part);
    }
}

#[test]
fn a_list_of_customers_gives_how_long_they_stay() {
    let Some(answers) = expected("survival_telco.json") else {
        return;
    };
    let path = "churn/Telco-Customer-Churn.csv";
    let whole = report(path, "").unwrap();
    let stay = finding(&whole, "customer_retention_rate");
    let all = &answers["all"];
    let rate = number(&answers["simple"]["retention_rate"]);
    assert_close(stay.value.unwrap(), rate, 1e-12, "retention");
    let table = all["table"].as_array().unwrap();
    assert_eq!(stay.curve.len(), table.len());
    for (point, row) in stay.curve.iter().zip(table) {
        let what = format!("{} months", point.at);
        assert_close(point.at, number(&row["t"]), 1e-12, &what);
        assert_close(point.value, number(&row["S"]), 1e-9, &what);
        assert_close(point.low, number(&row["lo"]), 1e-9, &what);
        assert_close(point.high, number(&row["hi"]), 1e-9, &what);
        assert_eq!(Some(point.at_risk), row["at_risk"].as_u64(), "{what}");
        assert_eq!(Some(point.events), row["events"].as_u64(), "{what}");
    }
    // More than half of all stay, so there is no median; months with a monthly contract have one.
    assert_eq!(stay.parts.get("median"), None);
    for (name, key) in [("horizon", "horizon"), ("restricted_mean", "rmst")] {
        assert_close(stay.parts.get(name).unwrap(), number(&all[key]), 1e-9, name);
    }
    for (contract, answer) in answers["by_contract"].as_object().unwrap() {
        let only = format!(r#"{{"filter":[{{"column":"Contract","is":["{contract}"]}}]}}"#);
        let part = report(path, &only).unwrap();
        let stay = finding(&part, "customer_retention_rate");
        let mean = stay.parts.get("restricted_mean").unwrap();
        assert_close(mean, number(&answer["rmst"]), 1e-9, contract);
        assert_eq!(stay.parts.get("median"), answer["median"].as_f64());
        for expected in answer["points"].as_array().unwrap() {
            let at = number(&expected["t"]);
            let point = stay.curve.iter().rfind(|point| point.at <= at).unwrap();
            assert_close(point.value, number(&expected["S"]), 1e-9, contract);
            assert_close(point.low, number(&expected["loglog"][0]), 1e-9, contract);
            assert_close(point.high, number(&expected["loglog"][1]), 1e-9, contract);
        }
    }
}

#[test]
fn invoices_give_their_average() {
    let (Some(answers), Some(report)) = (
        expected("online_retail.json"),
        report("transactions/online_retail_orders.csv", ""),
    ) else {
        return;
    };
    let value = finding(&report, "average_transaction_value");
    let answer = &answers["positive_amounts_with_or_without_customer"];
    assert_close(
        value.value.unwrap(),
        number(&answer["average_order_value"]),
        1e-9,
        "average",
    );
    assert_eq!(value.n, answer["orders"].as_u64());
}

#[test]
fn events_with_offsets_are_counted_on_the_day_in_utc() {
    let (Some(answers), Some(report)) = (
        expected("engagement.json"),
        report("events/tldr_2021_2023.csv", ""),
    ) else {
        return;
    };
    let stickiness = finding(&report, "stickiness");
    for (month, point) in answers["tldr_2021_2023"]["months"]
        .as_array()
        .unwrap()
        .iter()
        .zip(&stickiness.series)
    {
        assert_eq!(month["month"].as_str().unwrap(), month_of(point));
        assert_eq!(point.n, month["mau"].as_u64());
        assert_close(
            point.value.unwrap(),
            number(&month["stickiness_all_days"]),
            1e-9,
            "stickiness",
        );
    }
}

#[test]
fn the_ledger_agrees_month_by_month() {
    let (Some(answers), Some(report)) = (
        expected("subscriptions_ledger_small.json"),
        report(
            "subscriptions/ledger_small.csv",
            r#"{"as_of":"2024-12-31"}"#,
        ),
    ) else {
        return;
    };
    let revenue = finding(&report, "monthly_recurring_revenue");
    assert_close(
        revenue.value.unwrap(),
        number(&answers["mrr_2024_12_31"]),
        1e-9,
        "mrr",
    );
    let churn = finding(&report, "customer_churn_rate");
    let months = answers["monthly"].as_array().unwrap();
    assert_eq!(revenue.series.len(), months.len());
    for ((month, point), lost) in months.iter().zip(&revenue.series).zip(&churn.series) {
        let name = month["month_end"].as_str().unwrap();
        assert_close(point.value.unwrap(), number(&month["closing"]), 1e-9, name);
        if let Some(rate) = month.get("logo_churn").and_then(Value::as_f64) {
            assert!((lost.value.unwrap() - rate).abs() < 1e-8, "{name}");
        }
    }
    let last = months.last().unwrap();
    for (part, name) in [
        ("opening", "opening"),
        ("new", "new"),
        ("reactivation", "reactivation"),
        ("expansion", "expansion"),
    ] {
        assert_close(
            revenue.parts.get(part).unwrap(),
            number(&last[name]),
            1e-9,
            part,
        );
    }
    assert_close(
        revenue.parts.get("contraction").unwrap(),
        -number(&last["contraction"]),
        1e-9,
        "contraction",
    );
    assert_close(
        revenue.parts.get("churn").unwrap(),
        -number(&last["churn"]),
        1e-9,
        "churn",
    );
    let retention = finding(&report, "net_revenue_retention");
    assert_close(
        retention.value.unwrap(),
        number(&answers["annual_2024"]["nrr"]),
        1e-9,
        "nrr",
    );
    assert_eq!(
        retention.n,
        answers["annual_2024"]["opening_customers"].as_u64()
    );
    let gross = finding(&report, "gross_revenue_retention");
    assert_close(
        gross.value.unwrap(),
        number(&answers["annual_2024"]["grr"]),
        1e-9,
        "grr",
    );
    let net = gross.parts.get("net").unwrap();
    assert_close(net, retention.value.unwrap(), 1e-12, "net beside gross");
}

#[test]
fn the_ledger_keeps_its_customers() {
    let path = "subscriptions/ledger_small.csv";
    let yearly = r#"{"as_of":"2024-12-31","period":{"unit":"year"}}"#;
    let (Some(answers), Some(report)) = (
        expected("subscriptions_ledger_small.json"),
        report(path, yearly),
    ) else {
        return;
    };
    let kept = finding(&report, "customer_retention_rate");
    let share = number(&answers["annual_2024"]["logo_retention"]);
    assert_close(kept.value.unwrap(), share, 1e-9, "customers kept");
    let accounts: u64 = kept.cohorts.iter().map(|cohort| cohort.customers).sum();
    assert_eq!(Some(accounts), answers["accounts"].as_u64());
    let months = answers["monthly"].as_array().unwrap();
    for (place, month) in months.iter().enumerate() {
        let name = month["month_end"].as_str().unwrap();
        let began = |start: &str| start.get(..7) == name.get(..7);
        let cohort = kept.cohorts.iter().find(|it| began(&it.start.to_string()));
        // The answers call new who pays at the end of the month and never did before; a cohort also
        // holds those who came and went within a month.
        let new = month["new_customers"].as_u64().unwrap();
        assert!(cohort.map_or(0, |cohort| cohort.customers) >= new, "{name}");
        if let Some(cohort) = cohort {
            assert_eq!(cohort.customers_kept.len(), months.len() - place, "{name}");
            assert_eq!(cohort.revenue_kept.len(), months.len() - place, "{name}");
        }
    }
}

/// The movements of a month, and what follows from them.
#[test]
fn every_month_of_the_ledger_moves_as_expected() {
    let Some(answers) = expected("subscriptions_ledger_small.json") else {
        return;
    };
    for month in answers["monthly"].as_array().unwrap() {
        let name = month["month_end"].as_str().unwrap();
        let choices = format!(
            r#"{{"as_of":"{name}","variants":{{"quick_ratio":"with_reactivation","gross_revenue_churn_rate":"churn_only"}}}}"#
        );
        let report = report("subscriptions/ledger_small.csv", &choices).unwrap();
        let moved = finding(&report, "net_new_recurring_revenue");
        for part in [
            "opening",
            "new",
            "reactivation",
            "expansion",
            "contraction",
            "churn",
            "closing",
            "opening_customers",
            "new_customers",
            "reactivated_customers",
            "expanded_customers",
            "contracted_customers",
            "churned_customers",
        ] {
            let answer = number(&month[part]).abs();
            let found = moved.parts.get(part).unwrap();
            assert!((found - answer).abs() < 1e-6, "{name} {part}: {found}");
        }
        let paying = moved.parts.get("customers");
        assert_eq!(paying, month["closing_customers"].as_f64(), "{name}");
        let net = number(&month["closing"]) - number(&month["opening"]);
        assert!((moved.value.unwrap() - net).abs() < 1e-6, "{name}");
        for (kpi, answer) in [
            ("quick_ratio", "quick_ratio"),
            ("average_revenue_per_account", "arpa"),
            ("gross_revenue_churn_rate", "revenue_churn"),
        ] {
            let value = finding(&report, kpi).value;
            match month.get(answer).and_then(Value::as_f64) {
                Some(answer) => assert!(
                    (value.unwrap() - answer).abs() < 1e-8,
                    "{name} {kpi}: {value:?}"
                ),
                None => assert_eq!(value, None, "{name} {kpi}"),
            }
        }
        let yearly = finding(&report, "annual_recurring_revenue").value.unwrap();
        assert_close(yearly, number(&month["closing"]) * 12.0, 1e-12, name);
    }
    let last = report(
        "subscriptions/ledger_small.csv",
        r#"{"as_of":"2024-12-31"}"#,
    )
    .unwrap();
    assert_close(
        finding(&last, "annual_recurring_revenue").value.unwrap(),
        number(&answers["arr_2024_12_31"]),
        1e-12,
        "arr",
    );
}

#[test]
fn generated_tickets_agree() {
    let Some(folder) = folder() else { return };
    let made = std::process::Command::new("python3")
        .arg(folder.join("make_tickets.py"))
        .arg("10000")
        .output();
    let Ok(made) = made else {
        eprintln!("python3 is absent: generated tickets are not checked");
        return;
    };
    let report = report_on(
        &[("tickets.csv", &made.stdout)],
        &options(r#"{"segment":"priority"}"#),
    )
    .unwrap();
    let answers = expected("tickets_generated.json").unwrap();
    for (kpi, key, with_open) in [
        (
            "first_response_time",
            "first_response_hours",
            "first_response_median_with_open_hours",
        ),
        (
            "resolution_time",
            "resolution_hours",
            "resolution_median_with_open_hours",
        ),
    ] {
        let found = finding(&report, kpi);
        let answer = &answers["all"][key];
        assert_eq!(found.n, answer["n"].as_u64());
        for (part, name) in [
            ("mean", "mean"),
            ("median", "p50"),
            ("p75", "p75"),
            ("p90", "p90"),
            ("p95", "p95"),
        ] {
            assert_close(
                found.parts.get(part).unwrap(),
                number(&answer[name]),
                1e-6,
                part,
            );
        }
        assert_close(
            found.parts.get("median_with_open").unwrap(),
            number(&answers[with_open]),
            1e-9,
            with_open,
        );
        for (priority, answer) in answers["by_priority"].as_object().unwrap() {
            let segment = found
                .segments
                .iter()
                .find(|segment| &segment.is == priority)
                .unwrap();
            assert_close(
                segment.value.unwrap(),
                number(&answer[key]["p50"]),
                1e-6,
                priority,
            );
        }
        for point in &found.series {
            let answer = &answers["by_month"][month_of(point).as_str()][key];
            assert_close(point.value.unwrap(), number(&answer["p50"]), 1e-6, "month");
        }
    }
    let csat = finding(&report, "customer_satisfaction_score");
    assert_close(
        csat.value.unwrap(),
        number(&answers["all"]["csat_4_5"]["p"]),
        1e-9,
        "csat",
    );
}
