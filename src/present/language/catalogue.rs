//! The texts of one language, read from a file in the format of gettext.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::template::{self, Piece};
use crate::present::languages::LANGUAGES;

/// The texts of one language.
#[derive(Debug)]
pub struct Catalogue {
    /// English and the other language, by the English text.
    texts: Vec<(&'static str, &'static str)>,
    /// Those with holes by which a finished sentence can be known, the one with the most words
    /// first.
    templates: Vec<Template>,
}

#[derive(Debug)]
struct Template {
    pieces: Vec<Piece<'static>>,
    told: &'static str,
}

/// Fewer letters outside the holes would fit sentences by chance.
const LEAST_LETTERS: usize = 7;

/// How often what stands in a hole is looked up in turn.
const DEPTH: usize = 3;

/// The catalogue at this place of the list, read when it is first asked for.
pub fn of(place: usize) -> Option<&'static Catalogue> {
    static READ: [OnceLock<Catalogue>; LANGUAGES.len()] =
        [const { OnceLock::new() }; LANGUAGES.len()];
    let (_, text) = LANGUAGES.get(place)?;
    Some(READ.get(place)?.get_or_init(|| Catalogue::new(text)))
}

impl Catalogue {
    fn new(text: &'static str) -> Self {
        let mut texts: Vec<_> = entries(text)
            .into_iter()
            .filter(|(key, told)| !key.is_empty() && !told.is_empty())
            .collect();
        texts.sort_unstable();
        let mut templates: Vec<Template> = texts
            .iter()
            .map(|(key, told)| Template {
                pieces: template::pieces(key),
                told,
            })
            .filter(|it| it.pieces.len() > 1 && letters(&it.pieces) >= LEAST_LETTERS)
            .collect();
        templates.sort_by_key(|it| std::cmp::Reverse(letters(&it.pieces)));
        Self { texts, templates }
    }

    /// All texts: English and the other language.
    pub fn texts(&self) -> &[(&'static str, &'static str)] {
        &self.texts
    }

    /// A text that the catalogue has as it is.
    pub fn exact(&self, text: &str) -> Option<&'static str> {
        let place = self.texts.binary_search_by(|(key, _)| (*key).cmp(text));
        Some(self.texts.get(place.ok()?)?.1)
    }

    /// A finished sentence, or several: as it is, by its template, or each sentence by itself.
    pub fn sentence(&self, text: &str) -> Option<Cow<'static, str>> {
        self.looked_up(text, DEPTH)
    }

    fn looked_up(&self, text: &str, depth: usize) -> Option<Cow<'static, str>> {
        if let Some(told) = self.whole(text, depth) {
            return Some(told);
        }
        [". ", "? ", "; ", ": "]
            .iter()
            .find_map(|mark| self.in_two(text, mark, depth))
            .map(Cow::Owned)
    }

    /// A text as it is, or by its template.
    fn whole(&self, text: &str, depth: usize) -> Option<Cow<'static, str>> {
        if let Some(told) = self.exact(text) {
            return Some(Cow::Borrowed(told));
        }
        let may_fit = depth > 0 && text.contains(' ');
        may_fit
            .then(|| self.by_template(text, depth).map(Cow::Owned))
            .flatten()
    }

    fn by_template(&self, text: &str, depth: usize) -> Option<String> {
        self.templates.iter().find_map(|template| {
            let parts = template::fitted(&template.pieces, text)?;
            let holes = parts.iter().map(|(place, _)| place + 1).max();
            let mut told = vec![Cow::Borrowed(""); holes.unwrap_or(0)];
            for (place, part) in &parts {
                if let Some(slot) = told.get_mut(*place) {
                    let known = if template.names(*place) {
                        None
                    } else {
                        self.looked_up(part, depth - 1)
                    };
                    *slot = known.unwrap_or(Cow::Borrowed(*part));
                }
            }
            let shown: Vec<&dyn std::fmt::Display> = told.iter().map(|it| it as _).collect();
            Some(template::filled(template.told, &shown))
        })
    }

    /// Both sides of a mark, where both are known.
    fn in_two(&self, text: &str, mark: &str, depth: usize) -> Option<String> {
        text.match_indices(mark).find_map(|(at, _)| {
            let end = at + mark.trim_end().len();
            let (one, other) = (text.get(..end)?, text.get(at + mark.len()..)?);
            // Within a sentence the mark itself belongs to neither side.
            let bare = one.trim_end_matches([';', ':']);
            let ended = one.get(bare.len()..)?;
            let one = self.whole(bare, depth)?;
            let other = self.looked_up(other, depth)?;
            Some(format!("{one}{ended} {other}"))
        })
    }
}

