//! `cargo xtask bench`: Kept, bare streaming and other readers on the same files in one browser.
//!
//! Takes: how many rows and runs. Gives: a table of medians and `dist/bench.json`; of a whole run
//! `www/docs/speed.md` and its charts as well.
//! Never: runs as part of the checks; what it measures depends on the machine.
//! Start at [`bench`]; what is measured, and how, is in `tests/bench`.

mod choices;
mod events;
mod invented;
mod subscriptions;
mod surveys;
mod tickets;

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::PathBuf;

pub(crate) use choices::Choices;

use crate::browsers;
use crate::commands::{Done, command, root, run};
use crate::dist::dist;

/// Other readers, each at one version.
const PACKAGES: [&str; 4] = [
    "@duckdb/duckdb-wasm@1.32.0",
    "apache-arrow@17.0.0",
    "papaparse@5.7.1",
    "udsv@0.7.3",
];

/// Measures and prints.
pub(crate) fn bench(choices: &Choices) -> Done {
    if choices.native {
        return run(command("cargo")
            .env("CRITERION_HOME", root().join("target/criterion"))
            .args(["bench", "--manifest-path", "benches/Cargo.toml"])
            .args(["--target-dir", "target/benches"]));
    }
    browsers::install()?;
    install_packages()?;
    if choices.building {
        dist()?;
    }
    let mut files = Vec::new();
    for (case, rows) in &choices.cases {
        files.push(file_of(case, *rows)?);
    }
    let mut node = command("node");
    node.arg(root().join("tests/bench/run.js"))
        .args(["--runs", &choices.runs.to_string()])
        .arg("--packages")
        .arg(folder().join("packages/node_modules"));
    if !choices.only.is_empty() {
        node.args(["--only", &choices.only.join(",")]);
    }
    if choices.telling {
        node.arg("--tell");
    }
    for ((case, rows), file) in choices.cases.iter().zip(files) {
        node.arg(format!("{case}:{rows}={}", file.display()));
    }
    run(&mut node)
}

/// Not committed, and put away by `cargo clean`.
fn folder() -> PathBuf {
    root().join("target/bench")
}

fn install_packages() -> Done {
    let dir = folder().join("packages");
    let mark = dir.join("installed");
    let wanted = PACKAGES.join("\n");
    if fs::read_to_string(&mark).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    println!("Installing {} from npm.", PACKAGES.join(", "));
    fs::create_dir_all(&dir)?;
    run(command("npm")
        .args(["install", "--prefix"])
        .arg(&dir)
        .args(["--silent", "--no-save", "--no-fund", "--no-audit"])
        .arg("--ignore-scripts")
        .args(PACKAGES))?;
    fs::write(mark, wanted)?;
    Ok(())
}

/// The case's invented table with so many rows; written once.
fn file_of(case: &str, rows: u64) -> Done<PathBuf> {
    let path = folder().join(format!("{case}-{rows}.csv"));
    if path.exists() {
        return Ok(path.canonicalize()?);
    }
    println!("Writing {}.", path.display());
    let unfinished = path.with_extension("unfinished");
    let mut out = BufWriter::with_capacity(1 << 20, File::create(&unfinished)?);
    match case {
        "tickets" => tickets::write(rows, &mut out)?,
        "surveys" => surveys::write(rows, &mut out)?,
        "subscriptions" => subscriptions::write(rows, &mut out)?,
        "events" => events::write(rows, &mut out)?,
        other => return Err(format!("there is no case {other}").into()),
    }
    out.flush()?;
    fs::rename(unfinished, &path)?;
    // The browser reads no file whose path has `..` in it.
    Ok(path.canonicalize()?)
}
