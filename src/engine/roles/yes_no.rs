//! Which words of a column mean yes.

use super::mapping::Meaning;
use super::role::Role;
use super::seen::Seen;
use super::vocabulary;
use crate::engine::report::Question;
use crate::engine::table::value::{flag, missing};

/// The most words that a question lists.
const MOST_CHOICES: usize = 24;

/// Settles which words mean yes and which mean no, and asks about the rest in one question.
pub fn settle(meaning: &mut Meaning, role: Role, seen: &Seen<'_>, questions: &mut Vec<Question>) {
    let keys = seen.column.keys();
    let held: Vec<String> = keys
        .texts
        .texts()
        .filter(|text| !missing::is_missing(text))
        .map(std::borrow::Cow::into_owned)
        .collect();
    let words: Vec<&str> = held.iter().map(String::as_str).collect();
    if !meaning.yes.is_empty() || !meaning.no.is_empty() {
        complete(meaning, &words);
        return;
    }
    let turned = match role {
        Role::Churned => STAYS_HEADERS.split('|').any(|known| known == seen.header),
        Role::SlaMet => vocabulary::asks_whether_broken(&seen.header),
        _ => false,
    };
    let mut unknown = false;
    for word in &words {
        let says = match role {
            Role::Churned => {
                vocabulary::has_left(word).or_else(|| flag::parse(word).map(|yes| yes != turned))
            }
            Role::SlaMet => vocabulary::promise_kept(word)
                .or_else(|| flag::parse(word).map(|yes| yes != turned)),
            _ => flag::parse(word),
        };
        match says {
            Some(true) => meaning.yes.push((*word).to_owned()),
            Some(false) => meaning.no.push((*word).to_owned()),
            None if role == Role::SlaMet && vocabulary::promise_undecided(word) => {}
            None => unknown = true,
        }
        if words.len() > MOST_CHOICES && unknown {
            // So many different words are no yes and no.
            break;
        }
    }
    // A stray word among thousands of clear ones is left out by itself, not asked about.
    if !unknown || seen.profile.share(seen.profile.flags) >= 0.95 {
        return;
    }
    let name = &seen.column.name;
    let (code, asks) = if role == Role::Churned {
        (
            "churned_words",
            format!("Which words in “{name}” mean that the customer has left?"),
        )
    } else {
        ("yes_words", format!("Which words in “{name}” mean yes?"))
    };
    meaning.open.push(code);
    questions.push(Question {
        asks,
        because: String::from("Not all of its words are a usual yes or no."),
        ..Question::about(
            code,
            name,
            words
                .iter()
                .take(MOST_CHOICES)
                .map(|word| (*word).to_owned())
                .collect(),
        )
    });
}

/// Headers under which yes means that the customer stays.
const STAYS_HEADERS: &str = "active|is active|retained|is retained|still active|active customer|aktiv|ist aktiv|actif|est actif|activo|ativo|attivo|actief";

/// Where the user names only the words for yes, all others mean no, and the other way round.
fn complete(meaning: &mut Meaning, words: &[&str]) {
    let is_among =
        |list: &[String], word: &str| list.iter().any(|known| known.trim() == word.trim());
    if meaning.no.is_empty() {
        meaning.no = words
            .iter()
            .filter(|word| !is_among(&meaning.yes, word))
            .map(|word| (*word).to_owned())
            .collect();
    } else if meaning.yes.is_empty() {
        meaning.yes = words
            .iter()
            .filter(|word| !is_among(&meaning.no, word))
            .map(|word| (*word).to_owned())
            .collect();
    }
}
