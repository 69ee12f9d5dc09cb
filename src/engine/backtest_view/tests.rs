use std::fmt::Write as _;

use super::*;
use crate::engine::options::Options;
use crate::engine::protocol::{Event, Request, Source as File};
use crate::engine::session::Session;

/// Thirty accounts of which ten leave in May, each with a day of use a week until it leaves.
fn opened() -> Session {
    let mut list = String::from("account id,account name,started on,ended on\n");
    let mut events = String::from("user,account id,timestamp,event\n");
    let begin = Date::from_ymd(2025, 1, 6).unwrap();
    for number in 0..30 {
        let leaves = number % 3 == 0;
        let end = if leaves { "2025-05-20" } else { "" };
        writeln!(list, "A{number},Account {number},2024-01-05,{end}").unwrap();
        for week in 0..(if leaves { 19 } else { 25 }) {
            for day in 0..=(number % 5) {
                let at = begin.plus_days(week * 7 + day);
                writeln!(events, "u{number},A{number},{at} 08:00,login").unwrap();
            }
        }
    }
    let tables = [list.into_bytes(), events.into_bytes()];
    let mut session = Session::new();
    let file = |name: &str| File {
        name: name.to_owned(),
        size_bytes: None,
    };
    session.accept(Request::Open {
        run: 1,
        sources: vec![file("crm.csv"), file("events.csv")],
        options: Options {
            as_of: Date::from_ymd(2025, 6, 30),
            ..Options::default()
        },
    });
    loop {
        match session.step() {
            Some(Event::Finished { .. }) => return session,
            Some(_) => {}
            None => {
                let wanted = session.wants().unwrap();
                session.feed(&tables[wanted]);
                session.end_of_source();
            }
        }
    }
}

fn tested(tell: Teller) -> BacktestReport {
    let session = opened();
    let (held, told) = session.parts();
    let mut work = Backtest::new(BacktestQuery::default());
    work.tell = tell;
    loop {
        if let Some(json) = work.step((held, told.unwrap())) {
            return serde_json::from_str(&json.unwrap()).unwrap();
        }
    }
}

/// All events of the file, whenever they happened.
fn all_events(sources: &[Source<'_>], as_of: AsOf) -> Accounts {
    let mut told = accounts::tell(sources, as_of);
    let mut counts = as_of.filled(0.0);
    for source in sources {
        let events = source.facts.activity.as_ref();
        for reasons in events.iter().map(|events| &events.reasons) {
            for (_, account) in source.rows(reasons) {
                counts[account] += 1.0;
            }
        }
    }
    let own = told.figures.iter_mut().find(|it| it.id == "active_days");
    own.unwrap().values = counts;
    told
}

/// What is known two months later.
fn later(sources: &[Source<'_>], as_of: AsOf) -> Accounts {
    let day = as_of.day.plus_days(60);
    accounts::tell(sources, AsOf { day, ..as_of })
}

#[test]
fn a_figure_that_passes_the_gate_by_is_caught_and_nothing_is_shown() {
    let honest = tested(accounts::tell);
    assert_eq!(honest.refusal, None);
    let look = honest.horizons.iter().find(|it| it.days == 90).unwrap();
    assert_eq!((look.accounts, look.lost), (30, 10), "{look:?}");
    assert!(look.auc.is_some(), "{look:?}");
    for leaky in [all_events as Teller, later] {
        let report = tested(leaky);
        let refusal = report.refusal.unwrap();
        assert_eq!(refusal.code, "backtest_leak");
        assert!(
            refusal.message.contains("“Active days "),
            "{}",
            refusal.message
        );
        assert!(report.horizons.is_empty());
    }
}
