//! `cargo xtask test`: everything that must hold, the quickest first.

use std::time::Instant;

use crate::browsers;
use crate::commands::{Done, command, root, run};
use crate::dist::{Size, dist};
use crate::fuzz;
use crate::sql;
use crate::supply_chain;
use crate::tools::install_for_checks;

/// Most bytes with brotli: the page's program and script, the worker's program. A budget stands a
/// little above what was last measured, so that growth is noticed.
const PAGE_BUDGET_BYTES: usize = 828_000;
const WORKER_BUDGET_BYTES: usize = 1_595_000;
/// Most bytes as it is.
const SINGLE_FILE_BUDGET_BYTES: usize = 4_470_000;

/// How much is checked.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Scope {
    /// Everything that a change must pass.
    All,
    /// What needs no browser.
    Native,
    /// The same claims on far more that is made up by chance.
    Long,
}

/// What the user asked for.
#[derive(Debug, PartialEq)]
pub(crate) struct Choices {
    scope: Scope,
    /// One step alone.
    only: Option<&'static str>,
    /// Of fuzzing, for each target.
    minutes: f64,
}

impl Choices {
    /// Reads `--native`, `--long`, `--minutes N` and `--only STEP`.
    pub(crate) fn from_words(words: &[String]) -> Done<Self> {
        let mut choices = Self {
            scope: Scope::All,
            only: None,
            minutes: 2.0,
        };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--native" => choices.scope = Scope::Native,
                "--long" => choices.scope = Scope::Long,
                "--minutes" => {
                    let minutes = words.next().and_then(|word| word.parse().ok());
                    choices.minutes = minutes
                        .filter(|minutes| *minutes > 0.0)
                        .ok_or("--minutes needs a number above zero")?;
                }
                "--only" => {
                    let name = words.next().ok_or("--only needs the name of a step")?;
                    let step = STEPS
                        .iter()
                        .chain(&LONG_STEPS)
                        .find(|step| step.name == name);
                    let names = || {
                        let names = STEPS.iter().chain(&LONG_STEPS).map(|step| step.name);
                        names.collect::<Vec<_>>().join(", ")
                    };
                    let step = step
                        .ok_or_else(|| format!("there is no step {name}; there are {}", names()))?;
                    choices.only = Some(step.name);
                }
                other => return Err(format!("test does not know {other}").into()),
            }
        }
        Ok(choices)
    }
}

/// Something that must hold, and that can be looked at alone: `cargo xtask test --only NAME`.
struct Step {
    name: &'static str,
    says: &'static str,
    is_native: bool,
    work: fn(&Choices) -> Done,
}

/// The quickest first.
const STEPS: [Step; 11] = [
    native("format", "every file is formatted", |_| {
        run(command("cargo").args(["fmt", "--all", "--check"]))
    }),
    native("lints", "lints, native", |_| {
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
    }),
    native("browser-lints", "lints, browser", |_| browser_lints()),
    native("parts", "list of crates that ship", |_| {
        supply_chain::listed()
    }),
    in_browsers("licences", "licences and origins of crates", |_| {
        supply_chain::held()
    }),
    in_browsers("flaws", "known flaws of crates", |_| supply_chain::flaws()),
    native("native", "native tests", |_| {
        run(command("cargo").args(["test", "--workspace", "--locked", "--quiet"]))
    }),
    native("queries", "queries in other engines", |_| sql::check()),
    in_browsers("dist", "dist and the budgets of its sizes", |_| {
        within_budgets(&dist()?)
    }),
    in_browsers("browsers", "what the browser tests need", |_| {
        browsers::install()
    }),
    in_browsers(
        "browser",
        "browser tests, on dist as it was built last",
        |_| {
            browsers::install()?;
            run(command("node")
                .args(["--test", "--test-concurrency=1"])
                .args(browsers::tests()?))
        },
    ),
];

/// Native tests with so many times the usual rounds: what they draw by chance begins as usual.
const TIMES: &str = "10";
/// Deeds by chance on the page, in each browser.
const DEEDS: &str = "3000";

