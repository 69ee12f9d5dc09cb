//! Which tests come by a change, and whether one of them notices it.
//!
//! Takes: programs of tests. Gives: for each change the test that fails with it, or that none does.

#![expect(
    clippy::disallowed_methods,
    reason = "a tool on a real machine has a clock"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::commands::output_of;

/// A test that takes longer is not asked: with thousands of changes it would be asked too often.
const LONGEST_TEST: Duration = Duration::from_secs(40);
/// A change may make a test slower; beyond this it counts as noticed.
const PATIENCE: u32 = 4;
const LEAST_PATIENCE: Duration = Duration::from_secs(8);
const LOOK_AGAIN: Duration = Duration::from_millis(4);

/// A test of a program.
#[derive(Debug)]
pub(super) struct Test {
    program: PathBuf,
    pub(super) name: String,
    takes: Duration,
    /// Numbers of the changes whose places it comes by.
    sees: BTreeSet<usize>,
    /// How often it was asked, and how often it failed.
    asked: AtomicUsize,
    failed: AtomicUsize,
}

/// What became of a change.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Verdict {
    /// The test that fails with it.
    Noticed(String),
    /// So many tests come by it, and none fails.
    NotNoticed(usize),
    /// None failed in the time that is given to a change; so many were not asked.
    OutOfTime(usize),
}

#[derive(PartialEq)]
enum Ended {
    Well,
    Badly,
    TooLate,
}

/// Runs every test once, with no change on; drops those that fail, take long, or see no change.
pub(super) fn tests_of(programs: &[PathBuf], folder: &Path, jobs: usize) -> Vec<Test> {
    let mut names = Vec::new();
    for program in programs {
        let mut list = Command::new(program);
        list.args(["--list", "--format", "terse"])
            .current_dir(folder);
        let told = output_of(&mut list).unwrap_or_default();
        for name in told.lines().filter_map(|line| line.strip_suffix(": test")) {
            names.push((program.clone(), name.to_owned()));
        }
    }
    println!(
        "{} tests; each is run once to see which changes it comes by.",
        names.len()
    );
    let found = Mutex::new(Vec::new());
    in_turn(names.len(), jobs, |place| {
        let Some((program, name)) = names.get(place) else {
            return;
        };
        let seen = folder.join(format!("../seen-{place}"));
        drop(fs::remove_file(&seen));
        let began = Instant::now();
        let mut test = asking(program, name, folder);
        test.env("KEPT_CHANGES_SEEN", &seen);
        let ended = ended(&mut test, LONGEST_TEST);
        let takes = began.elapsed();
        let text = fs::read_to_string(&seen).unwrap_or_default();
        drop(fs::remove_file(&seen));
        let sees: BTreeSet<usize> = text.lines().filter_map(|it| it.parse().ok()).collect();
        match ended {
            Ended::Well if sees.is_empty() => {}
            Ended::Well => add(
                &found,
                Test {
                    program: program.clone(),
                    name: name.clone(),
                    takes,
                    sees,
                    asked: AtomicUsize::new(0),
                    failed: AtomicUsize::new(0),
                },
            ),
            Ended::Badly => println!("Not asked, it fails without a change: {name}"),
            Ended::TooLate => println!("Not asked, it takes too long: {name}"),
        }
    });
    found.into_inner().unwrap_or_default()
}

/// Tries each of the changes; `hear` is told each verdict.
pub(super) fn tried(
    numbers: &[usize],
    tests: &[Test],
    folder: &Path,
    (jobs, longest): (usize, Duration),
    hear: impl Fn(usize, &Verdict) + Sync,
) -> BTreeMap<usize, Verdict> {
    let verdicts = Mutex::new(BTreeMap::new());
    in_turn(numbers.len(), jobs, |place| {
        let Some(number) = numbers.get(place) else {
            return;
        };
        let verdict = verdict_on(*number, tests, folder, longest);
        hear(*number, &verdict);
        if let Ok(mut verdicts) = verdicts.lock() {
            verdicts.insert(*number, verdict);
        }
    });
    verdicts.into_inner().unwrap_or_default()
}

fn verdict_on(number: usize, tests: &[Test], folder: &Path, longest: Duration) -> Verdict {
    let mut those: Vec<&Test> = tests
        .iter()
        .filter(|it| it.sees.contains(&number))
        .collect();
    // Those that fail often and end soon are asked first.
    those.sort_by(|a, b| a.cost().total_cmp(&b.cost()));
    let began = Instant::now();
    for (place, test) in those.iter().enumerate() {
        if began.elapsed() > longest {
            return Verdict::OutOfTime(those.len() - place);
        }
        let mut asked = asking(&test.program, &test.name, folder);
        asked.env("KEPT_CHANGE", number.to_string());
        test.asked.fetch_add(1, Ordering::Relaxed);
        let patience = (test.takes * PATIENCE).max(LEAST_PATIENCE);
        if ended(&mut asked, patience) != Ended::Well {
            test.failed.fetch_add(1, Ordering::Relaxed);
            return Verdict::Noticed(test.name.clone());
        }
    }
    Verdict::NotNoticed(those.len())
}

impl Test {
    /// Seconds that it is expected to take for one failure.
    fn cost(&self) -> f64 {
        let count = |it: &AtomicUsize| it.load(Ordering::Relaxed) as f64;
        self.takes.as_secs_f64() * (count(&self.asked) + 4.0) / (count(&self.failed) + 1.0)
    }
}

fn asking(program: &Path, name: &str, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .args(["--exact", name, "--test-threads", "1", "--quiet"])
        .current_dir(folder)
        .env("CARGO_MANIFEST_DIR", folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

fn ended(command: &mut Command, longest: Duration) -> Ended {
    let Ok(mut child) = command.spawn() else {
        return Ended::Badly;
    };
    let began = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ended::Well,
            Ok(Some(_)) | Err(_) => return Ended::Badly,
            Ok(None) if began.elapsed() > longest => {
                drop(child.kill());
                drop(child.wait());
                return Ended::TooLate;
            }
            Ok(None) => thread::sleep(LOOK_AGAIN),
        }
    }
}

/// Does the work for every place, in so many threads.
fn in_turn(places: usize, jobs: usize, work: impl Fn(usize) + Sync) {
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| {
                loop {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    if place >= places {
                        return;
                    }
                    work(place);
                }
            });
        }
    });
}

fn add<T>(list: &Mutex<Vec<T>>, item: T) {
    if let Ok(mut list) = list.lock() {
        list.push(item);
    }
}
