//! Two columns that fit the same role equally well are asked about, where the choice would change
//! a figure.

use super::assign::{self, Guess, may_be_several};
use super::choose::Choice;
use super::kind::Kind;
use super::mapping::Meaning;
use super::role::{Nature, Role};
use super::seen::Seen;
use crate::engine::report::Question;

/// Headers closer than this are equally sure.
const EQUAL: f64 = 0.004;

/// Asks about every role of the kind that two columns fit equally well by their headers, unless
/// their cells are the same. The first of them keeps the role, marked as open.
pub fn ask(
    kind: Kind,
    guesses: &[Guess],
    seen: &[Seen<'_>],
    chosen: &[Choice],
    columns: &mut [Meaning],
    questions: &mut Vec<Question>,
) {
    let candidates = assign::all(kind, seen, chosen, &[]);
    for guess in guesses {
        let is_role = columns
            .get(guess.column)
            .is_some_and(|column| column.role == Some(guess.role));
        let matters = matches!(
            guess.role.nature(),
            Nature::Date | Nature::Number | Nature::Count | Nature::Duration
        );
        if !is_role || !matters || may_be_several(guess.role) || guess.word.is_empty() {
            continue;
        }
        let rivals: Vec<usize> = candidates
            .iter()
            .filter(|other| {
                other.role == guess.role
                    && other.column != guess.column
                    && other.whole == guess.whole
                    && (other.header - guess.header).abs() < EQUAL
                    && seen[other.column].profile.filled() > 0
                    && columns[other.column].role.is_none()
                    && !(guess.role == Role::OccurredAt && is_day_of(other, guess, seen))
                    && (!in_business_hours(&seen[other.column])
                        || in_business_hours(&seen[guess.column]))
                    && !are_same(&seen[guess.column], &seen[other.column])
            })
            .map(|other| other.column)
            .collect();
        if rivals.is_empty() {
            continue;
        }
        if kind == Kind::Spend && guess.role == Role::Amount && are_parts(guess, &rivals, seen) {
            for rival in rivals {
                let meaning = &mut columns[rival];
                meaning.role = Some(Role::Amount);
                meaning.confidence = guess.confidence;
                meaning.because = String::from(
                    "Sales and marketing stand in columns of their own; they are added up.",
                );
            }
            continue;
        }
        let mut places = vec![guess.column];
        places.extend(rivals);
        places.sort_unstable();
        questions.push(Question {
            code: String::from("role"),
            column: None,
            role: Some(guess.role.id().to_owned()),
            choices: places
                .iter()
                .map(|place| seen[*place].column.name.clone())
                .collect(),
            count: None,
            asks: format!("Which column is “{}”?", guess.role.name()),
            because: String::from("Their headers fit it equally well, and their cells differ."),
            suggested: None,
            affects: Vec::new(),
        });
        if let Some(column) = columns.get_mut(guess.column) {
            column.confidence = column.confidence.min(0.5);
            column.open.push("role");
        }
    }
}

/// Whether two columns of spending are parts of one sum: sales in one, marketing in the other. Any
/// other two (advertising beside marketing, a part beside a total) may hold one another.
fn are_parts(guess: &Guess, rivals: &[usize], seen: &[Seen<'_>]) -> bool {
    let &[rival] = rivals else {
        return false;
    };
    let speaks = |column: usize, stems: &[&str]| {
        let mut words = seen[column].header.split(' ');
        words.any(|word| stems.iter().any(|stem| word.starts_with(stem)))
    };
    let part = |column: usize| (speaks(column, SALES), speaks(column, MARKETING));
    matches!(
        (part(guess.column), part(rival)),
        ((true, false), (false, true)) | ((false, true), (true, false))
    )
}

const SALES: &[&str] = &[
    "sales",
    "vertrieb",
    "vente",
    "venta",
    "venda",
    "vendita",
    "commercia",
    "comercia",
    "verkoop",
];

const MARKETING: &[&str] = &["marketing"];

/// Whether one column tells only days where the other tells moments.
fn is_day_of(one: &Guess, other: &Guess, seen: &[Seen<'_>]) -> bool {
    seen[one.column].tells_days_only() && !seen[other.column].tells_days_only()
}

/// Whether the header speaks of office hours: the same time by the calendar is what figures count.
fn in_business_hours(one: &Seen<'_>) -> bool {
    one.header.split(' ').any(|word| word == "business")
}

/// Whether two columns say the same in every row, so that it does not matter which is taken.
fn are_same(one: &Seen<'_>, other: &Seen<'_>) -> bool {
    let (a, b) = (one.column.keys(), other.column.keys());
    a.codes.len() == b.codes.len()
        && a.codes
            .iter()
            .zip(b.codes.iter())
            .all(|(a_code, b_code)| a.texts.text(*a_code) == b.texts.text(*b_code))
}