/// Each takes minutes.
const LONG_STEPS: [Step; 4] = [
    native(
        "long-native",
        "native tests on ten times as much by chance",
        |_| {
            run(command("cargo").env("KEPT_TIMES", TIMES).args([
                "test",
                "--workspace",
                "--locked",
                "--quiet",
            ]))
        },
    ),
    native(
        "long-queries",
        "queries of all tables in other engines",
        |_| sql::check(),
    ),
    in_browsers(
        "long-page",
        "three thousand deeds by chance in each browser",
        |_| {
            browsers::install()?;
            dist()?;
            run(command("node")
                .env("KEPT_STEPS", DEEDS)
                .arg("--test")
                .arg(root().join("tests/browser/random.test.js")))
        },
    ),
    native("long-fuzz", "bytes that nobody thought of", |choices| {
        fuzz::fuzz(&fuzz::Choices::of_all(choices.minutes))
    }),
];

const fn native(name: &'static str, says: &'static str, work: fn(&Choices) -> Done) -> Step {
    Step {
        name,
        says,
        is_native: true,
        work,
    }
}

const fn in_browsers(name: &'static str, says: &'static str, work: fn(&Choices) -> Done) -> Step {
    Step {
        is_native: false,
        ..native(name, says, work)
    }
}

/// Runs the checks; ends at the first that fails.
pub(crate) fn check(choices: &Choices) -> Done {
    install_for_checks()?;
    let steps: Vec<&Step> = match (choices.only, choices.scope) {
        (Some(name), _) => {
            let all = STEPS.iter().chain(&LONG_STEPS);
            all.filter(|step| step.name == name).collect()
        }
        (None, Scope::Long) => LONG_STEPS.iter().collect(),
        (None, Scope::All) => STEPS.iter().collect(),
        (None, Scope::Native) => STEPS.iter().filter(|step| step.is_native).collect(),
    };
    for step in steps {
        hold(step, choices)?;
    }
    println!(
        "\n{}",
        match (choices.only, choices.scope) {
            (Some(name), _) => format!("The step {name} holds."),
            (None, Scope::Native) =>
                "All native checks hold. The browser tests were not asked for.".to_owned(),
            (None, Scope::Long) => "All long tests hold.".to_owned(),
            (None, Scope::All) => "Everything holds.".to_owned(),
        }
    );
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

/// Does the work of a step and says how long it took; its failure says how to look at it alone.
#[expect(
    clippy::disallowed_methods,
    reason = "this program runs on the developer's machine"
)]
fn hold(step: &Step, choices: &Choices) -> Done {
    let Step { name, says, .. } = step;
    println!("\n== {name}: {says}");
    let began = Instant::now();
    (step.work)(choices).map_err(|reason| {
        format!("{says}: {reason}\nThis step alone: cargo xtask test --only {name}")
    })?;
    println!("== {name} holds ({:.1} s)", began.elapsed().as_secs_f64());
    Ok(())
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Choices, LONG_STEPS, STEPS, Scope};

    fn read(words: &str) -> Option<Choices> {
        let words: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
        Choices::from_words(&words).ok()
    }

    #[test]
    fn everything_unless_told_otherwise() {
        let usual = read("").unwrap();
        assert_eq!((usual.scope, usual.only), (Scope::All, None));
        assert_eq!(read("--native").unwrap().scope, Scope::Native);
        let long = read("--long --minutes 0.5").unwrap();
        assert_eq!((long.scope, long.minutes), (Scope::Long, 0.5));
        for words in [
            "--nativ",
            "--minutes",
            "--minutes 0",
            "--only",
            "--only nothing",
        ] {
            assert_eq!(read(words), None, "{words}");
        }
    }

    #[test]
    fn every_step_has_a_name_of_its_own_and_runs_alone_by_it() {
        let names: Vec<_> = STEPS
            .iter()
            .chain(&LONG_STEPS)
            .map(|step| step.name)
            .collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
        for name in names {
            assert_eq!(read(&format!("--only {name}")).unwrap().only, Some(name));
        }
    }
}
