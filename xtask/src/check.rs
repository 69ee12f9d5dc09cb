//! `cargo xtask test`: everything that must hold, the quickest first.

use std::time::Instant;

use crate::browsers;
use crate::commands::{Done, command, root, run};
use crate::dist::{Size, dist};
use crate::sql;
use crate::supply_chain;
use crate::tools::install_for_checks;

/// Most bytes with brotli: the page's program and script, the worker's program. A budget stands a
/// little above what was last measured, so that growth is noticed.
const PAGE_BUDGET_BYTES: usize = 695_000;
const WORKER_BUDGET_BYTES: usize = 1_450_000;
/// Most bytes as it is.
const SINGLE_FILE_BUDGET_BYTES: usize = 3_990_000;

/// How much is checked.
#[derive(Clone, Copy, Eq, PartialEq)]
pub(crate) enum Scope {
    /// Everything.
    All,
    /// What needs no browser.
    Native,
}

impl Scope {
    /// Reads `--native`.
    pub(crate) fn from_words(words: &[String]) -> Done<Self> {
        match words {
            [] => Ok(Self::All),
            [word] if word == "--native" => Ok(Self::Native),
            _ => Err("test knows only --native".into()),
        }
    }
}

/// Runs the checks; ends at the first that fails.
pub(crate) fn check(scope: Scope) -> Done {
    install_for_checks()?;
    step("format", || {
        run(command("cargo").args(["fmt", "--all", "--check"]))
    })?;
    step("lints, native", || {
        run(command("cargo").args([
            "clippy",
            "--workspace",
            "--all-targets",
            "--locked",
            "--quiet",
            "--",
            "-D",
            "warnings",
        ]))
    })?;
    step("lints, browser", browser_lints)?;
    step("list of crates that ship", supply_chain::listed)?;
    if scope == Scope::All {
        step("licences and origins of crates", supply_chain::held)?;
        step("known flaws of crates", supply_chain::flaws)?;
    }
    step("native tests", || {
        run(command("cargo").args(["test", "--workspace", "--locked", "--quiet"]))
    })?;
    step("queries in other engines", sql::check)?;
    if scope == Scope::Native {
        println!("\nAll native checks hold. The browser tests were not asked for.");
        return Ok(());
    }
    let sizes = step("dist", dist)?;
    step("size budgets", || within_budgets(&sizes))?;
    step("what the browser tests need", browsers::install)?;
    step("browser tests", || {
        run(command("node")
            .args(["--test", "--test-concurrency=1"])
            .args(browsers::tests()?))
    })?;
    println!("\nEverything holds.");
    Ok(())
}

/// Clippy for the two programs of the browser: the house's lints and a few bans of their own.
fn browser_lints() -> Done {
    let dir = root().join("target/browser-lints");
    let house = std::fs::read_to_string(root().join("clippy.toml"))?;
    let list = "disallowed-methods = [\n";
    if !house.contains(list) {
        return Err("clippy.toml has no list of disallowed methods".into());
    }
    let bans = format!("{list}{}", include_str!("browser_lints.toml"));
    // Pointers are smaller there; what is small is judged as on the developer's machine.
    let whole = format!(
        "trivial-copy-size-limit = 8\n{}",
        house.replacen(list, &bans, 1)
    );
    std::fs::create_dir_all(&dir)?;
    std::fs::write(dir.join("clippy.toml"), whole)?;
    run(command("cargo")
        .env("CLIPPY_CONF_DIR", root().join("target/browser-lints"))
        .args([
            "clippy",
            "--package",
            "kept",
            "--bins",
            "--locked",
            "--quiet",
        ])
        .args(["--target", "wasm32-unknown-unknown", "--", "-D", "warnings"]))
}

#[expect(
    clippy::disallowed_methods,
    reason = "this program runs on the developer's machine"
)]
fn step<T>(name: &str, work: impl FnOnce() -> Done<T>) -> Done<T> {
    println!("\n== {name}");
    let began = Instant::now();
    let result = work().map_err(|reason| format!("{name}: {reason}"))?;
    println!("== {name}: holds ({:.1} s)", began.elapsed().as_secs_f64());
    Ok(result)
}

fn within_budgets(sizes: &[Size]) -> Done {
    let brotli_of = |wanted: &dyn Fn(&str) -> bool| -> usize {
        sizes
            .iter()
            .filter(|size| wanted(&size.name))
            .map(|size| size.brotli_bytes)
            .sum()
    };
    let page = brotli_of(&|name| name.starts_with("kept-page-") || name == "kept.js");
    let worker = brotli_of(&|name| name.starts_with("kept-worker-"));
    let single = sizes
        .iter()
        .find(|size| size.name == "kept.html")
        .map_or(0, |size| size.raw_bytes);
    for (what, bytes, budget_bytes) in [
        ("the page, brotli", page, PAGE_BUDGET_BYTES),
        ("the worker, brotli", worker, WORKER_BUDGET_BYTES),
        ("kept.html", single, SINGLE_FILE_BUDGET_BYTES),
    ] {
        println!("{what}: {bytes} of {budget_bytes} bytes");
        if bytes == 0 || bytes > budget_bytes {
            return Err(
                format!("{what}: {bytes} bytes; at most {budget_bytes} are allowed").into(),
            );
        }
    }
    Ok(())
}
