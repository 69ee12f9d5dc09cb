//! Finds columns that are months, one beside the other, so that a table can be turned long.

use super::header::is_value;
use crate::engine::table::value::{missing, month_words};
use crate::engine::table::words::normal;

/// Months side by side, in the order of the columns.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Months {
    /// The place of the first of them.
    pub from: usize,
    /// Each one as `YYYY-MM`.
    pub labels: Vec<String>,
    /// What the cells hold, as far as a word beside each month says it, in normal form.
    pub word: Option<String>,
}

/// Words beside months for what is paid a year, as it stood in that month.
const A_YEAR: [&str; 4] = ["arr", "acv", "annualized", "annualised"];

/// Words beside months for something that is counted, and is no revenue.
const COUNTED: [&str; 45] = [
    "users",
    "user",
    "logins",
    "sessions",
    "visits",
    "events",
    "seats",
    "licenses",
    "licences",
    "tickets",
    "orders",
    "units",
    "customers",
    "clients",
    "accounts",
    "calls",
    "count",
    "qty",
    "quantity",
    "hours",
    "score",
    "nps",
    "csat",
    "health",
    "churn",
    "usage",
    "actions",
    "nutzer",
    "anmeldungen",
    "sitzungen",
    "besuche",
    "platze",
    "bestellungen",
    "kunden",
    "stunden",
    "anzahl",
    "menge",
    "utilisateurs",
    "connexions",
    "usuarios",
    "sesiones",
    "utenti",
    "accessi",
    "gebruikers",
    "aantal",
];

impl Months {
    /// The name of the column that holds what stood under the months.
    pub fn name_of_cells(&self) -> &str {
        match self.word.as_deref() {
            Some(word) if A_YEAR.contains(&word) => "annual_recurring_revenue",
            Some(word) if COUNTED.contains(&word) => word,
            _ => "recurring_revenue",
        }
    }
}

/// Fewer columns than this are no series.
const FEWEST: usize = 3;

/// The months among the headers, where their cells hold numbers: the longest run of at least three.
///
/// `first_month`: the user's `YYYY-MM` of a first column that is only called `M1`.
pub fn find(headers: &[String], rows: &[Vec<String>], first_month: Option<&str>) -> Option<Months> {
    let anchor = first_month.and_then(plain_month);
    let months: Vec<Option<i32>> = headers
        .iter()
        .map(|header| month_of(header).or_else(|| Some(anchor? + numbered_month(header)? - 1)))
        .collect();
    let months = with_unnamed(months, headers);
    let (mut best, mut from) = (0..0, 0);
    while from < months.len() {
        let length = run(months.get(from..).unwrap_or_default());
        if length > best.len() {
            best = from..from + length;
        }
        from += length.max(1);
    }
    let is_numbers = |row: &&Vec<String>| {
        let cells = row.get(best.clone()).unwrap_or_default();
        cells
            .iter()
            .all(|cell| missing::is_missing(cell) || is_value(cell))
    };
    // A row that is broken, or of another table, does not speak for the others.
    let odd = rows.len() - rows.iter().filter(is_numbers).count();
    if best.len() < FEWEST || odd * 10 > rows.len() || rows.is_empty() {
        return None;
    }
    let labels = months
        .get(best.clone())?
        .iter()
        .flatten()
        .map(|month| {
            format!(
                "{:04}-{:02}",
                month.div_euclid(12),
                month.rem_euclid(12) + 1
            )
        })
        .collect();
    let first = headers.get(best.start).map(|header| header.to_lowercase());
    let word = first.and_then(|header| month_and_word(&header)?.1);
    Some(Months {
        from: best.start,
        labels,
        word,
    })
}

/// The months, with one for a column without a name between two that are two months apart.
fn with_unnamed(mut months: Vec<Option<i32>>, headers: &[String]) -> Vec<Option<i32>> {
    for place in 1..months.len().saturating_sub(1) {
        let is_unnamed = headers.get(place).is_some_and(|header| {
            header.trim().is_empty() || *header == format!("column_{}", place + 1)
        });
        let beside = |place: usize| months.get(place).copied().flatten();
        if let (true, Some(before), Some(after)) =
            (is_unnamed, beside(place - 1), beside(place + 1))
            && (after - before).abs() == 2
            && let Some(month) = months.get_mut(place)
        {
            *month = Some(i32::midpoint(before, after));
        }
    }
    months
}

