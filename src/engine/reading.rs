//! The reading of sources: which is wanted, how it is to be read, what has come of it so far.

use super::base::Error;
use super::held::Held;
use super::ingest::choices::WantedColumns;
use super::ingest::{Finished, Reader, ReadingChoices};
use super::options::Options;
use super::protocol::Source;
use super::table::{Cells, unneeded};

/// A run whose sources are being read.
#[derive(Debug)]
pub struct Reading {
    /// The run that reads.
    pub run: u32,
    /// The run that opened the sources: this one, or an earlier one where they are read again.
    pub opened_by: u32,
    /// All sources of that run.
    pub sources: Vec<Source>,
    /// The choices.
    pub options: Options,
    /// Which sources are read, by their places; the first that is left is wanted.
    todo: Vec<usize>,
    reader: Option<Reader>,
    /// How the wanted source is to be read the second time.
    revised: Option<ReadingChoices>,
    /// What was read.
    pub held: Vec<Held>,
    /// What could not be read, by name.
    pub failures: Vec<(String, Error)>,
    rows: u64,
    /// Bytes of the files whose reading is over.
    bytes_before: f64,
    /// Bytes fed of the wanted source.
    fed: f64,
    /// Bytes taken from the wanted file, where that is packed and differs from what was fed.
    taken: Option<f64>,
}

impl Reading {
    /// Reads all of these sources, or only those at `todo`.
    pub fn new(
        (run, opened_by): (u32, u32),
        sources: Vec<Source>,
        options: Options,
        mut todo: Vec<usize>,
    ) -> Self {
        todo.reverse();
        Self {
            run,
            opened_by,
            sources,
            options,
            todo,
            reader: None,
            revised: None,
            held: Vec::new(),
            failures: Vec::new(),
            rows: 0,
            bytes_before: 0.0,
            fed: 0.0,
            taken: None,
        }
    }

    /// The source whose bytes are wanted next.
    pub fn wants(&self) -> Option<usize> {
        self.todo.last().copied()
    }

    /// The next bytes of the wanted source.
    pub fn feed(&mut self, bytes: &[u8]) {
        let Some(name) = self.wanted_name() else {
            return;
        };
        self.fed += bytes.len() as f64;
        let choices = self.choices(&name);
        let source = self.wants().and_then(|place| self.sources.get(place));
        let size_bytes = source.and_then(|source| source.size_bytes);
        let reader = self
            .reader
            .get_or_insert_with(|| Reader::new(&name, choices).of_size(size_bytes));
        if let Err(error) = reader.feed(bytes) {
            self.failures.push((name, error));
            self.next();
        }
    }

    /// So many bytes were taken from the wanted file so far: it is packed.
    pub const fn taken(&mut self, bytes: f64) {
        self.taken = Some(bytes);
    }

    /// The wanted source has no more bytes.
    pub fn end_of_source(&mut self) {
        let (Some(name), Some(source)) = (self.wanted_name(), self.wants()) else {
            return;
        };
        let reader = self.reader.take();
        let reader = reader.unwrap_or_else(|| Reader::new(&name, self.choices(&name)));
        match reader.finish() {
            Ok(Finished::ReadAgain(choices)) => {
                self.revised = Some(ReadingChoices {
                    settled: true,
                    ..*choices
                });
                (self.fed, self.taken) = (0.0, None);
                return;
            }
            Ok(Finished::Tables(tables)) => {
                self.rows += tables
                    .iter()
                    .map(|table| u64::from(table.rows))
                    .sum::<u64>();
                let asked = choices_for(&self.options, &name);
                self.held.extend(Held::new(source, asked, tables));
            }
            Err(error) => self.failures.push((name, error)),
        }
        self.next();
    }

    /// The wanted source could not be read to its end.
    pub fn source_failed(&mut self, error: Error) {
        if let Some(name) = self.wanted_name() {
            self.failures.push((name, error));
            self.next();
        }
    }

    /// Bytes taken from the files so far.
    pub fn bytes_read(&self) -> f64 {
        self.bytes_before + self.taken.unwrap_or(self.fed)
    }

    /// Bytes of all files that are read, where known.
    pub fn bytes_total(&self) -> f64 {
        let left = self
            .todo
            .iter()
            .filter_map(|place| self.sources.get(*place));
        self.bytes_before + left.filter_map(|source| source.size_bytes).sum::<f64>()
    }

    /// Rows read so far.
    pub fn rows(&self) -> u64 {
        self.rows
            + self
                .reader
                .as_ref()
                .map_or(0, |reader| u64::from(reader.rows()))
    }

    fn wanted_name(&self) -> Option<String> {
        let source = self.sources.get(self.wants()?)?;
        Some(source.name.clone())
    }

    /// How the source of this name is to be read.
    fn choices(&self, name: &str) -> ReadingChoices {
        self.revised
            .clone()
            .unwrap_or_else(|| choices_for(&self.options, name))
    }

    fn next(&mut self) {
        self.reader = None;
        self.revised = None;
        self.bytes_before += self.taken.take().unwrap_or(self.fed);
        self.fed = 0.0;
        self.todo.pop();
    }
}

/// How the user wants the source of this name to be read.
pub fn choices_for(options: &Options, name: &str) -> ReadingChoices {
    options
        .mapping
        .get(name)
        .map_or_else(ReadingChoices::default, ReadingChoices::from_mapping)
}

/// The sources that these choices want read otherwise than they were.
pub fn to_read_again(options: &Options, held: &[Held], sources: &[Source]) -> Vec<usize> {
    held.iter()
        .filter(|held| {
            sources.get(held.source).is_some_and(|source| {
                let wanted = choices_for(options, &source.name);
                let before = &held.choices.wanted_columns;
                let lacks =
                    |header: &String| !before.headers.contains(header) && is_not_kept(held, header);
                let lacks_words = |header: &String| {
                    !before.comments.contains(header) && has_unread_words(held, header)
                };
                wanted.wanted_columns.headers.iter().any(lacks)
                    || wanted.wanted_columns.comments.iter().any(lacks_words)
                    || without_columns(wanted) != without_columns(held.choices.clone())
            })
        })
        .map(|held| held.source)
        .collect()
}

/// The choices that bear on every cell.
fn without_columns(choices: ReadingChoices) -> ReadingChoices {
    ReadingChoices {
        wanted_columns: WantedColumns::default(),
        ..choices
    }
}

/// Whether the column is free text whose words were not read.
fn has_unread_words(held: &Held, header: &str) -> bool {
    let column = held
        .table
        .find(header)
        .and_then(|place| held.table.columns.get(place));
    column.is_some_and(|column| matches!(column.cells, Cells::Long { words: None, .. }))
}

/// Whether the column was passed over when the source was read, because nobody needs it.
fn is_not_kept(held: &Held, header: &str) -> bool {
    let column = held
        .table
        .find(header)
        .and_then(|place| held.table.columns.get(place));
    column.is_some_and(|column| {
        matches!(column.cells, Cells::Long { .. }) && unneeded::reason(&column.name).is_some()
    })
}
