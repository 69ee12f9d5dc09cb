//! Real orders, visits and work orders with answers from independent libraries. The tables are not
//! part of this repository; where the folder beside it is absent, these tests say so and check
//! nothing.
#![expect(
    clippy::expect_used,
    clippy::too_many_lines,
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "test code"
)]

#[path = "support/shared_data.rs"]
mod shared_data;
mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use kept::engine::report::{Finding, Report};
use serde_json::Value;
use shared_data::{expected, folder, number};
use support::{assert_close, finding, options, report_on};

fn read(path: &str) -> Option<Vec<u8>> {
    Some(fs::read(folder()?.join(path)).unwrap())
}

fn report_of(bytes: &[u8], choices: &str) -> Report {
    report_on(&[("table", bytes)], &options(choices)).unwrap()
}

/// A share with its Wilson interval.
#[track_caller]
fn check_share(found: &Finding, answer: &Value, what: &str) {
    let refused = format!("{what}: {:?}", found.refusal);
    assert_close(
        found.value.expect(&refused),
        number(&answer["p"]),
        1e-9,
        what,
    );
    assert_close(found.n.unwrap() as f64, number(&answer["n"]), 1e-9, what);
    let interval = found.interval.as_ref().unwrap();
    assert_close(interval.low, number(&answer["lo"]), 1e-9, what);
    assert_close(interval.high, number(&answer["hi"]), 1e-9, what);
}

/// All amounts above zero count by default; cancellations (`C…`) have amounts below it and are left
/// out; the view of sales, with a customer each, is the rule of known customers.
#[test]
fn orders_of_a_wholesaler() {
    let (Some(answers), Some(bytes)) = (
        expected("online_retail.json"),
        read("transactions/online_retail_orders.csv"),
    ) else {
        return;
    };
    let report = report_of(&bytes, "");
    let all = finding(&report, "average_transaction_value");
    let answer = &answers["positive_amounts_with_or_without_customer"];
    assert_close(
        all.value.unwrap(),
        number(&answer["average_order_value"]),
        1e-9,
        "all",
    );
    assert_close(
        all.n.unwrap() as f64,
        number(&answer["orders"]),
        1e-9,
        "all",
    );

    let sales = &answers["sales_view"];
    let known =
        r#"{"segment":"Country","variants":{"average_transaction_value":"known_customers"}}"#;
    let report = report_of(&bytes, known);
    let value = finding(&report, "average_transaction_value");
    assert_close(
        value.value.unwrap(),
        number(&sales["average_order_value"]),
        1e-9,
        "value",
    );
    assert_close(
        value.n.unwrap() as f64,
        number(&sales["orders"]),
        1e-9,
        "orders",
    );
    let part = |name: &str| value.parts.get(name).unwrap();
    assert_close(part("revenue"), number(&sales["revenue"]), 1e-9, "revenue");
    assert_close(
        part("median"),
        number(&sales["median_order_value"]),
        1e-6,
        "median",
    );
    for (country, answer) in sales["by_country_top5"].as_object().unwrap() {
        let segment = value.segments.iter().find(|it| it.is == *country).unwrap();
        let (value, n) = (segment.value.unwrap(), segment.n.unwrap());
        assert_close(value, number(&answer["average_order_value"]), 1e-9, country);
        assert_close(n as f64, number(&answer["orders"]), 1e-9, country);
    }

    let repeat = finding(&report, "repeat_purchase_rate");
    check_share(repeat, &sales["repeat_rate"], "repeat rate");
    let each = repeat.parts.get("orders_per_customer").unwrap();
    assert_close(
        each,
        number(&sales["orders_per_customer"]),
        1e-9,
        "orders per customer",
    );

    check_months(&answers, value, repeat);
}

#[track_caller]
fn check_months(answers: &Value, value: &Finding, repeat: &Finding) {
    let months = answers["monthly"].as_array().unwrap();
    assert_eq!(months.len(), value.series.len());
    for ((month, value), repeat) in months.iter().zip(&value.series).zip(&repeat.series) {
        let name = month["month"].as_str().unwrap();
        assert!(value.start.to_string().starts_with(name));
        assert_close(
            value.value.unwrap(),
            number(&month["average_order_value"]),
            1e-9,
            name,
        );
        assert_close(
            value.n.unwrap() as f64,
            number(&month["orders"]),
            1e-9,
            name,
        );
        assert_close(
            repeat.n.unwrap() as f64,
            number(&month["active_customers"]),
            1e-9,
            name,
        );
    }
}

