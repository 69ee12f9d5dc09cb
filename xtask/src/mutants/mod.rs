//! `cargo xtask mutants`: whether the tests notice when the statistics, or a KPI, compute something
//! else.
//!
//! All changes are written into one copy, each off until a variable of the environment names it, so
//! that the copy is compiled once and not once for every change; and a change is tried only with the
//! tests that come by its place, those that end soonest first.
//!
//! Takes: names of files. Gives: the changes that no test notices and the list does not name.
//! Start at [`mutants`].

mod change;
mod copy;
mod list;
mod trial;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use change::Change;
use trial::Verdict;

use crate::commands::{Done, root};

/// Rooms that work out numbers; statements for databases are held against databases instead.
const ROOMS: [&str; 2] = ["src/engine/stats", "src/engine/kpi"];
const NOT: &str = "src/engine/kpi/queries";
/// Verdicts of the last run, one a line: the word, a tab, the change.
const RESULTS: &str = "target/mutants/results.txt";
const TELL_EVERY: usize = 100;
/// The verdict on a change that a test fails with.
const NOTICED: &str = "noticed";

/// What the user asked for.
struct Choices {
    jobs: usize,
    /// Tests of one change are asked for so long.
    seconds: u64,
    /// Only what was not noticed the last time.
    missed: bool,
    /// Only what the last run, which was broken off, has not tried.
    rest: bool,
    /// Ends of files' paths; none for all.
    names: Vec<String>,
}

impl Choices {
    fn from_words(words: &[String]) -> Done<Self> {
        let mut choices = Self {
            jobs: std::thread::available_parallelism().map_or(1, usize::from),
            seconds: 60,
            missed: false,
            rest: false,
            names: Vec::new(),
        };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut number = || {
                let number = words.next().and_then(|it| it.parse::<usize>().ok());
                number
                    .filter(|it| *it > 0)
                    .ok_or_else(|| format!("{word} needs a number above zero"))
            };
            match word.as_str() {
                "--jobs" => choices.jobs = number()?,
                "--seconds" => choices.seconds = u64::try_from(number()?)?,
                "--missed" => choices.missed = true,
                "--rest" => choices.rest = true,
                name if name.starts_with('-') => {
                    return Err(format!("mutants does not know {name}").into());
                }
                name => choices.names.push(name.to_owned()),
            }
        }
        Ok(choices)
    }
}

/// Makes every change, one at a time, and runs the tests that come by it.
///
/// `words`: `--jobs N`, `--seconds N`, `--missed`, `--rest`, and ends of files' paths such as
/// `stats/proportion.rs`; without one, all of the statistics and KPIs.
pub(crate) fn mutants(words: &[String]) -> Done {
    let choices = Choices::from_words(words)?;
    let files = files_named(&choices.names)?;
    let copy = copy::made(&files)?;
    println!(
        "{} changes in {} files; {} more do not compile.",
        copy.changes.len() - copy.left_out.len(),
        files.len(),
        copy.left_out.len()
    );
    let tests = trial::tests_of(&copy.programs, &copy.folder, choices.jobs);
    println!("{} tests come by a change.", tests.len());
    let results = Mutex::new(if choices.missed || choices.rest {
        results_so_far()?
    } else {
        BTreeMap::new()
    });
    let numbers: Vec<usize> = (1..=copy.changes.len())
        .filter(|number| !copy.left_out.contains(number))
        .filter(|number| {
            let told = copy.changes.get(number - 1).map(result_line);
            let (Ok(results), Some(told)) = (results.lock(), told) else {
                return false;
            };
            let before = results.get(&told).map(String::as_str);
            (!choices.missed || before.is_some_and(|word| word != NOTICED))
                && (!choices.rest || before.is_none())
        })
        .collect();
    let tried = AtomicUsize::new(0);
    let limits = (choices.jobs, Duration::from_secs(choices.seconds));
    trial::tried(&numbers, &tests, &copy.folder, limits, |number, verdict| {
        let count = tried.fetch_add(1, Ordering::Relaxed) + 1;
        let (Some(change), Ok(mut results)) = (copy.changes.get(number - 1), results.lock()) else {
            return;
        };
        let word = match verdict {
            Verdict::Noticed(_) => NOTICED,
            Verdict::NotNoticed(0) => "no test comes by",
            Verdict::NotNoticed(_) => "not noticed",
            Verdict::OutOfTime(_) => "not noticed in time",
        };
        if word != NOTICED {
            print!("{word}, line {}: {}", change.number, change.written());
        }
        results.insert(result_line(change), word.to_owned());
        if count.is_multiple_of(TELL_EVERY) || count == numbers.len() {
            println!("{count} of {} tried.", numbers.len());
            if let Err(reason) = write_results(&results) {
                println!("The results could not be written: {reason}");
            }
        }
    });
    let results = results.into_inner().unwrap_or_default();
    write_results(&results)?;
    let word_of = |change: &Change| results.get(&result_line(change)).map(String::as_str);
    let all = copy.changes.iter();
    let missed: Vec<Change> = all
        .clone()
        .filter(|change| word_of(change).is_some_and(|word| word != NOTICED))
        .cloned()
        .collect();
    let noticed = all
        .filter(|change| word_of(change) == Some(NOTICED))
        .count();
    list::judge(&missed, noticed, choices.names.is_empty())
}

fn result_line(change: &Change) -> String {
    let (line, column) = (change.number, change.column);
    format!("{}:{line}:{column}\t{}", change.file, change.what)
}

/// The words of the last run by their changes.
fn results_so_far() -> Done<BTreeMap<String, String>> {
    let text = fs::read_to_string(root().join(RESULTS))
        .map_err(|reason| format!("there was no run before: {reason}"))?;
    let lines = text.lines().filter_map(|line| line.split_once('\t'));
    let results = lines.map(|(word, change)| (change.to_owned(), word.to_owned()));
    Ok(results.collect())
}

fn write_results(results: &BTreeMap<String, String>) -> Done {
    let mut text = String::new();
    for (change, word) in results {
        writeln!(text, "{word}\t{change}")?;
    }
    fs::write(root().join(RESULTS), text)?;
    Ok(())
}

/// Files of the rooms whose paths end so, from the top of the repository.
fn files_named(names: &[String]) -> Done<Vec<PathBuf>> {
    let mut files = Vec::new();
    for room in ROOMS {
        for path in copy::files_below(&root().join(room))? {
            let file = path.strip_prefix(root())?.to_path_buf();
            let is_named = names.is_empty() || names.iter().any(|name| file.ends_with(name));
            let is_rust = file.extension() == Some("rs".as_ref());
            let name = path.to_string_lossy();
            let is_sql = file.starts_with(NOT) || name.ends_with("_sql.rs");
            let is_test = name.ends_with("/tests.rs");
            if is_named && is_rust && !is_sql && !is_test {
                files.push(file);
            }
        }
    }
    for name in names {
        if !files.iter().any(|file| file.ends_with(Path::new(name))) {
            return Err(format!("no file of {} ends in {name}", ROOMS.join(" or ")).into());
        }
    }
    Ok(files)
}
