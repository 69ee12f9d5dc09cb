//! `cargo xtask mutants`: whether the tests notice when the statistics, or a KPI, compute something
//! else.
//!
//! `src/engine/stats` uses nothing of the house but `base::math`, so it is set into a package of its
//! own, with the tests that need nothing else: a changed line then costs a second or two instead of
//! the minute that all of the engine takes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::commands::{Done, command, output_of, root, run, tools_dir};

const CARGO_MUTANTS: &str = "27.1.0";
/// Tests of the statistics alone, those that end soonest first; folders of their own modules.
const ORACLES: [&str; 2] = ["stats_oracle", "buying_oracle"];
const SIMULATIONS: [&str; 1] = ["coverage"];
const MODULES: [&str; 2] = ["support/histories.rs", "support/long.rs"];
/// Changes that no test notices, each with the reason why no number changes.
const LIST: &str = "tests/survivors.txt";
const LONGEST_SECONDS: u32 = 120;

const MANIFEST: &str = r#"[workspace]

[package]
name = "kept"
version = "0.0.0"
edition = "2024"
publish = false

[lib]
doctest = false

[dependencies]
libm = "=0.2.16"

[profile.test]
opt-level = 1
debug = false
"#;

/// Tests run in the order of their names: the first lets the first that fails end the run, and
/// the simulations, which take longest, come last.
const LIBRARY: &str = "\
#![allow(warnings)]
extern crate self as kept;
pub mod engine {
    pub mod base {
        pub mod math;
    }
    pub mod stats;
}
#[cfg(test)]
mod ahead {
    #[test]
    fn the_first_that_fails_ends_the_run() {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            usual(panic);
            std::process::exit(101);
        }));
    }
}
";

/// Tests that compute KPIs another way; a changed KPI is run against them, a minute or more a time.
const KPI_TESTS: [&str; 13] = [
    "billing_oracle",
    "business_oracle",
    "calculators",
    "health_oracle",
    "kpi_examples",
    "ledger_oracle",
    "operations_oracle",
    "order_value_oracle",
    "retention_oracle",
    "stats_oracle",
    "support_oracle",
    "survey_oracle",
    "usage_oracle",
];

/// Changes every line that can be changed, one at a time, and runs the tests.
///
/// `words`: `--jobs N`, and names of files: of the statistics, such as `proportion.rs`, or with
/// `--kpis` of KPIs, such as `quick_ratio.rs`; without one, all of the statistics.
pub(crate) fn mutants(words: &[String]) -> Done {
    let mut files = Vec::new();
    let mut jobs = String::from("1");
    let mut room = "stats";
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--kpis" => room = "kpi",
            "--jobs" => jobs.clone_from(words.next().ok_or("--jobs needs a number")?),
            name => {
                let name = name
                    .strip_suffix(".rs")
                    .ok_or_else(|| format!("mutants does not know {name}"))?;
                files.push(format!("{name}.rs"));
            }
        }
    }
    if room == "kpi" && files.is_empty() {
        return Err("--kpis needs names of files: all of them would take weeks".into());
    }
    install()?;
    let package = if room == "kpi" {
        root().to_path_buf()
    } else {
        package()?
    };
    let out = root().join("target/mutants");
    let mut mutants = command("cargo");
    mutants
        .current_dir(&package)
        .env("CARGO_PROFILE_TEST_DEBUG", "0")
        .args([
            "mutants",
            "--no-shuffle",
            "--colors",
            "never",
            "--jobs",
            &jobs,
        ])
        .args(["--timeout", &LONGEST_SECONDS.to_string()])
        .args(["--exclude-re", "impl Debug"])
        .arg("--output")
        .arg(&out);
    let is_all = files.is_empty();
    if is_all {
        files.push("*.rs".to_owned());
    }
    for file in &files {
        mutants.args(["--file", &format!("src/engine/{room}/**/{file}")]);
    }
    if room == "kpi" {
        mutants.args(["--package", "kept", "--"]);
        for test in KPI_TESTS {
            mutants.args(["--test", test]);
        }
    }
    // It fails where a change is not noticed; which of them may be is said below.
    let ended = mutants.status()?;
    if !matches!(ended.code(), Some(0 | 2 | 3)) {
        return Err("cargo-mutants could not do its work; see above".into());
    }
    judge(&out.join("mutants.out"), &package, is_all)
}

/// Compares what was not noticed with the list.
fn judge(out: &Path, package: &Path, is_all: bool) -> Done {
    let listed = listed(&fs::read_to_string(root().join(LIST))?)?;
    let mut found = BTreeSet::new();
    for line in fs::read_to_string(out.join("missed.txt"))?.lines() {
        found.insert(Change::from_line(line, package)?);
    }
    let caught = fs::read_to_string(out.join("caught.txt"))?.lines().count();
    let mut says = String::new();
    for change in found.iter().filter(|change| !listed.contains_key(change)) {
        write!(says, "\n\n{}", change.written())?;
    }
    if is_all {
        for change in listed.keys().filter(|change| !found.contains(change)) {
            write!(
                says,
                "\n{LIST} lists what is noticed now: {}",
                change.written()
            )?;
        }
    }
    println!(
        "\n{caught} changes are noticed; {} are not, of which {} are listed in {LIST}.",
        found.len(),
        found.iter().filter(|it| listed.contains_key(it)).count()
    );
    if says.is_empty() {
        return Ok(());
    }
    Err(
        format!("add a test, or a line to {LIST} with the reason why no number changes:{says}")
            .into(),
    )
}

