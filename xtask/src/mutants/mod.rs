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

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
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

/// What the user asked for.
struct Choices {
    jobs: usize,
    /// Tests of one change are asked for so long.
    seconds: u64,
    /// Only what was not noticed the last time.
    missed: bool,
    /// Ends of files' paths; none for all.
    names: Vec<String>,
}

impl Choices {
    fn from_words(words: &[String]) -> Done<Self> {
        let mut choices = Self {
            jobs: std::thread::available_parallelism().map_or(1, usize::from),
            seconds: 60,
            missed: false,
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
/// `words`: `--jobs N`, `--seconds N`, `--missed`, and ends of files' paths such as
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
    let missed_before = choices.missed.then(missed_last_time).transpose()?;
    let is_asked = |place: &usize| {
        let change = copy.changes.get(place - 1).map(result_line);
        let again = missed_before.as_ref();
        again.is_none_or(|missed| change.is_some_and(|it| missed.contains(&it)))
    };
    let numbers: Vec<usize> = (1..=copy.changes.len())
        .filter(|number| !copy.left_out.contains(number))
        .filter(is_asked)
        .collect();
    let tried = AtomicUsize::new(0);
    let limits = (choices.jobs, Duration::from_secs(choices.seconds));
    let verdicts = trial::tried(&numbers, &tests, &copy.folder, limits, |number, verdict| {
        let count = tried.fetch_add(1, Ordering::Relaxed) + 1;
        let is_noticed = matches!(verdict, Verdict::Noticed(_));
        if let (false, Some(change)) = (is_noticed, copy.changes.get(number - 1)) {
            print!("{}:{} {}", change.file, change.number, change.written());
        }
        if count.is_multiple_of(TELL_EVERY) {
            println!("{count} of {} tried.", numbers.len());
        }
    });
    let told = |number: &usize| copy.changes.get(number - 1);
    let mut results = String::new();
    let mut missed = Vec::new();
    for (number, verdict) in &verdicts {
        let Some(change) = told(number) else { continue };
        let word = match verdict {
            Verdict::Noticed(_) => "noticed",
            Verdict::NotNoticed(0) => "no test comes by",
            Verdict::NotNoticed(_) => "not noticed",
            Verdict::OutOfTime(_) => "not noticed in time",
        };
        writeln!(results, "{word}\t{}", result_line(change))?;
        if !matches!(verdict, Verdict::Noticed(_)) {
            missed.push(change.clone());
        }
    }
    fs::write(root().join(RESULTS), results)?;
    let is_all = choices.names.is_empty() && !choices.missed;
    list::judge(&missed, verdicts.len() - missed.len(), is_all)
}

fn result_line(change: &Change) -> String {
    format!("{}:{}\t{}", change.file, change.number, change.what)
}

fn missed_last_time() -> Done<BTreeSet<String>> {
    let text = fs::read_to_string(root().join(RESULTS))
        .map_err(|reason| format!("--missed: there was no run before: {reason}"))?;
    let lines = text.lines().filter_map(|line| line.split_once('\t'));
    let missed = lines.filter(|(word, _)| *word != "noticed");
    Ok(missed.map(|(_, change)| change.to_owned()).collect())
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
