//! Long surveys: one column says what was asked, another holds the answers to all questions.
//! Every question then has its own scale and its own findings.

use std::collections::BTreeSet;

use super::asked;
use super::choose::Choice;
use super::mapping::{Asked, Mapping, Meaning, ScoreQuestion};
use super::role::Role;
use super::scale::{self, ScaleFound};
use super::seen::Seen;
use super::settle;
use super::synonyms::normal;
use super::written_scale;
use crate::engine::options::Direction;
use crate::engine::report::Question;
use crate::engine::table::{Profile, Table};

/// More different questions are no questions.
const MOST_QUESTIONS: usize = 60;

/// The one score column of a table that has a column for the question, or columns for the ends of
/// the scale.
pub fn score_column(mapping: &Mapping) -> Option<usize> {
    let mut scores = mapping.columns_of(Role::Score);
    let (score, other) = (scores.next()?, scores.next());
    let parted = [Role::Question, Role::ScaleMin, Role::ScaleMax]
        .into_iter()
        .any(|role| mapping.column_of(role).is_some());
    (other.is_none() && parted).then_some(score)
}

/// One question, the answers to it, and the ends of the scale that rows name.
struct Gathered {
    asked: Asked,
    values: Vec<f64>,
    scales: Vec<(f64, f64)>,
}

