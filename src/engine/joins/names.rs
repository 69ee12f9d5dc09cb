//! Names of companies: what of a name may differ while the company is the same.

use crate::engine::table::words;

/// A name without what may differ: letters are small and without accents, marks are gone, and the
/// legal form stands apart.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Name {
    /// The words; empty where nothing is left of the name.
    pub core: String,
    /// The legal form in its short spelling, such as `ltd` for Limited; empty without one.
    pub form: &'static str,
}

impl Name {
    /// The name in parts.
    pub fn of(text: &str) -> Self {
        let spelt = text.replace('&', " and ").replace(['\'', '’'], "");
        let plain = flat(&spelt);
        let mut words: Vec<&str> = plain.split(' ').filter(|word| !word.is_empty()).collect();
        if words.len() > 1 && words[0] == "the" {
            words.remove(0);
        }
        let mut form = "";
        while words.len() > 1 {
            let Some((known, taken)) = last_form(&words) else {
                break;
            };
            // Of `GmbH & Co. KG` the last word tells the form.
            if form.is_empty() {
                form = known;
            }
            words.truncate(words.len() - taken);
            while words.len() > 1 && words.last() == Some(&"and") {
                words.pop();
            }
        }
        Self {
            core: words.join(" "),
            form,
        }
    }

    /// Whether the two may be told to be one company by their names alone: the same words, and no
    /// two different legal forms.
    pub fn is_same(&self, other: &Self) -> bool {
        self.core == other.core
            && (self.form.is_empty() || other.form.is_empty() || self.form == other.form)
    }
}

/// Small letters without accents, words parted by one blank.
fn flat(text: &str) -> String {
    // Humps of a header part words; in a name they do not.
    words::normal(&text.to_lowercase())
}

/// The legal form at the end of a name, and how many words it takes.
fn last_form(words: &[&str]) -> Option<(&'static str, usize)> {
    // Written with dots, as in `s. r. l.`, each letter is a word; the name keeps one at least.
    (1..=5.min(words.len() - 1)).rev().find_map(|taken| {
        let tail = words[words.len() - taken..].concat();
        let all_letters = words[words.len() - taken..]
            .iter()
            .all(|word| word.len() == 1);
        if taken > 1 && !all_letters && !["ptyltd", "pvtltd", "privatelimited"].contains(&&*tail) {
            return None;
        }
        let known = FORMS
            .iter()
            .find(|(_, spellings)| spellings.contains(&&*tail))?;
        Some((known.0, taken))
    })
}

/// Legal forms: the short spelling and all of them.
const FORMS: &[(&str, &[&str])] = &[
    ("inc", &["inc", "incorporated"]),
    ("corp", &["corp", "corporation"]),
    ("co", &["co", "company", "cie", "cia"]),
    (
        "ltd",
        &["ltd", "limited", "ptyltd", "pvtltd", "privatelimited"],
    ),
    ("llc", &["llc"]),
    ("llp", &["llp"]),
    ("lp", &["lp"]),
    ("plc", &["plc"]),
    ("gmbh", &["gmbh", "mbh", "ggmbh"]),
    ("ag", &["ag", "aktiengesellschaft"]),
    ("kg", &["kg", "ohg", "gbr"]),
    ("ug", &["ug"]),
    ("ev", &["ev", "verein"]),
    ("se", &["se"]),
    ("sa", &["sa", "sau"]),
    ("sas", &["sas", "sasu"]),
    ("sarl", &["sarl", "eurl"]),
    ("sl", &["sl", "slu"]),
    ("spa", &["spa"]),
    ("srl", &["srl", "srls"]),
    ("bv", &["bv"]),
    ("nv", &["nv"]),
    ("ltda", &["ltda", "lda", "limitada"]),
    ("ab", &["ab"]),
    ("as", &["as", "asa"]),
    ("aps", &["aps"]),
    ("oy", &["oy", "oyj"]),
    ("kk", &["kk"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_legal_form_and_the_spelling_do_not_matter() {
        let name = Name::of("Müller & Söhne");
        for text in [
            "Müller & Söhne GmbH",
            "MULLER AND SOHNE",
            "Müller und Söhne",
        ] {
            let is_same = name.is_same(&Name::of(text));
            assert_eq!(is_same, !text.contains("und"), "{text}");
        }
        for (one, other) in [
            ("Acme", "ACME, Inc."),
            ("Acme Ltd", "Acme Limited"),
            ("Foo s.r.l.", "foo SRL"),
            ("Bar GmbH & Co. KG", "Bar"),
            ("O'Neil", "ONeil LLC"),
            ("The Shop", "Shop"),
            ("Acme Pty Ltd", "Acme"),
            ("Crédit Lyon S.A.", "credit lyon"),
        ] {
            assert!(Name::of(one).is_same(&Name::of(other)), "{one} {other}");
        }
    }

    #[test]
    fn two_legal_forms_are_two_companies_until_somebody_says_otherwise() {
        assert!(!Name::of("Acme GmbH").is_same(&Name::of("Acme Inc.")));
        assert!(!Name::of("Acme").is_same(&Name::of("Acne")));
    }

    #[test]
    fn a_name_that_is_a_form_stays_a_name() {
        assert_eq!(Name::of("Group").core, "group");
        assert_eq!(Name::of("AB").core, "ab");
    }
}
