//! Synonyms: headers by which each role is known, per kind of table.
//!
//! Takes: a header in normal form. Gives: how well it fits a role, and the words that it fits.
//! Never: looks at cells; knows more than words.
//!
//! Written as [`normal`] writes them: lower case, letters without accents, words parted by one
//! blank. Each list has steps, the surest words first; words of one step, parted by bars, are
//! equally sure. A word after `~` is a piece of a question that is as sure as a whole header; one
//! after `+` is a name of a figure that is nearly as sure among other words, in any language.
//! Gathered from the export formats of support desks, survey tools and billing systems, and from
//! common usage in English, German, French, Spanish, Portuguese, Italian and Dutch.

mod account;
mod business;
mod event;
mod operations;
mod order;
mod revenue;
mod shared;
mod subscription;
mod survey;
mod ticket;

use super::kind::Kind;
use super::role::Role;
pub use crate::engine::table::words::normal;

/// A role in a kind of table.
#[derive(Debug)]
pub struct RoleWords {
    /// The role.
    pub role: Role,
    /// The kind is never recognised without it; further rules are in `needs`.
    pub needed: bool,
    /// How many steps below the surest these words stand.
    pub below: u8,
    /// Steps of normalised headers, the surest first.
    pub words: &'static [&'static str],
}

const fn needed(role: Role, words: &'static [&'static str]) -> RoleWords {
    RoleWords {
        role,
        needed: true,
        below: 0,
        words,
    }
}

const fn also(role: Role, words: &'static [&'static str]) -> RoleWords {
    RoleWords {
        role,
        needed: false,
        below: 0,
        words,
    }
}

/// For headers that are left over when another role has taken its own.
const fn last(role: Role, words: &'static [&'static str]) -> RoleWords {
    RoleWords {
        role,
        needed: false,
        below: 6,
        words,
    }
}

/// The roles of a kind and the headers by which they are known.
pub const fn of(kind: Kind) -> &'static [RoleWords] {
    match kind {
        Kind::Survey => survey::WORDS,
        Kind::Ticket => ticket::WORDS,
        Kind::Subscription => subscription::WORDS,
        Kind::RevenueMonth => revenue::MONTHS,
        Kind::RevenueMovement => revenue::MOVEMENTS,
        Kind::Renewal => revenue::RENEWALS,
        Kind::Event => event::WORDS,
        Kind::Order => order::WORDS,
        Kind::Account => account::WORDS,
        Kind::Spend => business::SPEND,
        Kind::Funnel => business::FUNNEL,
        Kind::Operations => operations::OPERATIONS,
        Kind::Aggregate | Kind::Figures => &[],
    }
}

/// How well a header fits a role's words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// 0 to 1.
    pub sure: f64,
    /// The words that it fits.
    pub word: &'static str,
    /// The whole header is these words, or holds a piece of a question that is as sure.
    pub whole: bool,
    /// The header holds the name of a figure, so the cells must speak for it too.
    pub is_named: bool,
}

/// How much less sure each further step of words is.
const STEP: f64 = 0.02;

/// Currencies that often stand in headers.
const CURRENCIES: [&str; 12] = [
    "usd", "eur", "gbp", "chf", "cad", "aud", "brl", "mxn", "jpy", "sek", "pln", "inr",
];

impl RoleWords {
    /// How well a normalised header fits the role.
    pub fn fit(&self, header: &str) -> Option<Fit> {
        // A currency behind a name says nothing of what it names.
        let bare = header.rsplit_once(' ');
        let bare = bare.filter(|(_, last)| CURRENCIES.contains(last));
        let bare = bare.and_then(|(front, _)| fit(front, self.words));
        let bare = bare.map(|found| Fit {
            sure: found.sure - 0.005,
            ..found
        });
        let found = fit(header, self.words);
        let found = found
            .into_iter()
            .chain(bare)
            .max_by(|a, b| a.sure.total_cmp(&b.sure))?;
        Some(Fit {
            sure: found.sure - f64::from(self.below) * STEP,
            ..found
        })
    }
}

/// How well a normalised header fits steps of words: the same words are surest, earlier steps
/// surer; a header that holds the words among others is less sure. Absent where nothing fits.
fn fit(header: &str, steps: &'static [&'static str]) -> Option<Fit> {
    let mut best: Option<Fit> = None;
    for (place, step) in steps.iter().enumerate() {
        let found = fit_step(header, step, place as f64 * STEP);
        if let Some(found) = found
            && best.is_none_or(|best| found.sure > best.sure)
        {
            best = Some(found);
        }
    }
    best
}

/// The best fit of a header to the words of one step, which are `late` less sure than the first.
fn fit_step(header: &str, step: &'static str, late: f64) -> Option<Fit> {
    let mut best: Option<Fit> = None;
    for word in step.split('|') {
        let found = if let Some(piece) = word.strip_prefix('~') {
            header.contains(piece).then_some(Fit {
                sure: 0.95,
                word: piece,
                whole: true,
                is_named: false,
            })
        } else if let Some(name) = word.strip_prefix('+') {
            names(header, name).then_some(Fit {
                sure: 0.9,
                word: name,
                whole: true,
                is_named: true,
            })
        } else if is_same(word, header) {
            Some(Fit {
                sure: 0.97 - late,
                word,
                whole: true,
                is_named: false,
            })
        } else if holds_words(header, word) && !speaks_of_something_else(header, word) {
            Some(Fit {
                sure: among_others(header, word) - late,
                word,
                whole: false,
                is_named: false,
            })
        } else {
            None
        };
        if let Some(found) = found
            && best.is_none_or(|best| found.sure > best.sure)
        {
            best = Some(found);
        }
    }
    best
}

