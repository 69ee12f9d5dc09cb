//! Figures that queries gave, loaded again: the same cards, to the last digit, and what they cannot tell.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "test code")]

mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use kept::engine::base::{Date, PeriodUnit};
use kept::engine::report::{Finding, Report, RowCounts, Status};
use kept::engine::session::Session;
use support::{finding, options, report_on};

const HEADER: &str =
    "kpi,variant,covers,period_start,period_end,segment,value,n,interval_low,interval_high";

fn told(table: (&str, &str), choices: &str) -> Report {
    report_on(&[(table.0, table.1.as_bytes())], &options(choices)).unwrap()
}

/// A report on a sample.
fn of_sample(name: &str, choices: &str) -> Report {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("www/samples");
    let text = fs::read_to_string(folder.join(name)).unwrap();
    told((name, &text), choices)
}

fn number(value: Option<f64>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

/// What queries give of a finding: its headline, its course by calendar unit, its segments.
/// `count`: how many units end with each of its course.
fn lines(found: &Finding, unit: PeriodUnit, count: i32, terms: &[&str]) -> String {
    let mut text = String::new();
    let three = ["promoters", "passives", "detractors"];
    let mut line =
        |covers: &str, days: (String, String), segment: &str, told: [String; 4], counts: &[u64]| {
            let (kpi, rule) = (&found.kpi, &found.variant);
            // The report tells the terms of the headline, and of the others what they count.
            let counted = |term: &str| {
                let place = three.iter().position(|it| *it == term)?;
                counts
                    .get(place)
                    .filter(|_| counts.len() == 3)
                    .map(|it| *it as f64)
            };
            let own = |term: &str| match covers {
                "period" => found.parts.get(term),
                _ => counted(term),
            };
            let terms: Vec<String> = terms.iter().map(|term| number(own(term))).collect();
            let (start, end) = days;
            writeln!(
                text,
                "{kpi},{rule},{covers},{start},{end},{segment},{},{}",
                told.join(","),
                terms.join(",")
            )
            .expect("a text takes everything");
        };
    let period = found.period.unwrap();
    let whole = || (period.start.to_string(), period.end.to_string());
    let count_of = |n: Option<u64>| n.map_or_else(String::new, |n| n.to_string());
    let ends = found.interval.as_ref().map(|it| (it.low, it.high)).unzip();
    let head = [
        number(found.value),
        count_of(found.n),
        number(ends.0),
        number(ends.1),
    ];
    line("period", whole(), "", head, &[]);
    for point in found.series.iter().filter(|point| point.value.is_some()) {
        let stretch = unit.period(unit.index(point.start), count);
        let days = (stretch.start.to_string(), stretch.end.to_string());
        let ends = [number(point.low), number(point.high)];
        let [low, high] = ends;
        line(
            "unit",
            days,
            "",
            [number(point.value), count_of(point.n), low, high],
            &point.counts,
        );
    }
    for point in found.segments.iter().filter(|point| point.value.is_some()) {
        let ends = [number(point.low), number(point.high)];
        let [low, high] = ends;
        let told = [number(point.value), count_of(point.n), low, high];
        line("segment", whole(), &point.is, told, &point.counts);
    }
    text
}

/// The figures of a report as such a table; each with how many units its course goes back.
fn table(report: &Report, unit: PeriodUnit, counts: impl Fn(&Finding) -> i32) -> String {
    let mut terms: Vec<&str> = Vec::new();
    let figures = || {
        let all = report.findings.iter();
        all.filter(|it| it.status == Status::Ok && it.period.is_some())
    };
    for (name, _) in figures().flat_map(|it| &it.parts.0) {
        if !terms.contains(&name.as_str()) {
            terms.push(name);
        }
    }
    let told: String = figures()
        .map(|it| lines(it, unit, counts(it), &terms))
        .collect();
    format!("{HEADER},{}\n{told}", terms.join(","))
}

/// Everything that lines hold of a figure is the same; what is tested from counts is too.
fn assert_same(found: &Finding, own: &Finding) {
    let name = &own.kpi;
    let bits = |value: Option<f64>| value.map(f64::to_bits);
    assert_eq!(bits(found.value), bits(own.value), "{name}");
    assert_eq!((found.n, found.unit), (own.n, own.unit), "{name}");
    assert_eq!(found.period, own.period, "{name}");
    assert_eq!((&found.variant, found.edition), (&own.variant, own.edition));
    let ends = |it: &Finding| it.interval.as_ref().map(|it| (it.low, it.high));
    assert_eq!(ends(found), ends(own), "{name}");
    for (term, value) in &found.parts.0 {
        assert_eq!(own.parts.get(term), Some(*value), "{name} {term}");
    }
    let known = |it: &Finding| {
        let points = it.series.iter().filter(|point| point.value.is_some());
        points
            .map(|it| (it.start, bits(it.value), it.n, it.low, it.high, it.partial))
            .collect::<Vec<_>>()
    };
    assert_eq!(known(found), known(own), "{name}");
    let by_name = |it: &Finding| {
        let points = it.segments.iter().filter(|point| point.value.is_some());
        let mut points: Vec<_> = points
            .map(|it| (it.is.clone(), bits(it.value), it.n, it.low, it.high))
            .collect();
        points.sort_by(|a, b| a.0.cmp(&b.0));
        points
    };
    assert_eq!(by_name(found), by_name(own), "{name}");
    let before = |it: &Finding| {
        let then = it.previous.as_ref();
        then.map(|it| (it.period, it.value.to_bits(), it.n))
    };
    assert_eq!(before(found), before(own), "{name}");
    // Of two figures that were read from text, the difference is not the same to the last digit.
    let change = |it: &Finding| it.previous.as_ref().map_or(0.0, |it| it.change);
    support::assert_close(change(found), change(own), 1e-9, name);
    if !found.counts.is_empty() {
        assert_eq!(found.counts, own.counts, "{name}");
        assert_eq!(found.interval, own.interval, "{name}");
        let chance = |it: &Finding| {
            let then = it.previous.as_ref();
            then.map(|it| (it.counts.clone(), it.p_value, it.test.clone(), it.verdict))
        };
        assert_eq!(chance(found), chance(own), "{name}");
        let needed = |it: &Finding| it.precision.as_ref().map(|it| it.needed);
        assert_eq!(needed(found), needed(own), "{name}");
        for segment in &found.segments {
            let other = own.segments.iter().find(|it| it.is == segment.is).unwrap();
            assert_eq!(segment.p_value, other.p_value, "{name} {}", segment.is);
            assert_eq!(segment.verdict, other.verdict, "{name} {}", segment.is);
        }
    }
}

fn assert_adds_up(rows: &RowCounts) {
    let left_out: u64 = rows.left_out.iter().map(|it| it.count).sum();
    assert_eq!(rows.read, rows.used + left_out);
}

/// A sample, the choices, the unit of its course, and how many of them end with each point.
type Case<'a> = (&'a str, String, PeriodUnit, &'a dyn Fn(&Finding) -> i32);

#[test]
fn what_queries_gave_comes_back_to_the_last_digit() {
    let month = PeriodUnit::Month;
    let months = |it: &Finding| {
        let period = it.period.unwrap();
        (month.index(period.end) - month.index(period.start)).max(1)
    };
    let one = |_: &Finding| 1;
    let monthly = r#""period":{"unit":"month"}"#;
    let cases: [Case<'_>; 5] = [
        (
            "nps_answers.csv",
            format!(r#"{{"segment":"Plan",{monthly}}}"#),
            month,
            &one,
        ),
        (
            "nps_answers.csv",
            String::from(r#"{"segment":"Plan"}"#),
            month,
            &one,
        ),
        (
            "subscriptions.csv",
            String::from(r#"{"segment":"plan"}"#),
            month,
            &months,
        ),
        ("shop_funnel.csv", format!("{{{monthly}}}"), month, &one),
        (
            "tickets.csv",
            String::from(r#"{"segment":"Priority","period":{"unit":"week"}}"#),
            PeriodUnit::Week,
            &one,
        ),
    ];
    for (sample, choices, unit, counts) in cases {
        let own = of_sample(sample, &choices);
        let csv = table(&own, unit, counts);
        let again = told(("results.csv", &csv), "");
        let read = &again.tables[0];
        assert_eq!(read.kind.as_deref(), Some("figures"), "{sample}");
        assert_eq!(read.rows.used, read.rows.read, "{sample}: {:?}", read.rows);
        assert!(!again.findings.is_empty(), "{sample}");
        for found in &again.findings {
            assert_same(found, finding(&own, &found.kpi));
            let code = &found.notes[0].code;
            assert_eq!(code, "figures_read", "what they cannot tell is said");
        }
        let said = again.notes.iter().filter(|it| it.code == "figures_read");
        assert_eq!(said.count(), 1, "{sample}: once a table");
    }
}

const CSAT: &str = "\
customer_satisfaction_score,share_satisfied,period,2025-01-01,2025-04-01,,0.5,40,,
customer_satisfaction_score,share_satisfied,unit,2025-01-01,2025-02-01,,0.25,4,,
customer_satisfaction_score,share_satisfied,unit,2025-03-01,2025-04-01,,0.75,36,,
";

#[test]
fn units_without_a_line_are_gaps_and_a_target_is_judged() {
    let rule = kept::engine::kpi::registry::find("customer_satisfaction_score")
        .unwrap()
        .rules[0]
        .id;
    let csv = format!("{HEADER}\n{CSAT}").replace("share_satisfied", rule);
    let report = told(
        ("results.csv", &csv),
        r#"{"targets":{"customer_satisfaction_score":0.4}}"#,
    );
    let found = finding(&report, "customer_satisfaction_score");
    let values: Vec<Option<f64>> = found.series.iter().map(|it| it.value).collect();
    assert_eq!(values, [Some(0.25), None, Some(0.75)]);
    assert_eq!(found.series[1].start, Date::parse("2025-02-01").unwrap());
    assert_eq!(found.target.as_ref().unwrap().met, Some(true));
    assert!(
        found.previous.is_none(),
        "a quarter before is not told by months"
    );
}

#[test]
fn what_cannot_be_read_is_left_out_for_a_reason() {
    let row = |kpi: &str, covers: &str, days: &str, value: &str| {
        format!("{kpi},end_of_period,{covers},{days},,{value},3,,\n")
    };
    let revenue = "monthly_recurring_revenue";
    let days = "2025-01-01,2025-02-01";
    let csv = [
        format!("{HEADER}\n"),
        row(revenue, "period", days, "1000.25"),
        row(revenue, "period", days, "1000.25"),
        row(revenue, "unit", "2024-12-01,soon", "12"),
        row(revenue, "unit", ",", "12"),
        row(revenue, "unit", "2025-01-01,2024-12-01", "12"),
        row(revenue, "unit", "2024-12-01,2025-01-01", "much"),
        row(revenue, "unit", "2024-11-01,2024-12-01", ""),
        row(revenue, "unit", "2024-12-01,2025-01-01", "900"),
        row(revenue, "sometimes", days, "12"),
        row("no_such_figure", "period", days, "12"),
        row("annual_recurring_revenue", "unit", days, "12"),
    ]
    .concat();
    let report = told(("results.csv", &csv), r#"{"currency":"EUR"}"#);
    let found = finding(&report, revenue);
    assert_eq!((found.value, found.n), (Some(1000.25), Some(3)));
    let before = found.previous.as_ref().unwrap();
    assert_eq!((before.value, before.change), (900.0, 100.25));
    assert!(before.p_value.is_none(), "nothing is known of chance");
    let refused = finding(&report, "annual_recurring_revenue");
    assert_eq!(refused.refusal.as_ref().unwrap().code, "figure_missing");
    let rows = &report.tables[0].rows;
    assert_adds_up(rows);
    let mut reasons: Vec<(&str, u64)> = rows
        .left_out
        .iter()
        .map(|it| (it.reason.as_str(), it.count))
        .collect();
    reasons.sort_unstable();
    let expected = [
        ("date_invalid", 1),
        ("date_missing", 1),
        ("duplicate", 1),
        ("ends_before_start", 1),
        ("no_finding", 2),
        ("number_invalid", 1),
        ("number_missing", 1),
    ];
    assert_eq!(reasons, expected);
}

#[test]
fn other_rules_are_told_where_the_table_holds_them_and_chosen_there() {
    let line = |rule: &str, value: f64| {
        format!("customer_churn_rate,{rule},period,2025-01-01,2025-02-01,,{value},200,,\n")
    };
    let rules = kept::engine::kpi::registry::find("customer_churn_rate")
        .unwrap()
        .rules;
    let (first, second) = (rules[0].id, rules[1].id);
    let csv = format!("{HEADER}\n{}{}", line(second, 0.25), line(first, 0.125));
    let report = told(("results.csv", &csv), "");
    let found = finding(&report, "customer_churn_rate");
    assert_eq!((found.variant.as_str(), found.value), (first, Some(0.125)));
    let others: Vec<(&str, Option<f64>)> = found
        .variants
        .iter()
        .map(|it| (it.variant.as_str(), it.value))
        .collect();
    assert_eq!(others, [(first, Some(0.125)), (second, Some(0.25))]);
    let chosen = format!(r#"{{"variants":{{"customer_churn_rate":"{second}"}}}}"#);
    let report = told(("results.csv", &csv), &chosen);
    let found = finding(&report, "customer_churn_rate");
    assert_eq!((found.variant.as_str(), found.value), (second, Some(0.25)));
}

#[test]
fn rows_behind_a_figure_are_its_lines_and_few_kpis_may_be_asked_for() {
    let csv = format!(
        "{HEADER}\n{}{}",
        "monthly_recurring_revenue,end_of_period,period,2025-01-01,2025-02-01,,10,3,,\n",
        "annual_recurring_revenue,end_of_period,period,2025-01-01,2025-02-01,,120,3,,\n"
    );
    let tables = [("results.csv", csv.as_bytes())];
    let mut session = Session::new();
    support::open(&mut session, 1, &tables, &options("")).unwrap();
    let query = r#"{"table":"results.csv","finding":"annual_recurring_revenue","bucket":"used"}"#;
    let rows = support::rows(&mut session, &tables, query).unwrap();
    assert_eq!(rows.total, 1);
    assert_eq!(
        rows.rows[0].cells[0].as_deref(),
        Some("annual_recurring_revenue")
    );
    let report = told(
        ("results.csv", &csv),
        r#"{"kpis":["annual_recurring_revenue","net_promoter_score"]}"#,
    );
    let told: Vec<(&str, Status)> = report
        .findings
        .iter()
        .map(|it| (it.kpi.as_str(), it.status))
        .collect();
    let expected = [
        ("annual_recurring_revenue", Status::Ok),
        ("net_promoter_score", Status::Refused),
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_table_that_lacks_one_of_the_headers_is_none_of_figures() {
    let csv = "kpi,variant,period_start,period_end,value,n\na,b,2025-01-01,2025-02-01,1,2\n";
    let report = told(("results.csv", csv), "");
    assert_ne!(report.tables[0].kind.as_deref(), Some("figures"));
}
