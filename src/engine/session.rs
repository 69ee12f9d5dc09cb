//! The session: requests in, events out. A state machine without a browser.
//!
//! Takes: [`Request`]s and bytes. Gives: [`Event`]s, one slice of work at a time.
//! Never: loses what it holds because a new run fails.

use std::collections::VecDeque;

use super::base::{Error, Note};
use super::ingest::{Finished, Reader, ReadingChoices};
use super::options::Options;
use super::protocol::{Event, Preview, Request, Source, VERSION};
use super::run::Run;
use super::table::{Profile, Table};
use super::{kpi, roles};

/// A table that is held between runs.
#[derive(Debug)]
pub struct Held {
    /// The table.
    pub table: Table,
    /// What its columns look like.
    pub profiles: Vec<Profile>,
}

/// Holds what was read, and works in slices.
#[derive(Debug, Default)]
pub struct Session {
    held: Vec<Held>,
    /// Tables that could not be read, told in every report on those that could.
    unread: Vec<Note>,
    reading: Option<Reading>,
    run: Option<Run>,
    /// Bytes of the tables that are held.
    bytes_held: u64,
    events: VecDeque<Event>,
}

/// A run whose sources are being read.
#[derive(Debug)]
struct Reading {
    run: u32,
    sources: Vec<Source>,
    options: Options,
    at: usize,
    reader: Option<Reader>,
    tables: Vec<Table>,
    failures: Vec<(String, Error)>,
    bytes_read: u64,
    rows_read: u64,
    /// How the wanted source is to be read the second time.
    revised: Option<ReadingChoices>,
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
            catalogue: json(&kpi::catalogue()),
            roles: json(&roles::catalogue()),
        }
    }

    /// Begins a run; an unfinished earlier run is dropped.
    pub fn accept(&mut self, request: Request) {
        self.events.clear();
        self.reading = None;
        self.run = None;
        match request {
            Request::Open {
                run,
                sources,
                options,
            } => {
                let options = options.resolved();
                if sources.is_empty() {
                    self.fail(
                        run,
                        Error::new(
                            "empty_input",
                            "There is nothing to read.",
                            "Choose a file, or paste cells with their header row.",
                        ),
                    );
                    return;
                }
                self.reading = Some(Reading {
                    run,
                    sources,
                    options,
                    at: 0,
                    reader: None,
                    tables: Vec::new(),
                    failures: Vec::new(),
                    bytes_read: 0,
                    rows_read: 0,
                    revised: None,
                });
            }
            Request::Update { run, options } => {
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
                self.begin(run, options);
            }
        }
    }

    /// The source whose bytes are wanted next, by its place in the request.
    pub fn wants(&self) -> Option<usize> {
        self.reading
            .as_ref()
            .map(|reading| reading.at)
            .filter(|at| self.reading.as_ref().is_some_and(|r| *at < r.sources.len()))
    }

    /// The next bytes of the wanted source. Pieces may be cut anywhere. Where they show that the
    /// source is no table, the next source is wanted at once.
    pub fn feed(&mut self, bytes: &[u8]) {
        let Some(reading) = self.reading.as_mut() else {
            return;
        };
        let Some(source) = reading.sources.get(reading.at) else {
            return;
        };
        reading.bytes_read += bytes.len() as u64;
        let name = source.name.clone();
        let choices = reading.choices(&name);
        let reader = reading
            .reader
            .get_or_insert_with(|| Reader::new(&name, choices));
        if let Err(error) = reader.feed(bytes) {
            reading.failures.push((name, error));
            reading.next();
        }
    }

    /// The wanted source has no more bytes.
    pub fn end_of_source(&mut self) {
        let Some(reading) = self.reading.as_mut() else {
            return;
        };
        let Some(source) = reading.sources.get(reading.at) else {
            return;
        };
        let name = source.name.clone();
        let choices = reading.choices(&name);
        let reader = reading
            .reader
            .take()
            .unwrap_or_else(|| Reader::new(&name, choices));
        match reader.finish() {
            Ok(Finished::ReadAgain(choices)) => {
                reading.revised = Some(ReadingChoices {
                    settled: true,
                    ..choices
                });
                return;
            }
            Ok(Finished::Tables(tables)) => {
                reading.rows_read += tables
                    .iter()
                    .map(|table| u64::from(table.rows))
                    .sum::<u64>();
                reading.tables.extend(tables.into_iter().next());
            }
            Err(error) => reading.failures.push((name, error)),
        }
        reading.next();
    }

    /// The wanted source could not be read to its end.
    pub fn source_failed(&mut self, error: Error) {
        if let Some(reading) = self.reading.as_mut() {
            let name = reading
                .sources
                .get(reading.at)
                .map_or_else(String::new, |source| source.name.clone());
            reading.failures.push((name, error));
            reading.next();
        }
    }

    /// How far the run is, to be posted now and then while bytes are fed.
    pub fn progress(&self) -> Option<Event> {
        let reading = self.reading.as_ref()?;
        let rows = reading.rows_read
            + reading
                .reader
                .as_ref()
                .map_or(0, |reader| u64::from(reader.rows()));
        Some(Event::Progress {
            run: reading.run,
            bytes_read: reading.bytes_read as f64,
            bytes_total: reading
                .sources
                .iter()
                .filter_map(|source| source.size_bytes)
                .sum(),
            rows_read: rows as f64,
        })
    }

    /// Does one slice of work; `None` when it waits for bytes or has nothing to do.
    pub fn step(&mut self) -> Option<Event> {
        if let Some(event) = self.events.pop_front() {
            return Some(event);
        }
        if self.wants().is_some() {
            return None;
        }
        if let Some(reading) = self.reading.take() {
            let progress = Event::Progress {
                run: reading.run,
                bytes_read: reading.bytes_read as f64,
                bytes_total: reading.bytes_read as f64,
                rows_read: reading.rows_read as f64,
            };
            self.take_over(reading);
            return Some(progress);
        }
        let mut run = self.run.take()?;
        let mut event = run.step(&mut self.held, &self.unread);
        if let Event::Progress {
            bytes_read,
            bytes_total,
            ..
        } = &mut event
        {
            // Everything is read; what follows is computing.
            (*bytes_read, *bytes_total) = (self.bytes_held as f64, self.bytes_held as f64);
        }
        if !matches!(event, Event::Finished { .. } | Event::Failed { .. }) {
            self.run = Some(run);
        }
        Some(event)
    }

    /// All sources are read: hold their tables and begin to compute, or fail and keep the old ones.
    fn take_over(&mut self, reading: Reading) {
        if reading.tables.is_empty() {
            let failure = reading.failures.into_iter().next().map(|(_, error)| error);
            let nothing = || {
                Error::new(
                    "empty_input",
                    "There is nothing to read.",
                    "Choose a file, or paste cells.",
                )
            };
            self.fail(reading.run, failure.unwrap_or_else(nothing));
            return;
        }
        self.unread = reading
            .failures
            .into_iter()
            .map(|(table, error)| {
                Note::new(&error.code, format!("{} {}", error.message, error.hint)).in_table(&table)
            })
            .collect();
        self.bytes_held = reading.bytes_read;
        self.held = reading
            .tables
            .into_iter()
            .map(|table| Held {
                table,
                profiles: Vec::new(),
            })
            .collect();
        self.begin(reading.run, reading.options);
    }

    fn begin(&mut self, run: u32, options: Options) {
        match Run::new(run, options) {
            Ok(run) => self.run = Some(run),
            Err(error) => self.fail(run, error),
        }
    }

    fn fail(&mut self, run: u32, error: Error) {
        self.events.push_back(Event::Failed { run, error });
    }
}

