//! The questions of the check page, and how each can be answered.

use super::super::{Reader, answer, words};
use crate::engine::report::{Question, Report};
use crate::present::language::say;
use crate::told;

/// One open or answered question.
#[derive(Clone, Debug, PartialEq)]
pub struct QuestionView {
    /// The table.
    pub table: String,
    /// The question as it came, for the answer.
    pub question: Question,
    /// "Question 1 of 2 · affects Customer churn and 13 others".
    pub label: String,
    /// Why we ask.
    pub why: String,
    /// The answers: the choice and its words; none is preselected.
    pub answers: Vec<(String, String)>,
    /// How the answer is given.
    pub way: Way,
    /// The choice that was taken.
    pub chosen: Option<String>,
    /// The choice that is likely, and a sentence that says so and why; nothing follows it unasked.
    pub suggested: Option<(String, String)>,
}

/// How an answer is given.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Way {
    /// One of the answers.
    One,
    /// Any number of the answers; the choice holds them line by line.
    Several,
    /// A month that the reader names, such as `2025-01`.
    Month,
}

/// What stays on the page of a question once it was answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// The table.
    pub table: String,
    /// The question as it came.
    pub question: Question,
    /// The choice.
    pub choice: String,
}

/// Open and answered questions of all tables.
pub(super) fn questions(
    reader: &Reader<'_>,
    report: &Report,
    answers: &[Answered],
) -> Vec<QuestionView> {
    let is_answered = |table: &str, question: &Question| {
        answers.iter().any(|it| {
            it.table == table
                && it.question.code == question.code
                && it.question.column == question.column
                && it.question.role == question.role
        })
    };
    let done = answers
        .iter()
        .map(|it| question_view(reader, &it.table, &it.question, Some(it.choice.clone())));
    report
        .tables
        .iter()
        .flat_map(|table| {
            table
                .questions
                .iter()
                .map(|question| (&table.name, question))
        })
        .filter(|(table, question)| !is_answered(table, question))
        .map(|(table, question)| question_view(reader, table, question, None))
        .chain(done)
        .collect()
}

fn question_view(
    reader: &Reader<'_>,
    table: &str,
    question: &Question,
    chosen: Option<String>,
) -> QuestionView {
    QuestionView {
        table: table.to_owned(),
        label: affects(reader, &question.affects),
        why: reader.habits.sentence(&question.because),
        answers: answer_choices(question)
            .into_iter()
            .map(|choice| {
                let says = choice_words(&question.code, &choice);
                (choice, says)
            })
            .collect(),
        way: match question.code.as_str() {
            "churned_words" | "yes_words" if question.choices.len() > 1 => Way::Several,
            "first_month" => Way::Month,
            _ => Way::One,
        },
        suggested: question.suggested.as_ref().map(|suggested| {
            let choice = choice_words(&question.code, &suggested.choice);
            let says = format!("{}: {choice}. {}", say(words::SUGGESTED), suggested.because);
            (suggested.choice.clone(), says)
        }),
        question: question.clone(),
        chosen,
    }
}

fn affects(reader: &Reader<'_>, ids: &[String]) -> String {
    let name = |id: &String| {
        reader
            .about_id(id)
            .map_or_else(|| words::plain_name(id), |about| about.name.clone())
    };
    match ids {
        [] => say("affects how rows are read").to_owned(),
        [one] => told!("affects {0}", name(one)),
        [one, two] => told!("affects {0} and {1}", name(one), name(two)),
        [one, rest @ ..] => told!("affects {0} and {1} others", name(one), rest.len()),
    }
}

/// For codes: all of them, each where there are several, none.
fn answer_choices(question: &Question) -> Vec<String> {
    let mut choices = question.choices.clone();
    if question.code == "missing_code" {
        if choices.len() > 1 {
            choices.insert(0, question.choices.join(" "));
        }
        choices.push(answer::NONE_MISSING.to_owned());
    }
    choices
}

fn choice_words(code: &str, choice: &str) -> String {
    match (code, choice) {
        (_, "day_first") => say("Day first").to_owned(),
        (_, "month_first") => say("Month first").to_owned(),
        (_, "year_first") => say("Year first").to_owned(),
        ("clock", "hours_minutes") => say("Hours and minutes").to_owned(),
        ("clock", "minutes_seconds") => say("Minutes and seconds").to_owned(),
        ("unit", unit) => words::plain_name(unit),
        ("decimal", ".") => say("The point is the decimal mark").to_owned(),
        ("decimal", ",") => say("The comma is the decimal mark").to_owned(),
        (_, "high_is_good") => say("High is good").to_owned(),
        (_, "low_is_good") => say("Low is good").to_owned(),
        ("missing_code", answer::NONE_MISSING) => say("No, these are answers").to_owned(),
        ("missing_code", codes) if codes.contains(' ') => {
            told!("{0} mean no answer", codes.replace(' ', say(" and ")))
        }
        ("missing_code", code) => told!("{0} means no answer", code),
        ("churned_words" | "yes_words", word) => format!("“{word}”"),
        ("sheet", sheet) => told!("Sheet {0}", sheet),
        ("kind", kind) => words::kind(kind),
        ("question", asked) => words::asked(asked),
        (_, other) => other.to_owned(),
    }
}
