//! The report of a file, computed natively: `cargo run --example report -- FILE… [--options JSON]`.
//!
//! Writes the same bytes as `export("json")` in a browser, for the same file, name and options.
#![expect(clippy::print_stderr, reason = "an example speaks to a person")]

use std::error::Error;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use kept::engine::options::Options;
use kept::engine::protocol::{Event, Request, Source};
use kept::engine::session::Session;

/// As large as what a browser's stream gives at a time.
const PIECE_BYTES: usize = 65_536;

fn main() -> ExitCode {
    match report(std::env::args().skip(1)) {
        Ok(json) if std::io::stdout().write_all(json.as_bytes()).is_ok() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(reason) => {
            eprintln!("{reason}");
            ExitCode::FAILURE
        }
    }
}

fn report(mut words: impl Iterator<Item = String>) -> Result<String, Box<dyn Error>> {
    let mut paths = Vec::new();
    let mut options = Options::default();
    while let Some(word) = words.next() {
        if word == "--options" {
            let json = words.next().ok_or("--options needs JSON")?;
            options = serde_json::from_str(&json)?;
        } else {
            paths.push(word);
        }
    }
    if paths.is_empty() {
        return Err("name at least one file".into());
    }
    let mut session = Session::new();
    session.accept(Request::Open {
        run: 1,
        sources: paths.iter().map(|path| source(path)).collect(),
        options,
    });
    run(&mut session, &paths)
}

fn source(path: &str) -> Source {
    let name = Path::new(path)
        .file_name()
        .map(|name| name.to_string_lossy().into_owned());
    Source {
        name: name.unwrap_or_else(|| path.to_owned()),
        size_bytes: fs::metadata(path).ok().map(|file| file.len() as f64),
    }
}

fn run(session: &mut Session, paths: &[String]) -> Result<String, Box<dyn Error>> {
    loop {
        match session.step() {
            Some(Event::Finished { report, .. }) => return Ok(report),
            Some(Event::Failed { error, .. }) => {
                return Err(format!("{}: {} {}", error.code, error.message, error.hint).into());
            }
            Some(_) => {}
            None => {
                let wanted = session.wants().and_then(|place| paths.get(place));
                let path = wanted.ok_or("the session ended without a report")?;
                for piece in fs::read(path)?.chunks(PIECE_BYTES) {
                    session.feed(piece);
                }
                session.end_of_source();
            }
        }
    }
}
