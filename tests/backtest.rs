//! The health score of a past day against who has left since: what is told, what is refused, and
//! that nothing of the future is in the score.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "test code; each test file is a crate of its own"
)]

#[path = "support/mod.rs"]
mod support;

#[path = "support/simulated.rs"]
mod simulated;

use std::collections::BTreeMap;

use kept::engine::accounts::query::AccountsPage;
use kept::engine::backtest::query::BacktestQuery;
use kept::engine::protocol::{Event, Request};
use kept::engine::report::{BacktestHorizon, BacktestReport, Verdict};
use kept::engine::session::Session;
use simulated::{LAST, THEN, Tables, World, day};
use support::long::rounds;

const MEASURES: &str = r#""customer_health_score.measures":[{"column":"accounts.active_days"},{"column":"accounts.open_tickets"},{"column":"accounts.last_nps"}]"#;

fn borrowed(tables: &Tables) -> Vec<(&str, &[u8])> {
    tables
        .iter()
        .map(|(name, bytes)| (*name, bytes.as_slice()))
        .collect()
}

fn options(as_of: &str, settings: &str) -> String {
    format!(r#"{{"as_of":"{as_of}","settings":{{{settings}}}}}"#)
}

fn asked(tables: &[(&str, &[u8])], options: &str, request: Request) -> Result<String, String> {
    let mut session = Session::new();
    let options = support::options(options);
    support::open(&mut session, 1, tables, &options).expect("a report");
    answered(&mut session, tables, request)
}

fn answered(
    session: &mut Session,
    tables: &[(&str, &[u8])],
    request: Request,
) -> Result<String, String> {
    session.accept(request);
    loop {
        match support::answer(session, tables) {
            Event::Accounts { accounts, .. } => return Ok(accounts),
            Event::Unanswered { error, .. } => return Err(error.code),
            _ => {}
        }
    }
}

fn tested(tables: &[(&str, &[u8])], options: &str) -> BacktestReport {
    let query = BacktestQuery {
        accounts: true,
        ..BacktestQuery::default()
    };
    let json = asked(tables, options, Request::Backtest { ask: 3, query }).expect("a test");
    serde_json::from_str(&json).expect("it is readable")
}

/// The test of a simulated world under the usual three measures.
fn of(world: World, settings: &str) -> BacktestReport {
    let tables = simulated::tables(world, day(LAST));
    tested(&borrowed(&tables), &options(LAST, settings))
}

fn main_look(report: &BacktestReport) -> &BacktestHorizon {
    let mut looks = report.horizons.iter();
    let found = looks.find(|look| look.days == report.main_days);
    found.unwrap_or_else(|| panic!("no main look back in {report:?}"))
}

fn scores(look: &BacktestHorizon) -> BTreeMap<&str, f64> {
    let all = look.tested.iter();
    all.map(|it| (it.customer.as_str(), it.score)).collect()
}

fn code(look: &BacktestHorizon) -> &str {
    look.refusal.as_ref().map_or("", |it| it.code.as_str())
}

/// The health of every account as a run on a day tells it.
fn health(tables: &[(&str, &[u8])], options: &str) -> BTreeMap<String, f64> {
    let mut session = Session::new();
    let chosen = support::options(options);
    support::open(&mut session, 1, tables, &chosen).expect("a report");
    let mut found = BTreeMap::new();
    for from in (0..).step_by(200) {
        let query = serde_json::from_str(&format!(r#"{{"from":{from}}}"#)).expect("a query");
        let json = answered(&mut session, tables, Request::Accounts { ask: 1, query });
        let page: AccountsPage = serde_json::from_str(&json.expect("a page")).expect("a page");
        if page.accounts.is_empty() {
            break;
        }
        let at = page.figures.iter().position(|it| it.id == "health");
        let at = at.expect("accounts have a health score");
        let scored = page.accounts.into_iter();
        found.extend(scored.filter_map(|it| Some((it.customer, it.values[at]?))));
    }
    found
}

#[test]
fn a_score_of_a_past_day_is_that_of_files_that_end_on_it() {
    for settings in [String::new(), MEASURES.to_owned()] {
        let report = of(World::default(), &settings);
        assert_eq!(report.refusal, None);
        for days in [30, 90] {
            let look = report.horizons.iter().find(|it| it.days == days).unwrap();
            let cut = simulated::tables(World::default(), look.day);
            let options = options(&look.day.to_string(), &settings);
            let expected = health(&borrowed(&cut), &options);
            let found = scores(look);
            assert!(found.len() > 200, "{}", found.len());
            assert_eq!(found.len(), expected.len());
            for (customer, score) in found {
                let expected = expected[customer];
                assert!(
                    (score - expected).abs() < 1e-9,
                    "{customer}: {score}, {expected}"
                );
            }
        }
    }
}

#[test]
fn nothing_that_is_added_changed_or_removed_after_the_day_changes_a_score() {
    let world = World::default();
    let expected = of(world, "");
    let expected = scores(main_look(&expected))
        .into_iter()
        .map(|it| (it.0.to_owned(), it.1));
    let expected: BTreeMap<String, f64> = expected.collect();
    for future in [2, 3] {
        let other = of(World { future, ..world }, "");
        let look = main_look(&other);
        assert_eq!(look.day, day(THEN));
        let found = scores(look);
        assert_eq!(found.len(), expected.len());
        for (customer, score) in found {
            assert!((score - expected[customer]).abs() < 1e-12, "{customer}");
        }
    }
}

#[test]
fn the_area_is_the_share_of_pairs_and_the_counts_are_those_of_the_accounts() {
    let report = of(World::default(), MEASURES);
    let look = main_look(&report);
    let sides = |lost: bool| -> Vec<f64> {
        let own = look.tested.iter().filter(|it| it.lost == lost);
        own.map(|it| it.score).collect()
    };
    let (lost, kept) = (sides(true), sides(false));
    assert_eq!(
        (look.lost, look.accounts),
        (lost.len() as u64, look.tested.len() as u64)
    );
    let mut right = 0.0;
    for low in &lost {
        for high in &kept {
            right += match low.total_cmp(high) {
                std::cmp::Ordering::Less => 1.0,
                std::cmp::Ordering::Equal => 0.5,
                std::cmp::Ordering::Greater => 0.0,
            };
        }
    }
    let auc = look.auc.as_ref().unwrap();
    let pairs = (lost.len() * kept.len()) as f64;
    assert!((auc.value - right / pairs).abs() < 1e-12);
    assert!(
        auc.low < auc.value && auc.value < auc.high && auc.low > 0.5,
        "{auc:?}"
    );
    let red = look.tested.iter().filter(|it| it.band == "red");
    let (all, gone) = (
        red.clone().count() as u64,
        red.filter(|it| it.lost).count() as u64,
    );
    assert_eq!((look.bands[0].accounts, look.bands[0].lost), (all, gone));
    let caught = look.caught.as_ref().unwrap();
    assert!((caught.value - gone as f64 / look.lost as f64).abs() < 1e-12);
    assert_eq!(look.verdict, Some(Verdict::Real));
    assert_eq!(
        look.bins.iter().map(|it| it.accounts).sum::<u64>(),
        look.accounts
    );
    let reasons: Vec<&str> = look.left_out.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(reasons, ["began_later", "left_before"]);
    let left_out: u64 = look.left_out.iter().map(|it| it.count).sum();
    assert_eq!(left_out + look.accounts, 300);
}

#[test]
fn suggested_weights_find_what_drove_accounts_away() {
    let world = World {
        accounts: 900,
        ..World::default()
    };
    let report = of(world, MEASURES);
    let weights = main_look(&report).weights.as_ref().unwrap();
    let by_name: Vec<(&str, f64)> = weights
        .measures
        .iter()
        .map(|it| (it.measure.as_str(), it.suggested))
        .collect();
    let [used, tickets, answer] = [by_name[0].1, by_name[1].1, by_name[2].1];
    assert_eq!(by_name[0].0, "Active days in 30");
    assert!(
        used > tickets && tickets > answer && answer >= 0.0,
        "{by_name:?}"
    );
    assert!((used + tickets + answer - 1.0).abs() < 1e-9);
    let own: f64 = weights.measures.iter().map(|it| it.own).sum();
    assert!((own - 1.0).abs() < 1e-9);
    // The score with three equal weights listens to an answer that says nothing.
    let off = weights.difference.as_ref().unwrap();
    assert!((off.value - (weights.suggested.value - weights.own.value)).abs() < 1e-12);
    assert!(off.low > 0.0 && weights.verdict == Verdict::Real, "{off:?}");
    assert!(weights.brier.unwrap() < weights.brier_of_share);
}

#[test]
fn a_measure_that_points_the_wrong_way_is_suggested_nothing() {
    let settings = r#""customer_health_score.measures":[{"column":"accounts.active_days"},{"column":"accounts.open_tickets","direction":"high_is_good"}]"#;
    let report = of(World::default(), settings);
    let weights = main_look(&report).weights.as_ref().unwrap();
    let suggested: Vec<f64> = weights.measures.iter().map(|it| it.suggested).collect();
    assert_eq!(suggested, [1.0, 0.0]);
}

#[test]
fn noise_is_told_no_better_than_it_is() {
    let world = World {
        by_use: 0.0,
        by_tickets: 0.0,
        ..World::default()
    };
    for seed in 1..=u64::from(rounds(3)) {
        let report = of(World { seed, ..world }, MEASURES);
        let look = main_look(&report);
        let auc = look.auc.as_ref().unwrap();
        assert!(auc.low < 0.5 && auc.high > 0.5, "{auc:?}");
        if let Some(weights) = &look.weights {
            assert!(weights.suggested.low < 0.5, "{:?}", weights.suggested);
        }
    }
}

#[test]
fn too_few_lost_and_data_that_begin_later_are_refused_with_numbers() {
    let world = World {
        base: -60.0,
        ..World::default()
    };
    let report = of(world, MEASURES);
    let look = main_look(&report);
    assert_eq!(code(look), "backtest_too_few_lost");
    let message = &look.refusal.as_ref().unwrap().message;
    assert!(message.contains("0 had left"), "{message}");
    assert_eq!(look.auc, None);
    let settings = format!(r#"{MEASURES},"customer_health_score.backtest_days":1000"#);
    let report = of(World::default(), &settings);
    let days: Vec<u32> = report.horizons.iter().map(|it| it.days).collect();
    assert_eq!((report.main_days, days), (1000, vec![30, 90, 180, 1000]));
    assert_eq!(code(main_look(&report)), "backtest_too_short");
}

#[test]
fn columns_that_speak_of_today_are_left_out_and_named() {
    let tables = simulated::tables(World::default(), day(LAST));
    let list = String::from_utf8(tables[0].1.clone()).unwrap();
    // Without amounts it is a list of customers, whose columns may be measures.
    let lines = list.lines().enumerate().map(|(at, line)| {
        let cells: Vec<&str> = line.split(',').collect();
        let bare = [&cells[..3], &cells[4..]].concat().join(",");
        let own = (at * 7) % 30;
        match at {
            0 => (format!("{bare}\n"), format!("{bare},logins last 30 days\n")),
            _ => (format!("{bare}\n"), format!("{bare},{own}\n")),
        }
    });
    let (bare, list): (String, String) = lines.unzip();
    let mut with = borrowed(&tables);
    with[0].1 = bare.as_bytes();
    let bare = tested(&with, &options(LAST, ""));
    assert!(bare.left_out.is_empty(), "{:?}", bare.left_out);
    with[0].1 = list.as_bytes();
    let report = tested(&with, &options(LAST, ""));
    let left_out: Vec<&str> = report.left_out.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(left_out, ["logins last 30 days"]);
    assert_eq!(scores(main_look(&report)), scores(main_look(&bare)));
    let settings = r#""customer_health_score.measures":[{"column":"logins last 30 days"}]"#;
    let report = tested(&with, &options(LAST, settings));
    let refusal = report.refusal.unwrap();
    assert_eq!(refusal.code, "backtest_no_dated_measures");
    assert!(report.horizons.is_empty());
}

#[test]
fn without_a_ledger_a_score_or_accounts_nothing_is_tested() {
    let tables = simulated::tables(World::default(), day(LAST));
    let list = String::from_utf8(tables[0].1.clone()).unwrap();
    let list: String = list
        .lines()
        .map(|line| line.split(',').take(3).collect::<Vec<_>>().join(",") + "\n")
        .collect();
    let mut without = borrowed(&tables);
    without[0].1 = list.as_bytes();
    let kinds = r#"{"as_of":"2025-06-30","mapping":{"crm.csv":{"kind":"account"}}}"#;
    let refused = |report: BacktestReport| report.refusal.map(|it| it.code).unwrap_or_default();
    assert_eq!(refused(tested(&without, kinds)), "backtest_no_ledger");
    let alone = &borrowed(&tables)[..1];
    let query = BacktestQuery::default();
    let answer = asked(
        alone,
        &options(LAST, ""),
        Request::Backtest { ask: 1, query },
    );
    let answer = answer.map(|json| refused(serde_json::from_str(&json).unwrap()));
    assert!(
        matches!(
            answer.as_ref().unwrap_or_else(|it| it).as_str(),
            "backtest_no_score" | "no_accounts"
        ),
        "{answer:?}"
    );
}

#[test]
fn the_course_is_that_of_files_that_end_on_each_day() {
    // With lines of the reader's own a score is the same whoever else there is.
    let settings = r#""customer_health_score.measures":[
        {"column":"accounts.active_days","line":[[0,0],[20,100]]},
        {"column":"accounts.open_tickets","line":[[0,100],[4,0]],"weight":2},
        {"column":"accounts.last_nps","line":[[0,0],[10,100]],"group":"voice"}]"#;
    let tables = simulated::tables(World::default(), day(LAST));
    let query = BacktestQuery {
        months: 3,
        ..BacktestQuery::default()
    };
    let json = asked(
        &borrowed(&tables),
        &options(LAST, settings),
        Request::Backtest { ask: 1, query },
    );
    let report: BacktestReport = serde_json::from_str(&json.expect("a test")).expect("a test");
    assert_eq!(report.refusal, None);
    assert!(!report.horizons.is_empty());
    let days: Vec<String> = report.course.iter().map(|it| it.day.to_string()).collect();
    assert_eq!(days.last().map(String::as_str), Some(LAST));
    assert_eq!(days.len(), 4, "{days:?}");
    let mut customer = String::new();
    let mut own = Vec::new();
    for point in &report.course {
        let cut = simulated::tables(World::default(), point.day);
        let expected = health(&borrowed(&cut), &options(&point.day.to_string(), settings));
        assert_eq!(point.accounts as usize, expected.len(), "{}", point.day);
        let mean = expected.values().sum::<f64>() / expected.len() as f64;
        let (value, low, high) = (
            point.value.unwrap(),
            point.low.unwrap(),
            point.high.unwrap(),
        );
        assert!(
            (value - mean).abs() < 1e-9,
            "{}: {value}, {mean}",
            point.day
        );
        assert!(low < value && value < high);
        assert_eq!(point.bands.iter().sum::<u64>(), point.accounts);
        if customer.is_empty() {
            customer = expected.keys().next().unwrap().clone();
        }
        own.push(expected.get(&customer).copied());
    }
    // Of one account its own score is told, and nothing is tested.
    let query = BacktestQuery {
        months: 3,
        customer: Some(customer),
        ..BacktestQuery::default()
    };
    let ask = Request::Backtest { ask: 1, query };
    let json = asked(&borrowed(&tables), &options(LAST, settings), ask).expect("a course");
    let report: BacktestReport = serde_json::from_str(&json).expect("a course");
    assert!(report.horizons.is_empty());
    let found: Vec<Option<f64>> = report.course.iter().map(|it| it.score).collect();
    assert_eq!(found.len(), own.len());
    for (found, own) in found.into_iter().zip(own) {
        assert!((found.unwrap_or(-1.0) - own.unwrap_or(-1.0)).abs() < 1e-9);
    }
    let query = BacktestQuery {
        months: 1,
        customer: Some(String::from("nobody")),
        ..BacktestQuery::default()
    };
    let ask = Request::Backtest { ask: 1, query };
    let failed = asked(&borrowed(&tables), &options(LAST, settings), ask);
    assert_eq!(failed.unwrap_err(), "account_unknown");
}