impl Template {
    /// Whether a name of the user's stands in this hole: between quotation marks.
    fn names(&self, hole: usize) -> bool {
        self.pieces.windows(2).any(|pair| {
            matches!(pair, [Piece::Words(words), Piece::Hole(place)]
                if *place == hole && words.ends_with('“'))
        })
    }
}

fn letters(pieces: &[Piece<'_>]) -> usize {
    let words = pieces.iter().map(|piece| match piece {
        Piece::Words(words) => words.chars().filter(|it| it.is_alphabetic()).count(),
        Piece::Hole(_) => 0,
    });
    words.sum()
}

/// Every entry of a file: the English text and the other.
pub fn entries(text: &'static str) -> Vec<(&'static str, &'static str)> {
    let mut found = Vec::new();
    let mut key = "";
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let (is_key, first) = match (line.strip_prefix("msgid "), line.strip_prefix("msgstr ")) {
            (Some(first), _) => (true, first),
            (_, Some(first)) => (false, first),
            _ => continue,
        };
        let mut parts = vec![unquoted(first)];
        while let Some(more) = lines.next_if(|line| line.starts_with('"')) {
            parts.push(unquoted(more));
        }
        let whole = match parts.as_slice() {
            [only] if !only.contains('\\') => only,
            // Read once and needed as long as the program runs.
            _ => &*Box::leak(unescaped(&parts.concat()).into_boxed_str()),
        };
        if is_key {
            key = whole;
        } else {
            found.push((key, whole));
        }
    }
    found
}

fn unquoted(text: &'static str) -> &'static str {
    let text = text.trim();
    text.strip_prefix('"')
        .and_then(|it| it.strip_suffix('"'))
        .unwrap_or(text)
}

fn unescaped(text: &str) -> String {
    let mut letters = text.chars();
    let mut plain = String::with_capacity(text.len());
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            plain.push(letter);
            continue;
        }
        match letters.next() {
            Some('n') => plain.push('\n'),
            Some('t') => plain.push('\t'),
            Some(other) => plain.push(other),
            None => {}
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# a comment\nmsgid \"\"\nmsgstr \"Language: xx\"\n\nmsgid \"Rows\"\nmsgstr \"Zeilen\"\n\nmsgid \"\"\n\"The column “{0}” \"\n\"is {1}.\"\nmsgstr \"„{0}“ ist {1}.\"\n\nmsgid \"empty today\"\nmsgstr \"heute leer\"\n\nmsgid \"a\\tb\"\nmsgstr \"c\\td\"\n\nmsgid \"Fill it in.\"\nmsgstr \"Ausfüllen.\"\n";

    #[test]
    fn a_file_is_read_with_its_long_and_escaped_texts() {
        let catalogue = Catalogue::new(FILE);
        assert_eq!(catalogue.exact("Rows"), Some("Zeilen"));
        assert_eq!(catalogue.exact("a\tb"), Some("c\td"));
        assert_eq!(catalogue.exact(""), None, "the head is no text");
        assert_eq!(catalogue.texts().len(), 5);
    }

    #[test]
    fn sentences_are_known_by_their_template_and_names_stay() {
        let catalogue = Catalogue::new(FILE);
        let told = |text| catalogue.sentence(text).map(Cow::into_owned);
        assert_eq!(
            told("The column “Rows” is empty today.").as_deref(),
            Some("„Rows“ ist heute leer.")
        );
        assert_eq!(
            told("The column “a. b” is 7. Fill it in.").as_deref(),
            Some("„a. b“ ist 7. Ausfüllen.")
        );
        assert_eq!(told("Another column is 7."), None);
        assert_eq!(
            told("Fill it in. Something else."),
            None,
            "half is not told"
        );
    }
}
