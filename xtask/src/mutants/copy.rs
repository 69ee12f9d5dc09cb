//! A copy of the repository whose statistics and KPIs hold every change, off until asked for.
//!
//! Takes: the rooms to change. Gives: the changes and the built programs of tests.
//! Never: touches the sources themselves.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::Value;

use super::change::{Change, changed};
use crate::commands::{Done, command, output_of, root};

/// What asks whether a change is on, and writes down which places a test comes by.
const SWITCH: &str = include_str!("switch.txt");
/// Attempts to leave out what does not compile; a few are enough, as the compiler tells many at once.
const ATTEMPTS: usize = 30;
/// How many lines above a message's line belong to the same expression, at most.
const LINES_ABOVE: usize = 4;

/// All changes, by their numbers from one, and the programs of the tests that may notice them.
pub(super) struct Copy {
    pub(super) folder: PathBuf,
    pub(super) changes: Vec<Change>,
    /// Those that do not compile, such as a difference of texts.
    pub(super) left_out: BTreeSet<usize>,
    pub(super) programs: Vec<PathBuf>,
}

/// Writes the copy and builds it; `files` are those to change.
pub(super) fn made(files: &[PathBuf]) -> Done<Copy> {
    let mut copy = Copy {
        folder: root().join("target/mutants/copy"),
        changes: Vec::new(),
        left_out: BTreeSet::new(),
        programs: Vec::new(),
    };
    copy.take_over(files)?;
    for attempt in 1.. {
        copy.changes = Vec::new();
        let mut ends = Vec::new();
        for file in files {
            let first = copy.changes.len() + 1;
            let name = file
                .strip_prefix("src/engine")?
                .to_string_lossy()
                .into_owned();
            let text = fs::read_to_string(root().join(file))?;
            let is_left_out = |number: usize| copy.left_out.contains(&number);
            let (text, changes) = changed(&name, &text, first, &is_left_out)?;
            write_where_other(&copy.folder.join(file), &text)?;
            copy.changes.extend(changes);
            ends.push((file.clone(), text));
        }
        let wrong = copy.wrong()?;
        if wrong.is_empty() {
            break;
        }
        let before = copy.left_out.len();
        for (file, lines) in wrong {
            let Some((_, text)) = ends.iter().find(|(name, _)| *name == file) else {
                return Err(format!("the copy does not compile: {}", file.display()).into());
            };
            copy.left_out.extend(numbers_at(text, lines));
        }
        println!(
            "Attempt {attempt}: {} changes do not compile.",
            copy.left_out.len()
        );
        if copy.left_out.len() == before || attempt == ATTEMPTS {
            return Err("the copy does not compile; see cargo check in target/mutants/copy".into());
        }
    }
    copy.build()?;
    Ok(copy)
}

impl Copy {
    /// Everything that is committed or would be; what tests read beside the repository as well.
    fn take_over(&self, changing: &[PathBuf]) -> Done {
        let mut list = command("git");
        list.args([
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
            "-z",
        ]);
        let names = output_of(&mut list).ok_or("git ls-files failed")?;
        let mut kept = BTreeSet::new();
        for name in names.split('\0').filter(|name| !name.is_empty()) {
            let from = root().join(name);
            if !from.is_file() {
                continue;
            }
            kept.insert(PathBuf::from(name));
            if !changing.iter().any(|it| it == Path::new(name)) {
                write_bytes_where_other(&self.folder.join(name), &fs::read(&from)?)?;
            }
        }
        for path in files_below(&self.folder.join("src"))? {
            let name = path.strip_prefix(&self.folder)?;
            if !kept.contains(name) && !name.ends_with("changed.rs") {
                fs::remove_file(&path)?;
            }
        }
        write_where_other(&self.folder.join("src/changed.rs"), SWITCH)?;
        let library = fs::read_to_string(root().join("src/lib.rs"))?;
        let library = format!("{library}\n#[doc(hidden)]\npub mod changed;\n");
        write_where_other(&self.folder.join("src/lib.rs"), &library)?;
        // The xtask would be built with the tests otherwise, and its own tests run.
        let manifest = fs::read_to_string(root().join("Cargo.toml"))?;
        let manifest = manifest.replace("members = [\".\", \"xtask\"]", "members = [\".\"]");
        write_where_other(&self.folder.join("Cargo.toml"), &manifest)?;
        let shared = root().join("../shared");
        let link = root().join("target/mutants/shared");
        if shared.exists() && !link.exists() {
            std::os::unix::fs::symlink(fs::canonicalize(shared)?, link)?;
        }
        Ok(())
    }

