//! Words that stand for an empty cell.

use super::fold;

/// Whether the cell says that there is no value: empty, or a usual word for it.
///
/// Case and accents do not matter. Numbers never stand for an empty cell unless the user says so,
/// nor do the faults of spreadsheets (`#REF!`, `#DIV/0!`), but for `#N/A` in its languages.
pub fn is_missing(text: &str) -> bool {
    let text = text.trim();
    let Some(first) = text.bytes().next() else {
        return true;
    };
    // Most cells are numbers, dates, or too long: no look at the words.
    if first.is_ascii_digit() {
        return is_never(text);
    }
    if text.len() > 32 {
        return false;
    }
    if text.is_ascii() {
        return WORDS.iter().any(|word| word.eq_ignore_ascii_case(text));
    }
    let folded = fold::plain(text);
    folded.is_empty() || {
        let word = fold::word(&folded);
        WORDS.contains(&word.as_str())
    }
}

/// Whether the text is the day by which databases say that something has no end.
fn is_never(text: &str) -> bool {
    if text.len() < 10 || !text.contains("999") {
        return false;
    }
    let day = text.split([' ', 'T']).next().unwrap_or_default();
    let day = day.replace(['/', '.'], "-");
    let ends = [
        "9999-12-31",
        "31-12-9999",
        "12-31-9999",
        "2999-12-31",
        "31-12-2999",
        "12-31-2999",
    ];
    ends.contains(&day.as_str())
}

/// In small letters without accents: signs, English, German, French, Spanish and Portuguese,
/// Italian, Dutch.
const WORDS: [&str; 124] = [
    "-",
    "--",
    "---",
    "—",
    "――",
    ".",
    "..",
    "...",
    "…",
    "?",
    "??",
    "/",
    "\\n",
    "n/a",
    "#n/a",
    "#n/a n/a",
    "n.a.",
    "n. a.",
    "na",
    "<na>",
    "(na)",
    "nan",
    "#nan",
    "nat",
    "nil",
    "none",
    "(none)",
    "null",
    "(null)",
    "<null>",
    "[null]",
    "undefined",
    "blank",
    "(blank)",
    "(blanks)",
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
    "not set",
    "(not set)",
    "not provided",
    "not specified",
    "not recorded",
    "no value",
    "(no value)",
    "no data",
    "k.a.",
    "k. a.",
    "keine angabe",
    "keine angaben",
    "keine antwort",
    "keine daten",
    "nicht verfugbar",
    "nicht angegeben",
    "nicht zutreffend",
    "nicht anwendbar",
    "trifft nicht zu",
    "entfallt",
    "unbekannt",
    "leer",
    "(leer)",
    "#nv",
    "#n/v",
    "s/o",
    "s.o.",
    "sans objet",
    "non disponible",
    "non renseigne",
    "non applicable",
    "non communique",
    "n.c.",
    "vide",
    "(vide)",
    "inconnu",
    "sans reponse",
    "pas de reponse",
    "aucune reponse",
    "sin respuesta",
    "sin datos",
    "sin dato",
    "sin informacion",
    "no disponible",
    "no aplica",
    "no contesta",
    "ns/nc",
    "n/d",
    "n.d.",
    "s/d",
    "s/r",
    "#n/d",
    "desconocido",
    "vacio",
    "(vacio)",
    "en blanco",
    "(en blanco)",
    "sem resposta",
    "sem dados",
    "sem informacao",
    "nao disponivel",
    "nao se aplica",
    "nao informado",
    "vazio",
    "(vazio)",
    "nessuna risposta",
    "non pervenuto",
    "vuoto",
    "(vuoto)",
    "sconosciuto",
    "n.v.t.",
    "nvt",
    "n.v.t",
    "niet van toepassing",
    "onbekend",
    "leeg",
    "(leeg)",
    "geen antwoord",
    "#n/b",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_words_for_nothing_are_missing() {
        for text in [
            "",
            "  ",
            "\u{a0}",
            "\u{200b}",
            "NULL",
            "N/A",
            "nan",
            "Blank",
            "(blank)",
            "-",
            "–",
            "—",
            "?",
            "#N/A",
            "#NV",
            "k. A.",
            "Keine Angabe",
            "nicht verfügbar",
            "sin respuesta",
            "N/D",
            "s/o",
            "leer",
            "Vacío",
            "non renseigné",
            "não se aplica",
            "n.v.t.",
            "(vuoto)",
            "Not set",
        ] {
            assert!(is_missing(text), "{text}");
        }
    }

    #[test]
    fn numbers_words_and_faults_of_spreadsheets_are_not() {
        for text in [
            "0", "-1", "99", "no", "north", "Nana", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?",
            "#NUM!", "#NULL!", "#WERT!", "+", "NC", "ND",
        ] {
            assert!(!is_missing(text), "{text}");
        }
    }
}
