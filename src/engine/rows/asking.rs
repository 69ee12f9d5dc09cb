//! Questions about rows that wait for their answer.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::cells::{self, Written};
use super::pick::{self, LastFinding, Picked};
use super::query::RowsQuery;
use super::read_back::{self, Block};
use super::{csv, query};
use crate::engine::account_view;
use crate::engine::accounts::query::{AccountQuery, AccountsQuery};
use crate::engine::backtest::query::BacktestQuery;
use crate::engine::backtest_view::Backtest;
use crate::engine::base::Error;
use crate::engine::held::Held;
use crate::engine::protocol::Event;
use crate::engine::session::Told;
use crate::engine::sql_view::{self, SqlQuery};

/// Rows of one piece of the list.
const LISTED_AT_ONCE: usize = 1_000;

/// Answers questions one after the other; waits for bytes of the file in between.
#[derive(Debug, Default)]
pub struct Asking {
    waiting: VecDeque<Question>,
    at: Option<Work>,
    /// A back-test at work, with the number of its question.
    testing: Option<(u32, Backtest)>,
    last: LastFinding,
}

/// Bytes of a source that are wanted.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct ByteRange {
    /// The source, by its place in the request that opened it.
    pub source: usize,
    /// The first byte.
    pub start: u64,
    /// The byte after the last.
    pub end: u64,
}

#[derive(Clone, Debug)]
enum Question {
    Rows {
        ask: u32,
        query: Box<RowsQuery>,
    },
    Accounts {
        ask: u32,
        query: AccountsQuery,
    },
    Account {
        ask: u32,
        query: AccountQuery,
    },
    Backtest {
        ask: u32,
        query: BacktestQuery,
    },
    Sql {
        ask: u32,
        query: SqlQuery,
    },
    /// The list, from this row of this table on.
    Ledger {
        ask: u32,
        table: usize,
        row: u32,
    },
}

/// A question whose rows are known, while they are read back.
#[derive(Debug)]
struct Work {
    question: Question,
    picked: Picked,
    source: usize,
    blocks: VecDeque<Block>,
    written: BTreeMap<u32, Written>,
    /// What follows this piece of a list.
    then: Option<Question>,
}

impl Asking {
    /// Takes a question about rows.
    pub fn rows(&mut self, ask: u32, query: RowsQuery) {
        let query = Box::new(query);
        self.waiting.push_back(Question::Rows { ask, query });
    }

    /// Takes the wish for the whole list.
    pub fn ledger(&mut self, ask: u32) {
        self.waiting.push_back(Question::Ledger {
            ask,
            table: 0,
            row: 0,
        });
    }

    /// Takes a question about accounts.
    pub fn accounts(&mut self, ask: u32, query: AccountsQuery) {
        self.waiting.push_back(Question::Accounts { ask, query });
    }

    /// Takes a question about one account.
    pub fn account(&mut self, ask: u32, query: AccountQuery) {
        self.waiting.push_back(Question::Account { ask, query });
    }

    /// Takes a question about how well the score has worked.
    pub fn backtest(&mut self, ask: u32, query: BacktestQuery) {
        self.waiting.push_back(Question::Backtest { ask, query });
    }

    /// Takes the wish for figures as SQL.
    pub fn sql(&mut self, ask: u32, query: SqlQuery) {
        self.waiting.push_back(Question::Sql { ask, query });
    }

    /// A run begins: what is being answered is looked up again after it.
    pub fn start_over(&mut self) {
        self.last.forget();
        if let Some(work) = self.at.take() {
            self.waiting.push_front(work.question);
        }
        if let Some((ask, testing)) = self.testing.take() {
            let query = testing.query().clone();
            self.waiting.push_front(Question::Backtest { ask, query });
        }
    }

    /// The bytes that are wanted for the answer at hand.
    pub fn wants_range(&self) -> Option<ByteRange> {
        let work = self.at.as_ref()?;
        let block = work.blocks.front()?;
        Some(ByteRange {
            source: work.source,
            start: block.from.byte,
            end: block.to.byte,
        })
    }

    /// The wanted bytes, or nothing where they cannot be had.
    pub fn feed_range(&mut self, held: &[Held], bytes: Option<&[u8]>) {
        let Some(work) = self.at.as_mut() else { return };
        let Some(block) = work.blocks.pop_front() else {
            return;
        };
        let (Some(bytes), Some(one)) = (bytes, held.get(work.picked.table)) else {
            // A file that cannot be read once will not be the next time.
            work.blocks.clear();
            return;
        };
        let wanted: BTreeSet<u32> = work.picked.rows.iter().map(|(row, _)| *row).collect();
        let records = read_back::records(&one.table, block, bytes);
        let wanted = records.into_iter().filter(|(row, _)| wanted.contains(row));
        work.written.extend(wanted);
    }

