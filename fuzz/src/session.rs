//! A conversation with a session, in any order.

use kept::engine::accounts::query::{AccountQuery, AccountsQuery};
use kept::engine::backtest::query::BacktestQuery;
use kept::engine::base::Error;
use kept::engine::options::Options;
use kept::engine::protocol::{Event, Request, Source};
use kept::engine::report::Report;
use kept::engine::session::Session;
use kept::engine::sql_view::SqlQuery;

const NAMES: [&str; 4] = ["a.csv", "a.json", "a.xlsx", "pasted"];
const CHOICES: [&str; 8] = [
    "{}",
    r#"{"segment":"plan"}"#,
    r#"{"as_of":"2025-06-30","period":{"unit":"quarter","count":2},"compare":"year_before"}"#,
    r#"{"filter":[{"column":"plan","is":["team","a"]}],"timezone":"+02:00"}"#,
    r#"{"mapping":{"a.csv":{"columns":{"plan":"score","b":null,"date":"created_at"},"decimal":",","missing":[11,-99]}}}"#,
    r#"{"mapping":{"pasted":{"kind":"subscription","header_row":0,"date_order":"day_first"}}}"#,
    r#"{"mapping":{"a.csv":{"delimiter":";","header_row":2}},"kpis":["net_promoter_score"]}"#,
    r#"{"targets":{"net_promoter_score":40},"currency":"EUR","locale":"de"}"#,
];
const QUERIES: [&str; 4] = [
    r#"{"table":"a.csv"}"#,
    r#"{"table":"a.csv","bucket":"left_out","count":3}"#,
    r#"{"table":"pasted","bucket":"used","from":1,"count":2}"#,
    r#"{"table":"a.csv","finding":"net_promoter_score","column":"nps","count":9999999}"#,
];
const MOST_STEPS: usize = 20_000;

/// Whatever is asked, in whatever order, a run ends with a report whose rows all ended somewhere,
/// or with a stated error; and what was held is held still.
///
/// Up to a form feed each byte is something done; what follows are the sources, each up to
/// another form feed.
pub fn check(data: &[u8]) {
    let mut parts = data.split(|byte| *byte == 0x0C);
    let deeds = parts.next().unwrap_or_default();
    let sources: Vec<&[u8]> = parts.take(3).collect();
    let mut session = Session::new();
    let mut talk = Talk {
        places: vec![0; sources.len()],
        sources,
        run: 0,
    };
    for deed in deeds.iter().take(200) {
        talk.act(&mut session, *deed);
    }
    talk.act(&mut session, 0);
    talk.finish(&mut session);
    talk.ask(&mut session);
    talk.act(&mut session, 1);
    talk.finish(&mut session);
}

struct Talk<'a> {
    sources: Vec<&'a [u8]>,
    /// How much of each was fed.
    places: Vec<usize>,
    run: u32,
}