/// How well a header in normal form fits words parted by bars, 0 to 1.
pub fn sure(header: &str, words: &'static str) -> f64 {
    fit_step(header, words, 0.0).map_or(0.0, |found| found.sure)
}

/// How sure words among others are: the more of the header they are, the surer.
fn among_others(header: &str, word: &str) -> f64 {
    let share = word.len() as f64 / header.len() as f64;
    let sure = (0.45 + 0.4 * share).min(0.85);
    // One short word inside a long header says little; several words, or a long one, say enough.
    if word.contains(' ') || word.len() > 7 {
        sure.max(0.58)
    } else if word.len() > 4 {
        sure
    } else {
        sure - 0.1
    }
}

/// Whether both are the same but for blanks.
fn is_same(word: &str, header: &str) -> bool {
    word == header
        || word
            .bytes()
            .filter(|b| *b != b' ')
            .eq(header.bytes().filter(|b| *b != b' '))
}

/// Whether the header holds the words as whole words.
fn holds_words(header: &str, words: &str) -> bool {
    header.len() > words.len()
        && header.match_indices(words).any(|(start, _)| {
            let before = start == 0 || header.as_bytes().get(start - 1) == Some(&b' ');
            let after = header.as_bytes().get(start + words.len());
            before && (after.is_none() || after == Some(&b' '))
        })
}

/// Whether the header names the figure among other words, such as `nota nps`.
fn names(header: &str, name: &str) -> bool {
    // "Ces" is an everyday word of French, so a whole sentence with it says nothing.
    let most_words = if name == "ces" { 3 } else { 8 };
    let turns = |other: &str| NO_ANSWER.contains(&other);
    holds_words(header, name)
        && !speaks_of_something_else(header, name)
        && header.split(' ').count() <= most_words
        && !header.split(' ').any(turns)
}

/// Words that make a header with the name of a figure speak of something beside the answer.
const NO_ANSWER: [&str; 14] = [
    "id",
    "responses",
    "answers",
    "respondents",
    "promoters",
    "passives",
    "detractors",
    "sent",
    "surveys",
    "number",
    "change",
    "target",
    "goal",
    "delta",
];

/// Whether the other words of the header turn its meaning: `years at company` is no company.
fn speaks_of_something_else(header: &str, word: &str) -> bool {
    header
        .split(' ')
        .filter(|other| !word.split(' ').any(|own| own == *other))
        .any(|other| OTHER_THINGS.contains(&other))
}

/// Words after which a header speaks of something else than the words beside them.
const OTHER_THINGS: [&str; 61] = [
    "health",
    "usage",
    "risk",
    "csm",
    "credit",
    "churn",
    "lead",
    "propensity",
    "years",
    "days",
    "months",
    "hours",
    "count",
    "size",
    "type",
    "age",
    "per",
    "rate",
    "pct",
    "percent",
    "since",
    "bank",
    "address",
    "threshold",
    "transform",
    "refundable",
    "cycles",
    "anchor",
    "industry",
    "country",
    "city",
    "group",
    "tax",
    "shipping",
    "billing",
    "default",
    "synced",
    "updated",
    "metadata",
    "average",
    "avg",
    "mean",
    "lifetime",
    "reason",
    "owner",
    "manager",
    "agent",
    "assignee",
    "phone",
    "zip",
    "url",
    "link",
    "category",
    "old",
    "previous",
    "expected",
    "planned",
    "land",
    "stadt",
    "pays",
    "segment",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_written_in_normal_form_and_say_nothing_twice() {
        for kind in Kind::ALL {
            for entry in of(kind) {
                let mut seen: Vec<&str> = Vec::new();
                for word in entry.words.iter().flat_map(|step| step.split('|')) {
                    let plain = word.trim_start_matches(['~', '+']);
                    assert_eq!(normal(plain), plain, "{kind:?} {:?}", entry.role);
                    assert!(!plain.is_empty(), "{kind:?} {:?}", entry.role);
                    assert!(
                        !seen.contains(&word),
                        "{word} twice in {kind:?} {:?}",
                        entry.role
                    );
                    seen.push(word);
                }
            }
        }
    }

    #[test]
    fn the_same_words_fit_better_than_words_among_others() {
        const WORDS: &[&str] = &["nps|net promoter score", "recommendation"];
        let sure = |header| fit(header, WORDS).map_or(0.0, |fit| fit.sure);
        assert!(sure("nps") > sure("q1 nps"));
        assert!(sure("nps") > sure("recommendation"));
        assert!(sure("q1 nps") > 0.5);
        assert!(sure("snapshot") < 0.1);
    }

    #[test]
    fn the_name_of_a_figure_is_known_among_words_of_any_language() {
        let score = |header: &str| {
            of(Kind::Survey)
                .iter()
                .find(|entry| entry.role == Role::Score)
                .and_then(|entry| entry.fit(header))
                .is_some_and(|fit| fit.whole && fit.sure > 0.85)
        };
        for header in [
            "nota nps",
            "nps puanı",
            "wynik csat",
            "ces waarde",
            "ocena nps klienta",
        ] {
            assert!(score(header), "{header}");
        }
        for header in [
            "nps responses",
            "nps group",
            "csat survey id",
            "processes",
            "que pensez vous de ces produits",
        ] {
            assert!(!score(header), "{header}");
        }
    }

    #[test]
    fn a_piece_of_a_question_is_as_sure_as_a_header() {
        const WORDS: &[&str] = &["~likely to recommend"];
        let found = fit("how likely to recommend us are you", WORDS).unwrap();
        assert!(found.whole && found.sure > 0.9);
    }
}
