//! What other columns of the same table speak for, where a column's dates or numbers can be read
//! both ways. It is a suggestion only: a table may well hold columns from two systems.

use super::seen::Seen;
use crate::engine::options::{DateOrder, Decimal};
use crate::engine::report::{Question, Suggestion};
use crate::engine::table::Profile;
use crate::engine::table::profile::Settled;

/// Adds a suggestion to every open question about date order or decimal mark, where the other
/// columns that show theirs all agree.
pub fn from_siblings(questions: &mut [Question], seen: &[Seen<'_>]) {
    for question in questions {
        question.suggested = match question.code.as_str() {
            "date_order" => agreed(seen, |profile| match profile.date_order() {
                Settled::Proven(DateOrder::DayFirst) => Some("day_first"),
                Settled::Proven(DateOrder::MonthFirst) => Some("month_first"),
                Settled::Proven(DateOrder::YearFirst) => Some("year_first"),
                _ => None,
            }),
            "decimal" => agreed(seen, |profile| match profile.decimal() {
                Settled::Proven(Decimal::Point) => Some("."),
                Settled::Proven(Decimal::Comma) => Some(","),
                _ => None,
            }),
            _ => None,
        }
        .filter(|suggestion| question.choices.contains(&suggestion.choice));
    }
}

/// What all columns that show it show.
fn agreed(
    seen: &[Seen<'_>],
    shows: impl Fn(&Profile) -> Option<&'static str>,
) -> Option<Suggestion> {
    let shown: Vec<(&str, &str)> = seen
        .iter()
        .filter_map(|one| Some((shows(one.profile)?, one.column.name.as_str())))
        .collect();
    let (choice, name) = shown.first().copied()?;
    shown
        .iter()
        .all(|(other, _)| *other == choice)
        .then(|| Suggestion {
            choice: choice.to_owned(),
            because: format!("The column “{name}” of this table is written so."),
        })
}
