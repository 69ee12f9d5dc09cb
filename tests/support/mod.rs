//! What the tests share: driving a session as the worker does.
#![expect(
    clippy::expect_used,
    clippy::panic,
    unreachable_pub,
    reason = "test code; each test file is a crate of its own"
)]
#![allow(dead_code, reason = "not every test file uses all of it")]

pub mod long;

use kept::engine::base::Error;
use kept::engine::options::Options;
use kept::engine::protocol::{Event, Request, Source};
use kept::engine::report::{Finding, Report};
use kept::engine::rows::Rows;
use kept::engine::session::Session;

/// The report on some tables, read in pieces of 64 KiB as a browser gives them.
pub fn report_on(tables: &[(&str, &[u8])], options: &Options) -> Result<Report, Error> {
    let mut session = Session::new();
    open(&mut session, 1, tables, options)
        .map(|json| serde_json::from_str(&json).expect("a report is readable"))
}

/// Opens tables in a session and gives the report's JSON.
pub fn open(
    session: &mut Session,
    run: u32,
    tables: &[(&str, &[u8])],
    options: &Options,
) -> Result<String, Error> {
    let sources = tables
        .iter()
        .map(|(name, bytes)| Source {
            name: (*name).to_owned(),
            size_bytes: Some(bytes.len() as f64),
        })
        .collect();
    session.accept(Request::Open {
        run,
        sources,
        options: options.clone(),
    });
    finish(session, tables)
}

/// Steps a session until its run is over.
pub fn finish(session: &mut Session, tables: &[(&str, &[u8])]) -> Result<String, Error> {
    loop {
        match session.step() {
            Some(Event::Finished { report, .. }) => return Ok(report),
            Some(Event::Failed { error, .. }) => return Err(error),
            Some(_) => {}
            None => {
                let wanted = session.wants().expect("a session that waits wants bytes");
                for piece in tables[wanted].1.chunks(64 * 1024) {
                    session.feed(piece);
                    if session.wants() != Some(wanted) {
                        break;
                    }
                }
                if session.wants() == Some(wanted) {
                    session.end_of_source();
                }
            }
        }
    }
}

/// Asks for rows and gives the answer; bytes of the file are read where they are wanted.
pub fn rows(session: &mut Session, tables: &[(&str, &[u8])], query: &str) -> Result<Rows, Error> {
    session.accept(Request::Rows {
        ask: 7,
        query: serde_json::from_str(query).expect("a query is readable"),
    });
    loop {
        match answer(session, tables) {
            Event::Rows { ask: 7, rows } => {
                return Ok(serde_json::from_str(&rows).expect("rows are readable"));
            }
            Event::Unanswered { ask: 7, error } => return Err(error),
            Event::Rows { .. } => {}
            other => panic!("{other:?} is no answer"),
        }
    }
}

/// The list of everything left out or unreadable.
pub fn ledger(session: &mut Session, tables: &[(&str, &[u8])]) -> String {
    session.accept(Request::Ledger { ask: 8 });
    let mut list = String::new();
    loop {
        match answer(session, tables) {
            Event::Ledger { text, is_last, .. } => {
                list.push_str(&text);
                if is_last {
                    return list;
                }
            }
            other => panic!("{other:?} is no answer"),
        }
    }
}

pub fn answer(session: &mut Session, tables: &[(&str, &[u8])]) -> Event {
    for _ in 0..1_000_000 {
        if let Some(event) = session.step() {
            return event;
        }
        if let Some(range) = session.wants_range() {
            let bytes = tables[range.source].1;
            session.feed_range(bytes.get(range.start as usize..range.end as usize));
        }
    }
    panic!("the question is never answered")
}

/// Options from JSON; empty text for none.
pub fn options(json: &str) -> Options {
    if json.is_empty() {
        Options::default()
    } else {
        serde_json::from_str(json).expect("options are readable")
    }
}

/// The only finding of the KPI.
pub fn finding<'a>(report: &'a Report, kpi: &str) -> &'a Finding {
    report
        .findings
        .iter()
        .find(|finding| finding.kpi == kpi)
        .unwrap_or_else(|| panic!("no finding for {kpi}"))
}

/// Fails unless the numbers agree to the relative tolerance.
#[track_caller]
pub fn assert_close(found: f64, expected: f64, tolerance: f64, what: &str) {
    let allowed = tolerance * expected.abs().max(1e-9);
    assert!(
        (found - expected).abs() <= allowed,
        "{what}: {found} is not {expected}"
    );
}
