//! Conversations with a session, as the worker holds them.

mod support;

use kept::engine::options::Options;
use kept::engine::protocol::{Event, Request, Source};
use kept::engine::session::Session;
use support::{finish, open, options, report_on};

const SURVEY: &[u8] = b"respondent,nps,plan\n1,10,team\n2,9,team\n3,2,solo\n4,8,solo\n";

#[test]
fn another_segment_is_answered_without_reading_again() {
    let mut session = Session::new();
    let first = open(&mut session, 1, &[("a.csv", SURVEY)], &Options::default()).unwrap();
    session.accept(Request::Update {
        run: 2,
        options: options(r#"{"segment":"plan"}"#),
    });
    let second = finish(&mut session, &[]).unwrap();
    assert_ne!(first, second);
    assert!(second.contains(r#""is":"team""#));
}

#[test]
fn a_run_that_fails_leaves_what_was_held() {
    let mut session = Session::new();
    let before = open(&mut session, 1, &[("a.csv", SURVEY)], &Options::default()).unwrap();
    for (bytes, code) in [
        (&b""[..], "empty_input"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not_a_table"),
        (b"a,b,c\n", "no_rows"),
    ] {
        let error = open(&mut session, 2, &[("b.csv", bytes)], &Options::default()).unwrap_err();
        assert_eq!(error.code, code);
        assert!(error.message.ends_with("b.csv") && !error.hint.is_empty());
    }
    session.accept(Request::Update {
        run: 3,
        options: Options::default(),
    });
    assert_eq!(finish(&mut session, &[]).unwrap(), before);
}

#[test]
fn one_broken_file_among_several_is_a_note() {
    let report = report_on(
        &[("bad.csv", b"%PDF-1.7"), ("good.csv", SURVEY)],
        &Options::default(),
    )
    .unwrap();
    assert_eq!(report.tables.len(), 1);
    assert_eq!(
        (
            report.notes[0].code.as_str(),
            report.notes[0].table.as_deref()
        ),
        ("not_a_table", Some("bad.csv"))
    );
}

#[test]
fn a_new_request_drops_the_one_before() {
    let mut session = Session::new();
    let source = |name: &str| Source {
        name: name.to_owned(),
        size_bytes: None,
    };
    session.accept(Request::Open {
        run: 1,
        sources: vec![source("a.csv")],
        options: Options::default(),
    });
    session.feed(b"respondent,nps\n");
    session.accept(Request::Open {
        run: 2,
        sources: vec![source("b.csv")],
        options: Options::default(),
    });
    finish(&mut session, &[("b.csv", SURVEY)]).unwrap();
    assert!(session.step().is_none());
}

#[test]
fn an_update_without_a_table_is_an_error() {
    let mut session = Session::new();
    session.accept(Request::Update {
        run: 1,
        options: Options::default(),
    });
    assert!(
        matches!(session.step(), Some(Event::Failed { run: 1, error }) if error.code == "nothing_loaded")
    );
}

/// The same bytes and options give the same report, byte for byte, however the bytes arrive.
#[test]
fn reports_are_the_same_to_the_byte() {
    let mut text = String::from("ticket_id,created_at,resolved_at,team\n");
    for ticket in 0..20_000 {
        let row = format!(
            "T{ticket},2025-01-{:02}T{:02}:00:00Z,2025-02-{:02}T{:02}:30:00Z,\"team \"\"{}\"\"\"\n",
            ticket % 28 + 1,
            ticket % 24,
            ticket % 27 + 1,
            ticket % 13,
            ticket % 5
        );
        text.push_str(&row);
    }
    let whole = open(
        &mut Session::new(),
        1,
        &[("t.csv", text.as_bytes())],
        &options(r#"{"segment":"team"}"#),
    )
    .unwrap();
    let again = open(
        &mut Session::new(),
        1,
        &[("t.csv", text.as_bytes())],
        &options(r#"{"segment":"team"}"#),
    )
    .unwrap();
    assert_eq!(whole, again);
    assert!(!whole.contains("NaN") && !whole.contains("null,null,null,null,null,null,null"));
}

#[test]
fn a_table_of_an_unknown_kind_is_in_the_report() {
    let report = report_on(
        &[("x.csv", b"colour,shape\nred,round\nblue,square\n")],
        &Options::default(),
    )
    .unwrap();
    let table = &report.tables[0];
    assert_eq!(
        (table.kind.as_deref(), table.rows.read, table.rows.used),
        (None, 2, 0)
    );
    assert_eq!(table.rows.left_out[0].reason, "kind_unknown");
    assert_eq!(table.questions[0].code, "kind");
}
