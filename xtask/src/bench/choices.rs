//! The words after `cargo xtask bench`.

use crate::commands::Done;

/// The tables of a whole run, each with its rows: one of each kind, then how time grows with rows.
const WHOLE: [(&str, u64); 7] = [
    ("tickets", 1_000_000),
    ("surveys", 1_000_000),
    ("subscriptions", 500_000),
    ("events", 1_000_000),
    ("tickets", 10_000),
    ("tickets", 100_000),
    ("tickets", 10_000_000),
];
const KINDS: usize = 4;

/// What the user asked for.
#[derive(Debug, Eq, PartialEq)]
pub(crate) struct Choices {
    /// Timed runs of everybody; an untimed one comes before.
    pub(super) runs: u32,
    /// Names of tables, each with its rows.
    pub(super) cases: Vec<(String, u64)>,
    /// Names of those who are measured; empty: all.
    pub(super) only: Vec<String>,
    /// Whether `dist/` is built before.
    pub(super) building: bool,
    /// Whether the documentation tells what came of it: of a whole run, and where it is asked for.
    pub(super) telling: bool,
    /// The rooms of the engine natively, instead of all of it in the browser.
    pub(super) native: bool,
}

impl Choices {
    /// Reads `--rows N`, `--runs N`, `--cases A,B:ROWS`, `--only A,B`, `--as-built`, `--tell`,
    /// `--native`.
    pub(crate) fn from_words(words: &[String]) -> Done<Self> {
        let mut choices = Self {
            runs: 5,
            cases: Vec::new(),
            only: Vec::new(),
            building: true,
            telling: false,
            native: false,
        };
        let (mut rows, mut named) = (None, Vec::new());
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--as-built" => choices.building = false,
                "--native" => choices.native = true,
                "--tell" => choices.telling = true,
                "--rows" | "--runs" | "--cases" | "--only" => {
                    let given = words.next().ok_or_else(|| format!("{word} needs more"))?;
                    let list = || given.split(',').map(str::to_owned).collect();
                    match word.as_str() {
                        "--rows" => rows = Some(number(given)?),
                        "--runs" => choices.runs = u32::try_from(number(given)?)?,
                        "--cases" => named = list(),
                        _ => choices.only = list(),
                    }
                }
                other => return Err(format!("bench does not know {other}").into()),
            }
        }
        choices.telling |= rows.is_none() && named.is_empty() && choices.only.is_empty();
        choices.cases = cases(rows, &named)?;
        Ok(choices)
    }
}

/// All tables of a whole run; with a number of rows one of each kind, with names those.
fn cases(rows: Option<u64>, named: &[String]) -> Done<Vec<(String, u64)>> {
    let usual = WHOLE
        .iter()
        .map(|(name, usual)| ((*name).to_owned(), *usual));
    match (rows, named) {
        (None, []) => Ok(usual.collect()),
        (Some(rows), []) => Ok(usual.take(KINDS).map(|(name, _)| (name, rows)).collect()),
        (rows, named) => named
            .iter()
            .map(|word| {
                let (name, own) = word.split_once(':').unwrap_or((word, ""));
                let (_, usual) = WHOLE
                    .iter()
                    .find(|(known, _)| *known == name)
                    .ok_or_else(|| format!("there is no case {name}"))?;
                let own = if own.is_empty() {
                    None
                } else {
                    Some(number(own)?)
                };
                Ok((name.to_owned(), own.or(rows).unwrap_or(*usual)))
            })
            .collect(),
    }
}

fn number(text: &str) -> Done<u64> {
    let number = text.replace('_', "").parse().ok().filter(|&n| n > 0);
    number.ok_or_else(|| format!("{text} is not a number above zero").into())
}

#[cfg(test)]
mod tests {
    use super::{Choices, WHOLE};

    fn read(words: &str) -> Option<Choices> {
        let words: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
        Choices::from_words(&words).ok()
    }

    #[test]
    fn a_whole_run_is_told() {
        let usual = read("").unwrap();
        assert_eq!((usual.runs, usual.building, usual.telling), (5, true, true));
        assert_eq!(usual.cases.len(), WHOLE.len());
        let other = read("--rows 10_000 --runs 7 --only kept,duckdb --as-built").unwrap();
        assert_eq!(
            (other.runs, other.building, other.telling),
            (7, false, false)
        );
        assert_eq!(other.only, ["kept", "duckdb"]);
        let kinds = ["tickets", "surveys", "subscriptions", "events"];
        let small = kinds.map(|kind| (kind.to_owned(), 10_000));
        assert_eq!(other.cases, small);
    }

    #[test]
    fn a_case_may_have_rows_of_its_own() {
        let some = read("--cases tickets:100,events --rows 50").unwrap();
        let of = |name: &str, rows| (name.to_owned(), rows);
        assert_eq!(some.cases, [of("tickets", 100), of("events", 50)]);
        assert_eq!(
            read("--cases subscriptions").unwrap().cases,
            [of("subscriptions", 500_000)]
        );
    }

    #[test]
    fn what_it_does_not_know_it_refuses() {
        for words in [
            "--row 1",
            "--rows",
            "--rows none",
            "--runs 0",
            "fast",
            "--cases ticket",
        ] {
            assert_eq!(read(words), None, "{words}");
        }
    }
}
