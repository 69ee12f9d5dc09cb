//! Yes and no, in the words that exports use.

/// What a cell says, where it is a usual word for yes or no.
pub fn parse(text: &str) -> Option<bool> {
    let lower = text.trim().to_lowercase();
    if YES.contains(&lower.as_str()) {
        Some(true)
    } else if NO.contains(&lower.as_str()) {
        Some(false)
    } else {
        None
    }
}

const YES: [&str; 20] = [
    "yes",
    "y",
    "true",
    "t",
    "1",
    "x",
    "✓",
    "✔",
    "ja",
    "wahr",
    "oui",
    "vrai",
    "si",
    "sí",
    "sì",
    "verdadero",
    "sim",
    "tak",
    "kyllä",
    "1.0",
];
const NO: [&str; 16] = [
    "no", "n", "false", "f", "0", "nein", "falsch", "non", "faux", "falso", "não", "nao", "nie",
    "nej", "ei", "0.0",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_and_no_are_read_in_any_case() {
        assert_eq!(parse("Yes"), Some(true));
        assert_eq!(parse(" FALSE "), Some(false));
        assert_eq!(parse("1"), Some(true));
        assert_eq!(parse("maybe"), None);
        assert_eq!(parse(""), None);
    }
}
