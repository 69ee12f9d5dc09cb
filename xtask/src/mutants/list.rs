//! The list of changes that no test notices, each with the reason why no number changes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

use super::change::Change;
use crate::commands::{Done, root};

const LIST: &str = "tests/survivors.txt";

/// File, what becomes what, and the line: without its number, which other lines move.
type Key = (String, String, String);

fn key(change: &Change) -> Key {
    let Change {
        file, what, line, ..
    } = change.clone();
    (file, what, line)
}

/// Compares what was not noticed with the list; what is listed and noticed is told as well where
/// all was tried.
pub(super) fn judge(missed: &[Change], noticed: usize, is_all: bool) -> Done {
    let listed = listed(&fs::read_to_string(root().join(LIST))?)?;
    let found: BTreeSet<Key> = missed.iter().map(key).collect();
    let mut says = String::new();
    for change in missed.iter().filter(|it| !listed.contains_key(&key(it))) {
        write!(says, "\n\n{}", change.written())?;
    }
    if is_all {
        for (file, what, line) in listed.keys().filter(|it| !found.contains(*it)) {
            write!(
                says,
                "\n{LIST} lists what is noticed now: {file}: {what}\n    {line}\n"
            )?;
        }
    }
    println!(
        "\n{noticed} changes are noticed; {} are not, of which {} are listed in {LIST}.",
        missed.len(),
        missed
            .iter()
            .filter(|it| listed.contains_key(&key(it)))
            .count()
    );
    if says.is_empty() {
        return Ok(());
    }
    Err(
        format!("add a test, or a line to {LIST} with the reason why no number changes:{says}")
            .into(),
    )
}

/// The list: of each change file and what becomes what, the line, and the reason; a blank line
/// between two changes.
fn listed(text: &str) -> Done<BTreeMap<Key, String>> {
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
        changes.insert((file, what, line), reason);
    }
    Ok(changes)
}

#[cfg(test)]
mod tests {
    use super::{LIST, listed};
    use crate::commands::root;

    #[test]
    fn a_listed_change_has_a_line_and_a_reason() {
        let list = listed(
            "# Why.\n\na.rs: replace < with <= in f\n    if a < b {\n    Equal\n    ends.\n",
        )
        .unwrap();
        let ((file, what, line), reason) = list.first_key_value().unwrap();
        assert_eq!((file.as_str(), line.as_str()), ("a.rs", "if a < b {"));
        assert_eq!(
            (what.as_str(), reason.as_str()),
            ("replace < with <= in f", "Equal ends.")
        );
        assert!(listed("a.rs: replace < with > in f\n    a < b\n").is_err());
        assert!(listed("a.rs: replace < with > in f\n").is_err());
    }

    #[test]
    fn every_listed_line_stands_in_its_file() {
        let text = std::fs::read_to_string(root().join(LIST)).unwrap();
        for (file, _, line) in listed(&text).unwrap().keys() {
            let source = root().join("src/engine").join(file);
            let source = std::fs::read_to_string(&source).unwrap();
            assert!(source.lines().any(|it| it.trim() == line), "{file}: {line}");
        }
    }
}
