//! The project's own commands: `cargo xtask serve`, `test`, `sql`, `dist`, `reproduce`, `pictures`,
//! `bench`, `fuzz` and `mutants`.
//!
//! Takes: the words after `cargo xtask`. Gives: a served page, a verdict, the files of `dist/`.
//! Never: installs something without saying so, or twice.
//! Start at [`run`]; what has to be installed, at which version, is in [`tools`].
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line speaks through these"
)]

mod bench;
mod browsers;
mod bundle;
mod check;
mod commands;
mod debian;
mod dist;
mod fuzz;
mod licences;
mod mutants;
mod npm;
mod pictures;
mod reproduce;
mod serve;
mod sql;
mod supply_chain;
mod tools;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask serve   build, then serve at http://127.0.0.1:8080/ (--port N, --open, --dev)
cargo xtask test    everything that must hold (--native: only what needs no browser,
                    --only STEP: one step alone, --long: far more by chance, --minutes N)
cargo xtask sql [--long]
                    run the queries that Kept writes, in DuckDB, PostgreSQL and Spark; --long: on more random tables
cargo xtask pictures
                    every view, light, dark, on a phone and in print (--as-built, names of views)
cargo xtask dist    build dist/ (--as-built: only what goes with the programs that lie there)
cargo xtask parts   whether www/parts.txt names the crates that ship (UPDATE=1: write it)
cargo xtask reproduce
                    build dist/ again from nothing elsewhere and compare every byte
cargo xtask bench   measure dist/ and other readers in Chromium (--rows N, --runs N,
                    --cases A,B:ROWS, --only A,B, --as-built: without building first,
                    --tell: write www/docs/speed.md, as a whole run does,
                    --native: rooms of the engine beside the csv crate)
cargo xtask fuzz    look for bytes that break a claim of fuzz/ (--minutes N each, names of targets)
cargo xtask mutants change the statistics and the KPIs, one place at a time, and see whether a test
                    notices (--jobs N, --seconds N a change, --missed: what was not noticed
                    the last time, --rest: what was not tried, ends of files' paths)";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("xtask: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[String]) -> commands::Done {
    let (command, words) = words.split_first().ok_or(USAGE)?;
    match command.as_str() {
        "serve" => serve::serve(&serve::Choices::from_words(words)?),
        "test" => check::check(&check::Choices::from_words(words)?),
        "sql" if words.is_empty() => sql::check(),
        "sql" if words == ["--long"] => sql::check_long(),
        "dist" if words.is_empty() => dist::dist().map(drop),
        "pictures" => pictures::pictures(words),
        "dist" if words == ["--as-built"] => dist::complete().map(drop),
        "parts" if words.is_empty() => supply_chain::listed(),
        "reproduce" if words.is_empty() => reproduce::reproduce(),
        "bench" => bench::bench(&bench::Choices::from_words(words)?),
        "mutants" => mutants::mutants(words),
        "fuzz" => fuzz::fuzz(&fuzz::Choices::from_words(words)?),
        // Trunk calls it after every build, see Trunk.toml.
        "bundle" if words.is_empty() => bundle::bundle(),
        _ => Err(USAGE.into()),
    }
}
