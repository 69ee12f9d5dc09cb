//! `cargo xtask fuzz`: looks for bytes of which a claim in `fuzz/` does not hold.

use std::fs;

use crate::commands::{Done, command, output_of, root, run, succeeds, tools_dir};

const CARGO_FUZZ: &str = "0.13.2";
/// The targets, each with the dictionary that it is given.
const TARGETS: [(&str, &str); 7] = [
    ("tokenizer", "text"),
    ("values", "text"),
    ("dialect", "text"),
    ("workbook", "workbook"),
    ("json", "json"),
    ("session", "text"),
    ("recipe", "recipe"),
];

/// What the user asked for.
#[derive(Debug, PartialEq)]
pub(crate) struct Choices {
    minutes: f64,
    targets: Vec<(&'static str, &'static str)>,
}

impl Choices {
    /// Every target for so many minutes.
    pub(crate) fn of_all(minutes: f64) -> Self {
        Self {
            minutes,
            targets: TARGETS.to_vec(),
        }
    }

    /// Reads `--minutes N` and names of targets; without a name all are run.
    pub(crate) fn from_words(words: &[String]) -> Done<Self> {
        let mut choices = Self {
            targets: Vec::new(),
            ..Self::of_all(1.0)
        };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            if word == "--minutes" {
                let minutes = words.next().and_then(|word| word.parse().ok());
                choices.minutes = minutes
                    .filter(|minutes| *minutes > 0.0)
                    .ok_or("--minutes needs a number above zero")?;
                continue;
            }
            let target = TARGETS.into_iter().find(|(name, _)| name == word);
            choices.targets.push(target.ok_or_else(|| {
                let names = TARGETS.map(|(name, _)| name).join(", ");
                format!("there is no target {word}; there are {names}")
            })?);
        }
        if choices.targets.is_empty() {
            choices.targets = TARGETS.to_vec();
        }
        Ok(choices)
    }
}

/// Runs the targets one after the other; ends at the first finding.
///
/// What is found on the way is kept in `target/fuzz/`, and joined by the corpus of the repository.
pub(crate) fn fuzz(choices: &Choices) -> Done {
    install()?;
    for (target, dictionary) in &choices.targets {
        println!("\n== {target}, {} min", choices.minutes);
        let found = root().join("target/fuzz/found").join(target);
        fs::create_dir_all(&found)?;
        run(command("cargo")
            .args(["+nightly", "fuzz", "run", "--sanitizer", "none", "--target-dir"])
            .arg(root().join("target/fuzz/build"))
            .arg(target)
            .arg(&found)
            .arg(root().join("fuzz/corpus").join(target))
            .arg("--")
            .arg(format!("-max_total_time={:.0}", choices.minutes * 60.0))
            .arg(format!("-dict=fuzz/dictionaries/{dictionary}.dict"))
            .arg(format!(
                "-artifact_prefix={}/finding-",
                root().join("target/fuzz").display()
            ))
            .args(["-timeout=10", "-rss_limit_mb=2048", "-max_len=8192"])
            .args(["-print_final_stats=1", "-verbosity=0"]))
        .map_err(|reason| {
            format!("{target}: {reason}; the bytes are target/fuzz/finding-*: mend it and add them to fuzz/corpus/{target}")
        })?;
    }
    println!("\nNothing was found.");
    Ok(())
}

fn install() -> Done {
    if !succeeds(command("cargo").args(["+nightly", "--version"])) {
        println!("Installing Rust's nightly compiler, which the fuzzer needs.");
        run(command("rustup").args(["toolchain", "install", "nightly", "--profile", "minimal"]))?;
    }
    let version = output_of(command("cargo-fuzz").arg("--version"));
    if version.is_some_and(|version| version.ends_with(CARGO_FUZZ)) {
        return Ok(());
    }
    println!("Installing cargo-fuzz {CARGO_FUZZ} into target/tools.");
    run(command("cargo")
        .args(["install", "--quiet", "--locked", "cargo-fuzz"])
        .args(["--version", CARGO_FUZZ, "--root"])
        .arg(tools_dir()))
}

#[cfg(test)]
mod tests {
    use super::{Choices, TARGETS};
    use crate::commands::root;

    #[test]
    fn a_minute_each_unless_told_otherwise() {
        let read = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            Choices::from_words(&words).ok()
        };
        let usual = read(&[]).unwrap();
        assert_eq!((usual.minutes, usual.targets.len()), (1.0, TARGETS.len()));
        let one = read(&["--minutes", "0.5", "json"]).unwrap();
        assert_eq!((one.minutes, one.targets), (0.5, vec![("json", "json")]));
        assert_eq!(read(&["--minutes"]), None);
        assert_eq!(read(&["jsn"]), None);
    }

    #[test]
    fn every_target_has_its_files() {
        for (target, dictionary) in TARGETS {
            for path in [
                format!("fuzz/fuzz_targets/{target}.rs"),
                format!("fuzz/corpus/{target}"),
                format!("fuzz/dictionaries/{dictionary}.dict"),
            ] {
                assert!(root().join(&path).exists(), "{path}");
            }
        }
    }
}
