//! The session: requests in, events out. A state machine without a browser.
//!
//! Takes: [`Request`]s and bytes. Gives: [`Event`]s, one slice of work at a time.
//! Never: loses what it holds because a new run fails.

use std::collections::VecDeque;

use super::accounts::Accounts;
use super::ahead::{self, Ahead};
use super::base::{Error, Note};
use super::bridges::StepRows;
use super::facts::{Frame, Health};
use super::fates::Understood;
use super::held::{self, Held, HeldSources};
use super::joins::Joins;
use super::known::Known;
use super::options::Options;
use super::protocol::{Event, Request, VERSION};
use super::reading::{self, Reading};
use super::reasons::ReasonRows;
use super::row_set::RowSet;
use super::rows::asking::{Asking, ByteRange};
use super::run::Run;
use super::{calculator, roles};

/// Holds what was read, and works in slices.
#[derive(Debug, Default)]
pub struct Session {
    held: Vec<Held>,
    sources: HeldSources,
    /// Tables that could not be read, told in every report on those that could.
    unread: Vec<Note>,
    reading: Option<(Reading, Run)>,
    run: Option<Run>,
    /// What the last run that ended well made of the tables that are held.
    told: Option<Told>,
    /// What the last run knew of the tables that are held, for one that asks the same of them.
    known: Known,
    /// What may be asked for next.
    ahead: Ahead,
    asking: Asking,
    events: VecDeque<Event>,
    /// What was worked out from typed figures; no run puts it aside.
    answers: VecDeque<Event>,
}

/// What a run made of the tables.
#[derive(Debug)]
pub struct Told {
    /// One a table.
    pub tables: Vec<Understood>,
    /// Zone and last day.
    pub frame: Frame,
    /// The choices of that run.
    pub options: Options,
    /// The rows behind the steps of bridges.
    pub bridge_rows: Vec<BridgeRows>,
    /// The rows behind the reasons of findings.
    pub reason_rows: Vec<FindingReasons>,
    /// The accounts, and the rows of all tables that speak of them.
    pub joins: Option<Joins>,
    /// What is known of the accounts.
    pub accounts: Option<Accounts>,
    /// The measures of their health, and the rule by which it is scored.
    pub health: Option<(Health, String)>,
    /// The rows of each group of customers.
    pub group_rows: Vec<GroupRows>,
}

/// The rows of a group of customers.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupRows {
    /// The table, by its place among those held.
    pub table: usize,
    /// Such as `orders/champions`.
    pub group: String,
    /// The rows.
    pub rows: RowSet,
}

/// Which finding of which table.
#[derive(Clone, Debug, PartialEq)]
pub struct FindingPlace {
    /// The table, by its place among those held.
    pub table: usize,
    /// The finding as questions about rows name it in full.
    pub name: String,
}

