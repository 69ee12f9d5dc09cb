//! Decides at the end of a table which suspected rows are totals or averages of its other rows.

use super::odd_records;
use crate::engine::options::Decimal;
use crate::engine::table::value::number;
use crate::engine::table::{Cells, Column};

/// Rows of the file that may be no rows of the table, ascending.
#[derive(Debug, Default)]
pub struct Suspects {
    /// They begin with a word for a total.
    pub totals: Vec<u32>,
    /// They begin with a word for a total and say of what, as a customer's name may.
    pub named: Vec<u32>,
    /// They begin with a word for an average.
    pub averages: Vec<u32>,
    /// The first and the last row whose first cell is empty.
    unlabelled: (Option<u32>, Option<u32>),
}

impl Suspects {
    /// Notes a row whose first cell is empty.
    pub const fn add_unlabelled(&mut self, row: u32) {
        if self.unlabelled.0.is_none() {
            self.unlabelled.0 = Some(row);
        }
        self.unlabelled.1 = Some(row);
    }

    /// Rows with an empty first cell at the very beginning and at the end, where totals stand.
    fn at_the_edges(&self) -> Vec<u32> {
        let (first, last) = self.unlabelled;
        let first = first.filter(|row| *row == 0);
        let last = last.filter(|row| Some(*row) != first);
        first.into_iter().chain(last).collect()
    }

    fn is_empty(&self) -> bool {
        let labelled = [&self.totals, &self.named, &self.averages];
        labelled.iter().all(|rows| rows.is_empty()) && self.unlabelled.1.is_none()
    }
}

/// So many rows must stand beside a row without a word, or above one with a name, before it is taken for their total.
const LEAST_ADDED: usize = 2;

/// After so many rows that have a name and add nothing up, others with a name are rows.
const MOST_NAMED_ROWS: usize = 64;

/// A word for an average that begins more rows than this is a value of theirs.
const MOST_AVERAGES: usize = 64;

/// So many numbers must stand above a mean before it is taken for one by its value.
const LEAST_AVERAGED: usize = 3;

/// Those of the suspected file rows that are totals or averages, ascending.
///
/// A total is the sum of the rows above it, since the total before or since the beginning, in most
/// of its numbers; or it has numbers and its word and nothing else, where other rows are filled.
/// An average stands at the end and has the means or medians of the rows above it, or numbers and
/// its word and nothing else. Without any word, a total is the sum of all other rows.
/// `per_record`: rows of the table for one row of the file.
pub fn among(suspects: &Suspects, columns: &[Column], per_record: u32) -> Vec<u32> {
    if suspects.is_empty() {
        return Vec::new();
    }
    let foot = foot(suspects, columns, per_record);
    let averages: Vec<u32> = suspects
        .averages
        .iter()
        .copied()
        .filter(|row| *row >= foot && suspects.averages.len() <= MOST_AVERAGES)
        .filter(|row| is_label_of_one(columns, &suspects.averages, *row, per_record))
        .collect();
    let unlabelled: Vec<u32> = suspects
        .at_the_edges()
        .into_iter()
        .filter(|row| per_record == 1 && holds_numbers_only(columns, *row))
        .filter(|row| *row == 0 || row + 1 >= foot)
        .collect();
    let totals = suspects.totals.len() + suspects.named.len();
    if totals == 0 && averages.is_empty() && unlabelled.is_empty() {
        return Vec::new();
    }
    let numbers: Vec<Vec<f64>> = columns.iter().map(best_numbers).collect();
    let mut found = totals_among(suspects, columns, &numbers, per_record);
    for row in unlabelled {
        if is_rest_added(columns, &numbers, &found, row) {
            found.push(row);
            found.sort_unstable();
        }
    }
    let left_out = found.clone();
    for row in averages {
        if averages_up(columns, &numbers, &left_out, row, per_record)
            || stands_alone(columns, &numbers, row, per_record)
        {
            found.push(row);
        }
    }
    found.sort_unstable();
    found
}

/// The first row from which on there is nothing but rows with a word for a total or an average, and
/// rows that were left out already.
fn foot(suspects: &Suspects, columns: &[Column], per_record: u32) -> u32 {
    let rows = columns.first().map_or(0, Column::len) as u32;
    let records = rows.div_euclid(per_record.max(1));
    let is_filled_in = |row: u32| columns.iter().any(|it| is_filled(it, row * per_record));
    let is_of_foot = |row: &u32| {
        suspects.totals.binary_search(row).is_ok()
            || suspects.named.binary_search(row).is_ok()
            || suspects.averages.binary_search(row).is_ok()
            || !is_filled_in(*row)
    };
    records - (0..records).rev().take_while(is_of_foot).count() as u32
}

