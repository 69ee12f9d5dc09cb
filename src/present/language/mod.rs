//! The language of what a person reads. The English text is the key: whoever writes one writes it
//! in English, and the catalogue of the language in force has it in that language.
//!
//! Takes: English texts. Gives: the same in the language in force; English where the catalogue
//! lacks one.
//! Never: changes a report that is handed on, a name of the user's, or a number.
//! Start at [`say`], [`say_text`] and [`told!`](crate::told). Tests: `tests/languages.rs`.

pub mod catalogue;
pub mod reports;
pub mod template;

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt::Display;

use super::languages::LANGUAGES;
use catalogue::Catalogue;

/// A language in which the page speaks.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Language {
    /// English, in which everything is written.
    #[default]
    English,
    /// Another, by its place among [`LANGUAGES`].
    Other(usize),
}

thread_local! {
    /// A page has one thread and speaks one language at a time.
    static IN_FORCE: Cell<Language> = const { Cell::new(Language::English) };
}

impl Language {
    /// The language of a BCP 47 tag such as `de-AT`; English where there is no catalogue for it.
    pub fn of(tag: &str) -> Self {
        let language = tag.split(['-', '_']).next().unwrap_or_default();
        LANGUAGES
            .iter()
            .position(|(known, _)| known.eq_ignore_ascii_case(language))
            .map_or(Self::English, Self::Other)
    }

    /// Its tag, as the attribute `lang` takes it.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Other(place) => LANGUAGES.get(place).map_or("en", |(tag, _)| tag),
        }
    }

    /// What its catalogue holds; absent for English.
    pub fn catalogue(self) -> Option<&'static Catalogue> {
        match self {
            Self::English => None,
            Self::Other(place) => catalogue::of(place),
        }
    }
}

/// Speaks this language from now on.
pub fn speak(language: Language) {
    IN_FORCE.set(language);
}

/// The language in force.
pub fn in_force() -> Language {
    IN_FORCE.get()
}

/// A fixed text.
pub fn say(text: &'static str) -> &'static str {
    let catalogue = in_force().catalogue();
    catalogue.and_then(|it| it.exact(text)).unwrap_or(text)
}

/// A finished English sentence, as the engine writes it.
pub fn say_text(text: &str) -> Cow<'_, str> {
    let catalogue = in_force().catalogue();
    catalogue
        .and_then(|it| it.sentence(text))
        .unwrap_or(Cow::Borrowed(text))
}

/// A template with holes `{0}`, `{1}`, filled; see [`told!`](crate::told).
pub fn fill(template: &'static str, parts: &[&dyn Display]) -> String {
    template::filled(say(template), parts)
}

/// A text for the middle of a sentence. Only English writes nouns there with small letters.
pub fn inside(text: &str) -> String {
    match in_force() {
        Language::English => text.to_lowercase(),
        Language::Other(_) => text.to_owned(),
    }
}

/// A sentence in the language in force: an English template with holes `{0}`, `{1}`, and what
/// stands in them.
#[macro_export]
macro_rules! told {
    ($template:literal $(, $part:expr)* $(,)?) => {
        $crate::present::language::fill($template, &[$(&$part as &dyn ::std::fmt::Display),*])
    };
}