    /// Does one slice of work.
    pub fn step(&mut self, held: &[Held], told: Option<&mut Told>) -> Option<Event> {
        if self.wants_range().is_some() {
            return None;
        }
        if let Some(work) = self.at.take() {
            return Some(self.answer(work, held, told?));
        }
        if let Some((ask, testing)) = self.testing.take() {
            return Some(self.test(ask, testing, (held, told?)));
        }
        let question = self.waiting.pop_front()?;
        let ask = match &question {
            Question::Rows { ask, .. }
            | Question::Ledger { ask, .. }
            | Question::Accounts { ask, .. }
            | Question::Account { ask, .. }
            | Question::Sql { ask, .. }
            | Question::Backtest { ask, .. } => *ask,
        };
        let Some(told) = told else {
            return Some(Event::Unanswered {
                ask,
                error: Error::new(
                    "nothing_loaded",
                    "There are no rows to show.",
                    "Load a table first.",
                ),
            });
        };
        if let Question::Backtest { ask, query } = question {
            return Some(self.test(ask, Backtest::new(query), (held, told)));
        }
        if let Question::Sql { ask, query } = question {
            return Some(match sql_view::figures(&query, (held, told)) {
                Ok(figures) => Event::Sql {
                    ask,
                    text: sql_view::text(&query, &figures),
                    figures: serde_json::to_string(&figures).unwrap_or_default(),
                },
                Err(error) => Event::Unanswered { ask, error },
            });
        }
        let about_accounts = match &question {
            Question::Accounts { query, .. } => Some(account_view::page(query, (held, told))),
            Question::Account { query, .. } => Some(account_view::one(query, (held, told))),
            Question::Rows { .. }
            | Question::Ledger { .. }
            | Question::Sql { .. }
            | Question::Backtest { .. } => None,
        };
        if let Some(answer) = about_accounts {
            return Some(match answer {
                Ok(accounts) => Event::Accounts { ask, accounts },
                Err(error) => Event::Unanswered { ask, error },
            });
        }
        match self.picked(question, held, told) {
            Ok(work) if work.blocks.is_empty() => Some(self.answer(work, held, told)),
            Ok(work) => {
                self.at = Some(work);
                None
            }
            Err(error) => Some(Event::Unanswered { ask, error }),
        }
    }

    /// Does one slice of a back-test.
    fn test(&mut self, ask: u32, mut testing: Backtest, of: (&[Held], &Told)) -> Event {
        match testing.step(of) {
            Some(Ok(accounts)) => Event::Accounts { ask, accounts },
            Some(Err(error)) => Event::Unanswered { ask, error },
            None => {
                self.testing = Some((ask, testing));
                // A sign of life, of no run.
                Event::Progress {
                    run: 0,
                    bytes_read: 0.0,
                    bytes_total: 0.0,
                    rows_read: 0.0,
                }
            }
        }
    }

    /// Looks up the rows of a question.
    fn picked(&mut self, question: Question, held: &[Held], told: &Told) -> Result<Work, Error> {
        let (picked, then) = match &question {
            Question::Rows { query, .. } => {
                let found = pick::pick(query, (held, told), &mut self.last)?;
                (found, None)
            }
            Question::Ledger { ask, table, row } => {
                let understood = told.tables.get(*table);
                let (rows, next) = understood.map_or((Vec::new(), None), |understood| {
                    let one = held.get(*table);
                    let per_record = one.map_or(1, |one| one.table.rows_per_record);
                    pick::listed(understood, per_record, *row, LISTED_AT_ONCE)
                });
                let (table_after, row_after) = match next {
                    Some(row) => (*table, row),
                    None => (*table + 1, 0),
                };
                let then = (table_after < told.tables.len()).then_some(Question::Ledger {
                    ask: *ask,
                    table: table_after,
                    row: row_after,
                });
                let picked = Picked {
                    table: *table,
                    rows,
                    ..Picked::default()
                };
                (picked, then)
            }
            // They are answered before rows are looked for.
            Question::Accounts { .. }
            | Question::Account { .. }
            | Question::Sql { .. }
            | Question::Backtest { .. } => (Picked::default(), None),
        };
        let one = held.get(picked.table);
        Ok(Work {
            source: one.map_or(0, |one| one.source),
            blocks: one.map_or_else(VecDeque::new, |one| read_back::blocks(&one.table, &picked)),
            written: BTreeMap::new(),
            question,
            picked,
            then,
        })
    }

    fn answer(&mut self, work: Work, held: &[Held], told: &Told) -> Event {
        let place = work.picked.table;
        let rows = match (held.get(place), told.tables.get(place)) {
            (Some(one), Some(understood)) => {
                cells::rows(&work.picked, one, understood, &work.written)
            }
            _ => query::Rows::default(),
        };
        match work.question {
            Question::Rows { ask, .. } => Event::Rows {
                ask,
                rows: serde_json::to_string(&rows).unwrap_or_default(),
            },
            Question::Accounts { ask, .. }
            | Question::Account { ask, .. }
            | Question::Sql { ask, .. }
            | Question::Backtest { ask, .. } => Event::Accounts {
                ask,
                accounts: String::new(),
            },
            Question::Ledger { ask, table, row } => {
                let is_last = work.then.is_none();
                if let Some(then) = work.then {
                    self.waiting.push_front(then);
                }
                let mut text = csv::lines(&rows);
                if (table, row) == (0, 0) {
                    text.insert_str(0, csv::HEADER);
                }
                Event::Ledger { ask, text, is_last }
            }
        }
    }
}
