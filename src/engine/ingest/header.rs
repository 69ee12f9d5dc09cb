//! Tells a header row from a first row of data.

use super::super::options::{DateOrder, Decimal};
use super::super::table::value::{date, missing, number};
use super::wide_months;

/// Whether the first of these records names the columns.
///
/// A column whose other cells are numbers or dates votes: for a header where its first cell is
/// neither, against one where it is. Without such columns the first row is a header unless one of
/// its cells stands again below it in the same column.
pub fn is_header(records: &[Vec<String>]) -> bool {
    let Some((first, body)) = records.split_first() else {
        return false;
    };
    if body.is_empty() {
        return first.iter().all(|cell| !is_value(cell));
    }
    match votes(first, body) {
        (0, repeated) => !repeated,
        (votes, _) => votes > 0,
    }
}

/// Whether the first of these records stands over numbers or dates and is none of them itself.
pub fn is_above_values(records: &[Vec<String>]) -> bool {
    let parts = records.split_first();
    parts.is_some_and(|(first, body)| votes(first, body).0 > 0)
}

/// How many columns vote for a header less those against it, and whether one of its cells stands
/// again below it.
fn votes(first: &Vec<String>, body: &[Vec<String>]) -> (i32, bool) {
    // As R writes it: rows have a name of their own, and nothing stands above it.
    let shift = usize::from(body.len() > 1 && body.iter().all(|row| row.len() == first.len() + 1));
    let shifted: Vec<Vec<String>> = body
        .iter()
        .map(|row| row.iter().skip(shift).cloned().collect())
        .collect();
    // Months side by side over numbers are names, although they are dates themselves.
    if wide_months::find(first, &shifted, None).is_some() {
        return (1, false);
    }
    let mut votes = 0_i32;
    let mut repeated = false;
    for (place, cell) in first.iter().enumerate() {
        let below: Vec<&str> = shifted
            .iter()
            // The header may stand again below.
            .filter(|record| *record != first || record.len() < 2)
            .filter_map(|record| record.get(place))
            .map(String::as_str)
            .filter(|text| !missing::is_missing(text))
            .collect();
        if below.is_empty() {
            continue;
        }
        repeated |= !cell.trim().is_empty() && below.iter().any(|text| text == cell);
        let values = below.iter().filter(|text| is_value(text)).count();
        if values * 10 >= below.len() * 8 {
            votes += if missing::is_missing(cell) {
                0
            } else if is_value(cell) {
                -1
            } else {
                1
            };
        }
    }
    (votes, repeated)
}

/// A number or a date, in any common form.
pub fn is_value(text: &str) -> bool {
    number::parse(text, Decimal::Point).is_some()
        || number::parse(text, Decimal::Comma).is_some()
        || date::parse(text, DateOrder::DayFirst).is_some()
        || date::parse(text, DateOrder::MonthFirst).is_some()
}

/// Names for the columns of a table without a header.
pub fn numbered(count: usize) -> Vec<String> {
    (1..=count).map(|place| format!("column_{place}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter()
            .map(|row| row.iter().map(|cell| (*cell).to_owned()).collect())
            .collect()
    }

    #[test]
    fn words_above_numbers_are_a_header_and_numbers_above_numbers_are_not() {
        assert!(is_header(&records(&[
            &["customer", "mrr"],
            &["A", "10"],
            &["B", "20"]
        ])));
        assert!(!is_header(&records(&[
            &["A", "10"],
            &["B", "20"],
            &["C", "30"]
        ])));
    }

    #[test]
    fn words_that_stand_again_below_are_data() {
        assert!(!is_header(&records(&[
            &["red", "north"],
            &["blue", "north"],
            &["red", "south"]
        ])));
        assert!(is_header(&records(&[
            &["colour", "region"],
            &["blue", "north"],
            &["red", "south"]
        ])));
    }
}
