//! The queries that Kept writes, run by the engines that they are written for.

use std::path::PathBuf;

use crate::commands::{Done, command, run, succeeds, tools_dir};
use crate::debian;

/// The packages that run and read queries, at the versions that the tests were last seen to pass.
const PACKAGES: [&str; 4] = [
    "duckdb==2.0.0",
    "sqlglot==30.30.0",
    "psycopg[binary]==3.3.9",
    "pyspark==4.3.0",
];

/// Writes queries, runs them and compares: see `tests/sql/run.py`.
pub(crate) fn check() -> Done {
    compared(&[])
}

/// The same with more random tables.
pub(crate) fn check_long() -> Done {
    compared(&["--long"])
}

fn compared(more: &[&str]) -> Done {
    let python = install()?;
    // As the tests have built it: optimised a little, because it is started some thousand times.
    let build = [
        "build",
        "--quiet",
        "--locked",
        "--profile",
        "test",
        "--bin",
        "kept",
    ];
    run(command("cargo").args(build))?;
    let python = python.display().to_string();
    let engines = ["parsed", "duckdb", "postgresql", "spark"];
    run(command(&python)
        .args(["tests/sql/run.py", "target/debug/kept"])
        .args(more)
        .args(engines))
}

/// Installs what is missing; gives the Python that has it.
fn install() -> Done<PathBuf> {
    let folder = tools_dir().join("sql");
    let python = folder.join("bin/python");
    let mark = folder.join("installed");
    let wanted = PACKAGES.join("\n");
    if std::fs::read_to_string(&mark).ok().as_deref() != Some(&wanted) {
        if !succeeds(command("python3").arg("--version")) {
            return Err("the queries are run from Python: install python3 with venv".into());
        }
        println!("Installing engines from PyPI into target/tools/sql. This takes a minute, once.");
        run(command("python3").args(["-m", "venv"]).arg(&folder))?;
        run(command(&python.display().to_string())
            .args([
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
            ])
            .args(PACKAGES))?;
        std::fs::write(&mark, wanted)?;
    }
    let mut missing = Vec::new();
    if !std::path::Path::new("/usr/lib/postgresql").is_dir() {
        missing.push("postgresql");
    }
    if !succeeds(command("java").arg("-version")) {
        missing.push("default-jre-headless");
    }
    if !missing.is_empty() {
        debian::install(&missing, "the queries", "")?;
    }
    Ok(python)
}