/// Whether the headers hold months that are only numbered, so that the first one must be asked for.
pub fn lacks_first_month(headers: &[String]) -> bool {
    let numbers: Vec<Option<i32>> = headers
        .iter()
        .map(|header| numbered_month(header))
        .collect();
    (0..numbers.len()).any(|from| run(numbers.get(from..).unwrap_or_default()) >= FEWEST)
}

/// How many months at the beginning follow each other, all forward or all backward.
fn run(months: &[Option<i32>]) -> usize {
    let mut length = 0;
    let mut step = 0;
    let mut before: Option<i32> = None;
    for month in months {
        let Some(month) = month else { break };
        if let Some(before) = before {
            let ahead = month - before;
            let fits = ahead.abs() == 1 && (step == 0 || step == ahead);
            if !fits {
                break;
            }
            step = ahead;
        }
        before = Some(*month);
        length += 1;
    }
    length
}

/// The month of a header, counted from the year 0: `2025-01`, `Jan-25`, `01/2025`, `2025M01`, with
/// words such as `MRR` before or behind it.
fn month_of(header: &str) -> Option<i32> {
    month_and_word(&header.to_lowercase()).map(|(month, _)| month)
}

/// The month, and the word before or behind it in normal form.
fn month_and_word(lower: &str) -> Option<(i32, Option<String>)> {
    let lower = lower.trim();
    if let Some(month) = plain_month(lower) {
        return Some((month, None));
    }
    let (first, rest) = lower.split_once([' ', '_', ':'])?;
    let (front, last) = lower.rsplit_once([' ', '_', ':'])?;
    let is_word = |text: &str| {
        word_month(text).is_none() && !text.is_empty() && text.chars().all(char::is_alphabetic)
    };
    if is_word(first) {
        Some((plain_month(rest)?, Some(normal(first))))
    } else if is_word(last) {
        Some((plain_month(front)?, Some(normal(last))))
    } else {
        None
    }
}

fn plain_month(text: &str) -> Option<i32> {
    let text = text.trim().trim_matches(['(', ')', '[', ']']);
    let parts: Vec<&str> = text
        .split(['-', '/', '.', ' ', '_', '\'', '’', ','])
        .filter(|part| !part.is_empty())
        .collect();
    let number = |text: &str| -> Option<i32> {
        let plain = text.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| text.parse().ok()).flatten()
    };
    let year = |text: &str| -> Option<i32> {
        let text = text.strip_prefix("fy").unwrap_or(text);
        match text.len() {
            4 => number(text).filter(|year| (1990..2100).contains(year)),
            2 => number(text).map(|year| 2000 + year),
            _ => None,
        }
    };
    let in_year = |month: i32, year: i32| (1..=12).contains(&month).then(|| year * 12 + month - 1);
    match parts.as_slice() {
        [one] => {
            let (first, second) = one.split_once('m').or_else(|| one.split_at_checked(4))?;
            (first.len() == 4 && second.len() == 2)
                .then(|| in_year(number(second)?, year(first)?))
                .flatten()
        }
        [first, second] => match (word_month(first), word_month(second)) {
            (Some(month), None) => in_year(month, year(second)?),
            (None, Some(month)) => in_year(month, year(first)?),
            _ if first.len() == 4 => in_year(number(second)?, year(first)?),
            _ if second.len() == 4 => in_year(number(first)?, year(second)?),
            _ => None,
        },
        // The first day of a month stands for it.
        [year_first, month, "01" | "1" | "00:00:00"] if year_first.len() == 4 => {
            in_year(number(month)?, year(year_first)?)
        }
        ["01" | "1", month, year_last] if year_last.len() == 4 => {
            in_year(number(month)?, year(year_last)?)
        }
        _ => None,
    }
}

