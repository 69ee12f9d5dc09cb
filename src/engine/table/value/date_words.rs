//! Names of months and other words inside dates.

/// The month (1 to 12) that a word names, in full or shortened to three letters and more, in
/// English, German, French, Spanish, Italian, Portuguese and Dutch. Case does not matter.
pub fn month(word: &str) -> Option<u32> {
    let word = word.trim_end_matches('.').to_lowercase();
    if word.chars().count() < 3 {
        return None;
    }
    MONTHS
        .iter()
        .position(|names| {
            names
                .split(' ')
                .any(|name| name == word || is_short_form(&word, name))
        })
        .map(|place| place as u32 + 1)
}

fn is_short_form(word: &str, name: &str) -> bool {
    let letters = word.chars().count();
    (3..=5).contains(&letters) && name.starts_with(word) && name.chars().count() > letters
}

/// Whether a word may stand in a date without meaning anything: weekdays, `at`, `UTC`.
pub fn is_filler(word: &str) -> bool {
    let word = word.trim_end_matches('.').to_lowercase();
    matches!(
        word.as_str(),
        "at" | "um" | "de" | "of" | "utc" | "gmt" | "uhr" | "th" | "st" | "nd" | "rd"
    ) || WEEKDAYS
        .iter()
        .any(|day| *day == word || (word.len() >= 3 && day.starts_with(&word)))
}

const WEEKDAYS: [&str; 14] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
];

const MONTHS: [&str; 12] = [
    "january januar jänner janvier enero gennaio janeiro januari",
    "february februar février fevrier febrero febbraio fevereiro februari",
    "march märz maerz mars marzo março marco maart mrz",
    "april avril abril aprile",
    "may mai mayo maggio maio mei",
    "june juni juin junio giugno junho",
    "july juli juillet julio luglio julho",
    "august août aout agosto augustus",
    "september septembre septiembre settembre setembro",
    "october oktober octobre octubre ottobre outubro",
    "november novembre noviembre novembro",
    "december dezember décembre decembre diciembre dicembre dezembro",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_known_in_full_and_short() {
        for (word, number) in [
            ("Jan", 1),
            ("sept", 9),
            ("Mär", 3),
            ("déc.", 12),
            ("May", 5),
            ("Okt", 10),
            ("août", 8),
        ] {
            assert_eq!(month(word), Some(number), "{word}");
        }
        assert_eq!(month("plan"), None);
        assert_eq!(month("Ma"), None);
    }
}