fn totals_among(
    suspects: &Suspects,
    columns: &[Column],
    numbers: &[Vec<f64>],
    per_record: u32,
) -> Vec<u32> {
    let mut totals = Vec::new();
    let named = suspects.named.iter().map(|row| (*row, true));
    let mut all: Vec<(u32, bool)> = suspects.totals.iter().map(|row| (*row, false)).collect();
    all.extend(named);
    all.sort_unstable();
    let mut named_rows = 0;
    for (suspect, is_named) in all {
        if is_named && named_rows > MOST_NAMED_ROWS {
            continue;
        }
        let since = totals.last().map_or(0, |before| before + 1);
        let sums = adds_up(numbers, since, suspect, per_record)
            || adds_up_but(numbers, &totals, suspect, per_record);
        // What has a name is a total only where it adds several rows up, or the one that has the name.
        let is_total = if is_named {
            sums && ((suspect - since) as usize >= LEAST_ADDED
                || is_group_of_one(columns, since, suspect, per_record))
        } else {
            sums || stands_alone(columns, numbers, suspect, per_record)
        };
        if is_total {
            totals.push(suspect);
        }
        named_rows += usize::from(is_named && !is_total);
    }
    totals
}

/// Whether the row is the total of the only row since the last one, and says its name: "EMEA Total"
/// below "EMEA".
fn is_group_of_one(columns: &[Column], since: u32, row: u32, per_record: u32) -> bool {
    let first_cell = |row: u32| {
        let labels = columns.first();
        labels.map_or_else(String::new, |labels| {
            labels.cells.text((row * per_record) as usize).into_owned()
        })
    };
    row == since + 1
        && odd_records::group_of_total(&first_cell(row))
            .is_some_and(|group| group == first_cell(since).trim())
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
    matches_sums(numbers, since, row, per_record, |_| true)
}

/// Whether most numbers of the row are sums over all file rows above it but the other totals.
fn adds_up_but(numbers: &[Vec<f64>], totals: &[u32], row: u32, per_record: u32) -> bool {
    !totals.is_empty()
        && matches_sums(numbers, 0, row, per_record, |above| {
            totals.binary_search(&above).is_err()
        })
}