/// The number of a month by its name.
fn word_month(word: &str) -> Option<i32> {
    month_words::month(&normal(word)).and_then(|month| i32::try_from(month).ok())
}

/// The number of a month without a calendar: `M1`, `Month 12`, `Monat 3`.
fn numbered_month(header: &str) -> Option<i32> {
    let lower = header.trim().to_lowercase();
    let digits = lower.trim_start_matches(char::is_alphabetic);
    let word = lower.strip_suffix(digits)?;
    let number: i32 = digits.trim_matches([' ', '_', '-']).parse().ok()?;
    let known = ["m", "month", "monat", "mois", "mes", "mês", "mese", "maand"].contains(&word);
    (known && (1..=120).contains(&number)).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(
        header: &str,
        row: &str,
        first_month: Option<&str>,
        expected: Option<(usize, &str, usize)>,
    ) {
        let cells = |line: &str| line.split(';').map(str::to_owned).collect::<Vec<_>>();
        let found = find(&cells(header), &[cells(row)], first_month);
        let told = found
            .as_ref()
            .map(|months| (months.from, months.labels[0].as_str(), months.labels.len()));
        assert_eq!(told, expected, "{header}");
    }

    #[test]
    fn months_are_known_however_they_are_written() {
        for header in [
            "a;2025-01;2025-02;2025-03",
            "a;Jan-25;Feb-25;Mar-25",
            "a;Jan 2025;Feb 2025;Mar 2025",
            "a;January 2025;February 2025;March 2025",
            "a;Januar 2025;Februar 2025;März 2025",
            "a;01/2025;02/2025;03/2025",
            "a;2025M01;2025M02;2025M03",
            "a;202501;202502;202503",
            "a;2025-01-01;2025-02-01;2025-03-01",
            "a;01.01.2025;01.02.2025;01.03.2025",
            "a;FY25 Jan;FY25 Feb;FY25 Mar",
            "a;MRR Jan 2025;MRR Feb 2025;MRR Mar 2025",
            "a;2025-01 MRR;2025-02 MRR;2025-03 MRR",
        ] {
            check(header, "x;1;;2,50", None, Some((1, "2025-01", 3)));
        }
        check(
            "a;2025-03;2025-02;2025-01;b",
            "x;1;2;3;y",
            None,
            Some((1, "2025-03", 3)),
        );
        check(
            "a;M1;M2;M3",
            "x;1;2;3",
            Some("2024-12"),
            Some((1, "2024-12", 3)),
        );
    }

    #[test]
    fn what_stands_under_months_is_named_by_the_word_beside_them() {
        for (header, name) in [
            ("a;2025-01;2025-02;2025-03", "recurring_revenue"),
            ("a;MRR 2025-01;MRR 2025-02;MRR 2025-03", "recurring_revenue"),
            (
                "a;Jan 2025 Umsatz;Feb 2025 Umsatz;Mär 2025 Umsatz",
                "recurring_revenue",
            ),
            (
                "a;ARR Jan 2025;ARR Feb 2025;ARR Mar 2025",
                "annual_recurring_revenue",
            ),
            ("a;Logins 2025-01;Logins 2025-02;Logins 2025-03", "logins"),
        ] {
            let cells = |line: &str| line.split(';').map(str::to_owned).collect::<Vec<_>>();
            let months = find(&cells(header), &[cells("x;1;2;3")], None).unwrap();
            assert_eq!(months.name_of_cells(), name, "{header}");
        }
    }

    #[test]
    fn other_columns_are_left_as_they_are() {
        check("a;2025-01;2025-02", "x;1;2", None, None);
        check("a;2025-01;2025-02;2025-03", "x;open;open;won", None, None);
        check("a;2025-01;2025-07;2026-03", "x;1;2;3", None, None);
        check("Q1;Q2;Q3;Q4", "1;2;3;4", None, None);
        check("a;M1;M2;M3", "x;1;2;3", None, None);
        let headers = |text: &str| text.split(';').map(str::to_owned).collect::<Vec<_>>();
        assert!(lacks_first_month(&headers("a;M1;M2;M3")));
        assert!(!lacks_first_month(&headers("a;M3;S2;P1")));
    }
}