/// Of the customers of a month those who are not new have bought before.
#[test]
fn returning_customers_of_a_wholesaler_are_all_but_the_new_ones() {
    let (Some(answers), Some(bytes)) = (
        expected("online_retail.json"),
        read("transactions/online_retail_orders.csv"),
    ) else {
        return;
    };
    let report = report_of(
        &bytes,
        r#"{"kpis":["repeat_purchase_rate"],"variants":{"repeat_purchase_rate":"returning"}}"#,
    );
    let found = finding(&report, "repeat_purchase_rate");
    for (month, point) in answers["monthly"]
        .as_array()
        .unwrap()
        .iter()
        .zip(&found.series)
    {
        let (active, new) = (
            number(&month["active_customers"]),
            number(&month["new_customers"]),
        );
        let returning = point.value.unwrap() * active;
        // Who is new and orders twice in the month has bought again too.
        assert!(returning >= active - new - 1e-6, "{month}");
        assert_close(point.n.unwrap() as f64, active, 1e-9, "customers");
    }
}

#[test]
fn visits_to_a_shop() {
    let (Some(answers), Some(bytes)) = (
        expected("engagement.json"),
        read("events/online_shoppers_intention.csv"),
    ) else {
        return;
    };
    let shoppers = &answers["online_shoppers"];
    for (column, answers) in [
        ("VisitorType", &shoppers["by_visitor_type"]),
        ("Month", &shoppers["by_month"]),
    ] {
        let report = report_of(&bytes, &format!(r#"{{"segment":"{column}"}}"#));
        let found = finding(&report, "conversion_rate");
        check_share(found, &shoppers["conversion"], "conversion");
        for (name, answer) in answers.as_object().unwrap() {
            let segment = found.segments.iter().find(|it| it.is == *name).unwrap();
            assert_close(segment.value.unwrap(), number(&answer["p"]), 1e-9, name);
            assert_close(segment.n.unwrap() as f64, number(&answer["n"]), 1e-9, name);
            assert_close(segment.low.unwrap(), number(&answer["lo"]), 1e-9, name);
            assert_close(segment.high.unwrap(), number(&answer["hi"]), 1e-9, name);
        }
    }
}

#[test]
fn scrap_of_work_orders_whose_dates_are_destroyed() {
    let (Some(answers), Some(bytes)) = (
        expected("operations.json"),
        read("operations/adventureworks/Production.WorkOrder.csv"),
    ) else {
        return;
    };
    let answers = &answers["work_orders"];
    let report = report_of(&bytes, "");
    assert_eq!(report.tables[0].kind.as_deref(), Some("operations"));
    let found = finding(&report, "defect_rate");
    check_share(found, &answers["scrap_rate"], "scrap");
    assert!(
        found.series.is_empty(),
        "destroyed dates must not place rows in time"
    );
    assert_close(
        found.parts.get("per_million").unwrap(),
        number(&answers["dppm"]),
        1e-9,
        "PPM",
    );
    let rows = &report.tables[0].rows;
    assert_eq!((rows.read, rows.used), (72_591, 72_591));

    let text = String::from_utf8(bytes).unwrap();
    let mut by_order = String::from("work order,defective\n");
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let answer = if cells[4] == "0" { "no" } else { "yes" };
        writeln!(by_order, "W{},{answer}", cells[0]).unwrap();
    }
    let report = report_of(by_order.as_bytes(), "");
    check_share(
        finding(&report, "defect_rate"),
        &answers["orders_with_scrap"],
        "orders",
    );
}

/// Lines with the days of their order, and whether something of each line was rejected.
fn joined(lines: &str, orders: &BTreeMap<&str, Vec<&str>>) -> (String, String) {
    let mut joined = String::from(
        "purchase order\torder date\tdue date\tship date\torder qty\tline total\treceived qty\trejected qty\n",
    );
    let mut rejects = String::from("line,defective\n");
    for (place, line) in lines.lines().enumerate() {
        let cells: Vec<&str> = line.split('\t').collect();
        let order = &orders[cells[0]];
        writeln!(
            joined,
            "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
            cells[0], order[6], cells[2], order[7], cells[3], cells[6], cells[7], cells[8]
        )
        .unwrap();
        let has_reject = cells[8].parse::<f64>().unwrap() > 0.0;
        writeln!(
            rejects,
            "L{place},{}",
            if has_reject { "yes" } else { "no" }
        )
        .unwrap();
    }
    (joined, rejects)
}

#[test]
fn purchase_orders_received_rejected_and_shipped() {
    let (Some(answers), Some(lines), Some(headers)) = (
        expected("operations.json"),
        read("operations/adventureworks_tab/PurchaseOrderDetail.csv"),
        read("operations/adventureworks_tab/PurchaseOrderHeader.csv"),
    ) else {
        return;
    };
    let answers = &answers["purchase_orders"];
    let lines = String::from_utf8(lines).unwrap();
    let headers = String::from_utf8(headers).unwrap();
    let orders: BTreeMap<&str, Vec<&str>> = headers
        .lines()
        .map(|line| line.split('\t').collect::<Vec<&str>>())
        .map(|cells| (cells[0], cells))
        .collect();
    let (joined, rejects) = joined(&lines, &orders);
    let choices = r#"{"as_of":"2030-01-01"}"#;
    let report = report_of(joined.as_bytes(), choices);
    let found = finding(&report, "defect_rate");
    let what = format!("{:?} {:?}", found.refusal, report.tables[0].columns);
    assert_close(
        found.value.expect(&what),
        number(&answers["reject_rate"]),
        1e-9,
        "rejects",
    );
    assert_close(
        found.parts.get("defective").unwrap(),
        number(&answers["rejected"]),
        1e-9,
        "rejected",
    );
    assert_close(
        found.parts.get("inspected").unwrap(),
        number(&answers["received"]),
        1e-9,
        "received",
    );
    let punctual = finding(&report, "on_time_delivery_rate");
    check_share(
        punctual,
        &answers["shipped_by_due_date_lines"],
        "by the due day",
    );
    let value = finding(&report, "average_transaction_value");
    assert_close(
        value.parts.get("revenue").unwrap(),
        number(&answers["lines_total_sum"]),
        1e-9,
        "sum",
    );
    assert_close(
        value.n.unwrap() as f64,
        number(&answers["orders"]),
        1e-9,
        "orders",
    );

    let report = report_of(rejects.as_bytes(), "");
    check_share(
        finding(&report, "defect_rate"),
        &answers["lines_with_reject"],
        "lines",
    );

    // With any delay allowed, what is missing from the rate in full is what came short.
    let lenient = r#"{"as_of":"2030-01-01","settings":{"on_time_delivery_rate.tolerance_days":100000},
        "variants":{"on_time_delivery_rate":"in_full"}}"#;
    let report = report_of(joined.as_bytes(), lenient);
    let found = finding(&report, "on_time_delivery_rate");
    let short = &answers["lines_short"];
    assert_close(
        1.0 - found.value.unwrap(),
        number(&short["p"]),
        1e-9,
        "short",
    );
    assert_close(
        1.0 - found.interval.as_ref().unwrap().high,
        number(&short["lo"]),
        1e-9,
        "short",
    );

    let mut by_order = String::from("order id\torder date\ttotal\n");
    for order in orders.values() {
        writeln!(by_order, "{}\t{}\t{}", order[0], order[6], order[11]).unwrap();
    }
    let report = report_of(by_order.as_bytes(), "");
    let value = finding(&report, "average_transaction_value");
    assert_close(
        value.value.unwrap(),
        number(&answers["header_total_mean"]),
        1e-9,
        "mean",
    );
    assert_close(
        value.parts.get("revenue").unwrap(),
        number(&answers["header_total_sum"]),
        1e-9,
        "sum",
    );
}

#[test]
fn turnover_of_stock() {
    let Some(answers) = expected("operations.json") else {
        return;
    };
    for case in answers["inventory"]["turnover_example"]["cases"]
        .as_array()
        .unwrap()
    {
        let table = format!(
            "cost of goods,opening,closing\n{},{},{}\n",
            case["cogs"], case["opening"], case["closing"]
        );
        let report = report_of(
            table.as_bytes(),
            r#"{"mapping":{"table":{"kind":"aggregate"}}}"#,
        );
        let found = finding(&report, "inventory_turnover");
        match case["turnover"].as_f64() {
            Some(turnover) => assert_close(found.value.unwrap(), turnover, 1e-9, &table),
            None => assert_eq!(found.refusal.as_ref().unwrap().code, "no_inventory"),
        }
        assert_eq!(
            found.parts.get("days"),
            case["days_365"].as_f64(),
            "{table}"
        );
    }
}
