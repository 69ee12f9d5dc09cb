//! Words that stand for an empty cell.

/// Whether the cell says that there is no value: empty, or a usual word for it.
///
/// Case does not matter. Numbers never stand for an empty cell unless the user says so.
pub fn is_missing(text: &str) -> bool {
    let text = text.trim();
    if text.is_empty() {
        return true;
    }
    if text.len() > 20 {
        return false;
    }
    let lower = text.to_lowercase();
    WORDS.contains(&lower.as_str())
}

const WORDS: [&str; 31] = [
    "-",
    "--",
    "---",
    ".",
    "..",
    "?",
    "n/a",
    "#n/a",
    "n.a.",
    "na",
    "<na>",
    "nan",
    "nil",
    "none",
    "null",
    "(null)",
    "\\n",
    "blank",
    "(blank)",
    "empty",
    "(empty)",
    "missing",
    "unknown",
    "not available",
    "not applicable",
    "no answer",
    "no response",
    "not answered",
    "not rated",
    "nat",
    "–",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_words_for_nothing_are_missing_and_numbers_are_not() {
        for text in ["", "  ", "NULL", "N/A", "nan", "Blank", "-", "#N/A"] {
            assert!(is_missing(text), "{text}");
        }
        for text in ["0", "-1", "99", "no", "north", "Nana"] {
            assert!(!is_missing(text), "{text}");
        }
    }
}