/// Whether most numbers of the row are sums over those file rows from `since` that count.
fn matches_sums(
    numbers: &[Vec<f64>],
    since: u32,
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
            let above = (since..row).filter(|record| counts(*record)).filter_map(at);
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

/// Whether all filled cells of a row are numbers or words for a total: a quick look, before the
/// numbers of all rows are read.
fn holds_numbers_only(columns: &[Column], row: u32) -> bool {
    columns
        .iter()
        .filter(|column| is_filled(column, row))
        .all(|column| {
            let text = column.cells.text(row as usize);
            let (point, comma) = number::both(&text);
            point.or(comma).is_some() || odd_records::is_total(&text)
        })
}

/// Whether no other of these rows begins with the same word: a word of several rows is a value, as
/// in a column of grades.
fn is_label_of_one(columns: &[Column], rows: &[u32], row: u32, per_record: u32) -> bool {
    let label = |row: u32| {
        let first = (row * per_record) as usize;
        let mut texts = columns.iter().map(|column| column.cells.text(first));
        texts
            .find(|text| !text.is_empty())
            .map(|text| text.to_lowercase())
    };
    let own = label(row);
    rows.iter()
        .all(|other| *other == row || label(*other) != own)
}

/// Whether the row has one word, and most of its numbers are means or medians of the rows above it,
/// as exactly as they are written: one mean without decimals may be one by chance.
fn averages_up(
    columns: &[Column],
    numbers: &[Vec<f64>],
    left_out: &[u32],
    row: u32,
    per_record: u32,
) -> bool {
    let (mut found, mut equal, mut sure) = (0_u32, 0_u32, false);
    if words_in(columns, numbers, row, per_record) != 1 {
        return false;
    }
    for (column, numbers) in columns.iter().zip(numbers) {
        for offset in 0..per_record {
            let at = |record: u32| {
                numbers
                    .get((record * per_record + offset) as usize)
                    .copied()
            };
            let Some(value) = at(row).filter(|value| !value.is_nan()) else {
                continue;
            };
            let mut above: Vec<f64> = (0..row)
                .filter(|record| left_out.binary_search(record).is_err())
                .filter_map(at)
                .filter(|number| !number.is_nan())
                .collect();
            found += 1;
            if above.len() < LEAST_AVERAGED {
                continue;
            }
            let mean = above.iter().sum::<f64>() / above.len() as f64;
            above.sort_unstable_by(f64::total_cmp);
            let middle = |place: usize| above.get(place).copied().unwrap_or(f64::NAN);
            let (lower, upper) = ((above.len() - 1).div_euclid(2), above.len().div_euclid(2));
            let median = f64::midpoint(middle(lower), middle(upper));
            let places = places(&column.cells.text((row * per_record + offset) as usize));
            let rounding = (0..places).fold(0.501, |half, _| half * 0.1);
            let distance = (value - mean).abs().min((value - median).abs());
            equal += u32::from(distance <= rounding);
            sure |= distance <= rounding && (places > 0 || distance < 1e-6);
        }
    }
    (sure || equal > 1) && equal * 2 >= found
}

/// How many decimals the text of a number has, at least as far as one mark tells.
fn places(text: &str) -> usize {
    let behind = text
        .rsplit_once(['.', ','])
        .map_or("", |(_, behind)| behind);
    let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
    digits.min(12)
}

/// Whether a row without a word before it adds up all other rows: its first cell, which the others
/// fill, is empty, and most of its numbers, or the only one, are sums. A word for a total may stand
/// in another cell.
fn is_rest_added(columns: &[Column], numbers: &[Vec<f64>], totals: &[u32], row: u32) -> bool {
    let Some(labels) = columns.first() else {
        return false;
    };
    let others: Vec<u32> = (0..labels.len() as u32)
        .filter(|other| *other != row && totals.binary_search(other).is_err())
        .filter(|other| columns.iter().any(|column| is_filled(column, *other)))
        .collect();
    let labelled = others
        .iter()
        .filter(|other| is_filled(labels, **other))
        .count();
    if others.len() < LEAST_ADDED || labelled * 10 < others.len() * 9 || is_filled(labels, row) {
        return false;
    }
    let (mut found, mut equal, mut is_told, mut is_sum) = (0_u32, 0_u32, false, false);
    for (column, numbers) in columns.iter().zip(numbers) {
        if !is_filled(column, row) {
            continue;
        }
        let at = |record: u32| numbers.get(record as usize).copied();
        let Some(value) = at(row).filter(|value| !value.is_nan()) else {
            if !odd_records::is_total(&column.cells.text(row as usize)) {
                return false;
            }
            is_told = true;
            continue;
        };
        let rest = others.iter().filter_map(|other| at(*other));
        let (mut sum, mut summands) = (0.0, 0_u32);
        for number in rest.filter(|number| !number.is_nan() && *number != 0.0) {
            sum += number;
            summands += 1;
        }
        found += 1;
        let rounding = 0.01 * f64::from(summands).min(100.0) + sum.abs() * 1e-6;
        let is_equal = (sum - value).abs() <= rounding;
        equal += u32::from(is_equal);
        // One number alone is the sum of itself and zeros.
        is_sum |= is_equal && summands > 1;
    }
    is_sum && (equal == found || ((is_told || equal > 1) && equal * 2 >= found))
}

/// Whether the row holds its word and numbers only, while a column of words or dates that other
/// rows fill is empty in it.
fn stands_alone(columns: &[Column], numbers: &[Vec<f64>], row: u32, per_record: u32) -> bool {
    let first = row * per_record;
    let filled_above = |column: &Column| {
        let above = (0..row).filter(|other| is_filled(column, other * per_record));
        above.count()
    };
    // Rows that were left out are empty in every column.
    let rows_above = columns.first().map_or(0, filled_above);
    let lacking = |column: &Column| {
        !is_filled(column, first) && rows_above > 0 && filled_above(column) * 10 >= rows_above * 9
    };
    words_in(columns, numbers, row, per_record) == 1
        && own_columns(columns, per_record).any(lacking)
}

/// The columns but the month of each row, which is Kept's own word.
fn own_columns(columns: &[Column], per_record: u32) -> impl Iterator<Item = &Column> {
    let month = (per_record > 1).then(|| columns.len().saturating_sub(2));
    let own = columns.iter().enumerate();
    own.filter(move |(place, _)| Some(*place) != month)
        .map(|(_, column)| column)
}

/// How many filled cells of the row are no numbers.
fn words_in(columns: &[Column], numbers: &[Vec<f64>], row: u32, per_record: u32) -> usize {
    let first = row * per_record;
    let month = (per_record > 1).then(|| columns.len().saturating_sub(2));
    let is_word = |(place, (column, numbers)): &(usize, (&Column, &Vec<f64>))| {
        let number = numbers.get(first as usize);
        Some(*place) != month
            && is_filled(column, first)
            && number.is_none_or(|number| number.is_nan())
    };
    let cells = columns.iter().zip(numbers).enumerate();
    cells.filter(is_word).count()
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
    fn check(text: &str, totals: &[u32], expected: &[u32]) {
        let suspects = Suspects {
            totals: totals.to_vec(),
            ..Suspects::default()
        };
        check_all(text, suspects, expected);
    }

    #[track_caller]
    fn check_averages(text: &str, averages: &[u32], expected: &[u32]) {
        let suspects = Suspects {
            averages: averages.to_vec(),
            ..Suspects::default()
        };
        check_all(text, suspects, expected);
    }

    #[track_caller]
    fn check_unlabelled(text: &str, expected: &[u32]) {
        check_all(text, Suspects::default(), expected);
    }

    #[track_caller]
    fn check_all(text: &str, mut suspects: Suspects, expected: &[u32]) {
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
        for (place, row) in rows.iter().enumerate() {
            if row[0].is_empty() {
                suspects.add_unlabelled(place as u32);
            }
        }
        assert_eq!(among(&suspects, &columns, 1), expected, "{text}");
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
    fn a_total_that_says_of_what_adds_several_rows_up() {
        let check_named = |text: &str, named: &[u32], expected: &[u32]| {
            let suspects = Suspects {
                named: named.to_vec(),
                ..Suspects::default()
            };
            check_all(text, suspects, expected);
        };
        check_named("A;10;1\nB;20;2\nTotal MRR;30;3", &[2], &[2]);
        check_named("A;10\nTotal Wine;10\nB;20", &[1], &[]);
        check_named("A;10\nB;20\nTotal Wine;40", &[2], &[]);
        check_named(
            "EMEA;A;10\nEMEA;B;20\nEMEA Total;;30\nAPAC;C;5\nAPAC Total;;5\nUS;D;7\nUS;E;1\nUS Total;;8",
            &[2, 4, 7],
            &[2, 4, 7],
        );
        // A company of that name with as much as the row above is none.
        check_named("Acme;A;10\nCapital Total;B;10\nBeta;C;20", &[1], &[]);
        let with_grand_total = Suspects {
            totals: vec![5],
            named: vec![2, 4],
            ..Suspects::default()
        };
        check_all(
            "EMEA;A;10\nEMEA;B;20\nEMEA Total;;30\nAPAC;C;5\nAPAC Total;;5\nGrand Total;;35",
            with_grand_total,
            &[2, 4, 5],
        );
    }

    #[test]
    fn where_names_add_nothing_up_they_are_names() {
        let named: Vec<u32> = (0..70).collect();
        let lines: Vec<String> = named
            .iter()
            .map(|row| format!("N{row} Total;{}", 7 + row * row * 31))
            .collect();
        let suspects = Suspects {
            named,
            ..Suspects::default()
        };
        check_all(&lines.join("\n"), suspects, &[]);
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

    #[test]
    fn a_row_that_averages_the_others_is_left_out() {
        check_averages("A;10\nB;20\nC;24\nAverage;18", &[3], &[3]);
        check_averages("A;10;1\nB;21;2\nC;24;5\nMean;18;3", &[3], &[3]);
        check_averages("A;10\nB;7\nC;9\nAvg;8.7", &[3], &[3]);
        check_averages("A;10\nB;2\nC;9\nMedian;9", &[3], &[3]);
        check_averages("A;2025-01-01;3\nB;2025-02-01;4\nAverage;;3.4", &[2], &[2]);
        let with_total = Suspects {
            totals: vec![3],
            averages: vec![4],
            ..Suspects::default()
        };
        check_all(
            "A;10\nB;20\nC;24\nTotal;54\nAverage;18",
            with_total,
            &[3, 4],
        );
    }

    #[test]
    fn a_grade_called_average_is_no_average() {
        check_averages("A;10\nB;20\nC;25\nAverage;18", &[3], &[]);
        check_averages("Good;4\nAverage;3\nPoor;2", &[1], &[]);
        check_averages("Good;4\nPoor;2\nAverage;3", &[2], &[]);
        check_averages("Good;4\nAverage;3\nPoor;2\nAverage;3", &[1, 3], &[]);
        check_averages("A;x;10\nB;y;20\nC;z;24\nMedia;w;18.5", &[3], &[]);
    }

    #[test]
    fn a_row_without_a_word_is_a_total_where_it_adds_all_others_up() {
        check_unlabelled("A;10;1\nB;20;2\n;30;3", &[2]);
        check_unlabelled(";30;3;Grand total\nA;10;1;\nB;20;2;", &[0]);
        check_unlabelled("A;10;1;0.5\nB;20;2;0.7\n;30;3;0.6", &[2]);
        // One number of several may add up by chance, and so may one beside a zero.
        check_unlabelled("A;10;1\nB;20;2\n;30;4", &[]);
        check_unlabelled("A;10\nB;0\n;10", &[]);
        check_unlabelled("A;10;x\nB;20;y\n;30;z", &[]);
        check_unlabelled("A;10\n;20\n;30", &[]);
        check_unlabelled("A;10\n;30\nB;20", &[]);
    }
}
