//! Accounts across several exports: joined by shown keys, told as of a day, and found again in their
//! rows.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "test code; each test file is a crate of its own"
)]

#[path = "support/mod.rs"]
mod support;

#[path = "support/four_exports.rs"]
mod four_exports;

use four_exports::{EVENTS, NPS, list, one, opened, tables};
use kept::engine::accounts::query::AccountsPage;
use kept::engine::options::JoinKey;
use kept::engine::report::{Across, JoinForm, Report};
use kept::engine::session::Session;

fn value(page: &AccountsPage, customer: &str, figure: &str) -> Option<f64> {
    let at = page.figures.iter().position(|it| it.id == figure);
    let at = at.unwrap_or_else(|| panic!("{figure} is none of {:?}", page.figures));
    let row = page.accounts.iter().find(|it| it.customer == customer);
    row.unwrap().values[at]
}

fn across<'a>(report: &'a Report, id: &str) -> &'a Across {
    report.across.iter().find(|it| it.id == id).unwrap()
}

const AS_OF: &str = r#"{"as_of":"2025-05-31"}"#;

#[test]
fn every_join_says_by_what_it_was_made_and_what_it_left_out() {
    let (_, report) = opened(AS_OF);
    let joins = report.joins.as_ref().unwrap();
    assert_eq!((joins.base.as_str(), joins.accounts), ("crm.csv", 6));
    let table = |name: &str| joins.tables.iter().find(|it| it.table == name).unwrap();
    let nps = table("nps.csv");
    assert_eq!((nps.matched_rows, nps.unmatched_rows), (5, 1));
    assert_eq!(nps.by.len(), 1);
    assert_eq!((nps.by[0].key, nps.by[0].rows), (JoinKey::Domain, 5));
    let tickets = table("tickets.csv");
    assert_eq!((tickets.matched_rows, tickets.unmatched_rows), (4, 2));
    let by: Vec<(JoinKey, JoinForm, u64)> = tickets
        .by
        .iter()
        .map(|it| (it.key, it.form, it.rows))
        .collect();
    assert_eq!(
        by,
        [
            (JoinKey::Name, JoinForm::Exact, 1),
            (JoinKey::Name, JoinForm::Normalised, 3)
        ]
    );
    let suggested: Vec<(&str, &str)> = tickets
        .suggestions
        .iter()
        .map(|it| (it.one.as_str(), it.other.as_str()))
        .collect();
    assert_eq!(suggested, [("Globex Sytems", "Globex Systems")]);
    let events = table("events.csv");
    assert_eq!(
        (events.matched_rows, events.accounts, events.most_rows),
        (7, 2, 4)
    );
    assert!(report.notes.iter().any(|note| note.code == "joined"
        && note.table.as_deref() == Some("tickets.csv")
        && note.count == Some(4)));
}