impl FindingPlace {
    /// Whether a question about rows of this table means it: by its full name, or by the beginning
    /// of it.
    pub fn is_meant(&self, table: usize, asked: &str) -> bool {
        let rest = self.name.strip_prefix(asked);
        self.table == table && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// The rows behind the reasons of a finding.
#[derive(Clone, Debug, PartialEq)]
pub struct FindingReasons {
    /// The finding.
    pub finding: FindingPlace,
    /// The rows.
    pub rows: ReasonRows,
}

/// The rows behind one step from a rule to another.
#[derive(Clone, Debug, PartialEq)]
pub struct BridgeRows {
    /// The finding.
    pub finding: FindingPlace,
    /// The rule, the step and the rows.
    pub of_step: StepRows,
}

impl Session {
    /// A session that holds nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// The greeting: version and catalogues.
    pub fn ready() -> Event {
        Event::Ready {
            version: VERSION,
            catalogue: json(&calculator::terms::catalogue()),
            roles: json(&roles::catalogue()),
        }
    }

    /// Begins a run, in place of an unfinished earlier one; or takes a question about rows, which
    /// is answered when no run is under way.
    pub fn accept(&mut self, request: Request) {
        match request {
            Request::Rows { ask, query } => return self.asking.rows(ask, query),
            Request::Ledger { ask } => return self.asking.ledger(ask),
            Request::Accounts { ask, query } => return self.asking.accounts(ask, query),
            Request::Account { ask, query } => return self.asking.account(ask, query),
            Request::Backtest { ask, query } => return self.asking.backtest(ask, query),
            Request::Sql { ask, query } => return self.asking.sql(ask, query),
            Request::Calculate { ask, query } => {
                let event = match calculator::calculate(&query) {
                    Ok(found) => Event::Calculated {
                        ask,
                        calculation: json(&found),
                    },
                    Err(error) => Event::Unanswered { ask, error },
                };
                return self.answers.push_back(event);
            }
            Request::Open { .. } | Request::Update { .. } => {}
        }
        self.events.clear();
        self.reading = None;
        self.ahead.stop(&mut self.known);
        if let Some(run) = self.run.take() {
            self.known = run.into_known();
        }
        self.asking.start_over();
        match request {
            Request::Open {
                run,
                sources,
                options,
            } => {
                if sources.is_empty() {
                    self.fail(run, nothing_to_read());
                    return;
                }
                // Room for another table.
                self.known = Known::default();
                self.ahead = Ahead::default();
                let options = options.resolved();
                let todo = (0..sources.len()).collect();
                if let Some(computing) = self.begun(run, &options) {
                    let reading = Reading::new((run, run), sources, options, todo);
                    self.reading = Some((reading, computing));
                }
            }
            Request::Update { run, options } => self.update(run, options.resolved()),
            Request::Rows { .. }
            | Request::Ledger { .. }
            | Request::Accounts { .. }
            | Request::Account { .. }
            | Request::Backtest { .. }
            | Request::Sql { .. }
            | Request::Calculate { .. } => {}
        }
    }

    /// Other choices on what is held; sources are read again only where these say so.
    fn update(&mut self, run: u32, options: Options) {
        if self.held.is_empty() {
            self.fail(
                run,
                Error::new(
                    "nothing_loaded",
                    "No table is loaded.",
                    "Load a file first.",
                ),
            );
            return;
        }
        let Some(computing) = self.begun(run, &options) else {
            return;
        };
        let again = reading::to_read_again(&options, &self.held, &self.sources.sources);
        if again.is_empty() {
            match held::use_sheets(&mut self.held, &options) {
                Ok(()) => {
                    let known = std::mem::take(&mut self.known);
                    self.run = Some(computing.with_known(known));
                }
                Err(error) => self.fail(run, error),
            }
            return;
        }
        self.known = Known::default();
        self.ahead = Ahead::default();
        let sources = self.sources.sources.clone();
        let reading = Reading::new((run, self.sources.run), sources, options, again);
        self.reading = Some((reading, computing));
    }

    /// The run, or nothing where a choice cannot be followed whatever the tables hold.
    fn begun(&mut self, run: u32, options: &Options) -> Option<Run> {
        match Run::new(run, options.clone()) {
            Ok(run) => Some(run),
            Err(error) => {
                self.fail(run, error);
                None
            }
        }
    }

    /// The run whose files [`Session::wants`] and [`Session::wants_range`] speak of.
    pub fn wants_files_of(&self) -> u32 {
        self.reading
            .as_ref()
            .map_or(self.sources.run, |(reading, _)| reading.opened_by)
    }

    /// The run whose files may still be wanted when nothing is being read.
    pub const fn holds_files_of(&self) -> u32 {
        self.sources.run
    }

    /// The source whose bytes are wanted next, by its place in the request that opened it.
    pub fn wants(&self) -> Option<usize> {
        self.reading.as_ref()?.0.wants()
    }

    /// The next bytes of the wanted source. Pieces may be cut anywhere. Where they show that the
    /// source is no table, the next source is wanted at once.
    pub fn feed(&mut self, bytes: &[u8]) {
        if let Some((reading, _)) = self.reading.as_mut() {
            reading.feed(bytes);
        }
    }

    /// So many bytes of the wanted file were taken so far, where that differs from the bytes fed
    /// because the file is packed.
    pub fn taken(&mut self, bytes: f64) {
        if let Some((reading, _)) = self.reading.as_mut() {
            reading.taken(bytes);
        }
    }

    /// The wanted source has no more bytes.
    pub fn end_of_source(&mut self) {
        if let Some((reading, _)) = self.reading.as_mut() {
            reading.end_of_source();
        }
    }

    /// The wanted source could not be read to its end.
    pub fn source_failed(&mut self, error: Error) {
        if let Some((reading, _)) = self.reading.as_mut() {
            reading.source_failed(error);
        }
    }

    /// The bytes that are wanted to show rows as they stand in their file.
    pub fn wants_range(&self) -> Option<ByteRange> {
        if self.reading.is_some() || self.run.is_some() {
            return None;
        }
        self.asking.wants_range()
    }

    /// The bytes of the wanted range, or nothing where they cannot be had: then rows are shown as
    /// they are held.
    pub fn feed_range(&mut self, bytes: Option<&[u8]>) {
        self.asking.feed_range(&self.held, bytes);
    }

    /// How far the run is, to be posted now and then while bytes are fed.
    pub fn progress(&self) -> Option<Event> {
        let (reading, _) = self.reading.as_ref()?;
        Some(Event::Progress {
            run: reading.run,
            bytes_read: reading.bytes_read(),
            bytes_total: reading.bytes_total(),
            rows_read: reading.rows() as f64,
        })
    }

    /// Does one slice of work; `None` when it waits for bytes or has nothing to do.
    pub fn step(&mut self) -> Option<Event> {
        if let Some(event) = self.answers.pop_front().or_else(|| self.events.pop_front()) {
            return Some(event);
        }
        if self.wants().is_some() {
            return None;
        }
        if let Some((reading, run)) = self.reading.take() {
            let bytes = reading.bytes_read();
            let progress = Event::Progress {
                run: reading.run,
                bytes_read: bytes,
                bytes_total: bytes,
                rows_read: reading.rows() as f64,
            };
            self.take_over(reading, run);
            return Some(progress);
        }
        let Some(mut run) = self.run.take() else {
            return self.asking.step(&self.held, self.told.as_mut());
        };
        // It may choose other sheets; what was told of the rows before no longer holds then.
        self.told = None;
        let mut event = run.step(&mut self.held, &self.unread);
        match &mut event {
            Event::Progress {
                bytes_read,
                bytes_total,
                ..
            } => {
                // Everything is read; what follows is computing.
                (*bytes_read, *bytes_total) = (self.sources.bytes, self.sources.bytes);
                self.run = Some(run);
            }
            Event::Finished { .. } => {
                let (told, known) = run.told();
                self.ahead.begin(&told.options, &self.held);
                (self.told, self.known) = (Some(told), known);
            }
            _ => {}
        }
        Some(event)
    }

    /// Does one slice of work that nobody has asked for yet but may ask for next, and tells nothing
    /// of it. Gives whether there was any: none while a run is under way.
    pub fn work_ahead(&mut self) -> bool {
        if self.reading.is_some() || self.run.is_some() {
            return false;
        }
        self.ahead
            .step(&mut self.known, &mut self.held, &self.unread)
    }

    /// Whether the next choice takes so long that somebody would notice.
    pub fn gains_by_working_ahead(&self) -> bool {
        ahead::is_worth_it(&self.held)
    }

    /// All wanted sources are read: hold their tables and begin to compute, or fail and keep the
    /// old ones.
    fn take_over(&mut self, mut reading: Reading, run: Run) {
        let again = reading.run != reading.opened_by;
        let failed = reading.held.is_empty() || again && !reading.failures.is_empty();
        let sheets = held::use_sheets(&mut reading.held, &reading.options);
        let failure = match sheets {
            Ok(()) if failed => reading.failures.into_iter().next().map(|(_, error)| error),
            Ok(()) => {
                self.run = Some(run);
                self.hold(reading, again);
                return;
            }
            Err(error) => Some(error),
        };
        self.fail(reading.run, failure.unwrap_or_else(nothing_to_read));
    }

    /// Holds what was read, in place of all that was held, or of the sources that were read again.
    fn hold(&mut self, reading: Reading, again: bool) {
        let bytes = reading.bytes_read();
        if again {
            for fresh in reading.held {
                if let Some(held) = self.held.iter_mut().find(|it| it.source == fresh.source) {
                    *held = fresh;
                }
            }
            return;
        }
        self.unread = reading
            .failures
            .into_iter()
            .map(|(table, error)| {
                Note::new(&error.code, format!("{} {}", error.message, error.hint)).in_table(&table)
            })
            .collect();
        self.held = reading.held;
        self.sources = HeldSources {
            run: reading.opened_by,
            sources: reading.sources,
            bytes,
        };
    }

    fn fail(&mut self, run: u32, error: Error) {
        self.events.push_back(Event::Failed { run, error });
    }
}

fn nothing_to_read() -> Error {
    Error::new(
        "empty_input",
        "There is nothing to read.",
        "Choose a file, or paste cells with their header row.",
    )
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| String::from("[]"))
}

#[cfg(test)]
impl Session {
    /// What is held and what the last run made of it.
    pub(super) fn parts(&self) -> (&[Held], Option<&Told>) {
        (&self.held, self.told.as_ref())
    }
}