impl Talk<'_> {
    /// The low three bits say what, the others how.
    fn act(&mut self, session: &mut Session, deed: u8) {
        let how = usize::from(deed >> 3);
        match deed & 7 {
            0 => session.accept(self.open(how)),
            1 => {
                self.run += 1;
                session.accept(Request::Update {
                    run: self.run,
                    options: options(how),
                });
            }
            2 => session.end_of_source(),
            3 if how % 3 == 0 => session.source_failed(gone()),
            3 if how % 3 == 1 => Self::ask_rows(session, how / 3),
            3 if how % 2 == 0 => Self::ask_accounts(session, how),
            3 => session.accept(Request::Ledger { ask: 2 }),
            4 => {
                let _ = session.progress();
            }
            5 => self.feed(session, 1 + how * how * how),
            _ => {
                if let Some(event) = session.step() {
                    assert_honest(&event);
                }
            }
        }
    }

    fn open(&mut self, how: usize) -> Request {
        self.run += 1;
        self.places.fill(0);
        let named = (how..).zip(&self.sources).map(|(name, source)| Source {
            name: NAMES[name % NAMES.len()].to_owned(),
            size_bytes: (name % 2 == 0).then_some(source.len() as f64),
        });
        Request::Open {
            run: self.run,
            sources: named.collect(),
            options: options(how / 4),
        }
    }

    /// Feeds so many bytes of the wanted source; at its end the end is told.
    fn feed(&mut self, session: &mut Session, count: usize) {
        let Some(wanted) = session.wants() else {
            self.feed_range(session, count);
            return;
        };
        let (source, place) = (self.sources[wanted], self.places[wanted]);
        if place == source.len() {
            // From the beginning, should it be wanted again.
            self.places[wanted] = 0;
            session.end_of_source();
            return;
        }
        let end = source.len().min(place + count);
        self.places[wanted] = end;
        session.feed(&source[place..end]);
    }

    fn ask_accounts(session: &mut Session, number: usize) {
        let sort = ["health", "revenue", "name", "customer", "nonsense"];
        let query = AccountsQuery {
            sort: Some(sort[number % sort.len()].to_owned()),
            descending: number.is_multiple_of(2),
            ..AccountsQuery::default()
        };
        session.accept(Request::Accounts { ask: 1, query });
        let customer = ["A1", "1", ""][number % 3].to_owned();
        let query = AccountQuery {
            customer: customer.clone(),
            suppose: [("logins".to_owned(), number.is_multiple_of(2).then_some(1e9))].into(),
        };
        session.accept(Request::Account { ask: 1, query });
        let query = BacktestQuery {
            months: (number % 5) as u32,
            customer: number.is_multiple_of(3).then_some(customer),
            ..BacktestQuery::default()
        };
        session.accept(Request::Backtest { ask: 1, query });
    }

    fn ask_rows(session: &mut Session, number: usize) {
        let text = QUERIES[number % QUERIES.len()];
        let query = serde_json::from_str(text);
        session.accept(Request::Rows {
            ask: 1,
            query: query.unwrap_or_else(|error| panic!("{text}: {error}")),
        });
    }

    /// Feeds the wanted part of a file, or says now and then that it cannot be had.
    fn feed_range(&self, session: &mut Session, count: usize) {
        match session.wants_range() {
            Some(range) => {
                let source = self.sources[range.source];
                let place = |at: u64| (at as usize).min(source.len());
                let bytes = &source[place(range.start)..place(range.end)];
                session.feed_range((!count.is_multiple_of(5)).then_some(bytes));
            }
            None => session.feed(b"what nobody wants"),
        }
    }

    /// Asks for rows and for the ledger; both are answered, whatever is held.
    fn ask(&self, session: &mut Session) {
        for number in 0..QUERIES.len() {
            Self::ask_rows(session, number);
        }
        Self::ask_accounts(session, 0);
        let query = SqlQuery::default();
        session.accept(Request::Sql { ask: 3, query });
        session.accept(Request::Ledger { ask: 2 });
        let mut answers = 0;
        for _ in 0..MOST_STEPS {
            match session.step() {
                Some(Event::Unanswered { ask: 2, .. } | Event::Ledger { is_last: true, .. }) => {
                    return;
                }
                Some(Event::Rows { .. } | Event::Accounts { .. } | Event::Unanswered { .. }) => {
                    answers += 1;
                }
                Some(_) => {}
                None => self.feed_range(session, 4_096),
            }
        }
        panic!("of {} questions {answers} were answered", QUERIES.len() + 4);
    }

    fn finish(&mut self, session: &mut Session) {
        for _ in 0..MOST_STEPS {
            match session.step() {
                Some(event) => {
                    assert_honest(&event);
                    if matches!(event, Event::Finished { .. } | Event::Failed { .. }) {
                        return;
                    }
                }
                None if session.wants().is_some() => self.feed(session, 4_096),
                None => panic!("the run has no end"),
            }
        }
        panic!("the run does not end");
    }
}

fn gone() -> Error {
    Error::new("unreadable", "The file is gone.", "Choose it again.")
}

fn options(number: usize) -> Options {
    let text = CHOICES[number % CHOICES.len()];
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn assert_honest(event: &Event) {
    match event {
        Event::Finished { report, .. } => {
            let report: Report = serde_json::from_str(report)
                .unwrap_or_else(|error| panic!("the report is unreadable: {error}"));
            for table in &report.tables {
                let left_out: u64 = table.rows.left_out.iter().map(|left| left.count).sum();
                assert_eq!(table.rows.read, table.rows.used + left_out);
            }
        }
        Event::Failed { error, .. } => {
            assert!(!error.code.is_empty() && !error.hint.is_empty());
        }
        Event::Unanswered { error, .. } => assert!(!error.code.is_empty()),
        Event::Accounts { accounts, .. } => {
            let read: Result<serde_json::Value, _> = serde_json::from_str(accounts);
            assert!(
                read.is_ok_and(|it| it.is_object()),
                "accounts are unreadable"
            );
        }
        Event::Sql { figures, .. } => {
            let read: Result<serde_json::Value, _> = serde_json::from_str(figures);
            assert!(read.is_ok_and(|it| it.is_array()), "queries are unreadable");
        }
        Event::Ready { .. }
        | Event::Progress { .. }
        | Event::Rows { .. }
        | Event::Calculated { .. }
        | Event::Ledger { .. } => {}
    }
}
