//! Native: the same engine as a program for a command line, a scheduled job or a large machine.
//!
//! Takes: the words of a command line, the paths of tables or standard input. Gives: a report as
//! text, and a number that says how it went. Never: opens a connection, reads a clock, or writes
//! anywhere but where it is told to.
//! Start at [`run`]. No program for the browser compiles this. Tests: `tests/native_program.rs`.

mod arguments;
mod reading;
mod usage;

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use crate::engine::base::Error;
use crate::engine::calculator::terms;
use crate::engine::options::Options;
use crate::engine::report::Report;
use crate::engine::roles;
use crate::engine::sql_view::{self, SqlQuery};
use crate::export::{figures, markdown};
use crate::frozen::{Choices, frozen};
use crate::present::Reader;
use crate::present::format::Habits;
use arguments::{Command, Format, ReportWords};

/// Why nothing was written, with the number that the program ends with.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// One of those of `kept --help`.
    pub code: u8,
    /// What to tell the person, in sentences.
    pub says: String,
}

/// There is a report, but no figure in it.
const NO_FIGURE: u8 = 1;
/// The words, the options or the recipe cannot be followed.
const WRONG_USE: u8 = 2;
/// What was to be read cannot be read.
const UNREADABLE: u8 = 3;
/// What was worked out cannot be written.
const UNWRITABLE: u8 = 4;

impl Failure {
    fn of_use(says: impl Into<String>) -> Self {
        Self {
            code: WRONG_USE,
            says: says.into(),
        }
    }

    fn of_error(code: u8, error: &Error) -> Self {
        let says = format!("{} {} ({})", error.message, error.hint, error.code);
        Self { code, says }
    }

    fn unwritable(reason: &io::Error) -> Self {
        Self {
            code: UNWRITABLE,
            says: format!("What was worked out could not be written: {reason}."),
        }
    }
}

/// Does what the words ask for; what goes wrong is told on standard error.
pub fn run(words: impl Iterator<Item = String>) -> ExitCode {
    let done = arguments::command(words).and_then(|command| match command {
        Command::Help => write_out(usage::HELP).map(|()| 0),
        Command::Version => {
            write_out(concat!("kept ", env!("CARGO_PKG_VERSION"), "\n")).map(|()| 0)
        }
        Command::Report(asked) => report(&asked),
        Command::Sql(asked, query) => sql(&asked, query),
    });
    match done {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            // Where nobody can be told, the number still says it.
            drop(writeln!(io::stderr(), "kept: {}", failure.says));
            ExitCode::from(failure.code)
        }
    }
}

/// Works the report out and writes it; gives the number to end with.
fn report(asked: &ReportWords) -> Result<u8, Failure> {
    let options = asked.options()?;
    let json = reading::report(&asked.sources(), options.clone())?;
    let report: Report = serde_json::from_str(&json).map_err(|reason| Failure {
        code: UNWRITABLE,
        says: format!("The report cannot be read again: {reason}."),
    })?;
    let has_figure = report.findings.iter().any(|it| it.value.is_some());
    let text = match asked.format {
        Format::Json => json,
        Format::Csv => figures::csv(&report),
        Format::Markdown => presented(&options, &report, |reader| {
            markdown::markdown(reader, &report)
        }),
        Format::Html => presented(&options, &report, |reader| {
            let choices = Choices {
                names: asked.names,
                smallest: asked.smallest,
            };
            frozen(reader, &report, choices).html
        }),
    };
    match &asked.output {
        None => write_out(&text)?,
        Some(path) => fs::write(path, text).map_err(|reason| Failure::unwritable(&reason))?,
    }
    Ok(if has_figure { 0 } else { NO_FIGURE })
}

/// Writes figures as SQL; gives the number to end with.
fn sql(asked: &ReportWords, query: SqlQuery) -> Result<u8, Failure> {
    let dialect = query.dialect;
    let (text, figures) = reading::sql(&asked.sources(), asked.options()?, query)?;
    match &asked.output {
        None if asked.has_format && asked.format == Format::Json => {
            write_out(&serde_json::to_string(&figures).unwrap_or_default())?;
        }
        None => write_out(&text)?,
        Some(folder) => {
            let unwritable = |reason: io::Error| Failure::unwritable(&reason);
            fs::create_dir_all(folder).map_err(unwritable)?;
            let folder = Path::new(folder);
            for figure in &figures {
                if let Some(sql) = &figure.sql {
                    fs::write(folder.join(&figure.file), sql).map_err(unwritable)?;
                }
            }
            let readme = sql_view::readme(dialect, &figures);
            fs::write(folder.join("README.txt"), readme).map_err(unwritable)?;
        }
    }
    let has_query = figures.iter().any(|figure| figure.sql.is_some());
    Ok(if has_query { 0 } else { NO_FIGURE })
}

/// A text for a person, in the habits that the options name.
fn presented(
    options: &Options,
    report: &Report,
    write: impl FnOnce(&Reader<'_>) -> String,
) -> String {
    let locale = options.locale.as_deref().unwrap_or("en");
    let habits = Habits::new(locale, report.currency.as_deref());
    write(&Reader {
        habits: &habits,
        catalogue: &terms::catalogue(),
        roles: &roles::catalogue(),
        cards: &options.cards,
    })
}

fn write_out(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .map_err(|reason| Failure::unwritable(&reason))
}