/// A change, told without its line number, which other changes move.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
struct Change {
    file: String,
    /// What becomes what, and in which function.
    what: String,
    /// The line of the file that is changed.
    line: String,
}

impl Change {
    /// Of a line such as `src/engine/stats/a.rs:12:5: replace < with <= in f`.
    fn from_line(line: &str, package: &Path) -> Done<Self> {
        let unknown = || format!("cargo-mutants says what cannot be read: {line}");
        let mut parts = line.splitn(4, ':');
        let mut part = || parts.next().ok_or_else(unknown);
        let (file, number, _, what) = (part()?, part()?, part()?, part()?);
        let number: usize = number.parse().ok().ok_or_else(unknown)?;
        let text = fs::read_to_string(package.join(file))?;
        let changed = text.lines().nth(number - 1).ok_or_else(unknown)?;
        Ok(Self {
            file: file.trim_start_matches("src/engine/").to_owned(),
            what: what.trim().to_owned(),
            line: changed.trim().to_owned(),
        })
    }

    fn written(&self) -> String {
        format!("{}: {}\n    {}\n", self.file, self.what, self.line)
    }
}

/// The list: of each change file and what becomes what, the line, and the reason; a blank line
/// between two changes.
fn listed(text: &str) -> Done<BTreeMap<Change, String>> {
    let mut changes = BTreeMap::new();
    for entry in text.split("\n\n").filter(|entry| !entry.starts_with('#')) {
        let mut lines = entry.trim().lines().map(str::trim);
        let Some(first) = lines.next() else { continue };
        let (file, what) = first
            .split_once(": ")
            .ok_or_else(|| format!("{LIST}: {first}"))?;
        let line = lines
            .next()
            .ok_or_else(|| format!("{LIST}: {first}: which line?"))?;
        let reason = lines.collect::<Vec<_>>().join(" ");
        if reason.is_empty() {
            return Err(format!("{LIST}: {first}: for which reason?").into());
        }
        let [file, what, line] = [file, what, line].map(str::to_owned);
        changes.insert(Change { file, what, line }, reason);
    }
    Ok(changes)
}

/// Writes the package; gives its folder.
fn package() -> Done<PathBuf> {
    let folder = root().join("target/mutants/package");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let copy = |from: &Path, to: &str| -> Done {
        let to = folder.join(to);
        if let Some(above) = to.parent() {
            fs::create_dir_all(above)?;
        }
        fs::copy(from, to)?;
        Ok(())
    };
    let mut library = String::from(LIBRARY);
    let top = root();
    copy(
        &top.join("src/engine/base/math.rs"),
        "src/engine/base/math.rs",
    )?;
    for file in files_below(&top.join("src/engine/stats"))? {
        let name = file.strip_prefix(top)?.to_string_lossy().into_owned();
        copy(&file, &name)?;
    }
    let groups: [(&str, &[&str]); 2] = [("oracles", &ORACLES), ("simulations", &SIMULATIONS)];
    for (group, tests) in groups {
        writeln!(library, "#[cfg(test)]\nmod {group};")?;
        let mut names = String::new();
        for test in tests {
            writeln!(names, "mod {test};")?;
            copy(
                &top.join(format!("tests/{test}.rs")),
                &format!("src/{group}/{test}.rs"),
            )?;
        }
        for module in MODULES {
            copy(
                &top.join("tests").join(module),
                &format!("src/{group}/{module}"),
            )?;
        }
        fs::write(folder.join(format!("src/{group}/mod.rs")), names)?;
    }
    fs::write(folder.join("src/lib.rs"), library)?;
    fs::write(folder.join("Cargo.toml"), MANIFEST)?;
    Ok(folder)
}

fn files_below(folder: &Path) -> Done<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}

fn install() -> Done {
    let version = output_of(command("cargo").args(["mutants", "--version"]));
    if version.is_some_and(|version| version.ends_with(CARGO_MUTANTS)) {
        return Ok(());
    }
    println!("Installing cargo-mutants {CARGO_MUTANTS} into target/tools.");
    run(command("cargo")
        .args(["install", "--quiet", "--locked", "cargo-mutants"])
        .args(["--version", CARGO_MUTANTS, "--root"])
        .arg(tools_dir()))
}

#[cfg(test)]
mod tests {
    use super::{Change, LIST, listed};
    use crate::commands::root;

    #[test]
    fn a_listed_change_has_a_line_and_a_reason() {
        let list = listed(
            "# Why.\n\na.rs: replace < with <= in f\n    if a < b {\n    Equal\n    ends.\n",
        )
        .unwrap();
        let (change, reason) = list.first_key_value().unwrap();
        assert_eq!(
            (change.file.as_str(), change.line.as_str()),
            ("a.rs", "if a < b {")
        );
        assert_eq!(
            (change.what.as_str(), reason.as_str()),
            ("replace < with <= in f", "Equal ends.")
        );
        assert!(listed("a.rs: replace < with > in f\n    a < b\n").is_err());
        assert!(listed("a.rs: replace < with > in f\n").is_err());
    }

    #[test]
    fn every_listed_line_stands_in_its_file() {
        let text = std::fs::read_to_string(root().join(LIST)).unwrap();
        for Change { file, line, .. } in listed(&text).unwrap().keys() {
            let source = root().join("src/engine").join(file);
            let source = std::fs::read_to_string(&source).unwrap();
            assert!(source.lines().any(|it| it.trim() == line), "{file}: {line}");
        }
    }
}
