//! Real surveys against what independent libraries compute from them.
#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "test code")]

#[path = "support/shared_data.rs"]
mod shared_data;
mod support;

use serde_json::{Value, json};
use shared_data::{expected, number, report};
use support::assert_close;

/// Options that take these columns for scores of one question on one scale, and no other column.
fn scores(table: &str, columns: &[&str], question: &str, scale: (u32, u32)) -> String {
    let meaning = |column: &&str| {
        let meaning = json!({"role": "score", "question": question, "scale": [scale.0, scale.1]});
        ((*column).to_owned(), meaning)
    };
    let columns: serde_json::Map<String, Value> = columns.iter().map(meaning).collect();
    json!({"mapping": {table: {"kind": "survey", "columns": columns}}}).to_string()
}

#[test]
fn every_item_of_the_course_evaluation_has_its_share_and_its_mean() {
    let Some(answers) = expected("surveys.json") else {
        return;
    };
    let items = answers["turkiye"]["per_item_top2"].as_object().unwrap();
    let names: Vec<&str> = items.keys().map(String::as_str).collect();
    let table = "turkiye_student_evaluation.csv";
    let path = format!("survey/{table}");
    let satisfied = report(&path, &scores(table, &names, "csat", (1, 5))).unwrap();
    let rated = report(&path, &scores(table, &names, "rating", (1, 5))).unwrap();
    for item in names {
        let of = |report: &kept::engine::report::Report, kpi: &str| {
            let mut findings = report.findings.iter();
            let found = findings.find(|it| it.kpi == kpi && it.column.as_deref() == Some(item));
            found.and_then(|it| it.value).unwrap()
        };
        let share = of(&satisfied, "customer_satisfaction_score");
        assert_close(share, number(&items[item]), 1e-9, item);
        let mean = of(&rated, "average_rating");
        let expected = number(&answers["turkiye"]["per_item_mean"][item]);
        assert_close(mean, expected, 1e-9, item);
    }
}

#[test]
fn every_question_about_work_has_its_favourable_share_and_its_mean() {
    let Some(answers) = expected("surveys.json") else {
        return;
    };
    let items = answers["hr_engagement_1_4"].as_object().unwrap();
    let names: Vec<&str> = items.keys().map(String::as_str).collect();
    let table = "ibm_hr_attrition.csv";
    let choices = scores(table, &names, "engagement", (1, 4));
    let report = report(&format!("survey/{table}"), &choices).unwrap();
    for (item, answer) in items {
        let mut findings = report.findings.iter();
        let found = findings
            .find(|it| it.kpi == "employee_engagement" && it.column.as_ref() == Some(item))
            .unwrap();
        let interval = found.interval.as_ref().unwrap();
        assert_close(found.value.unwrap(), number(&answer["p"]), 1e-9, item);
        assert_close(interval.low, number(&answer["lo"]), 1e-9, item);
        assert_close(interval.high, number(&answer["hi"]), 1e-9, item);
        let mean = found.variants.iter().find(|it| it.variant == "mean");
        let mean = mean.and_then(|it| it.value).unwrap();
        assert_close(mean, number(&answer["mean"]), 1e-9, item);
    }
}

#[test]
fn every_item_of_the_airport_survey_has_its_share() {
    let Some(answers) = expected("surveys.json") else {
        return;
    };
    let items = answers["sfo_2017"]["csat_items"].as_object().unwrap();
    for (item, answer) in items {
        let table = "sfo_customer_survey_2017.csv";
        let choices = json!({"mapping": {table: {"columns": {
            item: {"role": "score", "question": "csat", "scale": [1, 5], "missing": [0, 6]}}}}});
        let report = report(&format!("survey/{table}"), &choices.to_string()).unwrap();
        let mut findings = report.findings.iter();
        let found = findings
            .find(|it| it.kpi == "customer_satisfaction_score" && it.column.as_ref() == Some(item));
        let value = found.and_then(|it| it.value).unwrap();
        assert_close(value, number(&answer["p"]), 1e-9, item);
    }
}
