//! Feeding a session from files and standard input, as the worker feeds it in a browser.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Cursor, IsTerminal as _, Read, Write as _};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;

use super::arguments::Origin;
use super::{Failure, UNREADABLE, UNWRITABLE, WRONG_USE};
use crate::engine::base::Error;
use crate::engine::options::Options;
use crate::engine::protocol::{Event, Request, Source};
use crate::engine::session::Session;
use crate::engine::sql_view::{SqlFigure, SqlQuery};

/// How many bytes are fed at a time.
const PIECE_BYTES: usize = 262_144;
const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];
/// Progress is told again after so many more bytes.
const TOLD_EVERY_BYTES: f64 = 8_388_608.0;

/// The report's JSON on these sources.
///
/// # Errors
/// Where a choice cannot be followed, a file cannot be opened, or none of them is a table.
pub(super) fn report(origins: &[Origin], options: Options) -> Result<String, Failure> {
    opened(origins, options).map(|(report, _)| report)
}

/// Figures of these sources as SQL: all as one text, and one by one.
///
/// # Errors
/// As [`report`]; where the query names what is not there.
pub(super) fn sql(
    origins: &[Origin],
    options: Options,
    query: SqlQuery,
) -> Result<(String, Vec<SqlFigure>), Failure> {
    let (_, mut session) = opened(origins, options)?;
    session.accept(Request::Sql { ask: 1, query });
    loop {
        match session.step() {
            Some(Event::Sql { text, figures, .. }) => {
                let figures = serde_json::from_str(&figures).unwrap_or_default();
                return Ok((text, figures));
            }
            Some(Event::Unanswered { error, .. }) => {
                return Err(Failure::of_error(WRONG_USE, &error));
            }
            Some(_) => {}
            None => return Err(without_end()),
        }
    }
}

fn without_end() -> Failure {
    Failure {
        code: UNWRITABLE,
        says: String::from("The run ended without a result."),
    }
}

/// The report's JSON, and the session that holds what was read.
fn opened(origins: &[Origin], options: Options) -> Result<(String, Session), Failure> {
    let mut feeder = Feeder {
        session: Session::new(),
        inputs: origins.iter().map(open).collect::<Result<_, _>>()?,
        progress: Progress::new(),
        fed_any: false,
    };
    let sources = feeder.inputs.iter().map(Input::source).collect();
    feeder.session.accept(Request::Open {
        run: 1,
        sources,
        options,
    });
    feeder.run()
}

/// A source of bytes that can be read from its beginning more than once.
#[derive(Debug)]
struct Input {
    name: String,
    size_bytes: f64,
    from: From,
}

#[derive(Debug)]
enum From {
    Path(String),
    /// Standard input comes once, but a table may have to be read twice.
    Memory(Vec<u8>),
}

fn open(origin: &Origin) -> Result<Input, Failure> {
    let unreadable = |what: &str, reason: io::Error| Failure {
        code: UNREADABLE,
        says: format!("{what} cannot be read: {reason}."),
    };
    match origin {
        Origin::Stdin(name) => {
            let mut bytes = Vec::new();
            io::stdin()
                .lock()
                .read_to_end(&mut bytes)
                .map_err(|reason| unreadable("Standard input", reason))?;
            Ok(Input {
                name: name.clone(),
                size_bytes: bytes.len() as f64,
                from: From::Memory(bytes),
            })
        }
        Origin::Path(path) => {
            let file = File::open(path).map_err(|reason| unreadable(path, reason))?;
            let about = file.metadata().map_err(|reason| unreadable(path, reason))?;
            if about.is_dir() {
                return Err(Failure {
                    code: UNREADABLE,
                    says: format!("{path} is a folder; name the files in it."),
                });
            }
            let name = Path::new(path)
                .file_name()
                .map_or_else(|| path.clone(), |it| it.to_string_lossy().into_owned());
            Ok(Input {
                name,
                size_bytes: about.len() as f64,
                from: From::Path(path.clone()),
            })
        }
    }
}

impl Input {
    fn source(&self) -> Source {
        Source {
            name: self.name.clone(),
            size_bytes: Some(self.size_bytes),
        }
    }

