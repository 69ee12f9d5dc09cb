//! Health of accounts from whatever is known of them: KPIs of each, what could be a measure, what is
//! supposed, groups by value; and what is said where the data are bad.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "test code; each test file is a crate of its own"
)]

#[path = "support/mod.rs"]
mod support;

#[path = "support/four_exports.rs"]
mod four_exports;

use std::fmt::Write as _;

use four_exports::{CRM, NPS, TICKETS, list, one, opened, supposed};
use kept::engine::accounts::query::AccountsPage;
use kept::engine::report::{Finding, Report};
use kept::engine::session::Session;
use support::{assert_close, finding};

/// Options with these measures.
fn with(measures: &str) -> String {
    format!(
        r#"{{"as_of":"2025-05-31","settings":{{"customer_health_score.measures":{measures}}}}}"#
    )
}

fn values(page: &AccountsPage, figure: &str) -> Vec<(String, Option<f64>)> {
    let at = page.figures.iter().position(|it| it.id == figure);
    let at = at.unwrap_or_else(|| panic!("{figure} is none of {:?}", page.figures));
    let rows = page.accounts.iter();
    let mut all: Vec<_> = rows
        .map(|it| (it.customer.clone(), it.values[at]))
        .collect();
    all.sort_by(|one, other| one.0.cmp(&other.0));
    all
}

fn code(found: &Finding) -> &str {
    found.refusal.as_ref().map_or("", |it| it.code.as_str())
}

fn report(tables: &[(&str, &str)], options: &str) -> Report {
    let tables: Vec<(&str, &[u8])> = tables
        .iter()
        .map(|(name, text)| (*name, text.as_bytes()))
        .collect();
    support::report_on(&tables, &support::options(options)).unwrap()
}