/// Settles every question of the column by itself.
pub fn settle(
    mapping: &mut Mapping,
    place: usize,
    (seen, table): (&[Seen<'_>], &Table),
    given: &[Choice],
    questions: &mut Vec<Question>,
) {
    let (Some(one), Some(meaning)) = (seen.get(place), mapping.columns.get(place).cloned()) else {
        return;
    };
    let said = match given.get(place) {
        Some(Choice::Use(column_use)) => column_use.direction,
        _ => None,
    };
    let mut open = Vec::new();
    let mut asked_all = Vec::new();
    for gathered in gather(mapping, one, &meaning, (seen, table)) {
        let Gathered {
            mut asked,
            mut values,
            scales,
        } = gathered;
        let words = asked.text.as_deref().map(normal).unwrap_or_default();
        let profile = profile_of(&mut values);
        asked.question = meaning
            .question
            .or_else(|| asked::of_words(&words))
            .or_else(|| asked::of_words(&one.header))
            .unwrap_or_else(|| settle::by_values(profile.range));
        let label = asked
            .text
            .clone()
            .unwrap_or_else(|| one.column.name.clone());
        settle_direction(&mut asked, (&words, &one.header), said, (&label, &mut open));
        asked.scale = most_frequent(&scales);
        if asked.scale.is_none() {
            settle_scale(&mut asked, &profile, &meaning, (&label, &mut open));
        }
        asked_all.push(asked);
    }
    // All of them are answered at the column, which is where the mapping takes them.
    questions.extend(open.into_iter().map(|question| Question {
        column: Some(one.column.name.clone()),
        ..question
    }));
    let Some(column) = mapping.columns.get_mut(place) else {
        return;
    };
    if let [only] = asked_all.as_slice() {
        column.question = Some(only.question);
        column.scale = only.scale;
        column.direction = only.direction;
    }
    if asked_all.iter().all(|asked| !asked.open.is_empty()) {
        column.open.extend(
            asked_all
                .iter()
                .flat_map(|asked| asked.open.iter().copied()),
        );
        column.open.sort_unstable();
        column.open.dedup();
    }
    mapping.by_question = asked_all;
}

/// The answers to each question, in the order in which questions first stand in the table.
fn gather(
    mapping: &Mapping,
    one: &Seen<'_>,
    meaning: &Meaning,
    (seen, table): (&[Seen<'_>], &Table),
) -> Vec<Gathered> {
    let cells = one.column.numbers(meaning.decimal, &meaning.missing);
    let keys = mapping
        .column_of(Role::Question)
        .and_then(|column| seen.get(column))
        .map(|column| column.column.keys());
    let ends = |role: Role| {
        let column = mapping.column_of(role)?;
        let decimal = mapping.columns.get(column)?.decimal;
        Some(seen.get(column)?.column.numbers(decimal, &[]).values)
    };
    let (lows, highs) = (ends(Role::ScaleMin), ends(Role::ScaleMax));
    // Rows that are left out whole have empty cells, which are no question of their own.
    let spoilt: BTreeSet<usize> = table.spoilt.iter().map(|(row, _)| *row as usize).collect();
    let mut all: Vec<Gathered> = Vec::new();
    for (row, value) in cells.values.iter().enumerate() {
        if spoilt.contains(&row) {
            continue;
        }
        let code = keys.as_ref().map(|keys| keys.codes[row]);
        let at = all.iter().position(|one| one.asked.code == code);
        if at.is_none() && all.len() >= MOST_QUESTIONS {
            continue;
        }
        let at = at.unwrap_or_else(|| {
            let text = keys
                .as_ref()
                .zip(code)
                .filter(|(_, code)| *code != 0)
                .map(|(keys, code)| keys.texts.text(code).into_owned());
            all.push(Gathered {
                asked: Asked::new(code, text),
                values: Vec::new(),
                scales: Vec::new(),
            });
            all.len() - 1
        });
        if !value.is_nan() {
            all[at].values.push(*value);
        }
        if let (Some(low), Some(high)) = (&lows, &highs)
            && low[row] < high[row]
        {
            all[at].scales.push((low[row], high[row]));
        }
    }
    all
}

fn settle_direction(
    asked: &mut Asked,
    words: (&str, &str),
    said: Option<Direction>,
    (label, open): (&str, &mut Vec<Question>),
) {
    let written = || {
        let of_question = written_scale::of(label).direction;
        of_question.or_else(|| written_scale::of(words.1).direction)
    };
    let stated = said.or_else(written);
    if asked.question != ScoreQuestion::Ces && stated.is_none() {
        return;
    }
    let found = stated
        .or_else(|| asked::effort_direction(words.0))
        .or_else(|| asked::effort_direction(words.1));
    if let Some(direction) = found {
        asked.direction = direction;
        return;
    }
    asked.open.push("direction");
    if !open.iter().any(|question| question.code == "direction") {
        open.push(settle::direction_question(label));
    }
}

fn settle_scale(
    asked: &mut Asked,
    profile: &Profile,
    meaning: &Meaning,
    (label, open): (&str, &mut Vec<Question>),
) {
    let answers = profile.small_values.as_deref().unwrap_or_default();
    let written = written_scale::of(label).scale(answers);
    if meaning.scale.is_none() && asked.question != ScoreQuestion::Nps && written.is_some() {
        asked.scale = written;
        return;
    }
    let found = scale::find(asked.question, profile, &meaning.missing);
    asked.scale = match (&found, meaning.scale) {
        (ScaleFound::Settled(scale, _), _) | (ScaleFound::Codes(scale, _), None) => Some(*scale),
        // What the user says of the column holds where a question does not settle itself.
        (_, said) => said,
    };
    if meaning.scale.is_none()
        && let Some(question) = settle::scale_question(&found, label)
    {
        asked.open.push(if question.code == "scale" {
            "scale"
        } else {
            "missing_code"
        });
        open.push(question);
    }
}

/// What the answers of one question look like, as far as scales need it.
pub fn profile_of(values: &mut [f64]) -> Profile {
    values.sort_unstable_by(f64::total_cmp);
    let mut different = values.to_vec();
    different.dedup_by(|a, b| a.to_bits() == b.to_bits());
    Profile {
        rows: values.len() as u64,
        range: different.first().copied().zip(different.last().copied()),
        small_values: (different.len() <= 32).then_some(different),
        ..Profile::default()
    }
}

fn most_frequent(scales: &[(f64, f64)]) -> Option<(f64, f64)> {
    let mut counts: Vec<((f64, f64), u64)> = Vec::new();
    for scale in scales {
        let same = |known: &(f64, f64)| {
            known.0.to_bits() == scale.0.to_bits() && known.1.to_bits() == scale.1.to_bits()
        };
        match counts.iter_mut().find(|(known, _)| same(known)) {
            Some((_, count)) => *count += 1,
            None => counts.push((*scale, 1)),
        }
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts.first().map(|(scale, _)| *scale)
}