    /// The bytes from the beginning, unpacked where the first of them say gzip.
    fn bytes(&self) -> io::Result<Box<dyn Read + '_>> {
        match &self.from {
            From::Path(path) => {
                let mut file = BufReader::with_capacity(PIECE_BYTES, File::open(path)?);
                if file.fill_buf()?.starts_with(&GZIP_MAGIC) {
                    return Ok(Box::new(MultiGzDecoder::new(file)));
                }
                Ok(Box::new(file))
            }
            From::Memory(bytes) if bytes.starts_with(&GZIP_MAGIC) => {
                Ok(Box::new(MultiGzDecoder::new(Cursor::new(bytes))))
            }
            From::Memory(bytes) => Ok(Box::new(Cursor::new(bytes))),
        }
    }
}

struct Feeder {
    session: Session,
    inputs: Vec<Input>,
    progress: Progress,
    /// Whether the run had come so far as to ask for bytes.
    fed_any: bool,
}

impl Feeder {
    fn run(mut self) -> Result<(String, Session), Failure> {
        loop {
            match self.session.step() {
                Some(Event::Finished { report, .. }) => {
                    self.progress.end();
                    return Ok((report, self.session));
                }
                Some(Event::Failed { error, .. }) => {
                    self.progress.end();
                    // What fails before anything is read is a choice that cannot be followed.
                    let code = if self.fed_any { UNREADABLE } else { WRONG_USE };
                    return Err(Failure::of_error(code, &error));
                }
                Some(_) => {}
                None => self.feed()?,
            }
        }
    }

    /// Feeds the wanted source until it has no more bytes or another one is wanted.
    fn feed(&mut self) -> Result<(), Failure> {
        self.fed_any = true;
        let wanted = self.session.wants();
        let Some(input) = wanted.and_then(|place| self.inputs.get(place)) else {
            return Err(without_end());
        };
        let Ok(mut bytes) = input.bytes() else {
            self.session.source_failed(unreadable());
            return Ok(());
        };
        let mut piece = vec![0; PIECE_BYTES];
        loop {
            match bytes.read(&mut piece) {
                Ok(0) => {
                    self.session.end_of_source();
                    return Ok(());
                }
                Ok(count) => {
                    self.session.feed(piece.get(..count).unwrap_or_default());
                    self.progress.tell(self.session.progress());
                    if self.session.wants() != wanted {
                        return Ok(());
                    }
                }
                Err(reason) if reason.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => {
                    let packed =
                        !matches!(&input.from, From::Memory(it) if !it.starts_with(&GZIP_MAGIC));
                    let error = if packed { gzip_broken() } else { unreadable() };
                    self.session.source_failed(error);
                    return Ok(());
                }
            }
        }
    }
}

fn gzip_broken() -> Error {
    Error::new(
        "gzip_broken",
        "The file begins like a gzip file but could not be unpacked to its end.",
        "Pack it again, or unpack it first and load the table itself.",
    )
}

fn unreadable() -> Error {
    Error::new(
        "file_unreadable",
        "The file could not be read to its end.",
        "Check that the file is still there and that it may be read.",
    )
}

/// A line on standard error that is written over, where a person can see it.
struct Progress {
    is_seen: bool,
    told_bytes: f64,
    has_line: bool,
}

impl Progress {
    fn new() -> Self {
        Self {
            is_seen: io::stderr().is_terminal(),
            told_bytes: 0.0,
            has_line: false,
        }
    }

    fn tell(&mut self, event: Option<Event>) {
        let Some(Event::Progress {
            bytes_read,
            rows_read,
            ..
        }) = event.filter(|_| self.is_seen)
        else {
            return;
        };
        if bytes_read - self.told_bytes < TOLD_EVERY_BYTES {
            return;
        }
        self.told_bytes = bytes_read;
        self.has_line = true;
        let megabytes = bytes_read / 1e6;
        // A terminal that went away has no reader either.
        drop(write!(
            io::stderr(),
            "\r{megabytes:.0} MB, {rows_read} rows read"
        ));
    }

    /// Leaves the line for what follows.
    fn end(&self) {
        if self.has_line {
            drop(writeln!(io::stderr()));
        }
    }
}