impl Reading {
    /// How the source of this name is to be read.
    fn choices(&self, name: &str) -> ReadingChoices {
        self.revised.clone().unwrap_or_else(|| {
            let mapping = self.options.mapping.get(name);
            mapping.map_or_else(ReadingChoices::default, ReadingChoices::from_mapping)
        })
    }

    fn next(&mut self) {
        self.reader = None;
        self.revised = None;
        self.at += 1;
    }
}

/// The first rows of a table, and the values that its columns hold, for the eyes of the user.
pub fn preview(held: &Held) -> Preview {
    const MOST_VALUES: usize = 50;
    let table = &held.table;
    Preview {
        table: table.name.clone(),
        header: table
            .columns
            .iter()
            .map(|column| column.name.clone())
            .collect(),
        rows: table.preview.clone(),
        values: table
            .columns
            .iter()
            .zip(&held.profiles)
            .map(|(column, profile)| {
                if profile.distinct.is_none_or(|distinct| distinct > 200) {
                    return Vec::new();
                }
                let keys = column.keys();
                let mut counts = vec![0_u64; keys.texts.len()];
                for code in keys.codes.iter() {
                    counts[*code as usize] += 1;
                }
                let mut order: Vec<usize> =
                    (1..counts.len()).filter(|code| counts[*code] > 0).collect();
                order.sort_by(|a, b| counts[*b].cmp(&counts[*a]));
                order
                    .into_iter()
                    .take(MOST_VALUES)
                    .map(|code| keys.texts.text(code as u32).to_owned())
                    .collect()
            })
            .collect(),
    }
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| String::from("[]"))
}
