//! The words after `cargo xtask bench`.

use crate::commands::Done;

/// What the user asked for.
#[derive(Debug, Eq, PartialEq)]
pub(crate) struct Choices {
    /// Rows of every table.
    pub(super) rows: u64,
    /// Timed runs of everybody; an untimed one comes before.
    pub(super) runs: u32,
    /// Names of tables.
    pub(super) cases: Vec<String>,
    /// Names of those who are measured; empty: all.
    pub(super) only: Vec<String>,
    /// Whether `dist/` is built before.
    pub(super) building: bool,
    /// The rooms of the engine natively, instead of all of it in the browser.
    pub(super) native: bool,
}

impl Choices {
    /// Reads `--rows N`, `--runs N`, `--cases A,B`, `--only A,B`, `--as-built`, `--native`.
    pub(crate) fn from_words(words: &[String]) -> Done<Self> {
        let mut choices = Self {
            rows: 1_000_000,
            runs: 5,
            cases: vec!["tickets".to_owned()],
            only: Vec::new(),
            building: true,
            native: false,
        };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            if word == "--as-built" {
                choices.building = false;
                continue;
            }
            if word == "--native" {
                choices.native = true;
                continue;
            }
            let given = words.next().ok_or_else(|| format!("{word} needs more"))?;
            let list = || given.split(',').map(str::to_owned).collect();
            match word.as_str() {
                "--rows" => choices.rows = number(given)?,
                "--runs" => choices.runs = u32::try_from(number(given)?)?,
                "--cases" => choices.cases = list(),
                "--only" => choices.only = list(),
                other => return Err(format!("bench does not know {other}").into()),
            }
        }
        Ok(choices)
    }
}

fn number(text: &str) -> Done<u64> {
    let number = text.replace('_', "").parse().ok().filter(|&n| n > 0);
    number.ok_or_else(|| format!("{text} is not a number above zero").into())
}

#[cfg(test)]
mod tests {
    use super::Choices;

    fn read(words: &str) -> Option<Choices> {
        let words: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
        Choices::from_words(&words).ok()
    }

    #[test]
    fn a_million_rows_five_times_unless_told_otherwise() {
        let usual = read("").unwrap();
        assert_eq!(
            (usual.rows, usual.runs, usual.building),
            (1_000_000, 5, true)
        );
        let other = read("--rows 10_000 --runs 7 --only kept,duckdb --as-built").unwrap();
        assert_eq!((other.rows, other.runs, other.building), (10_000, 7, false));
        assert_eq!(other.only, ["kept", "duckdb"]);
    }

    #[test]
    fn what_it_does_not_know_it_refuses() {
        for words in ["--row 1", "--rows", "--rows none", "--runs 0", "fast"] {
            assert_eq!(read(words), None, "{words}");
        }
    }
}
