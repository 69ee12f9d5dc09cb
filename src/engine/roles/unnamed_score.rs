//! Surveys whose headers do not say which column holds the answers on a scale, such as `Q1`.

use super::assign;
use super::choose::Choice;
use super::kind::Kind;
use super::needs::is_everyday;
use super::role::Role;
use super::seen::Seen;
use crate::engine::report::Question;

/// More columns than this may be anything.
const MOST_COLUMNS: usize = 12;

/// The question which column holds the answers, where the table is a survey by its other columns
/// and some columns without a meaning hold small whole numbers; absent for other tables.
pub fn ask(seen: &[Seen<'_>], chosen: &[Choice]) -> Option<Question> {
    let guesses = assign::all(Kind::Survey, seen, chosen, &[]);
    let is_survey = guesses.iter().any(|guess| {
        matches!(
            guess.role,
            Role::Respondent | Role::RespondedAt | Role::Comment | Role::SentAt
        ) && guess.whole
            && !is_everyday(&seen[guess.column].header)
    });
    let has_score = guesses.iter().any(|guess| guess.role == Role::Score);
    if !is_survey || has_score {
        return None;
    }
    let is_free = |column: usize| {
        let is_guessed = guesses.iter().any(|guess| guess.column == column);
        !is_guessed && !chosen.get(column).is_some_and(Choice::is_given)
    };
    let choices: Vec<String> = seen
        .iter()
        .enumerate()
        .filter(|(column, one)| is_free(*column) && may_be_answers(one))
        .map(|(_, one)| one.column.name.clone())
        .collect();
    if choices.is_empty() || choices.len() > MOST_COLUMNS {
        return None;
    }
    Some(Question {
        code: String::from("role"),
        column: None,
        role: Some(Role::Score.id().to_owned()),
        choices,
        count: None,
        asks: format!("Which column is “{}”?", Role::Score.name()),
        because: String::from(
            "The table reads like a survey, and no header says which column holds the answers on a scale.",
        ),
        suggested: None,
        affects: Vec::new(),
    })
}

/// Whether the cells are at least three different whole numbers from 0 to 10.
fn may_be_answers(one: &Seen<'_>) -> bool {
    let profile = one.profile;
    let within = profile
        .range
        .is_some_and(|(low, high)| low >= 0.0 && high <= 10.0);
    let steps = profile.small_values.as_ref().map_or(0, Vec::len);
    within
        && (3..=11).contains(&steps)
        && profile.whole_numbers == profile.numbers()
        && profile.share(profile.numbers()) >= 0.9
}