    fn cargo(&self, words: &[&str]) -> std::process::Command {
        let mut cargo = command("cargo");
        cargo
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", root().join("target/mutants/target"))
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_PROFILE_TEST_DEBUG", "0")
            .env("CARGO_PROFILE_DEV_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_TEST_OPT_LEVEL", "1")
            .env("RUSTFLAGS", "--cap-lints=allow")
            .args(words)
            .args(["--no-default-features", "--features", "native"])
            .args(["--message-format", "json"]);
        cargo
    }

    /// Lines of files that the compiler does not take.
    fn wrong(&self) -> Done<Vec<(PathBuf, std::ops::RangeInclusive<usize>)>> {
        let output = self
            .cargo(&["check", "--lib"])
            .stderr(Stdio::null())
            .output()?;
        let mut wrong = Vec::new();
        for message in messages(&output.stdout) {
            let message = &message["message"];
            if message["level"] != "error" {
                continue;
            }
            for span in message["spans"].as_array().into_iter().flatten() {
                if span["is_primary"] == true
                    && let Some(file) = span["file_name"].as_str()
                    && let Some(first) = number_of(&span["line_start"])
                    && let Some(last) = number_of(&span["line_end"])
                {
                    wrong.push((PathBuf::from(file), first..=last));
                }
            }
        }
        if wrong.is_empty() && !output.status.success() {
            return Err("cargo check of the copy failed without saying where".into());
        }
        Ok(wrong)
    }

    fn build(&mut self) -> Done {
        let mut build = self.cargo(&["test", "--no-run", "--lib", "--tests", "--bin", "kept"]);
        let output = build.stderr(Stdio::inherit()).output()?;
        if !output.status.success() {
            return Err("the tests of the copy do not compile".into());
        }
        for message in messages(&output.stdout) {
            let is_test = message["profile"]["test"] == true;
            if let (true, Some(program)) = (is_test, message["executable"].as_str()) {
                self.programs.push(PathBuf::from(program));
            }
        }
        Ok(())
    }
}

fn messages(output: &[u8]) -> Vec<Value> {
    let lines = output.split(|byte| *byte == b'\n');
    lines
        .filter_map(|line| serde_json::from_slice(line).ok())
        .collect()
}

fn number_of(value: &Value) -> Option<usize> {
    value.as_u64().and_then(|it| usize::try_from(it).ok())
}

/// The changes on these lines; where there is none, on the nearest line above that has some.
fn numbers_at(text: &str, lines: std::ops::RangeInclusive<usize>) -> Vec<usize> {
    let all: Vec<&str> = text.lines().collect();
    let first = lines.start().saturating_sub(LINES_ABOVE).max(1);
    let mut found: Vec<usize> = lines
        .clone()
        .filter_map(|line| all.get(line - 1))
        .flat_map(|line| numbers_in(line))
        .collect();
    for line in (first..*lines.start()).rev() {
        if !found.is_empty() {
            break;
        }
        found = all
            .get(line - 1)
            .map(|line| numbers_in(line))
            .unwrap_or_default();
    }
    found
}

fn numbers_in(line: &str) -> Vec<usize> {
    let parts = line.split("crate::changed::is(").skip(1);
    parts
        .filter_map(|part| part.split(')').next()?.parse().ok())
        .collect()
}

fn write_where_other(path: &Path, text: &str) -> Done {
    write_bytes_where_other(path, text.as_bytes())
}

/// Leaves alone what is the same, so that cargo does not build it again.
fn write_bytes_where_other(path: &Path, bytes: &[u8]) -> Done {
    if fs::read(path).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    if let Some(above) = path.parent() {
        fs::create_dir_all(above)?;
    }
    fs::write(path, bytes)?;
    Ok(())
}

/// Every file below a folder, in the order of their names; nothing where it is absent.
pub(super) fn files_below(folder: &Path) -> Done<Vec<PathBuf>> {
    let mut files = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else {
        return Ok(files);
    };
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}
