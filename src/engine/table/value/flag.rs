//! Yes and no, in the words that exports use.

use super::fold;

/// What a cell says, where it is a usual word or sign for yes or no.
///
/// Case and accents do not matter, nor the colour of a hand.
pub fn parse(text: &str) -> Option<bool> {
    let text = text.trim();
    if text.len() > 24 {
        return None;
    }
    if text.is_ascii() {
        let is = |word: &&str| word.eq_ignore_ascii_case(text);
        return answer(YES.iter().any(is), || NO.iter().any(is));
    }
    let folded = fold::plain(text);
    let word: String = fold::word(&folded)
        .chars()
        .filter(|c| !matches!(c, '\u{1f3fb}'..='\u{1f3ff}'))
        .collect();
    answer(YES.contains(&word.as_str()), || NO.contains(&word.as_str()))
}

fn answer(yes: bool, no: impl Fn() -> bool) -> Option<bool> {
    if yes {
        Some(true)
    } else {
        no().then_some(false)
    }
}

/// In small letters without accents. English, German, French, Spanish, Portuguese, Italian,
/// Dutch, and single words of other languages; then the signs.
const YES: [&str; 52] = [
    "yes",
    "y",
    "true",
    "t",
    "1",
    "1.0",
    "1,0",
    "x",
    "on",
    "checked",
    "enabled",
    "thumbs up",
    "ja",
    "j",
    "wahr",
    "ein",
    "an",
    "oui",
    "vrai",
    "si",
    "s",
    "verdadero",
    "sim",
    "verdadeiro",
    "vero",
    "waar",
    "aan",
    "sand",
    "sant",
    "sann",
    "tak",
    "prawda",
    "kylla",
    "tosi",
    "ano",
    "pravda",
    "igen",
    "igaz",
    "evet",
    "da",
    "да",
    "истина",
    "так",
    "ναι",
    "はい",
    "是",
    "예",
    "👍",
    "✓",
    "✔",
    "☑",
    "✅",
];
const NO: [&str; 49] = [
    "no",
    "n",
    "false",
    "f",
    "0",
    "0.0",
    "0,0",
    "off",
    "unchecked",
    "disabled",
    "thumbs down",
    "nein",
    "falsch",
    "aus",
    "non",
    "faux",
    "falso",
    "nao",
    "nee",
    "onwaar",
    "uit",
    "falsk",
    "falskt",
    "usann",
    "nej",
    "nei",
    "nie",
    "falsz",
    "ei",
    "epatosi",
    "ne",
    "nepravda",
    "nem",
    "hamis",
    "hayir",
    "yanlis",
    "нет",
    "ложь",
    "ні",
    "οχι",
    "いいえ",
    "否",
    "아니요",
    "👎",
    "✗",
    "✘",
    "✖",
    "☐",
    "❌",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_and_no_are_read_in_any_case_and_language() {
        for text in [
            "Yes",
            " TRUE ",
            "1",
            "Ja",
            "WAHR",
            "Oui",
            "vrai",
            "Sí",
            "sì",
            "Verdadero",
            "Sim",
            "vero",
            "waar",
            "👍",
            "👍🏽",
            "✔️",
            "✓",
            "checked",
            "On",
            "x",
        ] {
            assert_eq!(parse(text), Some(true), "{text}");
        }
        for text in [
            "No",
            " FALSE ",
            "0",
            "nein",
            "Falsch",
            "non",
            "faux",
            "falso",
            "Não",
            "nao",
            "nee",
            "onwaar",
            "👎",
            "👎🏿",
            "✗",
            "unchecked",
            "off",
        ] {
            assert_eq!(parse(text), Some(false), "{text}");
        }
        for text in ["maybe", "", "10", "-", "north"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn no_word_means_both() {
        assert!(YES.iter().all(|word| !NO.contains(word)));
    }
}
