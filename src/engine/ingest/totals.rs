//! Decides at the end of a table which suspected rows are totals of the rows above them.

use crate::engine::options::Decimal;
use crate::engine::table::{Cells, Column};

/// Those of the suspected file rows (ascending) that are totals.
///
/// A total is the sum of the rows above it, since the total before or since the beginning, in most
/// of its numbers; or it has numbers and its word and nothing else, where other rows are filled.
/// `per_record`: rows of the table for one row of the file.
pub fn among(suspects: &[u32], columns: &[Column], per_record: u32) -> Vec<u32> {
    if suspects.is_empty() {
        return Vec::new();
    }
    let numbers: Vec<Vec<f64>> = columns.iter().map(best_numbers).collect();
    let mut totals = Vec::new();
    for &suspect in suspects {
        let since = totals.last().map_or(0, |before| before + 1);
        let sums = adds_up(&numbers, since, suspect, per_record)
            || adds_up_but(&numbers, &totals, suspect, per_record);
        if sums || stands_alone(columns, &numbers, suspect, per_record) {
            totals.push(suspect);
        }
    }
    totals
}

/// The column's numbers under the decimal mark that reads more of its cells.
fn best_numbers(column: &Column) -> Vec<f64> {
    if matches!(column.cells, Cells::Instants { .. } | Cells::Long { .. }) {
        return vec![f64::NAN; column.len()];
    }
    let point = column.numbers(Decimal::Point, &[]);
    let comma = column.numbers(Decimal::Comma, &[]);
    if comma.invalid.len() < point.invalid.len() {
        comma.values
    } else {
        point.values
    }
}

/// Whether most numbers of the row are sums over the file rows from `since`.
fn adds_up(numbers: &[Vec<f64>], since: u32, row: u32, per_record: u32) -> bool {
    matches_sums(numbers, row, per_record, |above| above >= since)
}

/// Whether most numbers of the row are sums over all file rows above it but the other totals.
fn adds_up_but(numbers: &[Vec<f64>], totals: &[u32], row: u32, per_record: u32) -> bool {
    !totals.is_empty()
        && matches_sums(numbers, row, per_record, |above| {
            totals.binary_search(&above).is_err()
        })
}

fn matches_sums(
    numbers: &[Vec<f64>],
    row: u32,
    per_record: u32,
    counts: impl Fn(u32) -> bool,
) -> bool {
    let (mut found, mut equal) = (0_u32, 0_u32);
    for column in numbers {
        for offset in 0..per_record {
            let at = |record: u32| column.get((record * per_record + offset) as usize).copied();
            let Some(value) = at(row).filter(|value| !value.is_nan()) else {
                continue;
            };
            let above = (0..row).filter(|record| counts(*record)).filter_map(at);
            let (mut sum, mut summands) = (0.0, 0_u32);
            for number in above.filter(|number| !number.is_nan()) {
                sum += number;
                summands += 1;
            }
            found += 1;
            // Written numbers are rounded, each by half a unit of its last place.
            let rounding = 0.01 * f64::from(summands).min(100.0) + sum.abs() * 1e-6;
            equal += u32::from(summands > 0 && (sum - value).abs() <= rounding);
        }
    }
    equal > 0 && equal * 2 >= found
}

/// Whether the row holds its word and numbers only, while a column of words or dates that other
/// rows fill is empty in it.
fn stands_alone(columns: &[Column], numbers: &[Vec<f64>], row: u32, per_record: u32) -> bool {
    let first = row * per_record;
    let (mut words, mut lacking) = (0, false);
    // The month of each row is Kept's own word.
    let month = (per_record > 1).then(|| columns.len().saturating_sub(2));
    let filled_above = |column: &Column| {
        let above = (0..row).filter(|other| is_filled(column, other * per_record));
        above.count()
    };
    // Rows that were left out are empty in every column.
    let rows_above = columns.first().map_or(0, filled_above);
    for (place, (column, numbers)) in columns.iter().zip(numbers).enumerate() {
        if month == Some(place) {
            continue;
        }
        let filled = is_filled(column, first);
        let is_number = numbers
            .get(first as usize)
            .is_some_and(|number| !number.is_nan());
        if filled && !is_number {
            words += 1;
        }
        if !filled {
            lacking |= rows_above > 0 && filled_above(column) * 10 >= rows_above * 9;
        }
    }
    words == 1 && lacking
}

fn is_filled(column: &Column, row: u32) -> bool {
    match &column.cells {
        Cells::Long { filled, .. } => filled.get(row as usize).copied().unwrap_or_default(),
        cells => !cells.text(row as usize).is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::table::ColumnBuilder;

    #[track_caller]
    fn check(text: &str, suspects: &[u32], expected: &[u32]) {
        let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(';').collect()).collect();
        let columns: Vec<Column> = (0..rows[0].len())
            .map(|place| {
                let mut column = ColumnBuilder::new("c");
                for row in &rows {
                    column.push(row[place]);
                }
                column.finish()
            })
            .collect();
        assert_eq!(among(suspects, &columns, 1), expected, "{text}");
    }

    #[test]
    fn a_row_that_adds_the_others_up_is_a_total() {
        check("A;10\nB;20\nTotal;30", &[2], &[2]);
        check("A;1.000,50\nB;2.000,50\nGesamt;3.001,00", &[2], &[2]);
        check(
            "A;10\nB;20\nTotal;30\nC;5\nTotal;5\nTotal;35",
            &[2, 4, 5],
            &[2, 4, 5],
        );
    }

    #[test]
    fn a_customer_called_total_is_no_total() {
        check(
            "A;2025-01-01;10\nTotal;2025-02-01;20\nC;2025-03-01;30",
            &[1],
            &[],
        );
        check("A;10\nTotal;25\nC;30", &[1], &[]);
    }

    #[test]
    fn a_word_with_numbers_alone_is_a_total_where_rows_have_more() {
        check("A;2025-01-01;3.5\nB;2025-02-01;4.5\nTotal;;4", &[2], &[2]);
    }
}