#[test]
fn a_suggestion_joins_only_once_it_is_confirmed() {
    let (_, report) = opened(AS_OF);
    let joins = report.joins.unwrap();
    let tickets = joins
        .tables
        .iter()
        .find(|it| it.table == "tickets.csv")
        .unwrap();
    let id = &tickets.suggestions[0].id;
    assert!(!id.contains("lobex"), "an id tells no name");
    let options = format!(r#"{{"as_of":"2025-05-31","joins":{{"confirmed":["{id}"]}}}}"#);
    let (mut session, report) = opened(&options);
    let joins = report.joins.unwrap();
    let tickets = joins
        .tables
        .iter()
        .find(|it| it.table == "tickets.csv")
        .unwrap();
    assert_eq!(tickets.matched_rows, 5);
    assert_eq!(
        tickets.by.last().map(|it| it.form),
        Some(JoinForm::Confirmed)
    );
    assert!(tickets.suggestions[0].confirmed);
    let page = list(&mut session, "{}").unwrap();
    assert_eq!(value(&page, "A2", "open_tickets"), Some(1.0));
}

#[test]
fn each_figure_is_what_the_rows_say_on_the_day() {
    let (mut session, _) = opened(AS_OF);
    let page = list(&mut session, "{}").unwrap();
    assert_eq!(page.total, 6);
    for (customer, figure, expected) in [
        ("A1", "revenue", Some(1000.0)),
        ("A5", "revenue", Some(0.0)),
        ("A1", "tenure_days", Some(507.0)),
        ("A1", "last_nps", Some(9.0)),
        ("A3", "last_nps", Some(10.0)),
        ("A6", "last_nps", None),
        ("A1", "active_days", Some(1.0)),
        ("A2", "active_days", Some(1.0)),
        ("A2", "use_change", Some(-0.5)),
        ("A1", "active_users", Some(2.0)),
        ("A1", "days_since_use", Some(29.0)),
        ("A4", "days_since_use", None),
        ("A2", "tickets", Some(1.0)),
        ("A2", "slow_tickets", Some(1.0)),
        ("A3", "tickets", Some(0.0)),
        ("A1", "slow_tickets", Some(0.0)),
    ] {
        assert_eq!(
            value(&page, customer, figure),
            expected,
            "{customer} {figure}"
        );
    }
    let lost = page.accounts.iter().find(|it| it.customer == "A5").unwrap();
    assert_eq!(lost.is_customer, Some(false));
    assert_eq!(lost.name.as_deref(), Some("Hooli"));
}

#[test]
fn what_only_several_tables_tell_is_told() {
    let (_, report) = opened(AS_OF);
    let held = across(&report, "revenue_held_by_detractors");
    assert_eq!((held.value, held.accounts, held.of), (Some(4000.0), 1, 4));
    assert_eq!(held.share_of_revenue, Some(4000.0 / 8100.0));
    // Promoters hold 1,000 and 500 of 8,000 that answered, a detractor 4,000.
    let weighed = across(&report, "revenue_weighted_nps");
    assert_eq!(weighed.value, Some(-31.25));
    let silent = across(&report, "silent_accounts");
    assert_eq!(
        silent.accounts, 1,
        "Soylent alone neither answered nor used it"
    );
    let asked = across(&report, "tickets_per_1000_of_revenue");
    let expected = 3.0 / (90.0 * 12.0 / 365.25) / 8100.0 * 1000.0;
    assert!((asked.value.unwrap() - expected).abs() < 1e-12, "{asked:?}");
}

#[test]
fn lists_are_ordered_searched_and_narrowed() {
    let (mut session, _) = opened(AS_OF);
    let ids = |page: &AccountsPage| -> Vec<String> {
        page.accounts.iter().map(|it| it.customer.clone()).collect()
    };
    let page = list(&mut session, r#"{"sort":"revenue","descending":true}"#).unwrap();
    assert_eq!(ids(&page), ["A2", "A4", "A1", "A3", "A6", "A5"]);
    let page = list(&mut session, r#"{"sort":"last_nps"}"#).unwrap();
    assert_eq!(
        ids(&page),
        ["A2", "A4", "A1", "A3", "A5", "A6"],
        "without an answer comes last"
    );
    let page = list(&mut session, r#"{"sort":"last_nps","descending":true}"#).unwrap();
    assert_eq!(ids(&page)[4..], ["A5", "A6"], "whichever way");
    let page = list(&mut session, r#"{"search":"GLOB"}"#).unwrap();
    assert_eq!(ids(&page), ["A2"]);
    let page = list(
        &mut session,
        r#"{"filter":[{"column":"owner","is":["Ben"]}],"from":1,"count":1}"#,
    );
    let page = page.unwrap();
    assert_eq!((page.total, ids(&page)), (3, vec![String::from("A4")]));
    let page = list(&mut session, r#"{"list":"revenue_held_by_detractors"}"#).unwrap();
    assert_eq!(ids(&page), ["A2"]);
    let page = list(
        &mut session,
        r#"{"ranges":[{"figure":"revenue","low":1000}]}"#,
    )
    .unwrap();
    assert_eq!(ids(&page), ["A1", "A2", "A4"]);
    assert_eq!(
        list(&mut session, r#"{"sort":"nonsense"}"#).unwrap_err(),
        "figure_unknown"
    );
    assert_eq!(
        list(&mut session, r#"{"list":"nonsense"}"#).unwrap_err(),
        "list_unknown"
    );
}

#[test]
fn an_account_has_its_past_and_its_rows() {
    let (mut session, _) = opened(AS_OF);
    let page = one(&mut session, "A1");
    let told: Vec<(String, &str, &str)> = page
        .timeline
        .iter()
        .map(|it| (it.day.to_string(), it.event.as_str(), it.says.as_str()))
        .collect();
    let expected = [
        ("2025-05-02", "used", "2"),
        ("2025-05-01", "answered", "9"),
        ("2025-05-01", "ticket_opened", "1, high, solved"),
        ("2025-05-01", "ticket_solved", "1"),
        ("2025-04-01", "used", "1"),
        ("2024-01-10", "began", "Team, 1000"),
    ];
    let expected: Vec<(String, &str, &str)> = expected
        .into_iter()
        .map(|(day, event, says)| (day.to_owned(), event, says))
        .collect();
    assert_eq!(told, expected);
    let rows: Vec<(&str, u64)> = page
        .tables
        .iter()
        .map(|it| (it.table.as_str(), it.rows))
        .collect();
    assert_eq!(
        rows,
        [
            ("crm.csv", 1),
            ("nps.csv", 1),
            ("tickets.csv", 1),
            ("events.csv", 4)
        ]
    );
    let query = r#"{"table":"events.csv","account":"A1"}"#;
    let found = support::rows(&mut session, &tables(), query).unwrap();
    let numbers: Vec<u64> = found.rows.iter().map(|row| row.row).collect();
    assert_eq!(numbers, [1, 2, 3, 4]);
}

#[test]
fn a_default_score_appears_with_no_work_and_adds_up() {
    let (mut session, report) = opened(AS_OF);
    let found = report
        .findings
        .iter()
        .find(|it| it.kpi == "customer_health_score")
        .unwrap();
    assert_eq!(found.table, "crm.csv");
    assert!(found.value.is_some(), "{:?}", found.refusal);
    let page = list(&mut session, "{}").unwrap();
    assert_eq!(
        value(&page, "A5", "health"),
        None,
        "who has left has no score"
    );
    let health = one(&mut session, "A2").account.health.unwrap();
    let adds: f64 = health.contributions.iter().map(|it| it.adds).sum();
    assert!((adds - health.value.unwrap()).abs() < 1e-9);
    assert_eq!(value(&page, "A2", "health"), health.value);
    assert!(health.value.unwrap() < value(&page, "A1", "health").unwrap());
}

#[test]
fn what_happens_after_the_day_changes_nothing_on_it() {
    let later = format!("{}\n2025-06-10,ann@acme.de,0\n", NPS.trim_end());
    let events = format!("{}\nu9,A1,2025-06-20 08:00,login\n", EVENTS.trim_end());
    let mut with = tables();
    with[1].1 = Box::leak(later.into_boxed_str()).as_bytes();
    with[3].1 = Box::leak(events.into_boxed_str()).as_bytes();
    let pages = [tables(), with].map(|tables| {
        let mut session = Session::new();
        support::open(&mut session, 1, &tables, &support::options(AS_OF)).unwrap();
        list(&mut session, "{}").unwrap()
    });
    assert_eq!(pages[0].accounts, pages[1].accounts);
}

#[test]
fn a_list_that_says_nothing_of_leaving_is_no_list_of_the_lost() {
    let list = "customer id,mrr,segment\nK1,100,a\nK2,50,b\nK3,70,a\n";
    let answers =
        "date,customer id,How likely are you to recommend us?\n2025-05-01,K1,9\n2025-05-02,K2,3\n";
    let both = [
        ("list.csv", list.as_bytes()),
        ("nps.csv", answers.as_bytes()),
    ];
    let report = support::report_on(&both, &support::options("")).unwrap();
    let held = across(&report, "revenue_held_by_detractors");
    assert_eq!((held.value, held.accounts), (Some(50.0), 1));
}