#[test]
fn a_kpi_of_an_account_is_that_of_its_rows_alone() {
    let measures = r#"[{"column":"kpi.net_promoter_score"},{"column":"kpi.resolution_time"}]"#;
    let (mut session, whole) = opened(&with(measures));
    let page = list(&mut session, "{}").unwrap();
    let promoters = values(&page, "kpi.net_promoter_score");
    let expected = [Some(100.0), Some(-100.0), Some(0.0), Some(0.0), None, None];
    assert_eq!(
        promoters.iter().map(|it| it.1).collect::<Vec<_>>(),
        expected
    );
    let health = finding(&whole, "customer_health_score");
    assert!(health.value.is_some(), "{:?}", health.refusal);
    let names: Vec<&str> = health.measures.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
    // The same KPI on a file that holds the rows of one account and nothing else.
    for (id, rows) in [("A2", ["Globex Systems"]), ("A3", ["initech"])] {
        let mut own = TICKETS.lines().next().unwrap().to_owned() + "\n";
        for line in TICKETS
            .lines()
            .filter(|it| rows.iter().any(|row| it.contains(row)))
        {
            writeln!(own, "{line}").unwrap();
        }
        let alone = report(&[("tickets.csv", &own)], r#"{"as_of":"2025-05-31"}"#);
        let expected = finding(&alone, "resolution_time").value.unwrap();
        let found = values(&page, "kpi.resolution_time");
        let found = found.iter().find(|it| it.0 == id).unwrap().1.unwrap();
        assert_close(found, expected, 1e-9, id);
    }
}

#[test]
fn a_kpi_looks_back_as_far_as_is_said_and_under_the_rule_that_is_said() {
    let of = |measures: &str| {
        let (mut session, _) = opened(&with(measures));
        let page = list(&mut session, "{}").unwrap();
        let id = page
            .figures
            .iter()
            .find(|it| it.id.starts_with("kpi."))
            .unwrap();
        values(&page, &id.id.clone())
    };
    let year = of(r#"[{"column":"kpi.net_promoter_score"},{"column":"accounts.active_days"}]"#);
    let month =
        of(r#"[{"column":"kpi.net_promoter_score","days":31},{"column":"accounts.active_days"}]"#);
    assert_eq!((year[2].1, month[2].1), (Some(0.0), Some(100.0)));
    let none =
        of(r#"[{"column":"kpi.net_promoter_score","days":400},{"column":"accounts.active_days"}]"#);
    assert_eq!(none, year);
    for unknown in [
        "kpi.nonsense",
        "kpi.net_promoter_score.nonsense",
        "kpi.monthly_recurring_revenue",
    ] {
        let (_, report) = opened(&with(&format!(r#"[{{"column":"{unknown}"}}]"#)));
        let found = finding(&report, "customer_health_score");
        assert_eq!(code(found), "measure_unknown", "{unknown}");
    }
}

#[test]
fn everything_that_is_offered_measures_or_says_why_not() {
    let (_, report) = opened(r#"{"as_of":"2025-05-31"}"#);
    let health = finding(&report, "customer_health_score");
    let offered = &health.offered_measures;
    let columns: Vec<&str> = offered.iter().map(|it| it.column.as_str()).collect();
    for expected in [
        "mrr",
        "accounts.revenue",
        "kpi.net_promoter_score",
        "kpi.resolution_time",
    ] {
        assert!(
            columns.contains(&expected),
            "{expected} is none of {columns:?}"
        );
    }
    for own in &health.measures {
        assert!(
            !columns.contains(&own.column.as_str()),
            "{} counts already",
            own.column
        );
    }
    for column in columns
        .iter()
        .copied()
        .chain(health.measures.iter().map(|it| it.column.as_str()))
    {
        let (_, alone) = opened(&with(&format!(r#"[{{"column":"{column}"}}]"#)));
        let found = finding(&alone, "customer_health_score");
        match &found.refusal {
            None => assert_eq!(found.measures[0].column, column),
            Some(refusal) => assert_eq!(refusal.code, "measures_constant", "{column}"),
        }
    }
}

#[test]
fn what_is_supposed_scores_as_if_it_were_so() {
    let settings = with(
        r#"[{"column":"accounts.open_tickets","line":[[0,100],[4,0]],"weight":3},
            {"column":"accounts.last_nps","line":[[0,0],[10,100]]},
            {"column":"mrr","line":[[0,0],[5000,100]],"missing":"zero"}]"#,
    );
    let (mut session, _) = opened(&settings);
    let page = supposed(&mut session, "A2", "{}").unwrap();
    assert_eq!(page.supposed, None);
    let health = page.account.health.unwrap();
    let names: Vec<String> = health
        .contributions
        .iter()
        .map(|it| it.measure.clone())
        .collect();
    let value = |health: &kept::engine::report::AccountResult| health.value.unwrap();
    // Supposing what is so changes nothing.
    let same: serde_json::Map<String, serde_json::Value> = health
        .contributions
        .iter()
        .map(|it| (it.measure.clone(), serde_json::json!(it.value)))
        .collect();
    let same = serde_json::Value::Object(same).to_string();
    let found = supposed(&mut session, "A2", &same)
        .unwrap()
        .supposed
        .unwrap();
    assert_close(value(&found), value(&health), 1e-12, "nothing new");
    // Three of five parts rest on tickets: none open counts all of their points.
    let tickets = names.iter().find(|it| it.contains("icket")).unwrap();
    let none = format!(r#"{{"{tickets}":0}}"#);
    let found = supposed(&mut session, "A2", &none)
        .unwrap()
        .supposed
        .unwrap();
    let was = health
        .contributions
        .iter()
        .find(|it| it.measure == *tickets)
        .unwrap();
    assert_close(
        value(&found),
        value(&health) - was.adds + 0.6 * 100.0,
        1e-9,
        "no tickets",
    );
    // Without a measure the others count for more; where it is to count nothing, they do not.
    let lacks = format!(r#"{{"{tickets}":null}}"#);
    let found = supposed(&mut session, "A2", &lacks).unwrap().supposed;
    let rest: f64 = health
        .contributions
        .iter()
        .filter(|it| it.measure != *tickets)
        .map(|it| it.adds)
        .sum();
    // Two fifths of the weight are not enough for a score.
    assert_eq!(found.map(|it| it.value), Some(None));
    let lacks = supposed(&mut session, "A2", r#"{"mrr":null}"#)
        .unwrap()
        .supposed
        .unwrap();
    let mrr = health
        .contributions
        .iter()
        .find(|it| it.measure == "mrr")
        .unwrap();
    assert_close(value(&lacks), value(&health) - mrr.adds, 1e-9, "no mrr");
    assert!(rest > 0.0);
    assert_eq!(
        supposed(&mut session, "A2", r#"{"nonsense":1}"#).unwrap_err(),
        "measure_unknown"
    );
}

#[test]
fn measures_of_an_account_say_where_they_come_from() {
    let (mut session, _) = opened(r#"{"as_of":"2025-05-31"}"#);
    let page = one(&mut session, "A2");
    let health = page.account.health.unwrap();
    assert_eq!(page.measures.len(), health.contributions.len());
    let named = health.contributions.iter().zip(&page.measures);
    for (contribution, source) in named {
        let figure = source.figure.as_ref().unwrap();
        let about = page.figures.iter().find(|it| it.id == *figure).unwrap();
        assert_eq!(about.table, source.table);
        assert_eq!(about.name, contribution.measure);
    }
}

#[test]
fn groups_by_value_stand_beside_the_accounts() {
    let mut orders = String::from("order id,customer,order date,amount\n");
    for order in 0..120 {
        let customer = (order * order) % 17;
        let month = 1 + order % 12;
        writeln!(
            orders,
            "{order},K{customer},2025-{month:02}-15,{}",
            10 + order
        )
        .unwrap();
    }
    let tables = [("orders.csv", orders.as_bytes())];
    let mut session = Session::new();
    let options = support::options(r#"{"as_of":"2025-12-31"}"#);
    let json = support::open(&mut session, 1, &tables, &options).unwrap();
    let report: Report = serde_json::from_str(&json).unwrap();
    let groups = report
        .customer_groups
        .iter()
        .find(|it| it.of == "orders")
        .unwrap();
    let page = list(&mut session, "{}").unwrap();
    let names: Vec<&str> = page.attributes.iter().map(|it| it.name.as_str()).collect();
    assert!(names.contains(&"Segment by orders"), "{names:?}");
    let at = names
        .iter()
        .position(|it| *it == "Segment by orders")
        .unwrap();
    for group in &groups.segments {
        let word = group.id.replace('_', " ");
        let own = page
            .accounts
            .iter()
            .filter(|it| it.attributes[at].to_lowercase() == word);
        assert_eq!(own.count() as u64, group.customers, "{word}");
        let named = page.attributes[at]
            .words
            .iter()
            .find(|it| it.to_lowercase() == word);
        let query = serde_json::json!({
            "filter": [{"column": "Segment by orders", "is": [named.unwrap()]}]
        });
        let query = query.to_string();
        assert_eq!(list(&mut session, &query).unwrap().total, group.customers);
    }
    assert!(names.contains(&"Band by orders"));
}

#[test]
fn bad_input_is_said_and_never_becomes_a_number() {
    let weights = r#"{"as_of":"2025-05-31","settings":{"customer_health_score.weights":{"logins":0,"tickets":0}}}"#;
    let rows = "customer id,logins,tickets\nA,1,2\nB,2,3\nC,5,0\n";
    let constant = "customer id,logins,tickets\nA,1,2\nB,1,2\nC,1,2\n";
    let empty = "customer id,logins,open tickets,mrr\nA,,,5\nB,,,6\nC,,,7\n";
    for (table, options, expected) in [
        (rows, weights, "weights_zero"),
        (constant, "{}", "measures_constant"),
        (empty, "{}", "measures_constant"),
    ] {
        let report = report(&[("list.csv", table)], options);
        let found = finding(&report, "customer_health_score");
        assert_eq!((found.value, code(found)), (None, expected), "{table}");
        let refusal = found.refusal.as_ref().unwrap();
        assert!(!refusal.hint.is_empty());
    }
}

#[test]
fn one_account_of_a_thousand_times_the_rest_is_named_and_moves_no_other() {
    let list_of = |last: &str| {
        let mut text = String::from("customer id,mrr,logins\n");
        for row in 0..30 {
            writeln!(text, "K{row},100,{}", 10 + row).unwrap();
        }
        writeln!(text, "K99,{last}").unwrap();
        text
    };
    let scores = |text: &str| {
        let mut session = Session::new();
        let options = support::options(r#"{"as_of":"2025-05-31"}"#);
        support::open(&mut session, 1, &[("list.csv", text.as_bytes())], &options).unwrap();
        values(&list(&mut session, "{}").unwrap(), "health")
    };
    let (usual, wild) = (scores(&list_of("100,40")), scores(&list_of("100,40000")));
    assert_eq!(usual.len(), 31);
    assert_eq!(usual, wild);
    assert!(usual.iter().all(|it| it.1.is_some_and(f64::is_finite)));
}

#[test]
fn events_before_sign_up_and_keys_that_match_nothing_are_counted() {
    // Ann's account began in 2024; an answer of 2023 is no answer of a customer, and nobody knows Z9.
    let early = format!("{NPS}2023-01-01,ann@acme.de,1\n2025-05-09,zoe@unknown.example,4\n");
    let both = [("crm.csv", CRM), ("nps.csv", early.as_str())];
    let report = report(&both, r#"{"as_of":"2025-05-31"}"#);
    let joins = report.joins.as_ref().unwrap();
    let nps = joins
        .tables
        .iter()
        .find(|it| it.table == "nps.csv")
        .unwrap();
    assert_eq!((nps.matched_rows, nps.unmatched_rows), (6, 2));
    let text = serde_json::to_string(&report).unwrap();
    assert!(!text.contains("null,null,null,null,null,null,null,null") && !text.contains("NaN"));
    let nothing =
        "date,customer id,How likely are you to recommend us?\n2025-05-01,Z1,9\n2025-05-02,Z2,3\n";
    let report = self::report(
        &[("crm.csv", CRM), ("nps.csv", nothing)],
        r#"{"as_of":"2025-05-31"}"#,
    );
    let joins = report.joins.as_ref().unwrap();
    let nps = joins
        .tables
        .iter()
        .find(|it| it.table == "nps.csv")
        .unwrap();
    assert_eq!((nps.matched_rows, nps.unmatched_rows), (0, 2));
    assert!(
        report
            .across
            .iter()
            .all(|it| it.value.is_none_or(f64::is_finite))
    );
}
