//! Why a column was taken for something, in words: what its header reads like, and what its cells
//! are. Never a cell.

use super::assign::Guess;
use super::exports::Recognised;
use super::role::{Nature, Role};
use super::seen::Seen;

/// The reason as a short sentence: header and cells, because both decide.
pub fn says(guess: &Guess, seen: &Seen<'_>, export: Option<&Recognised>) -> String {
    let header = match export {
        Some(export) if guess.word.is_empty() => format!("This is a {}", export.name()),
        _ if guess.word == "nps group" => {
            String::from("Another column says whether these are promoters")
        }
        _ if guess.whole => format!("Header reads like “{}”", capital(guess.word)),
        _ => format!("Header speaks of “{}”", capital(guess.word)),
    };
    format!("{header}; {}", cells(guess.role, seen))
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

fn cells(role: Role, seen: &Seen<'_>) -> String {
    let profile = seen.profile;
    let filled = profile.filled();
    if filled == 0 {
        return String::from("all cells are empty");
    }
    let share = |readable: u64, what: &str| {
        if readable >= filled {
            format!("all {filled} cells are {what}")
        } else {
            format!("{readable} of {filled} cells are {what}")
        }
    };
    match role.nature() {
        Nature::Date if profile.dates() == 0 => {
            share(profile.moments(), "moments as plain numbers")
        }
        Nature::Date if profile.dates_month_only == filled => share(filled, "months"),
        Nature::Date => share(profile.moments(), "dates"),
        Nature::Count if seen.is_yes_no() => share(profile.flags, "yes or no"),
        Nature::Number | Nature::Count => share(profile.numbers(), "numbers"),
        Nature::Duration => share(profile.lengths(), "lengths of time"),
        Nature::YesNo if profile.flags * 2 > filled => share(profile.flags, "yes or no"),
        Nature::YesNo => different(seen, "words"),
        Nature::Score => match profile.range {
            Some((low, high)) if profile.numbers() > 0 => {
                format!("its {filled} answers run from {low} to {high}")
            }
            _ => different(seen, "worded answers"),
        },
        Nature::Key => match profile.distinct {
            Some(distinct) if distinct == seen.rows => {
                format!("every one of {distinct} rows has another value")
            }
            Some(distinct) => format!("{distinct} different values in {filled} cells"),
            None => format!("many different values in {filled} cells"),
        },
        Nature::Text => format!("{filled} cells hold text"),
    }
}

fn different(seen: &Seen<'_>, what: &str) -> String {
    match seen.profile.distinct {
        Some(distinct) => format!(
            "{distinct} different {what} in {} cells",
            seen.profile.filled()
        ),
        None => format!("{} cells hold {what}", seen.profile.filled()),
    }
}
